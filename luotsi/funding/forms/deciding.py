"""What an officer tells of a whole batch of decisions before it is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import day
from luotsi.base.names import Names
from luotsi.funding.actions.deciding import BatchTerms
from luotsi.funding.models.letters import LAWS

MOST_INSTALMENTS = 4


def _percent_field(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


def _lines_field(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs
    )


class BatchForm(forms.Form):
    """The day, the officer, the conditions, the instalments and the reports of all decisions of a batch."""

    decided_on = day(_("Day of the decision"), required=True)
    law = forms.ChoiceField(
        label=_("Legal ground"),
        choices=LAWS,
        widget=forms.RadioSelect,
        help_text=_("It decides how long a correction can be asked for, and what the letter says of it."),
    )
    signer_fi = forms.CharField(label=_("Officer who decides, title and name, in Finnish"), max_length=200)
    signer_sv = forms.CharField(
        label=_("Officer who decides, title and name, in Swedish"), max_length=200, required=False
    )
    conditions_fi = _lines_field(_("Conditions of every grant in Finnish"), help_text=_("One on each line."))
    conditions_sv = _lines_field(_("Conditions of every grant in Swedish"))
    interim_on = day(_("Interim report due on"), help_text=_("Leave empty when none is asked for."))
    final_on = day(_("Final report due on"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_INSTALMENTS + 1):
            told = {"number": number}
            self.fields[f"percent_{number}"] = _percent_field(_("Instalment %(number)s, %% of the grant") % told)
            self.fields[f"paid_{number}"] = day(_("Instalment %(number)s paid on") % told)

    def plain_fields(self) -> Iterator[forms.BoundField]:
        """Yield the fields that stand alone."""
        yield from (one for one in self.visible_fields() if not one.name.startswith(("percent_", "paid_")))

    def instalment_rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Yield the fields of each instalment."""
        for number in range(1, MOST_INSTALMENTS + 1):
            yield self[f"percent_{number}"], self[f"paid_{number}"]

    def clean(self) -> dict[str, Any]:
        """Ask for the part of each instalment that has a day."""
        given = super().clean() or {}
        for number in range(1, MOST_INSTALMENTS + 1):
            if given.get(f"paid_{number}") and not given.get(f"percent_{number}"):
                self.add_error(f"percent_{number}", _("Tell how much of the grant is paid then."))
        return given

    def terms(self) -> BatchTerms:
        """Return what was told, ready for the actions."""
        given = self.cleaned_data
        plan: list[tuple[Decimal, date | None]] = [
            (percent, given[f"paid_{number}"])
            for number in range(1, MOST_INSTALMENTS + 1)
            if (percent := given[f"percent_{number}"])
        ]
        return BatchTerms(
            law=given["law"],
            decided_on=given["decided_on"],
            signer=Names(fi=given["signer_fi"].strip(), sv=given["signer_sv"].strip()),
            conditions=Names(fi=given["conditions_fi"].strip(), sv=given["conditions_sv"].strip()),
            instalments=tuple(plan),
            interim_on=given["interim_on"],
            final_on=given["final_on"],
        )
