"""What a portfolio of applications adds up to: money at stake, how often it was granted, how long decisions took."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from statistics import median

from luotsi.base.money import total


class Standing(StrEnum):
    """Where an application stands."""

    PREPARING = "preparing"
    DROPPED = "dropped"
    SUBMITTED = "submitted"
    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({Standing.PREPARING, Standing.SUBMITTED})
WON = frozenset({Standing.GRANTED, Standing.PARTLY})
DECIDED = WON | {Standing.REFUSED}


@dataclass(frozen=True, kw_only=True)
class Case:
    """What of one application is added up; sums are euros, None is not known."""

    standing: Standing
    applied: Decimal | None = None
    own_share: Decimal | None = None
    granted: Decimal | None = None
    submitted_on: date | None = None
    decided_on: date | None = None


@dataclass(frozen=True)
class Sum:
    """A sum over several: `of` were added up, `unknown` have none. None when nothing was added up."""

    amount: Decimal | None
    of: int
    unknown: int

    @property
    def count(self) -> int:
        """How many it is about."""
        return self.of + self.unknown


@dataclass(frozen=True)
class Totals:
    """What a portfolio adds up to.

    Attributes:
        exposure: Own shares of open applications: what the applicant must find if all are granted.
        asked: Sums applied for in open applications.
        granted: Sums granted.
        won: How many of `decided` were granted in full or in part.
        decided: How many the funders have decided on.
        first_on: The first day of a decision, None when no day is known.
        last_on: The last day of a decision.
        days: Median of the days from handing in to decision, None when no such time is known.
        timed: Of how many the time is known.
    """

    exposure: Sum
    asked: Sum
    granted: Sum
    won: int
    decided: int
    first_on: date | None
    last_on: date | None
    days: Decimal | None
    timed: int


def added_up(cases: Iterable[Case]) -> Totals:
    """Return what the applications add up to, in any order."""
    found = list(cases)
    open_ones = [one for one in found if one.standing in OPEN]
    decided = [one for one in found if one.standing in DECIDED]
    won = [one for one in decided if one.standing in WON]
    days = [one.decided_on for one in decided if one.decided_on is not None]
    times = [
        (one.decided_on - one.submitted_on).days
        for one in decided
        if one.decided_on and one.submitted_on and one.decided_on >= one.submitted_on
    ]
    return Totals(
        exposure=_sum([one.own_share for one in open_ones]),
        asked=_sum([one.applied for one in open_ones]),
        granted=_sum([one.granted for one in won]),
        won=len(won),
        decided=len(decided),
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        days=Decimal(str(median(times))) if times else None,
        timed=len(times),
    )


def _sum(amounts: list[Decimal | None]) -> Sum:
    known = [amount for amount in amounts if amount is not None]
    return Sum(total(known), len(known), len(amounts) - len(known))
