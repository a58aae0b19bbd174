"""The form of an event of the annual clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import WordsForm, area
from luotsi.programme.actions.clock import EventDetails

LEAP_YEAR = 2024


class EventForm(WordsForm):
    """When something happens, who does it, and how long before they are reminded."""

    WORDS = (("title", _("What happens"), 1),)
    NEEDED = frozenset({"title"})

    day = forms.IntegerField(label=_("Day"), min_value=1, max_value=31)
    month = forms.IntegerField(label=_("Month"), min_value=1, max_value=12)
    until_day = forms.IntegerField(label=_("Until day"), min_value=1, max_value=31, required=False)
    until_month = forms.IntegerField(label=_("Until month"), min_value=1, max_value=12, required=False)
    year = forms.IntegerField(
        label=_("Only in the year"),
        min_value=2000,
        max_value=2200,
        required=False,
        help_text=_("Leave empty for something that happens every year."),
    )
    owner = forms.ChoiceField(label=_("Who"), required=False)
    measure = forms.ChoiceField(label=_("Measure"), required=False)
    remind_days = forms.IntegerField(
        label=_("Remind days before"),
        min_value=0,
        max_value=180,
        initial=14,
        help_text=_("0 means on the day itself."),
    )
    note = area(_("Note"))

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("owner", "measure"):
            self.fields[name].choices = [("", "–"), *choices.get(name, ())]  # type: ignore[attr-defined]

    def details(self) -> EventDetails:
        """Return what was typed, ready for the actions."""
        return EventDetails(**self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        """Refuse days that do not exist and ends without a month."""
        cleaned = super().clean()
        if (cleaned.get("until_day") is None) != (cleaned.get("until_month") is None):
            self.add_error("until_day", _("Give month and day of the end, or neither."))
        for day, month in (("day", "month"), ("until_day", "until_month")):
            if cleaned.get(day) and cleaned.get(month) and not _exists(cleaned[day], cleaned[month]):
                self.add_error(day, _("There is no such day."))
        return cleaned


def _exists(day: int, month: int) -> bool:
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
