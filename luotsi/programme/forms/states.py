"""Forms of milestones: telling a state with its evidence, and narrowing the list of milestones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock
from luotsi.base.fields import area, day
from luotsi.programme.models import MilestoneState

NEEDS_REASON = frozenset({MilestoneState.State.AT_RISK, MilestoneState.State.CANCELLED})


class StateForm(forms.Form):
    """What somebody tells of a milestone in one unit; a finished one has its day and, best, some evidence."""

    unit = forms.ChoiceField(label=_("Unit"))
    state = forms.ChoiceField(label=_("State"), choices=MilestoneState.State.choices, widget=forms.RadioSelect)
    done_on = day(_("Reached on"), help_text=_("Only for a milestone that is done."))
    words = area(_("Evidence in words"), help_text=_("What shows it: a decision, a count, a practice in use."))
    link = forms.URLField(label=_("Address of the evidence"), required=False, max_length=500, assume_scheme="https")
    file = forms.FileField(
        label=_("File"), required=False, max_length=200, widget=forms.FileInput(),
        help_text=_("A picture, a PDF document, a workbook or a text table."),
        error_messages={"empty": _("The file is empty.")},
    )  # fmt: skip
    indicator_key = forms.ChoiceField(label=_("Indicator that shows it"), required=False)
    reason = area(
        _("Reason"),
        rows=2,
        help_text=_("Needed for a milestone at risk or cancelled, and when a state is changed back."),
    )

    def __init__(
        self, *args: Any, units: Sequence[tuple[str, str]], indicators: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0][0]
        self.fields["indicator_key"].choices = [("", _("None")), *indicators]  # type: ignore[attr-defined]
        if not indicators:
            del self.fields["indicator_key"]

    def clean(self) -> dict[str, Any]:
        """Ask for the day of what is done and for the reason of what is at risk or cancelled."""
        cleaned = super().clean() or {}
        state = cleaned.get("state")
        if state == MilestoneState.State.DONE and not cleaned.get("done_on") and "done_on" not in self.errors:
            self.add_error("done_on", _("Tell on which day the milestone was reached."))
        if cleaned.get("done_on") and cleaned["done_on"] > clock.today():
            self.add_error("done_on", _("The day lies ahead. Tell the state when it has come."))
        if state in NEEDS_REASON and not cleaned.get("reason"):
            self.add_error("reason", _("Tell why."))
        if state != MilestoneState.State.DONE:
            cleaned["done_on"] = None
        return cleaned


class MilestoneFilter(forms.Form):
    """Narrows the list of milestones."""

    q = forms.CharField(label=_("Words"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("State"), required=False)
    period = forms.ChoiceField(label=_("Period"), required=False)
    section = forms.ChoiceField(label=_("Section of the plan"), required=False)
    unit = forms.ChoiceField(label=_("Member"), required=False)

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            if offered:
                self.fields[name].choices = [("", _("All")), *offered]  # type: ignore[attr-defined]
            else:
                del self.fields[name]


class MeasureStateForm(forms.Form):
    """What somebody says of a measure as a whole, against what its milestones say; always with a reason."""

    unit = forms.ChoiceField(label=_("Unit"))
    state = forms.ChoiceField(label=_("State"), choices=MilestoneState.STATES, widget=forms.RadioSelect)
    reason = area(_("Reason"), required=True, rows=2)

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0][0]


class MeasureFilter(forms.Form):
    """Narrows the list of measures."""

    q = forms.CharField(label=_("Words"), required=False, max_length=80)
    section = forms.ChoiceField(label=_("Section of the plan"), required=False)

    def __init__(self, *args: Any, sections: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [("", _("All")), *sections]  # type: ignore[attr-defined]
