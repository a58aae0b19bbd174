"""Logistic regression with a penalty on squared weights, by Newton's method: small, exact, and the same every time.

The largest public sets showed no gain from anything less open (see the handbook of guidance in `docs/guidance.md`).
Numbers are put on one scale by the mean and the deviation of those learnt from; what is missing counts as the mean and
is marked, so that a gap is never read as a value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from typing import TYPE_CHECKING

from luotsi.learning.rules.model.measures import chance_of
from luotsi.learning.rules.model.refusals import NotLearnt, WhyNot

if TYPE_CHECKING:
    import numpy as np

type Snapshot = Mapping[str, float | None]

PENALTY = 1.0
MOST_STEPS = 60
CLOSE = 1e-10
MISSING = "?"


@dataclass(frozen=True)
class Scale:
    """How a number is put on the common scale."""

    mean: float
    deviation: float

    def place(self, value: float | None) -> float:
        """Return where a value stands; nothing for what is missing."""
        return 0.0 if value is None else (value - self.mean) / self.deviation


@dataclass(frozen=True)
class Weights:
    """What was learnt: a weight for each feature and for each that may be missing, and the base.

    Everything that a score needs is here, as numbers that JSON keeps exactly, so a score is counted again bit by bit.
    """

    base: float
    scales: Mapping[str, Scale]
    weights: Mapping[str, float]
    gaps: Mapping[str, float]
    learnt_from: int

    def parts(self, snapshot: Snapshot) -> dict[str, float]:
        """Return what each feature adds to the log odds, a gap beside its feature as name and question mark."""
        found: dict[str, float] = {}
        for name, scale in self.scales.items():
            value = snapshot.get(name)
            if value is None:
                found[name + MISSING] = self.gaps.get(name, 0.0)
            else:
                found[name] = self.weights[name] * scale.place(value)
        return found

    def odds(self, snapshot: Snapshot) -> float:
        """Return the log odds of a snapshot."""
        return self.summed(self.parts(snapshot))

    def summed(self, parts: Mapping[str, float]) -> float:
        """Return the log odds of what each feature adds; the sum is exact, so their order says nothing."""
        return fsum([self.base, *parts.values()])

    def chance(self, snapshot: Snapshot) -> float:
        """Return the chance of a snapshot before calibration."""
        return chance_of(self.odds(snapshot))


def learn(
    snapshots: Sequence[Snapshot], outcomes: Sequence[int], features: Sequence[str], penalty: float = PENALTY
) -> Weights:
    """Learn weights of features from snapshots and their outcomes.

    Raises:
        NotLearnt: nobody is given, or all had the same outcome.
    """
    if not outcomes or len(set(outcomes)) < 2:
        raise NotLearnt("Both outcomes are needed to learn from.", WhyNot.ONE_OUTCOME)
    scales = {name: _scale([one.get(name) for one in snapshots]) for name in features}
    gapped = [name for name in features if any(one.get(name) is None for one in snapshots)]
    rows = [
        [
            1.0,
            *(scales[name].place(one.get(name)) for name in features),
            *(float(one.get(name) is None) for name in gapped),
        ]
        for one in snapshots
    ]
    found = _newton(rows, outcomes, penalty)
    told = iter(found)
    base = next(told)
    weights = {name: next(told) for name in features}
    return Weights(base, scales, weights, {name: next(told) for name in gapped}, len(outcomes))


def _scale(values: Sequence[float | None]) -> Scale:
    told = [value for value in values if value is not None]
    if not told:
        return Scale(0.0, 1.0)
    mean = fsum(told) / len(told)
    deviation = sqrt(fsum((value - mean) ** 2 for value in told) / len(told))
    return Scale(mean, deviation or 1.0)


def _newton(rows: Sequence[Sequence[float]], outcomes: Sequence[int], penalty: float) -> list[float]:
    import numpy as np

    data, wanted = np.asarray(rows, dtype=float), np.asarray(outcomes, dtype=float)
    ridge = np.full(data.shape[1], penalty)
    ridge[0] = 0.0  # the base is not held back
    weights = np.zeros(data.shape[1])
    for _step in range(MOST_STEPS):
        chances = _chances(data @ weights)
        slope = data.T @ (chances - wanted) + ridge * weights
        bend = (data * (chances * (1 - chances))[:, None]).T @ data + np.diag(ridge)
        try:
            move = np.linalg.solve(bend, slope)
        except np.linalg.LinAlgError:  # two columns that say exactly the same
            move = np.linalg.lstsq(bend, slope, rcond=None)[0]
        weights = weights - move
        if float(np.abs(move).max()) < CLOSE:
            break
    return [float(one) for one in weights]


def _chances(odds: np.ndarray) -> np.ndarray:
    import numpy as np

    kept = np.clip(odds, -35.0, 35.0)
    found: np.ndarray = 1 / (1 + np.exp(-kept))
    return found


def recalibrated(odds: Sequence[float], outcomes: Sequence[int]) -> tuple[float, float]:
    """Return (base, slope) of outcomes over log odds: (0, 1) is perfect; a slope below 1 means too sure of itself.

    Platt's scaling (1999) without a penalty but a trace of one, so that it ends when the two can be parted.

    Raises:
        NotLearnt: nobody is given, or all had the same outcome.
    """
    if not outcomes or len(set(outcomes)) < 2:
        raise NotLearnt("Both outcomes are needed to calibrate.", WhyNot.ONE_OUTCOME)
    base, slope = _newton([[1.0, one] for one in odds], outcomes, 1e-6)
    return base, slope
