"""Forms of proposals: by what the budget is dealt out, and what an officer proposes by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import area
from luotsi.base.names import Names
from luotsi.funding.actions.proposals import ProposalDetails
from luotsi.funding.forms.sums import euros
from luotsi.funding.models import Proposal, Round
from luotsi.funding.queries.proposals import Dealing
from luotsi.funding.rules.scoring import Way

STATES = [("", _("All")), ("draft", _("Being prepared")), ("fixed", _("Fixed")), ("none", _("Without a proposal"))]


class ProposalFilter(forms.Form):
    """Which of the proposals are shown."""

    q = forms.CharField(label=_("Number, applicant or project"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)


class DealingForm(forms.Form):
    """By what the budget is dealt out."""

    way = forms.ChoiceField(
        label=_("How the sum is dealt out"), choices=Round.WAYS, widget=forms.RadioSelect, initial=Way.RANKED
    )
    least = forms.DecimalField(
        label=_("Least points that can be granted anything"),
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("Leave empty for no such bound; the least means of the criteria hold in any case."),
    )
    may_cut = forms.BooleanField(
        label=_("The one at which the budget ends gets what is left"),
        required=False,
        help_text=_("For whole sums from the best down."),
    )
    anew = forms.BooleanField(
        label=_("Make anew what was changed by hand, too"),
        required=False,
        help_text=_("What is fixed stays in any case."),
    )

    def dealing(self) -> Dealing:
        """Return what was chosen, ready for the actions."""
        given = self.cleaned_data
        return Dealing(Way(given["way"]), given["least"], given["may_cut"])


class ProposalForm(forms.Form):
    """What an officer proposes of an application."""

    what = forms.ChoiceField(
        label=_("What is proposed"),
        choices=[("grant", _("Grant a sum")), ("refuse", _("Refuse"))],
        widget=forms.RadioSelect,
    )
    amount = euros(_("Proposed, €"), help_text=_("Left out of account for a refusal."))
    reasons_fi = area(_("Reasons in Finnish"), help_text=_("They stand in the decision."), rows=4)
    reasons_sv = area(_("Reasons in Swedish"), rows=4)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for a sum where something is granted."""
        cleaned = super().clean() or {}
        if cleaned.get("what") == "grant" and cleaned.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Give the sum."))
        return cleaned

    def details(self) -> ProposalDetails:
        """Return what was typed, ready for the actions."""
        given = self.cleaned_data
        return ProposalDetails(
            amount=given["amount"] if given["what"] == "grant" else None,
            reasons=Names(fi=given["reasons_fi"].strip(), sv=given["reasons_sv"].strip()),
            seen=given["seen"],
        )


class AmountForm(forms.Form):
    """A sum typed in the table; nothing refuses."""

    amount = euros(_("Proposed, €"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def details(self, proposal: Proposal) -> ProposalDetails:
        """Return the sum with the reasons that stand."""
        amount = self.cleaned_data["amount"]
        return ProposalDetails(amount=amount or None, reasons=proposal.grounds, seen=self.cleaned_data["seen"])


def initial_proposal(one: Proposal) -> dict[str, Any]:
    """Return what the form begins with."""
    return {
        "what": "refuse" if one.amount is None else "grant",
        "amount": one.amount,
        "reasons_fi": one.grounds.fi,
        "reasons_sv": one.grounds.sv,
        "seen": one.revision,
    }
