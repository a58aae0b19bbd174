"""Forms of what the funder does with what was handed in: narrowing the list, who handles, what is to be completed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock
from luotsi.base.fields import day
from luotsi.funding.forms.calls import clock_time
from luotsi.funding.models import Application
from luotsi.funding.rules.completeness import Whole

WHOLES = [
    ("", _("All")),
    (Whole.COMPLETE.value, _("No errors")),
    (Whole.LACKING.value, _("Errors")),
    (Whole.ASKED.value, _("To be completed")),
    (Whole.LATE.value, _("Completion late")),
    (Whole.UNREADABLE.value, _("Could not be checked")),
]
HANDED_IN = [
    choice
    for choice in Application.State.choices
    if choice[0] not in (Application.State.PREPARING, Application.State.DROPPED)
]
LAST_MINUTE = time(16, 15)  # when the registries of the state close


class ReceivedFilter(forms.Form):
    """Which of the received applications are shown."""

    q = forms.CharField(label=_("Number, applicant or project"), required=False, max_length=80)
    whole = forms.ChoiceField(label=_("Completeness"), required=False, choices=WHOLES)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *HANDED_IN])
    handler = forms.ChoiceField(label=_("Who handles it"), required=False)

    def __init__(self, *args: Any, handlers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All")), ("nobody", _("Nobody yet")), *handlers]
        self.fields["handler"].choices = choices  # type: ignore[attr-defined]


class HandlerForm(forms.Form):
    """Which officer handles an application."""

    handler = forms.ChoiceField(label=_("Who handles it"), required=False)

    def __init__(self, *args: Any, handlers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].choices = [("", _("Nobody yet")), *handlers]  # type: ignore[attr-defined]


class CompletionForm(forms.Form):
    """What the applicant is asked to complete, and until when."""

    words = forms.CharField(
        label=_("What is to be completed"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Sent to the applicant as it is written here."),
    )
    until_on = day(_("By the day"), required=True)
    until_time = clock_time(_("At"), help_text=_("Finnish time; 16.15 when left empty."))

    def until(self) -> datetime:
        """Return the moment; that second is still in time."""
        at = self.cleaned_data["until_time"]
        return datetime.combine(
            self.cleaned_data["until_on"], LAST_MINUTE if at is None else at, tzinfo=clock.HELSINKI
        )
