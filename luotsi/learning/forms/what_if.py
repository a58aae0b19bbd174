"""What a learner tries out: another pace, and a break."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock

DAY = {"inputmode": "numeric", "autocomplete": "off"}
MOST_IN_A_WEEK, LONGEST_BREAK = Decimal(60), timedelta(days=5 * 366)


class WhatIf(forms.Form):
    """Another pace, a break; nothing of it is kept."""

    pace = forms.DecimalField(
        label=_("In a week"), required=False, min_value=Decimal("0.1"), max_value=MOST_IN_A_WEEK, max_digits=5,
        decimal_places=2, localize=True,
    )  # fmt: skip
    away_from = forms.DateField(label=_("First day of a break"), required=False, widget=forms.DateInput(attrs=DAY))
    away_until = forms.DateField(label=_("Last day of the break"), required=False, widget=forms.DateInput(attrs=DAY))

    def clean(self) -> dict[str, Any]:
        """A break has two days in their order, ends in the future and is no longer than studies may be."""
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("away_from"), found.get("away_until")
        if (first is None) != (last is None) and not {"away_from", "away_until"} & self.errors.keys():
            self.add_error("away_until" if first else "away_from", _("A break needs both days."))
        elif first and last:
            if last < first:
                self.add_error("away_until", _("The last day cannot be before the first day."))
            elif last < clock.today():
                self.add_error("away_until", _("The break is over already."))
            elif last - first > LONGEST_BREAK:
                self.add_error("away_until", _("A break cannot be longer than five years."))
        return found

    @property
    def breaks(self) -> list[tuple[Any, Any]]:
        """The break, when it is right."""
        told = getattr(self, "cleaned_data", {}) if self.is_bound and self.is_valid() else {}
        return [(told["away_from"], told["away_until"])] if told.get("away_from") else []

    @property
    def chosen(self) -> Decimal | None:
        """The pace, when it is right."""
        if not (self.is_bound and self.is_valid()):
            return None
        chosen: Decimal | None = self.cleaned_data.get("pace")
        return chosen
