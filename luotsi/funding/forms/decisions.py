"""Forms of the funder's decision: the text to be read, and its values to be confirmed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luotsi.base import papers, uploads
from luotsi.base.errors import Refused
from luotsi.base.fields import day
from luotsi.funding.actions.decisions import DecisionDetails, InstalmentDetails, ReportDetails
from luotsi.funding.forms.sums import euros
from luotsi.funding.models import GrantDecision
from luotsi.funding.models.board import NOTICES
from luotsi.funding.rules.decision_text import MOST

MOST_ROWS = 24
SPARE = 2


class ReadForm(forms.Form):
    """A decision as text: pasted, or as a file."""

    text = forms.CharField(
        label=_("Text of the decision"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Paste the decision, an excerpt of minutes or a letter. Nothing is stored before you confirm it."),
    )
    file = forms.FileField(label=_("Or a file: PDF, DOCX or text"), required=False)
    item = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Return the text, from the file when there is one."""
        given = super().clean() or {}
        if given.get("file"):
            try:
                given["text"] = papers.words_of(uploads.read(given["file"], kinds=papers.KINDS))
            except Refused as refusal:
                raise forms.ValidationError([str(reason) for reason in refusal.reasons]) from None
        if not given.get("text", "").strip():
            raise forms.ValidationError(_("Paste a text or choose a file."))
        if len(given["text"]) > MOST:
            raise forms.ValidationError(_("The text is too long to be a decision."))
        return given


class DecisionForm(forms.Form):
    """The values of a decision, as a person confirms them; empty = the decision does not tell."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=GrantDecision.OUTCOMES, widget=forms.RadioSelect)
    granted = euros(_("Granted, €"))
    percent = forms.DecimalField(
        label=_("Grant of the total cost, %"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=7,
        decimal_places=4,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    own_share = euros(_("Own share, €"))
    total = euros(_("Total cost accepted, €"))
    decided_on = day(_("Day of the decision"))
    register_number = forms.CharField(label=_("Register number"), required=False, max_length=60)
    starts_on = day(_("Use from"))
    ends_on = day(_("Use until"))
    reasons = forms.CharField(
        label=_("Reasons"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    conditions = forms.CharField(
        label=_("Conditions, one on each line"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    notice = forms.ChoiceField(
        label=_("How it was made known"), required=False, choices=[("", _("Not known")), *NOTICES]
    )
    given_on = day(_("Sent or published on"), help_text=_("From this day the time of appeal is counted."))
    text = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    places = forms.CharField(required=False, widget=forms.HiddenInput)
    item = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instalment_count = self._count("instalment", "_amount")
        self.report_count = self._count("report", "_kind")
        for number in range(self.instalment_count):
            told = {"number": number + 1}
            self.fields[f"instalment_{number}_amount"] = euros(_("Instalment %(number)s, €") % told)
            self.fields[f"instalment_{number}_on"] = day(_("Instalment %(number)s expected on") % told)
        kinds = [("", "–"), ("interim", _("Interim report")), ("final", _("Final report"))]
        for number in range(self.report_count):
            told = {"number": number + 1}
            self.fields[f"report_{number}_kind"] = forms.ChoiceField(
                label=_("Report %(number)s") % told, required=False, choices=kinds
            )
            self.fields[f"report_{number}_on"] = day(_("Report %(number)s due on") % told)

    def _count(self, name: str, ending: str) -> int:
        """Return how many rows the form has: those given and two to spare, within reason."""
        given = self.data if self.is_bound else self.initial
        numbers = [
            int(middle)
            for key in given
            if key.startswith(f"{name}_") and key.endswith(ending)
            and (middle := key[len(name) + 1 : -len(ending)]).isdecimal()
        ]  # fmt: skip
        most = max(numbers, default=-1) + 1
        return min(most if self.is_bound else most + SPARE, MOST_ROWS)

    def plain_fields(self) -> Iterator[forms.BoundField]:
        """Yield the fields that are no rows and not hidden."""
        yield from (one for one in self.visible_fields() if not one.name.startswith(("instalment_", "report_")))

    def instalment_rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Yield the fields of each instalment."""
        for number in range(self.instalment_count):
            yield self[f"instalment_{number}_amount"], self[f"instalment_{number}_on"]

    def report_rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Yield the fields of each report."""
        for number in range(self.report_count):
            yield self[f"report_{number}_kind"], self[f"report_{number}_on"]

    def clean_places(self) -> dict[str, list[int]]:
        """Return where in the text values stand; what does not fit the text is left out."""
        try:
            given = json.loads(self.cleaned_data["places"] or "{}")
        except ValueError:
            return {}
        if not isinstance(given, dict):
            return {}
        return {
            str(name)[:40]: [place[0], place[1]]
            for name, place in list(given.items())[:200]
            if isinstance(place, list) and len(place) == 2 and all(type(one) is int and one >= 0 for one in place)
        }

    def clean_text(self) -> str:
        """Return the text as it was read; line ends of a form are one sign again, so that places fit."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        if len(text) > MOST:
            raise forms.ValidationError(_("The text is too long to be a decision."))
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for the sum of each instalment and the kind of each report whose day is given."""
        given = super().clean() or {}
        for number in range(self.instalment_count):
            if given.get(f"instalment_{number}_on") and given.get(f"instalment_{number}_amount") is None:
                self.add_error(f"instalment_{number}_amount", gettext("Tell the sum of the instalment."))
        for number in range(self.report_count):
            if given.get(f"report_{number}_on") and not given.get(f"report_{number}_kind"):
                self.add_error(f"report_{number}_kind", gettext("Tell which report it is."))
        return given

    def details(self) -> DecisionDetails:
        """Return what was confirmed, ready for the actions."""
        given = self.cleaned_data
        plain = {
            name: given[name] for name in vars(DecisionDetails(outcome="")) if name not in {"instalments", "reports"}
        }
        parts = [
            InstalmentDetails(amount=amount, due_on=given[f"instalment_{number}_on"])
            for number in range(self.instalment_count)
            if (amount := given[f"instalment_{number}_amount"])
        ]
        reports = [
            ReportDetails(is_final=kind == "final", due_on=given[f"report_{number}_on"])
            for number in range(self.report_count)
            if (kind := given[f"report_{number}_kind"])
        ]
        return DecisionDetails(**plain, instalments=tuple(parts), reports=tuple(reports))


class DoneForm(forms.Form):
    """A word about what was done; nothing is needed."""

    note = forms.CharField(required=False, max_length=300)
