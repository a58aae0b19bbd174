"""Whether a model in use still fits: how far its inputs have moved within a year, and how its chances came true.

Inputs are compared with those of the same day a year before, as known then: studies have seasons, and a comparison of
spring with autumn would tell of nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log

from luotsi.learning.rules.model.logistic import Snapshot
from luotsi.learning.rules.model.measures import auc, calibration_error

MOST_SHIFT = 0.25
MOST_ERROR = 0.10
LEAST_PEOPLE, LEAST_EVENTS = 100, 10
BINS = 10
FLOOR = 0.0005


def shift(before: Sequence[float | None], now: Sequence[float | None]) -> float | None:
    """Return the population stability index between two times; None when one of them has too few people.

    In ten parts of the earlier values, what is missing a part of its own; 0 is no shift, from 0.25 on a large one.
    """
    if min(len(before), len(now)) < LEAST_PEOPLE:
        return None
    told = sorted(value for value in before if value is not None)
    edges = sorted({told[len(told) * part // BINS] for part in range(1, BINS)}) if told else []
    shares = [_shares(values, edges) for values in (before, now)]
    return fsum((new - old) * log(new / old) for old, new in zip(shares[0], shares[1], strict=True))


def _shares(values: Sequence[float | None], edges: Sequence[float]) -> list[float]:
    counts = [0] * (len(edges) + 2)
    for value in values:
        counts[-1 if value is None else bisect_right(edges, value)] += 1
    return [max(count / len(values), FLOOR) for count in counts]


@dataclass(frozen=True)
class Watched:
    """How a model stands: shifts of its features, and how chances of a year ago came true; None = too few to tell."""

    shifts: Mapping[str, float | None]
    people: int
    events: int
    expected: float | None
    auc: float | None
    error: float | None

    @property
    def shifted(self) -> tuple[str, ...]:
        """Features that have moved too far."""
        return tuple(name for name, value in self.shifts.items() if value is not None and value > MOST_SHIFT)

    @property
    def is_alarm(self) -> bool:
        """True when the model is to be switched off."""
        return bool(self.shifted) or (self.error is not None and self.error > MOST_ERROR)


def watched(
    features: Sequence[str],
    before: Sequence[Snapshot],
    now: Sequence[Snapshot],
    outcomes: Sequence[int],
    chances: Sequence[float],
) -> Watched:
    """Return how a model stands from snapshots of a year ago and of now, and from closed cases with their chances."""
    enough = len(outcomes) >= LEAST_PEOPLE and sum(outcomes) >= LEAST_EVENTS
    return Watched(
        shifts={name: shift([one.get(name) for one in before], [one.get(name) for one in now]) for name in features},
        people=len(outcomes),
        events=sum(outcomes),
        expected=sum(chances) if enough else None,
        auc=auc(outcomes, chances) if enough else None,
        error=calibration_error(outcomes, chances) if enough else None,
    )
