"""What becomes of the learners of a unit in each period of a staggered start, counted from registers as known now.

Everybody counts who studies in the unit on the first day of a period, whether or not anything was ever computed of
them: who is met is not asked, since the lot gave the lists to the unit and not to the learner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from luotsi.learning.rules.staggered.effect import Series
from luotsi.learning.rules.staggered.plans import Outcome, Period


@dataclass(frozen=True)
class Time:
    """A time with its first day and the first day after it; None while it goes on."""

    first: date
    end: date | None

    def holds(self, day: date) -> bool:
        """Return True when the day is in it."""
        return self.first <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Life:
    """A learner's studies: times of study, days of completion, and points with the day that they were got on."""

    studying: tuple[Time, ...]
    completed: tuple[date, ...] = ()
    points: tuple[tuple[date, float], ...] = ()

    def studies_on(self, day: date) -> bool:
        """Return True when some right to study is in force on the day."""
        return any(one.holds(day) for one in self.studying)

    def outcome(self, kind: Outcome, period: Period) -> float:
        """Return what became of the learner in a period that they studied at the beginning of."""
        if kind is Outcome.POINTS:
            return sum(amount for on, amount in self.points if period.first <= on < period.end)
        has_completed = any(period.first <= on <= period.end for on in self.completed)
        return float(has_completed or self.studies_on(period.end))


@dataclass(frozen=True)
class Cell:
    """The learners of a unit in a period: how many, and what they come to on average; None of nobody."""

    people: int
    mean: float | None


def cell_of(lives: Iterable[Life], kind: Outcome, period: Period) -> Cell:
    """Return what the learners of a unit came to; those who did not study when the period began do not count."""
    told = [one.outcome(kind, period) for one in lives if one.studies_on(period.first)]
    return Cell(len(told), sum(told) / len(told) if told else None)


def series_of(wave: int, before: Sequence[Cell], during: Sequence[Cell]) -> Series | None:
    """Return a unit as the study needs it; None where nobody studied in some period, or ever before."""
    levels = [one.mean for one in before if one.mean is not None]
    outcomes = [one.mean for one in during if one.mean is not None]
    if not levels or len(outcomes) < len(during):
        return None
    return Series(wave, sum(levels) / len(levels), tuple(outcomes))
