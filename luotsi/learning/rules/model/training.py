"""From cohorts in time to a model with its figures: one way for public sets and for a provider's own studies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from luotsi.learning.rules.model.cohorts import Case, Split
from luotsi.learning.rules.model.gate import Judged, Stop, judge, stops
from luotsi.learning.rules.model.logistic import Snapshot, Weights, learn, recalibrated
from luotsi.learning.rules.model.measures import auc, chance_of

type Plain = Callable[[Snapshot], float]

UNCHANGED = (0.0, 1.0)
CAPACITY = 0.2


@dataclass(frozen=True)
class Trained:
    """A model and how it is judged.

    Attributes:
        weights: What was learnt.
        calibration: Base and slope that turn its odds into those of the cohorts it is calibrated on.
        contrary: Features that were left out, since their weights said the opposite of what they can mean.
        judged: Its figures on later cohorts.
        plain_auc: The same figure of plain rules on the same people; None where there are none.
        events: How many people who left it learnt from.
        cohorts: Cohorts learnt from, calibrated on, judged by.
    """

    weights: Weights
    calibration: tuple[float, float]
    contrary: tuple[str, ...]
    judged: Judged
    plain_auc: float | None
    events: int
    cohorts: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]

    def chance(self, snapshot: Snapshot) -> float:
        """Return the calibrated chance of a snapshot."""
        return calibrated(self.weights, self.calibration, snapshot)

    def stops(self, signed: frozenset[str] = frozenset()) -> tuple[tuple[Stop, str], ...]:
        """Return why it is not released; nothing when it is."""
        return stops(
            self.judged,
            learnt_events=self.events,
            cohorts=len(self.cohorts[0]),
            rules_auc=self.plain_auc,
            signed=signed,
        )


def calibrated(weights: Weights, calibration: Sequence[float], snapshot: Snapshot) -> float:
    """Return the chance of a snapshot by weights and their calibration; always the same from the same numbers."""
    return chance_by(weights, calibration, weights.parts(snapshot))


def chance_by(weights: Weights, calibration: Sequence[float], parts: Mapping[str, float]) -> float:
    """Return the same from what each feature adds, where that is known already."""
    base, slope = calibration
    return chance_of(base + slope * weights.summed(parts))


def train(
    split: Split,
    features: Sequence[str],
    *,
    more_is: Mapping[str, int] | None = None,
    plain: Plain | None = None,
    capacity: float = CAPACITY,
    draws: int = 1_000,
) -> Trained:
    """Learn from the first cohorts of a split, calibrate on the next, and judge by the last.

    Args:
        split: Cohorts in time; no other can be made.
        features: Names of what may be learnt from.
        more_is: Which way each can only work: 1 more need, -1 less, 0 or absent either.
        plain: A rule that needs no model: higher is more need. The model must rank better than it.
        capacity: The share of people that can be met, for the rates by group.
        draws: How often people are drawn again for the intervals.

    Raises:
        NotLearnt: nobody is there to learn from, or all had the same outcome.
    """
    snapshots = [one.snapshot for one in split.learn]
    outcomes = [int(bool(one.outcome)) for one in split.learn]
    weights, contrary = _agreeing(snapshots, outcomes, features, more_is or {})
    calibration = UNCHANGED
    if split.calibrate:
        odds = [weights.odds(one.snapshot) for one in split.calibrate]
        calibration = recalibrated(odds, [int(bool(one.outcome)) for one in split.calibrate])
    chances = [calibrated(weights, calibration, one.snapshot) for one in split.judge]
    told = [int(bool(one.outcome)) for one in split.judge]
    return Trained(
        weights=weights,
        calibration=calibration,
        contrary=contrary,
        judged=judge(split.judge, chances, capacity, draws),
        plain_auc=auc(told, [plain(one.snapshot) for one in split.judge]) if plain else None,
        events=len({one.learner for one in split.learn if one.outcome}),
        cohorts=(_cohorts(split.learn), _cohorts(split.calibrate), _cohorts(split.judge)),
    )


def _varies(snapshots: Sequence[Snapshot], name: str) -> bool:
    """Return True when a feature tells people apart: of one that was never told, or always the same, nothing is."""
    return len({one.get(name) for one in snapshots} - {None}) > 1


def _cohorts(cases: Iterable[Case]) -> tuple[str, ...]:
    return tuple(sorted({one.cohort for one in cases}))


def _agreeing(
    snapshots: Sequence[Snapshot], outcomes: Sequence[int], features: Sequence[str], more_is: Mapping[str, int]
) -> tuple[Weights, tuple[str, ...]]:
    """Learn, and learn again without the features whose weights say the opposite of what they can mean."""
    kept, contrary = [name for name in features if _varies(snapshots, name)], list[str]()
    while True:
        weights = learn(snapshots, outcomes, kept)
        wrong = [name for name in kept if weights.weights[name] * more_is.get(name, 0) < 0]
        if not wrong:
            return weights, tuple(contrary)
        contrary += wrong
        kept = [name for name in kept if name not in wrong]
