"""Whom a counsellor meets in a week: those with the most to be met for, never more than there are meetings.

Equals are put in order by lot, drawn from the week and the learner's key: nobody is always last for the name they
bear, and where the meetings end among equals, chance alone parts who is met from who is not. The study of what
guidance changes rests on that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from luotsi.learning.rules.index import Band

RESTS = timedelta(weeks=4)
KEPT_PAST_THE_CUT = 3
LEAST_KEPT = 20


class Out(StrEnum):
    """Why somebody has no turn in a week, whatever the score."""

    OPEN = "open"  # somebody guides them in a need that is open
    RESTS = "rests"  # a need of theirs ended less than four weeks ago
    CONTESTED = "contested"  # the learner has contested what is said, and nobody has answered
    FINE = "fine"  # nothing speaks for a meeting


@dataclass(frozen=True)
class Candidate:
    """Somebody with a score in a week: the key, value and band, and what else is known of their guidance."""

    key: str
    value: float
    band: Band
    has_open_need: bool = False
    ended_on: date | None = None
    is_contested: bool = False


@dataclass(frozen=True)
class Turn:
    """A place in the order of a week; `is_listed` within the meetings of the week."""

    key: str
    rank: int
    is_listed: bool


def why_out(one: Candidate, week: date) -> Out | None:
    """Return why somebody has no turn in the week; None when they have one."""
    if one.is_contested:
        return Out.CONTESTED
    if one.has_open_need:
        return Out.OPEN
    if one.ended_on is not None and one.ended_on > week - RESTS:
        return Out.RESTS
    return Out.FINE if one.band is Band.FINE else None


def turns_of(candidates: Iterable[Candidate], slots: int, week: date) -> tuple[Turn, ...]:
    """Return the order of a week: those within the meetings, and some beyond them for the study of effects."""
    held = [one for one in candidates if why_out(one, week) is None]
    held.sort(key=lambda one: (-one.value, lot_of(week, one.key)))
    kept = max(slots * KEPT_PAST_THE_CUT, LEAST_KEPT)
    return tuple(Turn(one.key, rank, rank <= slots) for rank, one in enumerate(held[:kept], start=1))


def lot_of(week: date, key: str) -> str:
    """Return the lot of somebody in a week: the same whenever it is drawn, another in another week."""
    return sha256(f"{week.isoformat()} {key}".encode()).hexdigest()


def nearest(paths: Sequence[str], path: str) -> str | None:
    """Return which of the units with a counsellor a learner belongs to: the closest above; None of none."""
    return max((one for one in paths if path.startswith(one)), key=len, default=None)


def monday_of(day: date) -> date:
    """Return the first day of the week of a day (ISO 8601)."""
    return day - timedelta(days=day.weekday())
