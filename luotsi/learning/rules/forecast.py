"""Forecasts of cohorts that are still open: a range first, a number second, and how good such forecasts have been.

What has happened in a cohort is known; of those who still study, the share to come is that of earlier cohorts at the
same age. The range has two parts: chance, of which the width is known, and how much more than by chance cohorts
differ, which is learnt from forecasts made again for cohorts that are closed by now, each from what had been closed on
its day. Beside it stands the naive forecast, that the cohort will be as the last closed one was.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import NormalDist, fmean

from luotsi.indicators.rules.disclosure import SMALL
from luotsi.indicators.rules.forecast.student import quantile
from luotsi.learning.rules.cohorts import Half, Horizon

LEAST_CLOSED = 3
LEAST_PAST = 3
LEAST_LEARNERS = 10
INSIDE = 0.8
BY_CHANCE = NormalDist().inv_cdf((1 + INSIDE) / 2)


class Refusal(StrEnum):
    """Why there is no forecast."""

    TOO_FEW_CLOSED = "too_few_closed"
    TOO_FEW_PAST = "too_few_past"
    SMALL = "small"


@dataclass(frozen=True)
class Case:
    """Somebody who began: on which day, when what is forecast happened, and when they left the question otherwise."""

    start: date
    event: date | None = None
    out: date | None = None

    def has(self, day: date, limit: date) -> bool:
        """Return True when it had happened by a day, in time."""
        return self.event is not None and self.event <= min(day, limit)

    def runs(self, day: date, limit: date) -> bool:
        """Return True when it was open on a day whether it would happen in time."""
        ended = [one for one in (self.event, self.out) if one is not None]
        return day < limit and all(one > day for one in ended)


@dataclass(frozen=True)
class Cohort:
    """Those who began in a half-year."""

    half: Half
    cases: tuple[Case, ...]

    def final(self, horizon: Horizon) -> float:
        """Return the share to whom it happened in time; only of closed cohorts."""
        return sum(one.has(date.max, horizon.after(one.start)) for one in self.cases) / len(self.cases)

    def stand(self, day: date, horizon: Horizon) -> tuple[int, int, int]:
        """Return to how many it had happened by a day, of how many it was open, and to how many of these it came."""
        happened = running = later = 0
        for one in self.cases:
            limit = horizon.after(one.start)
            if one.has(day, limit):
                happened += 1
            elif one.runs(day, limit):
                running += 1
                later += one.has(date.max, limit)
        return happened, running, later

    def is_closed(self, day: date, horizon: Horizon) -> bool:
        """Return True when the time is full for everybody, or has shown by then of everybody how it ends."""
        if self.half.full_on(horizon) <= day:
            return True
        return self.half.last <= day and not any(one.runs(day, horizon.after(one.start)) for one in self.cases)


@dataclass(frozen=True)
class Miss:
    """A forecast made again for a closed cohort: what it would have been, what it was, what the naive one was.

    `low` and `high` are None where too few had been made before it; `chance` is how far chance alone could move it.
    `learners` are in the cohort, `before` in the one that the naive forecast repeats.
    """

    half: Half
    value: float
    actual: float
    naive: float
    chance: float = 0.0
    learners: int = 0
    before: int = 0
    low: float | None = None
    high: float | None = None

    @property
    def error(self) -> float:
        """Actual less forecast."""
        return self.actual - self.value


@dataclass(frozen=True)
class Record:
    """How past forecasts at the same age turned out; shares from 0 to 1.

    Attributes:
        covered: How many of those with a range lay in it.
        ranged: How many had one.
    """

    misses: tuple[Miss, ...]

    @property
    def mae(self) -> float:
        """The mean absolute error."""
        return fmean(abs(one.error) for one in self.misses)

    @property
    def naive_mae(self) -> float:
        """That of the naive forecast at the same places."""
        return fmean(abs(one.actual - one.naive) for one in self.misses)

    @property
    def bias(self) -> float:
        """The mean error: more than nothing where forecasts were too low."""
        return fmean(one.error for one in self.misses)

    @property
    def ranged(self) -> int:
        """How many had a range."""
        return sum(one.low is not None for one in self.misses)

    @property
    def covered(self) -> int:
        """How many of these lay in it."""
        return sum(
            one.low is not None and one.high is not None and one.low <= one.actual <= one.high for one in self.misses
        )


@dataclass(frozen=True)
class Forecast:
    """What is foreseen of an open cohort; shares from 0 to 1. The range holds 80 of 100 such forecasts.

    Attributes:
        so_far: The share to whom it has happened: never less in the end; `most`: never more.
        closed: How many closed cohorts it is made from; `before`: how many learners the last of them has.
        coming: The share to whom it came, of those who were open at this age in these cohorts.
    """

    half: Half
    learners: int
    so_far: float
    most: float
    low: float
    high: float
    value: float
    naive: float
    closed: int
    record: Record
    before: int = 0
    coming: float = 0.0

    @property
    def is_open_to_tell(self) -> bool:
        """Whether what it is made of may be told: no part of the cohort is of few."""
        parts = (self.so_far, self.most - self.so_far, self.most)
        return not any(is_of_few(part, self.learners) for part in parts)

    def told(self) -> tuple[float, float]:
        """Return the range as it may be told: an end that is as far as few have come tells no more than an end."""
        low = 0.0 if self.low <= self.so_far and is_of_few(self.so_far, self.learners) else self.low
        high = 1.0 if self.high >= self.most and is_of_few(self.most, self.learners) else self.high
        return low, high


def is_of_few(share: float, size: int) -> bool:
    """Return True for the share of one to four learners, or of all but one to four."""
    count = round(share * size)
    return 0 < count < SMALL or 0 < size - count < SMALL


def closed_by(cohorts: Iterable[Cohort], day: date, horizon: Horizon, before: Half) -> list[Cohort]:
    """Return the cohorts closed on a day that began before a half-year, in order; small ones are of no use."""
    told = [one for one in cohorts if one.half < before and len(one.cases) >= LEAST_LEARNERS]
    found = [one for one in told if one.is_closed(day, horizon)]
    return sorted(found, key=lambda one: one.half)


def same_age(of: Half, day: date, other: Half) -> date:
    """Return the day on which another half-year was as old as one is on a day."""
    return other.first + (day - of.first)


@dataclass(frozen=True)
class Outlook:
    """A cohort on a day: the share foreseen, between what it must end, and how far chance alone moves it.

    `coming` is the share to whom it came, of those who were open at this age in earlier cohorts.
    `chance` is the standard deviation of the share in the end where all cohorts are alike: of whom it happens to among
    those still open, and of how well the share to come is known from those who were open before.
    """

    value: float
    least: float
    most: float
    chance: float
    coming: float


def projected(cohort: Cohort, day: date, closed: Sequence[Cohort], horizon: Horizon) -> Outlook:
    """Return the share in the end: what has happened, and of those still open the share of earlier cohorts."""
    size = len(cohort.cases)
    happened, running, _later = cohort.stand(day, horizon)
    stands = [one.stand(same_age(cohort.half, day, one.half), horizon) for one in closed]
    open_then, came = sum(one[1] for one in stands), sum(one[2] for one in stands)
    coming = came / open_then if open_then else 0.0
    # Half a case of each kind more: where it never happened so far it still can.
    likely = (came + 0.5) / (open_then + 1)
    variance = running * likely * (1 - likely) * (1 + running / max(open_then, 1))
    return Outlook(
        value=(happened + running * coming) / size,
        least=happened / size,
        most=(happened + running) / size,
        chance=math.sqrt(variance) / size,
        coming=coming,
    )


def around(outlook: Outlook, past: Sequence[Miss]) -> tuple[float, float]:
    """Return the range of a forecast: chance, and by how much earlier ones missed by more than that.

    The width of chance is known, so that its part follows the normal distribution; that of what cohorts differ by
    beyond it is learnt from few errors, so that its part follows Student's t.
    """
    beyond = fmean(one.error**2 - one.chance**2 for one in past)
    by_cohort = quantile((1 + INSIDE) / 2, len(past)) * math.sqrt(max(beyond, 0.0))
    reach = math.hypot(BY_CHANCE * outlook.chance, by_cohort)
    return max(outlook.value - reach, outlook.least), min(outlook.value + reach, outlook.most)


def record_of(cohorts: Sequence[Cohort], of: Half, day: date, horizon: Horizon) -> Record:
    """Return the forecasts made again for each cohort closed on the day, at the age that `of` has on it."""
    misses: list[Miss] = []
    for one in closed_by(cohorts, day, horizon, of):
        then = same_age(of, day, one.half)
        known = closed_by(cohorts, then, horizon, one.half)
        if not known:
            continue
        seen = projected(one, then, known, horizon)
        low = high = None
        if len(misses) >= LEAST_PAST:
            low, high = around(seen, misses)
        naive = known[-1].final(horizon)
        misses.append(
            Miss(
                one.half,
                seen.value,
                one.final(horizon),
                naive,
                seen.chance,
                len(one.cases),
                len(known[-1].cases),
                low,
                high,
            )
        )
    return Record(tuple(misses))


def forecast(cohorts: Sequence[Cohort], of: Half, day: date, horizon: Horizon) -> Forecast | Refusal:
    """Return what is foreseen on a day of the cohort that began in a half-year, or why nothing is.

    Args:
        cohorts: of one programme and unit, each half-year once, the one asked for among them.
        of: the half-year; it has ended by the day.
        day: up to which everything is known.
        horizon: the time in which it has to happen.
    """
    cohort = next((one for one in cohorts if one.half == of), Cohort(of, ()))
    if len(cohort.cases) < LEAST_LEARNERS:
        return Refusal.SMALL
    closed = closed_by(cohorts, day, horizon, of)
    if len(closed) < LEAST_CLOSED:
        return Refusal.TOO_FEW_CLOSED
    record = record_of(cohorts, of, day, horizon)
    if len(record.misses) < LEAST_PAST:
        return Refusal.TOO_FEW_PAST
    seen = projected(cohort, day, closed, horizon)
    low, high = around(seen, record.misses)
    return Forecast(
        half=of,
        learners=len(cohort.cases),
        so_far=seen.least,
        most=seen.most,
        low=low,
        high=high,
        value=seen.value,
        naive=closed[-1].final(horizon),
        closed=len(closed),
        record=record,
        before=len(closed[-1].cases),
        coming=seen.coming,
    )
