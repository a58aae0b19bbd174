"""Forms of scoring: who scores, what they declare, the points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import area
from luotsi.funding.actions.scoring import Given
from luotsi.funding.models import Criterion
from luotsi.funding.queries.scoring import Point
from luotsi.ui.formatting import number

STATES = [
    ("", _("All")),
    ("waits", _("Waits for you")),
    ("given", _("Handed in")),
    ("interest", _("Interest")),
    ("closed", _("Scoring closed")),
]


class ScoringFilter(forms.Form):
    """Which of the applications that one scores are shown."""

    q = forms.CharField(label=_("Number, applicant or project"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)


class ResultFilter(forms.Form):
    """Which of the scored applications are shown."""

    q = forms.CharField(label=_("Number, applicant or project"), required=False, max_length=80)


class ScorerForm(forms.Form):
    """A person of those that were found, as a scorer."""

    person = forms.ChoiceField(label=_("Person"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, persons: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = list(persons)  # type: ignore[attr-defined]


class InterestForm(forms.Form):
    """What a scorer declares of an application before seeing it; `ruled` leaves only the interest to declare."""

    interest = forms.ChoiceField(
        label=_("Do you have an interest in this application?"),
        choices=[("no", _("I have no interest in it")), ("yes", _("I have an interest in it"))],
        widget=forms.RadioSelect,
    )
    words = area(_("The interest that you have"), help_text=_("Needed when you have one; the officers read it."))

    def __init__(self, *args: Any, only_interest: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if only_interest:
            self.fields["interest"].choices = [("yes", _("I have an interest in it"))]  # type: ignore[attr-defined]
            self.fields["interest"].initial = "yes"


class PointsForm(forms.Form):
    """Points and words by each criterion, and words on the whole."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for one in criteria:
            scale = _("%(low)s–%(high)s, weight %(weight)s") % {
                "low": number(one.lowest),
                "high": number(one.highest),
                "weight": number(one.weight),
            }
            told = f"{one.words.text} ({scale})" if one.words.text else scale
            self.fields[f"points_{one.pk.hex}"] = forms.DecimalField(
                label=one.names.text,
                required=False,
                max_digits=7,
                decimal_places=2,
                localize=True,
                help_text=told,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
            self.fields[f"words_{one.pk.hex}"] = area(
                _("Words: %(criterion)s") % {"criterion": one.names.text}, rows=2
            )
        self.fields["words"] = area(_("On the whole"))

    def given(self) -> dict[UUID, Given]:
        """Return what was typed, by criterion."""
        cleaned = self.cleaned_data
        return {
            one.pk: Given(cleaned[f"points_{one.pk.hex}"], cleaned[f"words_{one.pk.hex}"]) for one in self.criteria
        }


def initial_points(scores: Mapping[UUID, Point], words: str) -> dict[str, Any]:
    """Return what the form begins with: what was kept."""
    found: dict[str, Any] = {"words": words}
    for key, score in scores.items():
        found |= {f"points_{key.hex}": score.points, f"words_{key.hex}": score.words}
    return found
