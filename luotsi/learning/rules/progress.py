"""Progress against the personal plan: what was planned and what is done, in points of competence or weeks of studies.

One line for each part of the studies serves everybody: student, teacher, counsellor and management look at the same
lines, one by one or summed up. A part counts whole on the last day that the plan gives it, and whole on the day it was
passed. Being late is told twice: as the amount that the plan asked for and that is not done, and as the time since the
plan first asked for more than what is done now.

What was recognised counts on both sides, on one day: the plan asks for it on the day it is recognised. So it is in
what is done of all, and neither makes up for what is late nor makes anybody late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import Protocol

from luotsi.learning.rules import hoks, koski

NOTHING = Decimal(0)
WEEK = 7
FARTHEST = 100 * 366


class Counted(Protocol):
    """What of a part of studies is counted."""

    @property
    def amount(self) -> Decimal | None:
        """Points or weeks; None = not known."""

    @property
    def planned_until(self) -> date | None:
        """The last day by the plan."""

    @property
    def done_on(self) -> date | None:
        """The day it was passed, or recognised."""

    @property
    def recognised(self) -> bool:
        """Whether it was acquired before."""


class Standing(StrEnum):
    """Where a part stands on a day."""

    DONE = "done"
    LATE = "late"
    RUNNING = "running"
    COMING = "coming"
    UNPLANNED = "unplanned"


@dataclass(frozen=True)
class Line:
    """A part of somebody's studies.

    Attributes:
        key: The code of the part, or its name where it has none.
        amount: Points or weeks; None where neither the register nor the plan tells.
        planned_from: The first day by the plan.
        planned_until: The last day by the plan.
        done_on: The day it was passed, or recognised.
        recognised: Acquired before these studies, all of it.
    """

    key: str
    name: str = ""
    amount: Decimal | None = None
    planned_from: date | None = None
    planned_until: date | None = None
    done_on: date | None = None
    recognised: bool = False

    @property
    def is_credited(self) -> bool:
        """Whether it is done by being recognised."""
        return self.recognised and self.done_on is not None

    @property
    def asked_on(self) -> date | None:
        """The day on which it is asked for: the last one of the plan, of what was recognised that of being so."""
        return self.done_on if self.is_credited else self.planned_until

    def standing(self, day: date) -> Standing:
        """Return where it stands on a day."""
        if self.done_on and self.done_on <= day:
            return Standing.DONE
        if self.planned_until is None:
            return Standing.UNPLANNED
        if self.planned_until < day:
            return Standing.LATE
        return Standing.RUNNING if self.planned_from and self.planned_from <= day else Standing.COMING


@dataclass(frozen=True)
class Progress:
    """What lines add up to on a day.

    Attributes:
        total: The amount of all lines, as far as it is known.
        planned: What the plan asked for by the day, with what was recognised by then.
        done: What was done by the day, with what was recognised by then.
        recognised: What was recognised by the day; it is in both.
        asked_since: The first day on which the plan asked for more than what is done; None when it never does.
        lines: How many lines there are.
        unknown: How many of them have no amount: they are in no sum.
        unplanned: How many that are not done have no day in the plan.
    """

    day: date
    total: Decimal
    planned: Decimal
    done: Decimal
    recognised: Decimal
    asked_since: date | None
    lines: int
    unknown: int
    unplanned: int

    @property
    def behind(self) -> Decimal:
        """What the plan asked for and is not done; less than nothing when more is done."""
        return self.planned - self.done

    @property
    def weeks_late(self) -> Decimal:
        """Weeks since the plan first asked for more than what is done, with one decimal; 0 when it does not yet."""
        if self.asked_since is None or self.asked_since > self.day:
            return NOTHING
        return (Decimal((self.day - self.asked_since).days) / WEEK).quantize(Decimal("0.1"))

    @property
    def share(self) -> Decimal | None:
        """What is done of all, from 0 to 1; None of nothing."""
        return self.done / self.total if self.total else None


def lines_of(right: koski.Right, plan: hoks.Plan | None) -> tuple[Line, ...]:
    """Join the parts of a right with those of its plan, by their codes; parts without a code by their names.

    The amount is that of the register where it has one: what was assessed counts as it was assessed.
    """
    found: dict[str, Line] = {}
    for one in _planned(plan):
        found[one.key] = _together(found[one.key], one) if one.key in found else one
    for study in right.studies:
        for part in study.parts:
            told = _told(part)
            found[told.key] = _joined(found[told.key], told) if told.key in found else told
    return tuple(found.values())


def _planned(plan: hoks.Plan | None) -> Iterator[Line]:
    for one in plan.parts if plan else ():
        key = one.code.value if one.code else one.name or one.at
        inner = [each.extent for each in one.parts if each.extent is not None]
        amount = one.extent if one.extent is not None else sum(inner, NOTHING) if inner else None
        yield Line(
            key=key,
            name=one.name,
            amount=amount,
            planned_from=None if one.is_earlier else one.planned_from,
            planned_until=None if one.is_earlier else one.planned_until,
            recognised=one.is_earlier,
        )


def _told(part: koski.Part) -> Line:
    return Line(
        key=part.code.value if part.code else part.name or part.at,
        name=part.name,
        amount=part.extent.amount if part.extent else None,
        done_on=part.done_on or (part.confirmed_on if part.recognised else None),
        recognised=part.recognised,
    )


def _together(one: Line, other: Line) -> Line:
    """Join two lines of one plan: of a part that is to be acquired only in part, the rest was acquired before."""
    amounts = [each.amount for each in (one, other) if each.amount is not None]
    is_partly = one.recognised != other.recognised
    return replace(
        _joined(one, other),
        amount=sum(amounts, NOTHING) if is_partly and amounts else _joined(one, other).amount,
        recognised=one.recognised and other.recognised,
    )


def _joined(one: Line, other: Line) -> Line:
    return replace(
        one,
        name=other.name or one.name,
        amount=other.amount if other.amount is not None else one.amount,
        planned_from=one.planned_from or other.planned_from,
        planned_until=one.planned_until or other.planned_until,
        done_on=min((day for day in (one.done_on, other.done_on) if day), default=None),
        recognised=one.recognised or other.recognised,
    )


def progress_on(day: date, lines: Sequence[Counted]) -> Progress:
    """Return what lines add up to on a day."""
    total = planned = done = recognised = NOTHING
    unknown = unplanned = 0
    dated: list[tuple[date, Decimal]] = []
    for one in lines:
        amount, until, done_on = one.amount, one.planned_until, one.done_on
        is_done = done_on is not None and done_on <= day
        if until is None:
            unplanned += not is_done
        if amount is None:
            unknown += 1
            continue
        total += amount
        if is_done:
            done += amount
        if one.recognised and done_on is not None:  # asked for on the day on which it was recognised
            recognised += amount if is_done else NOTHING
        elif until is not None:
            dated.append((until, amount))
            planned += amount if until <= day else NOTHING
    asked_since = _first_above(dated, done - recognised)
    return Progress(
        day, total, planned + recognised, done, recognised, asked_since, len(lines), unknown, unplanned
    )  # fmt: skip


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((one.amount for one in lines if one.amount is not None), NOTHING)


def _first_above(dated: list[tuple[date, Decimal]], done: Decimal) -> date | None:
    """Return the first day on which the plan asks for more than what is done."""
    asked = NOTHING
    for until, amount in sorted(dated):
        asked += amount
        if asked > done:
            return until
    return None


def pace_of(lines: Iterable[Line], since: date, day: date) -> Decimal | None:
    """Return the amount done in a week from a day on, without what was recognised; None of no whole week."""
    weeks = (day - since).days // WEEK
    if weeks < 1:
        return None
    told = _sum(one for one in lines if one.done_on and since < one.done_on <= day and not one.recognised)
    return told / weeks


def end_at(day: date, left: Decimal, pace: Decimal, breaks: Sequence[tuple[date, date]] = ()) -> date | None:
    """Return the day on which what is left is done at a pace in a week; None when it is not within 100 years.

    Days of `breaks` (first and last day, both included) do not count; they may overlap.
    """
    if left <= 0:
        return day
    if pace <= 0:
        return None
    days = int((left * WEEK / pace).to_integral_value(ROUND_CEILING))
    if days > FARTHEST:
        return None
    end = day + timedelta(days=days)
    seen = day
    for first, last in sorted(breaks):
        start = max(first, seen + timedelta(days=1))
        if start > end or last < start:
            continue
        end += timedelta(days=(last - start).days + 1)
        seen = last
    return end
