"""What is seen of learners on a day, gathered for many at once: six queries, however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from luotsi.learning.models import Absence, Judgement, Learner, StudyLine, StudyPlan, StudyRight
from luotsi.learning.rules.caseload import monday_of
from luotsi.learning.rules.kept import Away, Due, Judged, Planned, Seen
from luotsi.learning.rules.koski import State
from luotsi.learning.rules.progress import Line, progress_on

if TYPE_CHECKING:
    from luotsi.learning.models.learners import LearnerQuerySet

STUDYING = frozenset({State.PRESENT.value, State.HOLIDAY.value, State.AWAY.value})
MOST_TOLD = 3
WEEKS = 4


class Held(NamedTuple):
    """The right to study that is looked at: the latest of those in force on the day."""

    learner: UUID
    pk: str
    oid: str
    begun: date | None
    paused_since: date | None


class Part(NamedTuple):
    """A line of progress with its key and what the plan says of its demonstration."""

    ref: str
    line: Line
    shown_by: date | None
    shown_on: date | None


@dataclass(frozen=True)
class Told:
    """What was told of many by the day, by learner, lines and plans by learner and right."""

    parts: Mapping[tuple[UUID, str], list[Part]]
    plans: Mapping[tuple[UUID, str], Planned]
    weeks: Mapping[UUID, list[Away]]
    judgements: Mapping[UUID, Judged]


def seen_of(learners: LearnerQuerySet, on: date) -> dict[UUID, Seen]:
    """Return what is known on a day of those of the learners who study on it; the others are not there."""
    held = rights_of(learners, on)
    told = Told(_parts(learners, on), _plans(learners, on), _weeks(learners, on), _judgements(learners, on))
    return {learner: _seen(one, told, on) for learner, one in held.items()}


def rights_of(learners: LearnerQuerySet, on: date) -> dict[UUID, Held]:
    """Return the right in force on the day of each who has one, as it was known on the day."""
    rows = (
        StudyRight.objects.known(on)
        .filter(learner__in=learners.order_by().values("pk"), within="")
        .order_by("starts_on", "oid")
        .values_list("learner_id", "pk", "oid", "starts_on", "ends_on", "state", "periods")
    )
    found: dict[UUID, Held] = {}
    for learner, pk, oid, begun, ends, state, periods in rows:
        now, since = standing_on(periods, state, on)
        if now in STUDYING and (begun is None or begun <= on) and (ends is None or ends > on):
            paused = since if now == State.AWAY else None
            found[learner] = Held(learner, pk.hex, oid, begun, paused)
    return found


def begun_of(learner: Learner, on: date) -> date | None:
    """Return when the studies of a learner began; None of somebody who does not study on the day."""
    held = rights_of(Learner.objects.filter(pk=learner.pk), on).get(learner.pk)
    return held.begun if held else None


def standing_on(periods: list[list[str]], state: str, on: date) -> tuple[str, date | None]:
    """Return the state of a right on a day and since when; the present state where no periods are told."""
    past = [(date.fromisoformat(first), code) for first, code, *_rest in periods if first <= on.isoformat()]
    if not past:
        return ("" if periods else state), None
    first, code = past[-1]
    return code, first


def _seen(held: Held, told: Told, on: date) -> Seen:
    parts = told.parts.get((held.learner, held.oid), [])
    progress = progress_on(on, [one.line for one in parts])
    late = sorted(_late(parts, on), key=lambda one: (one.until, one.ref))
    showings = sorted(_showings(parts, on), key=lambda one: (one.until, one.ref))
    passed = max(
        ((one.line.done_on, one.ref) for one in parts if _is_passed(one, on) and one.line.done_on), default=None
    )
    return Seen(
        day=on,
        right=held.oid,
        begun=held.begun,
        paused_since=held.paused_since,
        behind=progress.behind,
        weeks_late=progress.weeks_late,
        parts=len(parts),
        undated=progress.unplanned,
        late_parts=len(late),
        late=tuple(late[:MOST_TOLD]),
        showings_late=len(showings),
        showings=tuple(showings[:MOST_TOLD]),
        passed_on=passed[0] if passed else None,
        passed=passed[1] if passed else "",
        weeks=tuple(told.weeks.get(held.learner, ())),
        plan=told.plans.get((held.learner, held.oid)),
        judgement=told.judgements.get(held.learner),
    )


def _is_done(one: Part, on: date) -> bool:
    return one.line.done_on is not None and one.line.done_on <= on


def _is_passed(one: Part, on: date) -> bool:
    return _is_done(one, on) and not one.line.recognised


def _late(parts: list[Part], on: date) -> Iterator[Due]:
    for one in parts:
        until = one.line.planned_until
        if until is not None and until < on and not _is_done(one, on):
            yield Due(one.ref, one.line.name or one.line.key, until)


def _showings(parts: list[Part], on: date) -> Iterator[Due]:
    for one in parts:
        is_shown = one.shown_on is not None and one.shown_on <= on
        if one.shown_by is not None and one.shown_by < on and not is_shown and not _is_done(one, on):
            yield Due(one.ref, one.line.name or one.line.key, one.shown_by)


def _parts(learners: LearnerQuerySet, on: date) -> dict[tuple[UUID, str], list[Part]]:
    rows = (
        StudyLine.objects.known(on)
        .filter(learner__in=learners.order_by().values("pk"))
        .order_by("planned_until", "key")
        .values_list(
            "learner_id", "right_oid", "pk", "key", "name", "amount", "planned_from", "planned_until", "done_on",
            "recognised", "shown_by", "shown_on",
        )
    )  # fmt: skip
    found: dict[tuple[UUID, str], list[Part]] = defaultdict(list)
    for learner, right, pk, key, name, amount, first, until, done, recognised, shown_by, shown_on in rows.iterator():
        line = Line(key, name, amount, first, until, done, recognised)
        found[learner, right].append(Part(pk.hex, line, shown_by, shown_on))
    return found


def _plans(learners: LearnerQuerySet, on: date) -> dict[tuple[UUID, str], Planned]:
    rows = (
        StudyPlan.objects.known(on)
        .filter(learner__in=learners.order_by().values("pk"))
        .values_list("learner_id", "right_oid", "pk", "touched_on", "first_approved")
    )
    return {(learner, right): Planned(pk.hex, touched or first) for learner, right, pk, touched, first in rows}


def _weeks(learners: LearnerQuerySet, on: date) -> dict[UUID, list[Away]]:
    """Return the hours away in the last four whole weeks; of what was told twice, what was told last by the day."""
    monday = monday_of(on)
    rows = (
        Absence.objects.filter(learner__in=learners.order_by().values("pk"), known_from__lte=on)
        .filter(week__gte=monday - timedelta(weeks=WEEKS), week__lt=monday)
        .order_by("week", "known_from")
        .values_list("learner_id", "pk", "week", "hours", "lessons")
    )
    last: dict[UUID, dict[date, Away]] = defaultdict(dict)
    for learner, pk, week, hours, lessons in rows.iterator():
        last[learner][week] = Away(pk.hex, week, Decimal(hours), lessons)
    return {learner: list(weeks.values()) for learner, weeks in last.items()}


def _judgements(learners: LearnerQuerySet, on: date) -> dict[UUID, Judged]:
    rows = (
        Judgement.objects.filter(learner__in=learners.order_by().values("pk"), on__lte=on)
        .order_by("on", "pk")
        .values_list("learner_id", "pk", "on", "value")
    )
    return {learner: Judged(pk.hex, day, value) for learner, pk, day, value in rows}
