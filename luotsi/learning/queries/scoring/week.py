"""What was known on a day of everybody who studies and may be scored: some queries for each two thousand learners.

Rows are read as values and no more of them are held at once, so that sixty thousand learners need no more memory than
two thousand, and seconds instead of minutes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import batched
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf

from luotsi.base import bulk
from luotsi.learning.engine.snapshots import Right, runs
from luotsi.learning.models import Absence, Judgement, Learner, StudyLine, StudyPlan, StudyRight, WorkPeriod
from luotsi.learning.queries.guidance.seen import Beside, Held, Part, rights_of, seen_of
from luotsi.learning.rules import features
from luotsi.learning.rules.caseload import monday_of
from luotsi.learning.rules.endings import Stay
from luotsi.learning.rules.features import Studies, Work
from luotsi.learning.rules.kept import Away, Judged, Planned, Seen

if TYPE_CHECKING:
    from luotsi.learning.models.learners import LearnerQuerySet

AT_ONCE = 2_000
WEEKS = 4
WEEKS_OF_MODELS = features.LAST_WEEKS + features.WEEKS_BEFORE

type Key = tuple[str, str]


class Told(NamedTuple):
    """A learner by key, what is seen of them, and their studies as models need them; None where they need none."""

    learner: str
    seen: Seen
    studies: Studies | None


class Hours(NamedTuple):
    """Hours away in a week, with the key of the row that told them last by the day."""

    ref: str
    week: date
    hours: Decimal
    unexcused: Decimal | None
    lessons: Decimal | None


class Known(NamedTuple):
    """What was known of some learners on a day: by learner, or by learner and right."""

    parts: Mapping[Key, list[Part]]
    plans: Mapping[Key, Planned]
    away: Mapping[str, list[Hours]]
    judgements: Mapping[str, list[Judged]]
    work: Mapping[Key, list[Work]]


def shares_of(learners: LearnerQuerySet, *, but: frozenset[str]) -> list[tuple[str, ...]]:
    """Return the keys of learners, but for some, in as many shares as are told at once."""
    return list(batched((key for (key,) in bulk.rows(learners.order_by("pk"), "pk") if key not in but), AT_ONCE))


def told_on(share: Sequence[str], on: date, *, for_model: bool) -> Iterator[Told]:
    """Yield what was known on a day of those of some learners, by their keys, who study on it.

    With `for_model` the vocational studies of each are told too, as a snapshot is made of them.
    """
    # by their keys: asked who they are in each query, SQLite looks at all learners of the provider every time
    among = Learner.objects.filter(pk__in=[UUID(key) for key in share])
    rights, known = rights_of(among, on), _known(among, on, for_model=for_model)
    since = monday_of(on) - timedelta(weeks=WEEKS)
    for learner, held in rights.items():
        own = (learner, held.oid)
        away = known.away.get(learner, ())
        weeks = [Away(one.ref, one.week, one.hours, one.lessons) for one in away if one.week >= since]
        judged = known.judgements.get(learner)
        beside = Beside(known.plans.get(own), weeks, judged[-1] if judged else None)
        seen = seen_of(held, known.parts.get(own, ()), beside, on)
        yield Told(learner, seen, _studies(own, held, known, on) if for_model else None)


def _known(among: LearnerQuerySet, on: date, *, for_model: bool) -> Known:
    return Known(
        parts=_parts(among, on),
        plans=_plans(among, on),
        away=_away(among, on, WEEKS_OF_MODELS if for_model else WEEKS),
        judgements=_judgements(among, on),
        work=_work(among, on) if for_model else {},
    )


def _studies(own: Key, held: Held, known: Known, on: date) -> Studies | None:
    """Return vocational studies that run as models need them."""
    if held.kind != StudyRight.Kind.VOCATIONAL:
        return None
    periods = [(date.fromisoformat(first), state) for first, state, *_rest in held.periods if first]
    stay = Stay(held.oid, held.begun, held.ends_on, held.state, held.renewed)
    if not runs(Right(stay, held.estimated_end, periods), on):
        return None
    learner, plan = own[0], known.plans.get(own)
    return Studies(
        starts_on=held.begun,
        estimated_end=held.estimated_end,
        periods=periods,
        has_plan=plan is not None,
        touched_on=plan.touched_on if plan else None,
        parts=known.parts.get(own, ()),
        work=known.work.get(own, ()),
        away=[
            features.Away(one.week, float(one.hours), _number(one.unexcused), _number(one.lessons))
            for one in known.away.get(learner, ())
        ],
        judgement=max(((one.on, one.value) for one in known.judgements.get(learner, ())), default=(None, None))[1],
    )  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _parts(among: LearnerQuerySet, on: date) -> Mapping[Key, list[Part]]:
    found: dict[Key, list[Part]] = defaultdict(list)
    known = StudyLine.objects.known(on).filter(learner__in=among.values("pk")).order_by()
    told = bulk.rows(
        known.annotate(called=Coalesce(NullIf("name", Value("")), "key")),
        "learner_id", "right_oid", "pk", "called", "amount", "planned_until", "done_on", "recognised", "shown_by",
        "shown_on",
    )  # fmt: skip
    for learner, right, *values in told:
        found[learner, right].append(Part._make(values))
    return found


def _plans(among: LearnerQuerySet, on: date) -> Mapping[Key, Planned]:
    known = StudyPlan.objects.known(on).filter(learner__in=among.values("pk")).order_by()
    told = bulk.rows(known, "learner_id", "right_oid", "pk", "touched_on", "first_approved")
    return {(learner, right): Planned(ref, touched or first) for learner, right, ref, touched, first in told}


def _away(among: LearnerQuerySet, on: date, weeks: int) -> Mapping[str, list[Hours]]:
    """Return hours away of whole weeks before the day; of what was told twice, what was told last by the day."""
    monday = monday_of(on)
    known = (
        Absence.objects.filter(learner__in=among.values("pk"), known_from__lte=on)
        .filter(week__gt=monday - timedelta(weeks=weeks + 1), week__lt=monday)
        .order_by("week", "known_from")
    )
    last: dict[str, dict[date, Hours]] = defaultdict(dict)
    for learner, *values in bulk.rows(known, "learner_id", "pk", "week", "hours", "unexcused", "lessons"):
        hours = Hours._make(values)
        last[learner][hours.week] = hours
    return {learner: list(told.values()) for learner, told in last.items()}


def _judgements(among: LearnerQuerySet, on: date) -> Mapping[str, list[Judged]]:
    found: dict[str, list[Judged]] = defaultdict(list)
    known = Judgement.objects.filter(learner__in=among.values("pk"), on__lte=on).order_by("on", "pk")
    for learner, *values in bulk.rows(known, "learner_id", "pk", "on", "value"):
        found[learner].append(Judged(*values))
    return found


def _work(among: LearnerQuerySet, on: date) -> Mapping[Key, list[Work]]:
    found: dict[Key, list[Work]] = defaultdict(list)
    known = WorkPeriod.objects.known(on).filter(learner__in=among.values("pk")).order_by()
    for learner, right, *values in bulk.rows(known, "learner_id", "right_oid", "starts_on", "in_register", "in_plan"):
        found[learner, right].append(Work._make(values))
    return found
