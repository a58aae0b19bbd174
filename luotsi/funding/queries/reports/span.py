"""The time that a report is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from luotsi.base.money import cents
from luotsi.funding.queries.in_force import period_of

if TYPE_CHECKING:
    from luotsi.funding.models import GrantReport


@dataclass(frozen=True, kw_only=True)
class Span:
    """The time of a report.

    Args:
        starts_on, ends_on: first and last day of use; None where no decision tells them.
        until_on: the last day whose costs and deeds are told; never after today.
        is_final: a final report is held against the plan of the whole time.
    """

    starts_on: date | None
    ends_on: date | None
    until_on: date
    is_final: bool

    @property
    def horizon(self) -> date:
        """The day up to which the plan counts."""
        return self.ends_on if self.is_final and self.ends_on else self.until_on

    def so_far(self, whole: Decimal) -> Decimal:
        """Return the part of a sum that falls to the days until the horizon, by their number; the whole at the end."""
        if self.starts_on is None or self.ends_on is None or self.horizon >= self.ends_on:
            return whole
        days = (self.ends_on - self.starts_on).days + 1
        gone = max((self.horizon - self.starts_on).days + 1, 0)
        return cents(whole * gone / days) if days > 0 else whole


def span_of(report: GrantReport, today: date) -> Span:
    """Return the time of a report: until the day it names, else until the end of use or today, whichever is first."""
    starts, ends = period_of(report.application)
    last = min(ends, today) if ends else today
    until = min(report.until_on, today) if report.until_on else last
    return Span(starts_on=starts, ends_on=ends, until_on=until, is_final=report.is_final)
