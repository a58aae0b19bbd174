"""How rights to study end: completed, left, or neither; the one place where dropping out is defined, twice.

The first definition is the provider's own: a right that ended as resigned or considered resigned, unless it ended to
move to renewed requirements of the qualification, or the learner began another right within 60 days of the end, before
or after. The second asks, as Statistics Finland does, who studied on 20 September and a year later neither studies nor
has completed; counted from the registers of one provider it cannot see those who go on elsewhere, and is the higher of
the two for that. Rights that were cancelled or invalidated are no studies, in either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from luotsi.learning.rules.koski import State

MOVING = timedelta(days=60)
COMPLETED = frozenset({State.GRADUATED, State.PASSED})
LEAVING = frozenset({State.RESIGNED, State.CONSIDERED_RESIGNED})
NO_STUDIES = frozenset({State.CANCELLED, State.INVALIDATED})
TAKEN = (9, 20)  # month and day on which Statistics Finland looks


class Ending(StrEnum):
    """How a right has ended by a day."""

    RUNNING = "running"
    COMPLETED = "completed"
    LEFT = "left"
    MOVED = "moved"
    RENEWED = "renewed"
    NO_STUDIES = "no_studies"
    OTHER = "other"


@dataclass(frozen=True)
class Stay:
    """A right to study as far as its ending needs it.

    Attributes:
        oid: The right.
        starts_on: Its first day; None where the register tells none.
        ends_on: Its last day; None while it runs.
        state: The state that rules now, a code of KOSKI.
        renewed: It ended because the learner moved to renewed requirements of the qualification.
        within: The right that it is a part of: studies bought elsewhere, which are told there already.
    """

    oid: str
    starts_on: date | None
    ends_on: date | None
    state: str
    renewed: bool = False
    within: str = ""

    @property
    def counts(self) -> bool:
        """True of studies that began, and that no other right tells already."""
        return self.starts_on is not None and self.state not in NO_STUDIES and not self.within

    def runs_on(self, day: date) -> bool:
        """Return True on its days, the last not among them: a right that ends that day has ended."""
        return (
            self.counts
            and self.starts_on is not None
            and self.starts_on <= day
            and (self.ends_on is None or self.ends_on > day)
        )


def ending_of(stay: Stay, rights: Iterable[Stay], on: date) -> Ending:
    """Return how a right has ended by a day; `rights` are those of the same learner, itself or not.

    Until 60 days after the end, LEFT may still become MOVED: see `is_settled`.
    """
    if stay.state in NO_STUDIES:
        return Ending.NO_STUDIES
    if stay.ends_on is None or stay.ends_on > on:
        return Ending.RUNNING
    if stay.state in COMPLETED:
        return Ending.COMPLETED
    if stay.state not in LEAVING:
        return Ending.OTHER
    if stay.renewed:
        return Ending.RENEWED
    return Ending.MOVED if _moved_to(stay, rights, on) else Ending.LEFT


def _moved_to(stay: Stay, rights: Iterable[Stay], on: date) -> Stay | None:
    """Return the right begun within 60 days of the end, the nearest of several; one begun after the day is unknown."""
    near = [
        one
        for one in rights
        if one.oid != stay.oid and one.counts and one.starts_on and one.starts_on <= on and _apart(stay, one) <= MOVING
    ]
    return min(near, key=lambda one: (_apart(stay, one), one.oid), default=None)


def _apart(stay: Stay, other: Stay) -> timedelta:
    if stay.ends_on is None or other.starts_on is None:
        return timedelta.max
    return abs(other.starts_on - stay.ends_on)


def moved_to(stay: Stay, rights: Iterable[Stay], on: date) -> Stay | None:
    """Return the right that the learner went on to when this one ended, however it ended; None of none."""
    return _moved_to(stay, rights, on) if stay.ends_on and stay.ends_on <= on else None


def is_settled(stay: Stay, on: date) -> bool:
    """Return True when the ending cannot change any more because another right begins."""
    return stay.ends_on is not None and stay.ends_on + MOVING <= on


def has_left(stay: Stay, rights: Iterable[Stay], on: date) -> bool:
    """Return True of dropping out by the provider's own definition."""
    return ending_of(stay, rights, on) is Ending.LEFT


def entrants(rights: Sequence[Stay]) -> frozenset[str]:
    """Return the rights of one learner that were begun anew, and not to go on from another that had ended so."""
    far = date.max
    went_to = set()
    for one in rights:
        if ending_of(one, rights, far) in {Ending.MOVED, Ending.RENEWED}:
            after = moved_to(one, rights, far)
            if after is not None and (after.starts_on or far, after.oid) > (one.starts_on or far, one.oid):
                went_to.add(after.oid)
    return frozenset(one.oid for one in rights if one.counts and one.oid not in went_to)


def end_of(stay: Stay, rights: Sequence[Stay], on: date) -> tuple[Ending, date] | None:
    """Return how and when studies that began with a right ended by a day, through rights moved to; None of none.

    The ending is never a move: who moved and studies on has not ended.
    """
    seen: set[str] = set()
    here: Stay | None = stay
    while here is not None and here.oid not in seen:
        seen.add(here.oid)
        ended = ending_of(here, rights, on)
        if ended not in {Ending.MOVED, Ending.RENEWED}:
            return None if ended is Ending.RUNNING or here.ends_on is None else (ended, here.ends_on)
        after = moved_to(here, rights, on)
        if after is None and here.ends_on is not None:
            return Ending.OTHER, here.ends_on
        here = after
    return None


def completed_on(stay: Stay, rights: Sequence[Stay], on: date) -> date | None:
    """Return the day on which the learner completed this right, or one that they moved to from it; None until then."""
    ended = end_of(stay, rights, on)
    return ended[1] if ended is not None and ended[0] is Ending.COMPLETED else None


def years_after(day: date, years: int, months: int = 0) -> date:
    """Return the day so many years and months later; the last day of a shorter month."""
    number = day.month - 1 + months
    year, month = day.year + years + number // 12, number % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


def september_of(year: int) -> date:
    """Return the day of a year on which Statistics Finland looks who studies."""
    return date(year, *TAKEN)


class Year(StrEnum):
    """What became of somebody between two Septembers."""

    STUDIES = "studies"
    COMPLETED = "completed"
    GONE = "gone"


def year_of(rights: Sequence[Stay], year: int) -> Year | None:
    """Return what became by 20 September of `year` of somebody who studied a year before; None when they did not.

    `rights` are all of the learner that lead to a qualification. Who completed one and goes on counts as completed.
    """
    first, last = september_of(year - 1), september_of(year)
    if not any(one.runs_on(first) for one in rights):
        return None
    if any(one.counts and one.state in COMPLETED and one.ends_on and first < one.ends_on <= last for one in rights):
        return Year.COMPLETED
    return Year.STUDIES if any(one.runs_on(last) for one in rights) else Year.GONE
