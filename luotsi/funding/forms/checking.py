"""Forms of the check of reports: a step, and a sample."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.funding.actions.checking import CheckDetails
from luotsi.funding.forms.sums import euros
from luotsi.funding.models import ReportCheck


class CheckForm(forms.Form):
    """A step of the check of a report."""

    step = forms.ChoiceField(choices=ReportCheck.STEPS, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=_("Verdict"), choices=ReportCheck.VERDICTS, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Reasons"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The grantee reads them. They are needed when something is to be completed or is rejected."),
    )
    payable = euros(_("Payable of the grant, €"), help_text=_("As the report counts it, if you agree."))

    def __init__(self, *args: Any, asks_sum: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_sum:
            del self.fields["payable"]

    def details(self) -> CheckDetails:
        """Return what was typed, ready for the actions."""
        given = self.cleaned_data
        return CheckDetails(
            step=given["step"], verdict=given["verdict"], reasons=given["reasons"], payable=given.get("payable")
        )


class SampleForm(forms.Form):
    """The seed and the percentage of a sample; the seed is told before anybody knows what it draws."""

    seed = forms.CharField(label=_("Seed"), max_length=120, help_text=_("Anything that is written down beforehand."))
    percent = forms.DecimalField(
        label=_("Per cent drawn by lot"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
