"""Forms of payments: which instalments are paid when, that they were paid, what is asked back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import day
from luotsi.funding.actions.paying import RecoveryDetails
from luotsi.funding.forms.sums import euros


class RunForm(forms.Form):
    """The instalments of a payment file and the day on which they are to be paid."""

    pay_on = day(_("To be paid on"), required=True)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    instalment = forms.TypedMultipleChoiceField(required=False)

    def __init__(self, *args: Any, choices: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instalment"].choices = [(one, one) for one in choices]  # type: ignore[attr-defined]


class PaidForm(forms.Form):
    """The day on which a payment file was paid."""

    paid_on = day(_("Paid on"), required=True)


class BackForm(forms.Form):
    """What was payable of a grant, why less than was paid, and by when the rest is returned."""

    due = euros(
        _("Payable, €"),
        required=True,
        help_text=_("What the grant comes to by the accepted costs, at most the grant."),
    )
    reasons = forms.CharField(label=_("Reasons"), max_length=8000, widget=forms.Textarea(attrs={"rows": 4}))
    return_by = day(_("To be returned by"), help_text=_("Not needed when the sum is so small that it is kept."))

    def details(self) -> RecoveryDetails:
        """Return what was typed, ready for the actions."""
        given = self.cleaned_data
        return RecoveryDetails(due=given["due"], reasons=given["reasons"], return_by=given["return_by"])
