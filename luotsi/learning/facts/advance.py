"""Tables of how studies advance: plans, paces, demonstrations, periods at work, guidance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from luotsi.base.declarations import marked as _
from luotsi.base.facts import ColumnKind, FactColumn, FactTable
from luotsi.learning import access
from luotsi.learning.access.studies import (
    VOCATIONAL,
    WRITTEN_BY,
    YEAR,
    Right,
    known_until,
    rights_by_learner,
    rights_by_oid,
)
from luotsi.learning.facts.outcomes import PERSON, RECORD, UNIT
from luotsi.learning.models import GuidanceDeed, StudyLine, StudyPlan, WorkPeriod
from luotsi.learning.rules.progress import Line
from luotsi.learning.rules.spans import Told, freshness, paces

KEPT = timedelta(days=1096)
HOUR = Decimal(60)
AS_KEPT = Decimal("0.0001")  # figures are kept with four decimals, and a third of an hour has more
NONE = Decimal(0)
LINES = (
    "learner_id",
    "right_oid",
    "key",
    "amount",
    "planned_from",
    "planned_until",
    "done_on",
    "recognised",
    "known_from",
    "known_to",
)


def plan_rows() -> Iterator[tuple[object, ...]]:
    """Yield each right cut by how fresh its plan was; two queries."""
    touched: defaultdict[tuple[UUID, str], set[date]] = defaultdict(set)
    plans = StudyPlan.objects.order_by().values_list("learner_id", "right_oid", "first_approved", "touched_on")
    for learner, oid, approved, changed in plans.iterator(5000):
        touched[learner, oid] |= {day for day in (approved, changed) if day}
    for rights in rights_by_learner():
        for one in rights:
            if one.last is not None and one.last < one.first:
                continue
            for start, end, how in freshness(one.first, one.last, touched.get((one.learner, one.stay.oid), ())):
                yield one.pk, one.learner, one.unit, start, end, one.kind, how


def pace_rows() -> Iterator[tuple[object, ...]]:
    """Yield each vocational right with a plan cut where what it was behind by changed; four queries.

    Only spans of the last three years of what is known: figures reach back 25 months.
    """
    oldest = max(known_until().values(), default=date.min + KEPT) - KEPT
    rights = {key: one for key, one in rights_by_oid().items() if one.last is None or one.last >= oldest}
    waiting: list[tuple[Told, bool]] = []
    here: Right | None = None
    rows = StudyLine.objects.order_by("learner_id", "right_oid", "key", "known_from").values_list(*LINES)
    key: tuple[UUID, str, str] | None = None
    for learner, oid, part, amount, planned_from, until, done_on, recognised, since, gone in rows.iterator(5000):
        if here is None or (here.learner, here.stay.oid) != (learner, oid):
            yield from _paces(here, waiting, oldest)
            here, waiting = rights.get((learner, oid)), []
        is_first, key = key != (learner, oid, part), (learner, oid, part)
        if here is not None and here.kind == VOCATIONAL:
            line = Line(part, "", amount, planned_from, until, done_on, recognised)
            waiting.append((Told(line, None if is_first else since, gone), until is not None))
    yield from _paces(here, waiting, oldest)


def _paces(one: Right | None, told: list[tuple[Told, bool]], oldest: date) -> Iterator[tuple[object, ...]]:
    """Yield the spans of one right; a right in whose plan nothing has a day is neither late nor in time."""
    if one is None or not any(is_planned for _told, is_planned in told):
        return
    if one.last is not None and one.last < one.first:
        return
    spans = paces(one.first, one.last, [each for each, _is_planned in told])
    for behind, same in groupby(spans, key=lambda span: span.behind):
        held = list(same)
        ends_on = held[-1].ends_on
        if ends_on is not None and ends_on < oldest:
            continue
        head = (one.pk, one.learner, one.unit, held[0].starts_on, ends_on, one.qualification)
        yield *head, behind > 0, behind


def demonstration_rows() -> Iterator[tuple[object, ...]]:
    """Yield each demonstration that fell due by the plan known on its day, for a year from then; two queries."""
    rights = rights_by_oid()
    fields = ("pk", "learner_id", "right_oid", "key", "shown_by", "shown_on", "known_from", "known_to")
    rows = StudyLine.objects.order_by("learner_id", "right_oid", "key", "known_from").values_list(*fields)
    lines: list[tuple[UUID, date | None, date | None, date, date | None]] = []
    key: tuple[UUID, str, str] | None = None
    for pk, learner, oid, part, by, shown, since, gone in rows.iterator(5000):
        if key is not None and key != (learner, oid, part):
            yield from _due(rights.get(key[:2]), lines)
            lines = []
        key = (learner, oid, part)
        lines.append((pk, by, shown, since, gone))
    if key is not None:
        yield from _due(rights.get(key[:2]), lines)


def _due(
    one: Right | None, versions: list[tuple[UUID, date | None, date | None, date, date | None]]
) -> Iterator[tuple[object, ...]]:
    """Yield the version of a part by which its demonstration fell due; what ended before has none."""
    shown = versions[-1][2]
    for place, (pk, by, _shown, since, gone) in enumerate(versions):
        was_known = by is not None and (place == 0 or since <= by) and (gone is None or gone > by)
        if one is None or by is None or not was_known:
            continue
        if one.last is None or by <= one.last:
            in_time = shown is not None and shown <= by
            yield pk, one.learner, one.unit, by, by + YEAR, one.qualification, in_time
            return


def work_rows() -> Iterator[tuple[object, ...]]:
    """Yield each vocational right while it runs, and each period at work within it; two queries."""
    rights = rights_by_oid()
    for one in rights.values():
        if one.kind == VOCATIONAL and (one.last is None or one.last >= one.first):
            yield one.pk, one.learner, one.unit, one.first, one.last, "", False
    periods = WorkPeriod.objects.known().order_by("pk")
    fields = ("pk", "learner_id", "right_oid", "way", "starts_on", "ends_on")
    for pk, learner, oid, way, starts, ends in periods.values_list(*fields).iterator(5000):
        right = rights.get((learner, oid))
        if right is None or right.kind != VOCATIONAL or starts is None:
            continue
        last = min((day for day in (ends, right.last) if day), default=None)
        first = max(starts, right.first)
        if last is None or first <= last:
            yield pk, learner, right.unit, first, last, way.rpartition("_")[2], True


def guidance_rows() -> Iterator[tuple[object, ...]]:
    """Yield each right while it runs with the hours of guidance in its plan, and what was done, for a year after it.

    Three queries. What was done counts at the school of the right that ran on its day, else of the latest.
    """
    rights = rights_by_oid()
    planned: defaultdict[tuple[UUID, str], Decimal] = defaultdict(Decimal)
    lines = StudyLine.objects.known().filter(guidance_hours__isnull=False).order_by()
    for learner, oid, hours in lines.values_list("learner_id", "right_oid", "guidance_hours").iterator(5000):
        planned[learner, oid] += hours or NONE
    of_learner: defaultdict[UUID, list[Right]] = defaultdict(list)
    for key, one in rights.items():
        of_learner[one.learner].append(one)
        if one.last is None or one.last >= one.first:
            yield one.pk, one.learner, one.unit, one.first, one.last, "", planned.get(key, NONE), NONE
    deeds = GuidanceDeed.objects.order_by("pk").values_list("pk", "learner_id", "kind", "on", "minutes")
    for pk, learner, kind, on, minutes in deeds.iterator(5000):
        mine = of_learner.get(learner)
        if not mine:
            continue
        running = [one for one in mine if one.stay.runs_on(on)]
        unit = (running or mine)[-1].unit
        yield pk, learner, unit, on, on + YEAR, kind, NONE, (Decimal(minutes or 0) / HOUR).quantize(AS_KEPT)


FIRST_DAY = FactColumn("valid_from", ColumnKind.FROM, _("First day of the span."))
LAST_DAY = FactColumn("valid_to", ColumnKind.TO, _("Last day of the span; empty while it goes on."))
QUALIFICATION = FactColumn("qualification", ColumnKind.DIMENSION, _("Code of the qualification."))

PLANS = FactTable(
    key="study_plans",
    title=_("Personal plans"),
    about=_("One row for each span in which the plan of a right was as fresh: changed within 90 days, older, none."),
    columns=(
        RECORD,
        PERSON,
        UNIT,
        FIRST_DAY,
        LAST_DAY,
        FactColumn("kind", ColumnKind.DIMENSION, _("Vocational or preparatory education.")),
        FactColumn("plan", ColumnKind.DIMENSION, _("fresh, old or none.")),
    ),
    rows=plan_rows,
    written_by=WRITTEN_BY,
    policy="learners",
    persons_seen=access.pages_of_followed,
)
PACES = FactTable(
    key="study_paces",
    title=_("Progress against plans"),
    about=_("One row for each span in which a right was behind by as much, by the plan known then."),
    columns=(
        RECORD,
        PERSON,
        UNIT,
        FIRST_DAY,
        LAST_DAY,
        QUALIFICATION,
        FactColumn("late", ColumnKind.FLAG, _("Whether the plan had asked for more than what was done.")),
        FactColumn("behind", ColumnKind.NUMBER, _("By how many points.")),
    ),
    rows=pace_rows,
    written_by=WRITTEN_BY,
    policy="learners",
    persons_seen=access.pages_of_followed,
)
DEMONSTRATIONS = FactTable(
    key="study_demonstrations",
    title=_("Demonstrations that fell due"),
    about=_("One row for each demonstration whose day in the plan came, for a year from that day."),
    columns=(
        FactColumn("record", ColumnKind.RECORD, _("Key of the part of studies.")),
        PERSON,
        UNIT,
        FIRST_DAY,
        LAST_DAY,
        QUALIFICATION,
        FactColumn("in_time", ColumnKind.FLAG, _("Whether it was given by that day.")),
    ),
    rows=demonstration_rows,
    written_by=WRITTEN_BY,
    policy="learners",
    persons_seen=access.pages_of_followed,
)
WORK = FactTable(
    key="study_work",
    title=_("Studies and periods at work"),
    about=_("One row for each vocational right while it runs, and one for each period at work within it."),
    columns=(
        FactColumn("record", ColumnKind.RECORD, _("Key of the right, or of the period.")),
        PERSON,
        UNIT,
        FIRST_DAY,
        LAST_DAY,
        FactColumn("way", ColumnKind.DIMENSION, _("How competence is acquired; empty for a right.")),
        FactColumn("at_work", ColumnKind.FLAG, _("Whether the row is a period at work.")),
    ),
    rows=work_rows,
    written_by=WRITTEN_BY,
    policy="learners",
    persons_seen=access.pages_of_followed,
)
GUIDANCE = FactTable(
    key="study_guidance",
    title=_("Guidance planned and given"),
    about=_("One row for each right while it runs, and one for each entry of the guidance log for a year after it."),
    columns=(
        FactColumn("record", ColumnKind.RECORD, _("Key of the right, or of the entry.")),
        PERSON,
        UNIT,
        FIRST_DAY,
        LAST_DAY,
        FactColumn("kind", ColumnKind.DIMENSION, _("What was done; empty for a right.")),
        FactColumn("planned", ColumnKind.NUMBER, _("Hours of teaching and guidance in the plan.")),
        FactColumn("given", ColumnKind.NUMBER, _("Hours in the guidance log.")),
    ),
    rows=guidance_rows,
    written_by=(*WRITTEN_BY, "learning.guidancedeed", "learning.need"),
    policy="learners",
    persons_seen=access.pages_of_guided,
)
