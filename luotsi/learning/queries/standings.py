"""Where many learners stand against their plans, summed up by the database: the same figures that the rules count.

Only rights that are going on count; each is a row, so somebody with two of them stands there twice. Three queries,
however many learners there are; since when somebody is late is asked apart, of those of whom it is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, Max, Q, Sum

from luotsi.base.names import Names
from luotsi.learning.models import StudyLine, StudyPlan, StudyRight
from luotsi.learning.models.studies import ASKED_ON
from luotsi.learning.queries.studies import NEVER_WERE, OVER
from luotsi.learning.rules.naming import listed
from luotsi.learning.rules.progress import NOTHING, WEEK

if TYPE_CHECKING:
    from luotsi.learning.models.learners import LearnerQuerySet

    type Key = tuple[UUID, str]
    type Sums = tuple[Decimal, Decimal, Decimal, Decimal, date | None]

TENTH = Decimal("0.1")
MOST_NAMED, CHUNK = 500, 5_000
SHOWN = (
    *("learner_id", "oid", "kind", "qualification", "name", "state", "starts_on", "estimated_end"),
    *("learner__given_name", "learner__family_name", "learner__oid", "learner__unit__path", "learner__unit__key"),
    *("learner__unit__name_fi", "learner__unit__name_sv", "learner__unit__name_en"),
)


@dataclass(frozen=True)
class Stand:
    """One learner's right against its plan on a day; amounts as `rules.progress.Progress` has them.

    Attributes:
        oid: Of the right; `learner_oid` is the learner's.
        group: The present group, or the school; `path` and `key` are its.
        touched_on: The day on which the plan was changed last; None without a plan.
        has_days: Whether the plan has any day.
    """

    learner: UUID
    oid: str
    given_name: str
    family_name: str
    learner_oid: str
    group: Names
    path: str
    key: str
    kind: str
    qualification: str
    study: str
    state: str
    starts_on: date | None
    estimated_end: date | None
    touched_on: date | None
    has_plan: bool
    has_days: bool
    total: Decimal
    planned: Decimal
    done: Decimal
    recognised: Decimal

    @property
    def pair(self) -> Key:
        """What tells it from others: the learner and the right."""
        return self.learner, self.oid

    @property
    def behind(self) -> Decimal:
        """What the plan asked for and is not done; less than nothing when more is done."""
        return self.planned - self.done

    @property
    def name(self) -> str:
        """The learner's name, the family name first."""
        return listed(self.given_name, self.family_name, self.learner_oid)


def stands_of(learners: LearnerQuerySet, day: date) -> list[Stand]:
    """Return where learners stand on a day, as known now, in the order of their names."""
    mine = {"learner__in": learners.order_by().values("pk")}
    rights = (
        StudyRight.objects.known()
        .filter(**mine, ends_on=None)
        .exclude(state__in=NEVER_WERE | OVER)
        .order_by("learner__family_name", "learner__given_name", "learner", F("starts_on").asc(nulls_first=True))
    )
    sums = _sums(mine, day)
    plans = {
        (learner, oid): touched
        for learner, oid, touched in StudyPlan.objects.known()
        .filter(**mine)
        .order_by()
        .values_list("learner_id", "right_oid", "touched_on")
    }
    return [_stand(row, sums, plans) for row in rights.values(*SHOWN)]


def _stand(
    row: dict[str, Any],
    sums: dict[Key, Sums],
    plans: dict[Key, date | None],
) -> Stand:
    key = (row["learner_id"], row["oid"])
    total, planned, done, recognised, last = sums.get(key, (NOTHING, NOTHING, NOTHING, NOTHING, None))
    return Stand(
        learner=row["learner_id"],
        oid=row["oid"],
        given_name=row["learner__given_name"],
        family_name=row["learner__family_name"],
        learner_oid=row["learner__oid"],
        group=Names(*(row[f"learner__unit__name_{code}"] for code in ("fi", "sv", "en"))),
        path=row["learner__unit__path"],
        key=row["learner__unit__key"],
        kind=row["kind"],
        qualification=row["qualification"],
        study=row["name"] or row["qualification"],
        state=row["state"],
        starts_on=row["starts_on"],
        estimated_end=row["estimated_end"],
        touched_on=plans.get(key),
        has_plan=key in plans,
        has_days=last is not None,
        total=total,
        planned=planned,
        done=done,
        recognised=recognised,
    )


def _sums(mine: dict[str, Any], day: date) -> dict[Key, Sums]:
    rows = (
        StudyLine.objects.known()
        .filter(**mine)
        .annotate(asked_on=ASKED_ON)
        .order_by()
        .values_list("learner_id", "right_oid")
        .annotate(
            total=Sum("amount"),
            planned=Sum("amount", filter=Q(asked_on__lte=day)),
            recognised=Sum("amount", filter=Q(recognised=True, done_on__lte=day)),
            done=Sum("amount", filter=Q(done_on__lte=day)),
            last=Max("planned_until"),
        )
    )
    return {
        (learner, oid): (total or NOTHING, planned or NOTHING, done or NOTHING, recognised or NOTHING, last)
        for learner, oid, total, planned, recognised, done, last in rows
    }


def weeks_late_of(stands: Iterable[Stand], day: date) -> dict[Key, Decimal]:
    """Return the weeks since each plan first asked for more than is done, of those behind it; one query.

    What was recognised is left out on both sides. The days of some learners are asked for by who they are, those of
    many by all that is known.
    """
    late = {(one.learner, one.oid): one.done - one.recognised for one in stands if one.behind > 0}
    lines = StudyLine.objects.known().filter(planned_until__lte=day, amount__isnull=False)
    lines = lines.exclude(recognised=True, done_on__isnull=False)
    if len(late) <= MOST_NAMED:
        lines = lines.filter(learner__in={learner for learner, _oid in late})
    rows = lines.order_by("planned_until").values_list("learner_id", "right_oid", "planned_until", "amount")
    asked: dict[Key, Decimal] = {}
    found: dict[Key, Decimal] = {}
    for learner, oid, until, amount in rows.iterator(chunk_size=CHUNK) if late else ():
        key = (learner, oid)
        if key not in late or key in found or until is None:
            continue
        asked[key] = asked.get(key, NOTHING) + (amount or NOTHING)
        if asked[key] > late[key]:
            found[key] = (Decimal((day - until).days) / WEEK).quantize(TENTH)
    return found
