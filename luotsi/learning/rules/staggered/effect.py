"""What a staggered start came to: those who had begun against those who had not, in the same weeks, judged by the lot.

In each period the mean of the units that had begun is compared with that of those that had not, both as changes from
the unit's own level before the study. Weeks that were good or bad for everybody fall out, and so do units that are
always high or low. Units that have begun are never compared with each other, so an effect that grows or fades does no
harm. That the study is judged by the lot and nothing else makes it exact: the order is drawn again as it might have
fallen, and the figure is seldom as large when only chance is at work (Fisher's randomisation test). The interval holds
every effect, the same for all, that the test does not refuse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from luotsi.learning.rules.staggered.plans import LEAST_ORDERS, LEAST_UNITS, orders_of

ALPHA = 0.05
ONE_IN = 20
MOST_DRAWS = 4_000
SAME = 1e-9

type Waves = tuple[int, ...]


@dataclass(frozen=True)
class Series:
    """A unit: the wave it began in, its level before the study, and its outcome in each period."""

    wave: int
    level: float
    outcomes: tuple[float, ...]


@dataclass(frozen=True)
class Judged:
    """What the study came to.

    Attributes:
        units: How many units it rests on.
        left_out: How many others had a period, or no time before the study, in which nobody studied.
        difference: Begun less not begun, weighted over the periods; None when it is not told.
        low: The interval of 95 %, from here; None where it has no end.
        high: to here.
        chance: How often the lot alone gives a difference as large; None when none is told.
        orders: How many orders it was judged by.
        is_whole: True when these are all that the lot could give.
    """

    units: int
    left_out: int
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    chance: float | None = None
    orders: int = 0
    is_whole: bool = False

    @property
    def is_told(self) -> bool:
        """True when there were enough units for a figure."""
        return self.difference is not None

    @property
    def is_shown(self) -> bool:
        """True when chance alone is not believed: in at most one of twenty orders."""
        return self.chance is not None and self.chance <= ALPHA + SAME


def judge(units: Mapping[str, Series | None], seed: str, *, most: int = MOST_DRAWS) -> Judged:
    """Return what the study came to.

    Args:
        units: each unit of the study; None for one of which nothing can be told in some period.
        seed: what the orders are drawn again by, where there are more than `most` of them.
        most: the largest number of orders; all of them are taken when there are no more.
    """
    held = [one for _key, one in sorted(units.items()) if one is not None]
    left_out = len(units) - len(held)
    waves = tuple(one.wave for one in held)
    sizes = [waves.count(one) for one in sorted(set(waves))]
    periods = len(held[0].outcomes) if held else 0
    weights = weights_of(waves, periods)
    if len(held) < LEAST_UNITS or orders_of(sizes) < LEAST_ORDERS or not any(weights):
        return Judged(len(held), left_out)
    changes = [tuple(value - one.level for value in one.outcomes) for one in held]
    found = difference_of(waves, changes, weights)
    orders, is_whole = _orders(waves, sizes, seed, most)
    told = [(difference_of(one, changes, weights), _overlap(one, waves, weights)) for one in orders]
    if not is_whole:
        told.append((found, 1.0))  # the order that was drawn is one of those that could be
    spans = [_span(found, other, overlap) for other, overlap in told]
    low, high = _interval(spans)
    return Judged(
        units=len(held),
        left_out=left_out,
        difference=found,
        low=low,
        high=high,
        chance=sum(abs(other) >= abs(found) - SAME for other, _overlap in told) / len(told),
        orders=len(told),
        is_whole=is_whole,
    )


def weights_of(waves: Waves, periods: int) -> tuple[float, ...]:
    """Return what each period weighs: as two samples of so many units do; nothing where all or none have begun."""
    begun = [sum(wave <= at for wave in waves) for at in range(periods)]
    return tuple(n * (len(waves) - n) / len(waves) if waves else 0.0 for n in begun)


def difference_of(waves: Waves, changes: Sequence[Sequence[float]], weights: Sequence[float]) -> float:
    """Return the mean of those who have begun less that of those who have not, weighted over the periods."""
    total = 0.0
    for at, weight in enumerate(weights):
        if weight:
            begun = [row[at] for row, wave in zip(changes, waves, strict=True) if wave <= at]
            waits = [row[at] for row, wave in zip(changes, waves, strict=True) if wave > at]
            total += weight * (sum(begun) / len(begun) - sum(waits) / len(waits))
    return total / sum(weights)


def _overlap(order: Waves, drawn: Waves, weights: Sequence[float]) -> float:
    """Return what a difference of one would come to under another order; between -1 and 1."""
    return difference_of(order, [[float(wave <= at) for at in range(len(weights))] for wave in drawn], weights)


def _span(found: float, other: float, overlap: float) -> tuple[float | None, float | None]:
    """Return the effects under which another order gives as much as the one that was drawn; None = without end.

    With an effect of t taken away, the one drawn leaves found - t, another other - t * overlap: as much in absolute
    terms between the two places where they are the same.
    """
    if abs(overlap) > 1 - SAME:
        return None, None
    ends = ((found - other) / (1 - overlap), (found + other) / (1 + overlap))
    return min(ends), max(ends)


def _interval(spans: Sequence[tuple[float | None, float | None]]) -> tuple[float | None, float | None]:
    """Return the effects that more than one in twenty orders allow; every span holds the figure itself."""
    least = len(spans) // ONE_IN  # so many may allow an effect, and it is refused still
    lows = sorted((one for one, _high in spans if one is not None))
    highs = sorted((one for _low, one in spans if one is not None), reverse=True)
    endless = len(spans) - len(lows)
    place = least - endless
    low = None if place < 0 else lows[place]
    return low, (None if place < 0 else highs[place])


def _orders(waves: Waves, sizes: Sequence[int], seed: str, most: int) -> tuple[list[Waves], bool]:
    """Return every order that the lot could give; a number of them, drawn by the seed, where they are too many."""
    names = sorted(set(waves))
    if orders_of(sizes) <= most:
        return list(_all(tuple(range(len(waves))), tuple(zip(names, sizes, strict=True)), len(waves))), True
    random, found = Random(seed), []  # noqa: S311  judged the same way every time
    for _one in range(most - 1):
        mixed = list(waves)
        random.shuffle(mixed)
        found.append(tuple(mixed))
    return found, False


def _all(places: tuple[int, ...], sizes: tuple[tuple[int, int], ...], length: int) -> Iterator[Waves]:
    """Yield each way to give places to waves of their sizes."""
    if not sizes:
        yield (0,) * length
        return
    (wave, size), *rest = sizes
    for chosen in combinations(places, size):
        held = frozenset(chosen)
        for order in _all(tuple(one for one in places if one not in held), tuple(rest), length):
            yield tuple(wave if place in held else order[place] for place in range(length))
