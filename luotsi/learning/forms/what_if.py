"""What a learner tries out: another pace, and a break."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock
from luotsi.base.fields import day

MOST_IN_A_WEEK, LONGEST_BREAK = Decimal(60), timedelta(days=5 * 366)


class PaceField(forms.DecimalField):
    """A pace; one that came with the address is written as the language writes numbers."""

    def prepare_value(self, value: Any) -> Any:
        """Return the number as it is, without ending zeros; what is no number stands as it was written."""
        try:
            pace = self.to_python(value)
        except forms.ValidationError:
            return value
        return value if pace is None or not pace.is_finite() else Decimal(f"{pace.normalize():f}")


class WhatIf(forms.Form):
    """Another pace, a break; nothing of it is kept."""

    pace = PaceField(
        label=_("In a week"), required=False, min_value=Decimal("0.1"), max_value=MOST_IN_A_WEEK, max_digits=5,
        decimal_places=2, localize=True,
    )  # fmt: skip
    away_from = day(_("First day of a break"))
    away_until = day(_("Last day of the break"))

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
    def told(self) -> dict[str, Any]:
        """What was given and is right; nothing before anything was given."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return self.cleaned_data

    @property
    def breaks(self) -> list[tuple[date, date]]:
        """The break, when both of its days are right."""
        first, last = self.told.get("away_from"), self.told.get("away_until")
        return [(first, last)] if first and last else []

    @property
    def chosen(self) -> Decimal | None:
        """The pace, when it is right."""
        pace: Decimal | None = self.told.get("pace")
        return pace
