"""Forms of the own share: an entry of the ledger, and what would be."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import day
from luotsi.funding.actions.commitments import CommitmentDetails
from luotsi.funding.forms.sums import euros
from luotsi.funding.models import Commitment
from luotsi.funding.rules.shares import Given
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.programme.models import BudgetLine


class CommitmentForm(forms.Form):
    """An entry of the ledger of own shares."""

    deed = forms.ChoiceField(
        label=_("What was done"),
        choices=Commitment.DEEDS,
        widget=forms.RadioSelect,
        help_text=_("Noting commits no money."),
    )
    amount = euros(_("Amount, €"), help_text=_("Leave empty when the decision gives no sum; write 0 for nothing."))
    decider = forms.CharField(label=_("Who decided"), max_length=200)
    decided_on = day(_("Day"), help_text=_("Leave empty when it is not known."))
    section = forms.CharField(label=_("Section of the minutes or of the list"), required=False, max_length=40)
    budget_line = forms.ChoiceField(label=_("Line of the budget"), required=False)
    replaces = forms.ChoiceField(label=_("Takes the place of"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self,
        *args: Any,
        lines: Sequence[BudgetLine],
        labels: Sequence[str],
        earlier: Sequence[Commitment],
        of_matter: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._lines = {str(one.pk): one for one in lines}
        self._earlier = {str(one.pk): one for one in earlier}
        named = [(str(one.pk), label) for one, label in zip(lines, labels, strict=True)]
        self.fields["budget_line"].choices = [("", "–"), *named]  # type: ignore[attr-defined]
        before = [(key, f"{one}, {formatting.euros(one.amount)}") for key, one in self._earlier.items()]
        self.fields["replaces"].choices = [("", "–"), *before]  # type: ignore[attr-defined]
        if of_matter:
            for name in ("deed", "amount", "decider", "decided_on", "section", "replaces"):
                self.fields[name].disabled = True

    def details(self) -> CommitmentDetails:
        """Return what was typed, ready for the actions."""
        given = dict(self.cleaned_data)
        given["budget_line"] = self._lines.get(given["budget_line"])
        given["replaces"] = self._earlier.get(given["replaces"])
        return CommitmentDetails(**given)


class WhatIfForm(forms.Form):
    """One sum held fast while the others follow; a percentage may be tried where the call gives none."""

    given = forms.ChoiceField(
        label=_("Hold fast"),
        choices=[(Given.TOTAL, _("Total cost")), (Given.GRANT, _("Grant")), (Given.OWN, _("Own share"))],
    )
    amount = euros(_("Sum, €"), required=True)
    percent = forms.DecimalField(
        label=_("Own share, %"),
        required=False,
        min_value=0,
        max_value=Decimal("99.99"),
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
