"""The records that reasons open to: parts, plan, hours away and judgements of one learner, each with its anchor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from luotsi.learning.models import Absence, Judgement, Learner, StudyLine, StudyPlan, StudyRight
from luotsi.learning.queries.progress_words import amount_words
from luotsi.learning.queries.studies import line_of
from luotsi.learning.rules.progress import Line

WEEKS = 12


@dataclass(frozen=True)
class PartRow:
    """A part of the studies, planned and done."""

    anchor: str
    name: str
    extent: str
    planned_until: date | None
    done_on: date | None
    shown_by: date | None
    is_late: bool


@dataclass(frozen=True)
class WeekRow:
    """Hours away in a week."""

    anchor: str
    week: date
    hours: Decimal
    lessons: Decimal | None


@dataclass(frozen=True)
class JudgementRow:
    """A teacher's judgement of the start."""

    anchor: str
    on: date
    by: str
    words: str


@dataclass(frozen=True)
class Records:
    """What the registers and teachers tell of a learner, as known now."""

    right: StudyRight | None
    plan: StudyPlan | None
    parts: tuple[PartRow, ...]
    lines: tuple[Line, ...]
    weeks: tuple[WeekRow, ...]
    judgements: tuple[JudgementRow, ...]


def records_of(learner: Learner, right_oid: str, today: date) -> Records:
    """Return the records of a learner: of the right that is looked at, else of the latest known; five queries."""
    rights = StudyRight.objects.known().filter(learner=learner, within="").latest_first()
    right = (rights.filter(oid=right_oid) if right_oid else rights).first()
    oid = right.oid if right else right_oid
    kind = right.kind if right else ""
    rows = list(StudyLine.objects.known().filter(learner=learner, right_oid=oid))
    return Records(
        right=right,
        plan=StudyPlan.objects.known().filter(learner=learner, right_oid=oid).first(),
        parts=tuple(
            PartRow(
                anchor=f"line-{one.pk.hex}",
                name=one.name or one.key,
                extent=amount_words(one.amount, kind) if one.amount is not None else "–",
                planned_until=one.planned_until,
                done_on=one.done_on,
                shown_by=one.shown_by,
                is_late=one.done_on is None and one.planned_until is not None and one.planned_until < today,
            )
            for one in rows
        ),
        lines=tuple(line_of(one) for one in rows),
        weeks=tuple(_weeks(learner, today)),
        judgements=tuple(
            JudgementRow(f"judgement-{one.pk.hex}", one.on, str(one.by), one.get_value_display())
            for one in Judgement.objects.filter(learner=learner).select_related("by")
        ),
    )


def _weeks(learner: Learner, today: date) -> list[WeekRow]:
    told: dict[date, WeekRow] = {}
    rows = Absence.objects.filter(learner=learner, week__gte=today - timedelta(weeks=WEEKS))
    for one in rows.order_by("week", "known_from"):
        told[one.week] = WeekRow(f"absence-{one.pk.hex}", one.week, one.hours, one.lessons)
    return list(reversed(told.values()))
