"""What decisions of a call, or of all calls of a funder, come to: sums, outcomes, time to the decision, spread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from luotsi.base.money import cents
from luotsi.funding.rules.decision_text import Outcome
from luotsi.funding.rules.shares import percent_of

NOTHING = Decimal("0.00")


@dataclass(frozen=True, kw_only=True)
class Case:
    """An application that was handed in. `outcome` None = not decided; `group` is what it is counted by."""

    group: str
    applied: Decimal | None = None
    outcome: Outcome | None = None
    granted: Decimal | None = None
    handed_in_on: date | None = None
    decided_on: date | None = None

    @property
    def days(self) -> int | None:
        """Days from handing in to the decision; None where a day is not known, or they are out of order."""
        if self.handed_in_on is None or self.decided_on is None or self.decided_on < self.handed_in_on:
            return None
        return (self.decided_on - self.handed_in_on).days


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A group of applications; sums in euros, over those that tell one. `share` is the granted part, per cent."""

    key: str
    count: int
    decided: int
    won: int
    applied: Decimal
    granted: Decimal

    @property
    def share(self) -> Decimal | None:
        """The sum granted in per cent of the sum applied for; None when nothing was applied for."""
        return percent_of(self.granted, self.applied)


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How far values lie apart: the smallest, the quarters and the largest, and the mean, to the cent."""

    count: int
    low: Decimal
    lower: Decimal
    middle: Decimal
    upper: Decimal
    high: Decimal
    mean: Decimal


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """What applications come to. Spreads are None of nothing; `outcomes` has every outcome, in their order."""

    whole: Counted
    outcomes: tuple[Counted, ...]
    groups: tuple[Counted, ...]
    grants: Spread | None
    days: Spread | None


def statistics(cases: Iterable[Case]) -> Statistics:
    """Return what applications come to. Groups stand from the largest grant down; equals by their key."""
    listed = list(cases)
    groups = [_counted(key, [one for one in listed if one.group == key]) for key in {one.group for one in listed}]
    won = [one.granted for one in listed if _is_won(one) and one.granted is not None]
    days = [Decimal(one.days) for one in listed if one.days is not None and one.outcome is not None]
    return Statistics(
        whole=_counted("", listed),
        outcomes=tuple(_counted(code, [one for one in listed if one.outcome == code]) for code in DECIDED),
        groups=tuple(sorted(groups, key=lambda one: (-one.granted, one.key))),
        grants=spread(won),
        days=spread(days),
    )


DECIDED = (Outcome.GRANTED, Outcome.PARTLY, Outcome.REFUSED)


def _is_won(one: Case) -> bool:
    return one.outcome in {Outcome.GRANTED, Outcome.PARTLY}


def _counted(key: str, cases: Sequence[Case]) -> Counted:
    return Counted(
        key=key,
        count=len(cases),
        decided=sum(1 for one in cases if one.outcome is not None),
        won=sum(1 for one in cases if _is_won(one)),
        applied=sum((one.applied or NOTHING for one in cases), NOTHING),
        granted=sum((one.granted or NOTHING for one in cases if _is_won(one)), NOTHING),
    )


def spread(values: Iterable[Decimal]) -> Spread | None:
    """Return how far values lie apart; quarters between two values lie on the line between them."""
    listed = sorted(values)
    if not listed:
        return None
    return Spread(
        count=len(listed),
        low=cents(listed[0]),
        lower=_at(listed, Fraction(1, 4)),
        middle=_at(listed, Fraction(1, 2)),
        upper=_at(listed, Fraction(3, 4)),
        high=cents(listed[-1]),
        mean=cents(sum(listed, NOTHING) / len(listed)),
    )


def _at(listed: Sequence[Decimal], part: Fraction) -> Decimal:
    place = part * (len(listed) - 1)
    low = place.numerator // place.denominator
    rest = place - low
    value = Fraction(listed[low])
    if rest:
        value += rest * (Fraction(listed[low + 1]) - value)
    return cents(Decimal(value.numerator) / Decimal(value.denominator))
