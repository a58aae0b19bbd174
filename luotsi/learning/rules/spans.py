"""Time cut into spans in which something about a right to study stays as it is: how fresh its plan is, how late it is.

Figures of a day are then counted from the spans that cover the day, of any day in the past as well as of today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from luotsi.learning.rules.progress import NOTHING, Line

ONE_DAY = timedelta(days=1)
FRESH = timedelta(days=90)  # a plan changed fewer days ago is fresh


@dataclass(frozen=True)
class Told:
    """A line of progress as it was known: from a day (None = ever since) until before a day (None = now)."""

    line: Line
    since: date | None = None
    until: date | None = None

    def falls(self, day: date) -> bool:
        """Return True when this was what was known on the day."""
        return (self.since is None or self.since <= day) and (self.until is None or self.until > day)


@dataclass(frozen=True)
class Pace:
    """What a plan asked for and what was done, from a day until a day (None = still), both included."""

    starts_on: date
    ends_on: date | None
    planned: Decimal
    done: Decimal

    @property
    def behind(self) -> Decimal:
        """What was asked for and not done; 0 when more was done."""
        return max(self.planned - self.done, NOTHING)


def paces(first: date, last: date | None, told: Sequence[Told]) -> Iterator[Pace]:
    """Yield what was planned and done between two days, as spans in order; `last` None = goes on.

    What was asked for is counted by the plan that was known then: a date that was put off later does not undo that it
    had passed. What was done counts from its day, as it is known now; what was recognised is asked for from that day,
    and by no earlier version of the plan.
    """
    credited = {one.line.key: one.line.done_on for one in told if one.until is None and one.line.is_credited}
    changes: defaultdict[date, list[Decimal]] = defaultdict(lambda: [NOTHING, NOTHING])
    changes[first] = [NOTHING, NOTHING]
    for one in told:
        amount = one.line.amount
        if amount is None:
            continue
        for day, by in _asked(one, first, credited.get(one.line.key)):
            changes[day][0] += by * amount
        if one.until is None and one.line.done_on is not None:
            changes[max(one.line.done_on, first)][1] += amount
    days = sorted(day for day in changes if last is None or day <= last)
    asked, done = NOTHING, NOTHING
    for here, after in zip(days, [*days[1:], None], strict=True):
        asked, done = asked + changes[here][0], done + changes[here][1]
        yield Pace(here, after - ONE_DAY if after else last, asked, done)


def _asked(one: Told, first: date, credited: date | None) -> Iterator[tuple[date, int]]:
    """Yield the days from which a version asks for its part (1), and does so no more (-1)."""
    planned, until = one.line.asked_on, one.until
    if planned is None:
        return
    if until is None and credited is not None:
        yield max(planned, first), 1
        return
    until = min((day for day in (until, credited) if day), default=None)
    on = max(planned, one.since or planned, first)
    if until is None or on < until:
        yield on, 1
        if until is not None:
            yield max(until, first), -1


class Freshness:
    """Words for how fresh a plan is."""

    NONE = "none"
    FRESH = "fresh"
    OLD = "old"


def freshness(first: date, last: date | None, touched: Iterable[date]) -> Iterator[tuple[date, date | None, str]]:
    """Yield (first day, last day or None, how fresh) for a right with the days on which its plan was changed."""
    days = sorted(set(touched))
    here, word = first, Freshness.NONE
    for day, after in pairwise([*days, None]):
        if day is None or (last is not None and day > last):
            break
        if day > here:
            yield here, day - ONE_DAY, word
        here = max(day, here)
        grows_old = day + FRESH
        word = Freshness.FRESH
        if (after is None or after > grows_old) and (last is None or grows_old <= last):
            if grows_old > here:
                yield here, grows_old - ONE_DAY, word
            here, word = max(here, grows_old), Freshness.OLD
    if last is None or here <= last:
        yield here, last, word
