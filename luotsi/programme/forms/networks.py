"""Forms of pilot networks: founding one, deciding on a school, asking members, publishing the concept, adopting it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock
from luotsi.base.fields import WordsForm, area, day
from luotsi.base.names import Names
from luotsi.programme.actions.networks import NetworkDetails
from luotsi.programme.models import NetworkReview

LAST_SECOND = time(23, 59, 59)
MOST_AREAS = 20


def _end_of(on: Any) -> datetime:
    return datetime.combine(on, LAST_SECOND, clock.HELSINKI)


class NetworkForm(WordsForm):
    """What a network is and until when schools may apply."""

    WORDS = (("name", _("Name"), 1), ("purpose", _("Purpose"), 3))
    NEEDED = frozenset({"name", "purpose"})

    areas = area(
        _("Development areas"),
        required=True,
        rows=5,
        help_text=_("One a line; languages in the order Finnish; Swedish; English, separated by semicolons."),
    )
    closes_on = day(_("The call closes at the end of"), required=True)

    def clean_areas(self) -> tuple[tuple[str, Names], ...]:
        """Return the areas with a code each."""
        lines = [line.strip() for line in self.cleaned_data["areas"].splitlines() if line.strip()]
        if len(lines) > MOST_AREAS:
            raise ValidationError(_("A network has at most 20 development areas."))
        found: dict[str, Names] = {}
        for place, line in enumerate(lines, 1):
            parts = [part.strip()[:200] for part in line.split(";")][:3]
            named = Names(**dict(zip(("fi", "sv", "en"), parts, strict=False)))
            code = slugify(named.best("fi")[0])[:36] or f"area-{place}"
            found[code if code not in found else f"{code}-{place}"] = named
        return tuple(found.items())

    def details(self) -> NetworkDetails:
        """Return what was typed, ready for the action."""
        given = self.cleaned_data
        return NetworkDetails(
            names=given["name"],
            purpose=given["purpose"],
            areas=given["areas"],
            closes_at=_end_of(given["closes_on"]),
        )


class DecisionForm(forms.Form):
    """What is decided of a school, on which day and why."""

    is_chosen = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Chosen to the network")), ("no", _("Not chosen"))],
        widget=forms.RadioSelect,
    )
    decided_on = day(_("Decided on"), required=True)
    reason = area(_("Reason"), required=True)

    def decision(self) -> dict[str, Any]:
        """Return what was decided, as the action takes it."""
        given = self.cleaned_data
        return {
            "is_chosen": given["is_chosen"] == "yes",
            "decided_on": given["decided_on"],
            "reason": given["reason"],
        }


class AskForm(forms.Form):
    """The term for which members evaluate themselves, and until when."""

    school_year = forms.ChoiceField(label=_("School year"))
    term = forms.ChoiceField(label=_("Term"), choices=NetworkReview.Term.choices, widget=forms.RadioSelect)
    closes_on = day(_("Closes at the end of"), required=True)

    def __init__(self, *args: Any, years: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_year"].choices = years  # type: ignore[attr-defined]
        self.fields["school_year"].initial = years[len(years) // 2][0] if years else None

    def asked(self) -> dict[str, Any]:
        """Return what was typed, as the action takes it."""
        given = self.cleaned_data
        return {
            "school_year": given["school_year"],
            "term": given["term"],
            "closes_at": _end_of(given["closes_on"]),
        }


class ConceptForm(WordsForm):
    """What every school may take into use."""

    WORDS = (("concept", _("Concept"), 8),)
    NEEDED = frozenset({"concept"})

    is_public = forms.BooleanField(label=_("Everybody may read it, signed in or not"), required=False)


class AdoptForm(forms.Form):
    """Since when a school uses the concept, and how."""

    adopted_on = day(_("Taken into use on"), required=True)
    note = area(_("How it is used"))
