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
        count: How many applications there are.
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

    count: int
    exposure: Sum
    asked: Sum
    granted: Sum
    won: int
    decided: int
    first_on: date | None
    last_on: date | None
    days: Decimal | None
    timed: int


def middle(days: Iterable[int]) -> tuple[Decimal | None, int]:
    """Return the median of waiting times in days, and of how many it is; times below zero are mistakes, not times."""
    known = [one for one in days if one >= 0]
    return (Decimal(str(median(known))) if known else None), len(known)


def summed(amounts: Iterable[Decimal | None]) -> Sum:
    """Return what sums come to, with how many are not known."""
    given = list(amounts)
    known = [amount for amount in given if amount is not None]
    return Sum(total(known), len(known), len(given) - len(known))


def joined(first: Sum, second: Sum) -> Sum:
    """Return two sums as one."""
    return Sum(total([first.amount, second.amount]), first.of + second.of, first.unknown + second.unknown)
