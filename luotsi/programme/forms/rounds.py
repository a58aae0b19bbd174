"""Forms of self-evaluation rounds: opening one, and narrowing the grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock
from luotsi.base.fields import WordsForm, day
from luotsi.programme.actions.rounds import ANSWERERS, RoundDetails
from luotsi.questionnaires.models import Collection

LAST_SECOND = time(23, 59, 59)
WHO = [one for one in Collection.Answerer.choices if one[0] in ANSWERERS]


class RoundForm(WordsForm):
    """Who grades which sections, in which school year and until when."""

    WORDS = (("name", _("Name"), 1),)
    NEEDED = frozenset({"name"})

    school_year = forms.ChoiceField(label=_("School year"))
    answered_by = forms.ChoiceField(
        label=_("Who answers"), choices=WHO, widget=forms.RadioSelect, initial="institutions"
    )
    sections = forms.MultipleChoiceField(
        label=_("Sections of the plan"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every measure of the chosen sections is graded and worded."),
    )
    closes_on = day(_("Closes on"), required=True)
    closes_time = forms.TimeField(
        label=_("Closes at"),
        initial=time(16, 0),
        help_text=_("Finnish time, such as 16.00. What reaches the server by then counts."),
        input_formats=["%H.%M.%S", "%H.%M", "%H:%M:%S", "%H:%M"],
        widget=forms.TimeInput(format="%H.%M"),
    )

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("school_year", "sections"):
            self.fields[name].choices = list(choices.get(name, ()))  # type: ignore[attr-defined]
        self.fields["sections"].initial = [code for code, _text in choices.get("sections", ())]
        years = [key for key, _text in choices.get("school_year", ())]
        self.fields["school_year"].initial = years[len(years) // 2] if years else None

    def details(self) -> RoundDetails:
        """Return what was typed, ready for the action; day and time are those of Finland."""
        given = self.cleaned_data
        closes = datetime.combine(given["closes_on"], given["closes_time"] or LAST_SECOND, clock.HELSINKI)
        return RoundDetails(
            names=given["name"],
            school_year=given["school_year"],
            answered_by=given["answered_by"],
            sections=tuple(given["sections"]),
            closes_at=closes,
        )


class GradeFilter(forms.Form):
    """Narrows the grades of a round."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    measure = forms.ChoiceField(label=_("Measure"), required=False)
    parts = forms.ChoiceField(label=_("Grade and evidence"), required=False)

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            self.fields[name].choices = [("", _("All")), *offered]  # type: ignore[attr-defined]
