"""Whom a model learns from and is judged on: only those who still studied on the day, only later cohorts for judging.

Both rules are code and not advice. Learners who had left by the day are easy to tell and make every figure look better
by some hundredths; a split by chance lets the future teach the past.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from luotsi.learning.rules.model.logistic import Snapshot
from luotsi.learning.rules.model.refusals import HasLeft, NotInTime, WhyNot

LEAST_CLOSED = 3


@dataclass(frozen=True)
class Case:
    """A learner on a day, as known on that day, and what came of it.

    Attributes:
        learner: A key; never a name.
        cohort: When they began, in a form that sorts by time (2024-2, 2014J).
        on: The day of the snapshot.
        snapshot: The features.
        outcome: 1 = left without completing, by the definition of the model; 0 = not; None = not known yet.
        left_on: The day they left, None while they study.
        groups: For the audit only: attribute to value. Never a feature.
    """

    learner: str
    cohort: str
    on: date
    snapshot: Snapshot
    outcome: int | None = None
    left_on: date | None = None
    groups: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_studying(self) -> bool:
        """True when they had not left by the day of the snapshot."""
        return self.left_on is None or self.left_on > self.on


def studying(cases: Iterable[Case]) -> list[Case]:
    """Return those who still studied on the day of their snapshot: the only population there is."""
    return [one for one in cases if one.is_studying]


@dataclass(frozen=True)
class Split:
    """Cases to learn from, to calibrate on and to judge by; each cohort is later than those before.

    However it is made, none with a cohort in two parts, or with somebody who had left, can be.

    Raises:
        NotInTime: cohorts that come later in it do not begin after those before.
        HasLeft: a case is of somebody who had left by the day of its snapshot.
    """

    learn: tuple[Case, ...]
    calibrate: tuple[Case, ...]
    judge: tuple[Case, ...]

    def __post_init__(self) -> None:
        """Check what makes its figures true."""
        _in_order([{one.cohort for one in part} for part in (self.learn, self.calibrate, self.judge)])
        _all_studying([*self.learn, *self.calibrate, *self.judge])


def _in_order(parts: Iterable[set[str]]) -> None:
    for before, after in pairwise(part for part in parts if part):
        if max(before) >= min(after):
            first, last = min(after), max(before)
            words = f"Cohort {first} would come after {last}, and is not later."
            raise NotInTime(words, WhyNot.NOT_LATER, after=first, before=last)


def _all_studying(cases: Sequence[Case]) -> None:
    left = [one for one in cases if not one.is_studying]
    if left:
        words = f"{len(left)} of {len(cases)} had left by the day of their snapshot: {left[0].learner}."
        raise HasLeft(words, WhyNot.HAS_LEFT, left=len(left), people=len(cases))


def in_time(cases: Sequence[Case], learn: Iterable[str], judge: Iterable[str], calibrate: Iterable[str] = ()) -> Split:
    """Split cases by their cohorts; a split by chance has one cohort in two parts, and so is refused.

    Raises:
        NotInTime: a cohort is in two parts, or one that is judged is not later than all that are learnt from; the
            same for those that are calibrated on.
        HasLeft: a case is of somebody who had left by the day of its snapshot.
    """
    parts = [set(learn), set(calibrate), set(judge)]
    _in_order(parts)
    if not parts[0] or not parts[2]:
        raise NotInTime("There is no cohort to learn from, or none to judge by.", WhyNot.NO_PART)
    _all_studying([one for one in cases if any(one.cohort in part for part in parts)])
    known = [one for one in cases if one.outcome is not None]
    first, second, third = (tuple(one for one in known if one.cohort in part) for part in parts)
    return Split(first, second, third)


def portions(cohorts: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return which closed cohorts are learnt from, calibrated on and judged by: the latest quarter judges.

    At least one does, and the one before calibrates. Of fewer than three there is nothing to learn from.

    Raises:
        NotInTime: fewer than three.
    """
    told = sorted(set(cohorts))
    if len(told) < LEAST_CLOSED:
        words = f"Only {len(told)} cohorts are closed; three are needed."
        raise NotInTime(words, WhyNot.FEW_COHORTS, cohorts=len(told), least=LEAST_CLOSED)
    judged = max(1, len(told) // 4)
    return tuple(told[: -judged - 1]), (told[-judged - 1],), tuple(told[-judged:])
