"""How lists of progress are narrowed: parts of one learner, learners of a unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock
from luotsi.base.fields import day
from luotsi.learning.models import StudyRight
from luotsi.learning.queries.progress_words import STANDINGS

STANDS = [
    ("", _("All")),
    ("late", _("Behind the plan")),
    ("fine", _("By the plan or ahead of it")),
    ("none", _("Without days in the plan")),
]


class PartFilter(forms.Form):
    """Which parts are shown of which right, and as known on which day."""

    q = forms.CharField(label=_("Part"), required=False, max_length=80)
    standing = forms.ChoiceField(label=_("State"), required=False)
    known = day(_("As known on"))
    right = forms.ChoiceField(label=_("Right to study"), required=False)

    def __init__(self, *args: Any, rights: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standings = [(standing.value, words) for standing, words in STANDINGS.items()]
        self.fields["standing"].choices = [("", _("All")), *standings]  # type: ignore[attr-defined]
        self.fields["right"].choices = [("", _("The present one")), *rights]  # type: ignore[attr-defined]
        if len(rights) < 2:
            del self.fields["right"]

    def clean_known(self) -> date | None:
        """What will be known is not known yet."""
        known: date | None = self.cleaned_data["known"]
        if known and known > clock.today():
            raise forms.ValidationError(_("Choose a day that has been."))
        return known


class ProgressFilter(forms.Form):
    """Which learners are shown."""

    q = forms.CharField(label=_("Learner"), required=False, max_length=80)
    stand = forms.ChoiceField(label=_("Against the plan"), required=False, choices=STANDS)
    study = forms.ChoiceField(label=_("Qualification"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)

    def __init__(
        self, *args: Any, studies: Sequence[tuple[str, str]], groups: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("study", studies), ("group", groups)):
            self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]
            if len(choices) < 2:
                del self.fields[name]


class KindFilter(forms.Form):
    """Which kind of studies is summed up: their amounts are of different units."""

    kind = forms.ChoiceField(
        label=_("Studies"),
        required=False,
        choices=[("", _("What most study here")), *StudyRight.Kind.choices],
    )
