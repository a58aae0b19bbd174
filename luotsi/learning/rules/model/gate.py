"""The gate a model passes before anybody sees a score of it: figures on later cohorts, by group, and a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from luotsi.learning.rules.model.cohorts import Case
from luotsi.learning.rules.model.logistic import recalibrated
from luotsi.learning.rules.model.measures import (
    Interval,
    brier,
    calibration_error,
    intervals,
    logit,
)
from luotsi.learning.rules.model.refusals import NotLearnt

LEAST_EVENTS = 300
LEAST_COHORTS = 2
LEAST_GROUP = 30
MOST_GAP = 0.10
Z95 = 1.959963984540054


class Stop(StrEnum):
    """Why a model is not released."""

    FEW_EVENTS = "few_events"
    FEW_COHORTS = "few_cohorts"
    NO_BETTER = "no_better"  # than the rules, which need no model
    GAP = "gap"  # between groups, until a named person signs a reason
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True)
class Rate:
    """A rate with its 95 % interval (Wilson 1927); None of nobody."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """The rate."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval."""
        if not self.of:
            return None
        share, spread = self.hits / self.of, Z95**2 / self.of
        middle = (share + spread / 2) / (1 + spread)
        half = Z95 * sqrt(share * (1 - share) / self.of + spread / (4 * self.of)) / (1 + spread)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Group:
    """How a group fares at the capacity: of those who left, how many were found; of those who stayed, how many not.

    `is_enough` is False for fewer than 30 people: then no rate of it is told.
    """

    attribute: str
    value: str
    people: int
    hit: Rate
    alarm: Rate
    error: float | None

    @property
    def is_enough(self) -> bool:
        """True when the group is large enough to be told."""
        return self.people >= LEAST_GROUP


@dataclass(frozen=True)
class Judged:
    """The figures of a model on the cohorts that it is judged by."""

    people: int
    events: int
    auc: Interval
    precision: Interval
    brier: float | None
    error: float | None
    base: float | None
    slope: float | None
    groups: tuple[Group, ...]
    gaps: Mapping[str, float]


def judge(cases: Sequence[Case], chances: Sequence[float], capacity: float, draws: int = 1_000) -> Judged:
    """Return the figures of chances for cases whose outcome is known; `capacity` is the share that can be met."""
    outcomes = [int(bool(one.outcome)) for one in cases]
    base, slope = _calibration(outcomes, chances)
    area, precision = intervals(outcomes, chances, [one.learner for one in cases], draws=draws)
    groups = tuple(_groups(cases, outcomes, chances, _chosen(chances, capacity)))
    return Judged(
        people=_people(cases),
        events=_people(one for one in cases if one.outcome),
        auc=area,
        precision=precision,
        brier=brier(outcomes, chances),
        error=calibration_error(outcomes, chances),
        base=base,
        slope=slope,
        groups=groups,
        gaps=_gaps(groups),
    )


def _people(cases: Iterable[Case]) -> int:
    """Return how many people are meant: several snapshots of one are one."""
    return len({one.learner for one in cases})


def _calibration(outcomes: Sequence[int], chances: Sequence[float]) -> tuple[float | None, float | None]:
    try:
        return recalibrated([logit(one) for one in chances], outcomes)
    except NotLearnt:
        return None, None


def _chosen(chances: Sequence[float], capacity: float) -> set[int]:
    """Return the places of those who are met first, as many as the capacity allows."""
    order = sorted(range(len(chances)), key=lambda place: (-chances[place], place))
    return set(order[: int(len(chances) * capacity)])


def _groups(cases: Sequence[Case], outcomes: Sequence[int], chances: Sequence[float], chosen: set[int]) -> list[Group]:
    places: dict[tuple[str, str], list[int]] = {}
    for place, one in enumerate(cases):
        for told in one.groups.items():
            places.setdefault(told, []).append(place)
    found = []
    for (attribute, value), held in sorted(places.items()):
        left, stayed = ([place for place in held if outcomes[place] == kind] for kind in (1, 0))
        found.append(
            Group(
                attribute=attribute,
                value=value,
                people=_people(cases[place] for place in held),
                hit=Rate(sum(place in chosen for place in left), len(left)),
                alarm=Rate(sum(place in chosen for place in stayed), len(stayed)),
                error=calibration_error([outcomes[place] for place in held], [chances[place] for place in held]),
            )
        )
    return found


def _gaps(groups: Sequence[Group]) -> dict[str, float]:
    """Return, by attribute, how far apart the shares of those who left and were not found lie between its groups."""
    missed: dict[str, list[float]] = {}
    for one in groups:
        if one.is_enough and one.hit.value is not None:
            missed.setdefault(one.attribute, []).append(1 - one.hit.value)
    return {attribute: max(told) - min(told) for attribute, told in missed.items() if len(told) > 1}


def stops(
    judged: Judged, *, learnt_events: int, cohorts: int, rules_auc: float | None, signed: frozenset[str] = frozenset()
) -> tuple[tuple[Stop, str], ...]:
    """Return why a model is not released, each with what it is about; nothing when it is.

    Args:
        judged: its figures on later cohorts.
        learnt_events: how many who left it has learnt from.
        cohorts: how many closed cohorts it has learnt from.
        rules_auc: the same figure of the transparent rules on the same people; None where they rank nobody.
        signed: attributes whose gap a named person has signed a reason for.
    """
    found: list[tuple[Stop, str]] = []
    if learnt_events < LEAST_EVENTS:
        found.append((Stop.FEW_EVENTS, str(learnt_events)))
    if cohorts < LEAST_COHORTS:
        found.append((Stop.FEW_COHORTS, str(cohorts)))
    if judged.auc.value is None:
        found.append((Stop.NOT_JUDGED, ""))
    elif rules_auc is not None and judged.auc.value <= rules_auc:
        found.append((Stop.NO_BETTER, ""))
    found += [
        (Stop.GAP, attribute)
        for attribute, gap in sorted(judged.gaps.items())
        if gap > MOST_GAP and attribute not in signed
    ]
    return tuple(found)
