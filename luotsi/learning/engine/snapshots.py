"""Snapshots of many learners from rows as they were known on a day, cohorts of closed studies, and scores of a week.

Rows carry since when they were known, and until when. A snapshot reads only those known on its day: what a delivery
of later told, of whatever day, is not in it. What came of somebody is read from what is known now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from luotsi.learning.rules.endings import MOVING, Stay, has_left
from luotsi.learning.rules.features import Away, Part, Studies, Work, snapshot_of
from luotsi.learning.rules.koski import ENDS
from luotsi.learning.rules.model.cohorts import Case, studying
from luotsi.learning.rules.model.logistic import Snapshot, Weights
from luotsi.learning.rules.model.training import calibrated

# Weeks after the start on which closed studies are looked at, and how long after each day leaving counts.
LOOKS = tuple(timedelta(weeks=weeks) for weeks in (8, 26, 52, 78))
AFTER = timedelta(weeks=52)


class Known[T](NamedTuple):
    """A row with the days from which and until before which it was known; None = still."""

    since: date
    until: date | None
    row: T

    def on(self, day: date) -> bool:
        """Return True when it was known on a day."""
        return self.since <= day and (self.until is None or self.until > day)


class Right(NamedTuple):
    """A right to study as the register told it."""

    stay: Stay
    estimated_end: date | None
    periods: Sequence[tuple[date, str]]


@dataclass(slots=True)
class Held:
    """All that was ever known of one right to study of a learner, in any order.

    `others` are the learner's rights as known now; `groups` the classes of the audit, never a feature.
    """

    learner: str
    oid: str
    rights: list[Known[Right]] = field(default_factory=list)
    plans: list[Known[date | None]] = field(default_factory=list)
    parts: list[Known[Part]] = field(default_factory=list)
    work: list[Known[Work]] = field(default_factory=list)
    away: Sequence[Known[Away]] = ()
    judgements: Sequence[tuple[date, int]] = ()
    others: Sequence[Stay] = ()
    groups: Mapping[str, str] = field(default_factory=dict)

    @property
    def now(self) -> Right | None:
        """The right as it is known now; None when the register tells of it no longer."""
        return next((one.row for one in self.rights if one.until is None), None)


def studies_on(held: Held, day: date) -> Studies | None:
    """Return what was known on a day; None when the right was not known, or was known not to run then."""
    right = next((one.row for one in held.rights if one.on(day)), None)
    if right is None or not runs(right, day):
        return None
    plan = next((one for one in held.plans if one.on(day)), None)
    weeks: dict[date, Away] = {}
    for one in sorted(held.away, key=lambda told: told.since):
        if one.since <= day:
            weeks[one.row.week] = one.row
    judged = [one for one in held.judgements if one[0] <= day]
    return Studies(
        starts_on=right.stay.starts_on,
        estimated_end=right.estimated_end,
        periods=right.periods,
        has_plan=plan is not None,
        touched_on=plan.row if plan else None,
        parts=[one.row for one in held.parts if one.on(day)],
        work=[one.row for one in held.work if one.on(day)],
        away=list(weeks.values()),
        judgement=max(judged)[1] if judged else None,
    )


def runs(right: Right, day: date) -> bool:
    """Return True when a right, as it is told, runs on a day."""
    last = next((state for first, state in reversed(right.periods) if first <= day), right.stay.state)
    return right.stay.runs_on(day) and last not in ENDS


def cohort_of(day: date) -> str:
    """Return the half-year that somebody began in, in a form that sorts by time."""
    return f"{day.year}-{1 if day.month < 7 else 2}"


def closes_on(cohort: str) -> date:
    """Return the day from which on all outcomes of a cohort are known and settled."""
    year, half = (int(part) for part in cohort.split("-"))
    last = date(year, 6, 30) if half == 1 else date(year, 12, 31)
    return last + LOOKS[-1] + AFTER + MOVING


def cases_of(held: Iterable[Held], today: date) -> list[Case]:
    """Return the cases of closed cohorts: each right on each day that it is looked at, while it was studied.

    What was not known on a day makes no case: a provider whose first delivery tells of years has no history yet.
    """
    found: list[Case] = []
    for one in held:
        right = one.now
        if right is None or right.stay.starts_on is None or not right.stay.counts:
            continue
        cohort = cohort_of(right.stay.starts_on)
        if closes_on(cohort) <= today:
            found += _cases(one, right.stay, cohort, today)
    return studying(found)


def _cases(held: Held, stay: Stay, cohort: str, today: date) -> Iterator[Case]:
    leaves = has_left(stay, held.others, today)
    for look in LOOKS:
        day = (stay.starts_on or today) + look
        studies = studies_on(held, day)
        if studies is None:
            continue
        yield Case(
            learner=held.learner,
            cohort=cohort,
            on=day,
            snapshot=snapshot_of(studies, day),
            outcome=int(leaves and stay.ends_on is not None and stay.ends_on <= day + AFTER),
            left_on=stay.ends_on,
            groups=held.groups,
        )


def snapshots_on(held: Iterable[Held], day: date) -> Iterator[tuple[Held, dict[str, float | None]]]:
    """Yield the snapshot of everybody who studies on a day, as known on it."""
    for one in held:
        studies = studies_on(one, day)
        if studies is not None:
            yield one, snapshot_of(studies, day)


def true_on(held: Iterable[Held], day: date, today: date) -> Iterator[tuple[Snapshot, int]]:
    """Yield the snapshots of a day with what came of them within a year; who had left by the day is not there."""
    for one, inputs in snapshots_on(held, day):
        right = one.now
        if right is None or not right.stay.counts or (right.stay.ends_on is not None and right.stay.ends_on <= day):
            continue
        ends = right.stay.ends_on
        yield inputs, int(ends is not None and ends <= day + AFTER and has_left(right.stay, one.others, today))


class Scored(NamedTuple):
    """The score of a learner on a day, with all that it was computed from."""

    learner: str
    oid: str
    inputs: Snapshot
    chance: float


def score_all(held: Iterable[Held], day: date, weights: Weights, calibration: Sequence[float]) -> Iterator[Scored]:
    """Yield the scores of everybody who studies on a day, as known on it."""
    for one, inputs in snapshots_on(held, day):
        yield Scored(one.learner, one.oid, inputs, calibrated(weights, calibration, inputs))
