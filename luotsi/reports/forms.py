"""Forms of reports: filter, beginning, reasons, the matter before a body, its decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.base.texts import names_of
from luotsi.reports.actions.deciding import Matter, Ruling
from luotsi.reports.actions.drafts import LONGEST
from luotsi.reports.models import Report
from luotsi.reports.queries.pages import BlockerLine

DAY = {"inputmode": "numeric"}
SHORT, LONG = {"rows": 3}, {"rows": 5}


class ReportFilter(forms.Form):
    """Narrows the list of reports."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *Report.Kind.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All states")), *Report.State.choices])


class BeginForm(forms.Form):
    """The period of a new report and the day of its figures."""

    period = forms.ChoiceField(label=_("Period"))
    data_on = forms.DateField(
        label=_("Figures as of"),
        widget=forms.DateInput(attrs=DAY),
        help_text=_("Records and states are counted as they were on this day."),
    )

    def __init__(self, *args: Any, periods: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"data_on": clock.today()})
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = periods  # type: ignore[attr-defined]


class RenewForm(forms.Form):
    """The day of the figures of a new version."""

    data_on = forms.DateField(label=_("Figures as of"), widget=forms.DateInput(attrs=DAY))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"data_on": clock.today()})
        super().__init__(*args, **kwargs)


class SectionForm(forms.Form):
    """What is written for a section, in each language."""

    fi = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea)
    sv = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea)


class FreezeForm(forms.Form):
    """A reason for each blocker that may be answered."""

    def __init__(self, *args: Any, blockers: Sequence[BlockerLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for blocker in blockers:
            if blocker.may_be_answered:
                link = format_html('<a href="{}">{}</a>', blocker.url, _("Mend it instead")) if blocker.url else ""
                self.fields[blocker.key] = forms.CharField(
                    label=blocker.words,
                    required=False,
                    max_length=600,
                    help_text=link,
                    widget=forms.Textarea(attrs=SHORT),
                )

    def reasons(self) -> dict[str, str]:
        """Return what was given, by the key of each blocker."""
        return {key: text for key, text in self.cleaned_data.items() if text}


class MatterForm(forms.Form):
    """The matter as it goes to a body."""

    body_fi = forms.CharField(label=_("Body that decides, in Finnish"), max_length=120)
    body_sv = forms.CharField(label=_("Body that decides, in Swedish"), max_length=120, required=False)
    officer = forms.CharField(
        label=_("Presenting officer"), max_length=120, help_text=_("A role or an office, no name of a person.")
    )
    proposal_fi = forms.CharField(
        label=_("Proposed decision in Finnish"), max_length=4_000, widget=forms.Textarea(attrs=LONG)
    )
    proposal_sv = forms.CharField(
        label=_("Proposed decision in Swedish"), max_length=4_000, required=False, widget=forms.Textarea(attrs=LONG)
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        body, proposal = names_of(report.board.get("body")), names_of(report.board.get("proposal"))
        initial = {
            "body_fi": body.fi,
            "body_sv": body.sv,
            "officer": report.board.get("officer", ""),
            "proposal_fi": proposal.fi,
            "proposal_sv": proposal.sv,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})

    def matter(self) -> Matter:
        """Return what was typed, ready for the action."""
        given = self.cleaned_data
        return Matter(
            body=Names(fi=given["body_fi"], sv=given["body_sv"]),
            officer=given["officer"],
            proposal=Names(fi=given["proposal_fi"], sv=given["proposal_sv"]),
        )


class DecisionForm(forms.Form):
    """What the body decided."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("approved", _("Approved")), ("noted", _("Noted"))],
        widget=forms.RadioSelect,
        help_text=_("To note a report is not to approve it."),
    )
    on = forms.DateField(label=_("Day of the decision"), widget=forms.DateInput(attrs=DAY))
    number = forms.CharField(label=_("Section of the minutes"), max_length=40, required=False)
    decision_fi = forms.CharField(
        label=_("Decision in Finnish"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("Left empty, the proposed decision stands."),
    )
    decision_sv = forms.CharField(
        label=_("Decision in Swedish"), max_length=4_000, required=False, widget=forms.Textarea(attrs=LONG)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": clock.today()})
        super().__init__(*args, **kwargs)

    def ruling(self) -> Ruling:
        """Return what was typed, ready for the action."""
        given = self.cleaned_data
        return Ruling(
            is_noted=given["outcome"] == "noted",
            on=given["on"],
            number=given["number"],
            decision=Names(fi=given["decision_fi"], sv=given["decision_sv"]),
        )
