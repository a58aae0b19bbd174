"""Whether guidance helped: a comparison that chance made, and how often people decided otherwise than the list.

Where the meetings of a week end among learners with the same score, the lot alone parts who is met that week from who
waits. Those two are alike in all but the lot, so a difference in what becomes of them is an effect, with an interval
for chance. Learners met for a higher score are not compared with anybody: they differ in what they were met for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

Z95 = 1.959963984540054
LEAST_EACH = 30
LEAST_DECIDED = 20
LEAST_TOLD = 5
WEEKS = 12


@dataclass(frozen=True)
class Place:
    """A place in the order of a counsellor's week."""

    caseload: str
    week: date
    learner: str
    rank: int
    value: float
    is_listed: bool


@dataclass(frozen=True)
class Draw:
    """Learners of one week with the same score, parted by lot: those met and those who waited."""

    met: tuple[str, ...]
    waited: tuple[str, ...]
    week: date


@dataclass(frozen=True)
class Effect:
    """What the lots came to.

    Attributes:
        met: How many were met, of whom `met_well` went on well; likewise those who waited.
        difference: Difference of the shares (met less waited), weighted over the draws; None when it is not told.
        low: Its 95 % interval, from here
        high: to here.
        is_enough: False with fewer than 30 on either side: then nothing is claimed.
    """

    met: int
    met_well: int
    waited: int
    waited_well: int
    difference: float | None
    low: float | None
    high: float | None

    @property
    def is_enough(self) -> bool:
        """True when there are enough on both sides."""
        return min(self.met, self.waited) >= LEAST_EACH and self.difference is not None

    @property
    def is_shown(self) -> bool:
        """True when the interval leaves no difference out."""
        return self.is_enough and self.low is not None and self.high is not None and not self.low <= 0 <= self.high


def draws_of(places: Iterable[Place]) -> tuple[Draw, ...]:
    """Return the draws among equals at the end of the meetings; a learner counts in the first of theirs only."""
    weeks: dict[tuple[date, str], list[Place]] = defaultdict(list)
    for one in places:
        weeks[one.week, one.caseload].append(one)
    found, seen = [], set[str]()
    for (week, _caseload), held in sorted(weeks.items(), key=lambda pair: pair[0]):
        listed = [one for one in held if one.is_listed]
        beyond = [one for one in held if not one.is_listed]
        if not listed or not beyond:
            continue
        cut = min(listed, key=lambda one: one.value).value
        if max(beyond, key=lambda one: one.value).value != cut:
            continue
        equals = sorted(
            (one for one in held if one.value == cut and one.learner not in seen), key=lambda one: one.rank
        )
        seen |= {one.learner for one in equals}
        met, waited = ([one.learner for one in equals if one.is_listed is side] for side in (True, False))
        if met and waited:
            found.append(Draw(tuple(met), tuple(waited), week))
    return tuple(found)


def effect_of(draws: Sequence[Draw], well: Mapping[tuple[str, date], bool]) -> Effect:
    """Return what the draws came to: `well` tells by (learner, week of the draw) whether they went on well.

    Whoever it does not tell of is left out. The difference is that of Mantel and Haenszel over the draws, its variance
    that of Sato (1989), which holds for many small draws as well as for few large ones.
    """
    tables = [table for draw in draws if (table := _table(draw, well))]
    met, met_well, waited, waited_well = (sum(column) for column in zip(*tables, strict=True)) if tables else (0,) * 4
    weight = sum(n1 * n0 / (n1 + n0) for n1, _a, n0, _c in tables)
    if not weight:
        return Effect(met, met_well, waited, waited_well, None, None, None)
    difference = sum((a * n0 - c * n1) / (n1 + n0) for n1, a, n0, c in tables) / weight
    lean = sum((n1**2 * c - n0**2 * a + n1 * n0 * (n0 - n1) / 2) / (n1 + n0) ** 2 for n1, a, n0, c in tables)
    spread = sum((a * (n0 - c) + c * (n1 - a)) / (2 * (n1 + n0)) for n1, a, n0, c in tables)
    half = Z95 * sqrt(max(0.0, difference * lean + spread)) / weight
    low, high = max(-1.0, difference - half), min(1.0, difference + half)
    return Effect(met, met_well, waited, waited_well, difference, low, high)


def _table(draw: Draw, well: Mapping[tuple[str, date], bool]) -> tuple[int, int, int, int] | None:
    """Return (met, of whom well, waited, of whom well); None where nothing is told of one side."""
    met, waited = (
        [well[one, draw.week] for one in side if (one, draw.week) in well] for side in (draw.met, draw.waited)
    )
    return (len(met), sum(met), len(waited), sum(waited)) if met and waited else None


@dataclass(frozen=True)
class Meter:
    """How often people decided otherwise than the list: of so many that ended, so many were no need."""

    decided: int
    otherwise: int

    @property
    def share(self) -> float | None:
        """The share; None below five."""
        return self.otherwise / self.decided if self.decided >= LEAST_TOLD else None

    @property
    def is_alarm(self) -> bool:
        """True when nobody ever decided otherwise, of twenty or more: then the list decides, not people."""
        return self.decided >= LEAST_DECIDED and not self.otherwise
