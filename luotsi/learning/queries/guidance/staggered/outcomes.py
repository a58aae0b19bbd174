"""What a staggered start came to, from the registers: times in groups, rights to study, parts that were done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from luotsi.learning.models import Learner, Placement, StudyLine, StudyRight
from luotsi.learning.queries.guidance.seen import STUDYING
from luotsi.learning.rules.endings import COMPLETED
from luotsi.learning.rules.staggered.cells import Cell, Life, Time, cell_of, series_of
from luotsi.learning.rules.staggered.effect import Judged, judge
from luotsi.learning.rules.staggered.plans import Outcome, Period, Plan, before, periods_of

if TYPE_CHECKING:
    from luotsi.learning.models import StaggeredStart, StartingUnit
    from luotsi.people.models import Unit


STEP = 33  # what each level adds to a path: 32 hex digits and a slash


@dataclass(frozen=True)
class Spell:
    """A learner's time in a unit of the study; one without an end goes on."""

    learner: UUID
    time: Time


def plan_of(start: StaggeredStart, units: Iterable[StartingUnit]) -> Plan:
    """Return the plan of a staggered start."""
    keys = tuple(one.unit_id.hex for one in units)
    return Plan(keys, start.waves, start.step, start.starts_on, start.seed)


def judged_of(start: StaggeredStart, units: Sequence[StartingUnit]) -> Judged:
    """Return what a start that was locked and has ended came to; four queries, however many learners."""
    plan, kind = plan_of(start, units), Outcome(start.outcome)
    spells = spells_of([one.unit for one in units])
    lives = lives_of({one.learner for held in spells.values() for one in held}, kind)
    found = {}
    for one in units:
        held = spells[one.unit.path]
        past, during = (
            [_cell(held, lives, kind, period) for period in periods] for periods in (before(plan), periods_of(plan))
        )
        found[one.unit_id.hex] = series_of(one.wave or 0, past, during)
    return judge(found, start.seed)


def studying_in(units: Sequence[Unit], on: date) -> dict[str, int]:
    """Return how many study in each unit on a day, by its key; three queries."""
    spells = spells_of(units)
    lives = lives_of({one.learner for held in spells.values() for one in held}, Outcome.STAYING)
    day = Period(0, on, on)
    return {one.pk.hex: _cell(spells[one.path], lives, Outcome.STAYING, day).people for one in units}


def _cell(held: Iterable[Spell], lives: Mapping[UUID, Life], kind: Outcome, period: Period) -> Cell:
    there = {one.learner for one in held if one.time.holds(period.first) and one.learner in lives}
    return cell_of((lives[one] for one in there), kind, period)


def spells_of(units: Sequence[Unit]) -> dict[str, list[Spell]]:
    """Return the times of learners in each unit, by its path; whoever was never in a group counts where they are."""
    found: dict[str, list[Spell]] = {one.path: [] for one in units}
    rows = (
        Placement.objects.filter(_under("group__path", found))
        .order_by()
        .values_list("learner", "group__path", "since", "until")
    )
    for learner, path, since, until in rows.iterator():
        end = until + timedelta(days=1) if until else None
        _add(found, path, Spell(learner, Time(since, end)))
    others = Learner.objects.filter(_under("unit__path", found), placements=None).order_by()
    for learner, path in others.values_list("pk", "unit__path").iterator():
        _add(found, path, Spell(learner, Time(date.min, None)))
    return found


def _under(field: str, paths: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{field}__startswith": path})
    return found


def _add(found: dict[str, list[Spell]], path: str, spell: Spell) -> None:
    for end in range(STEP, len(path) + 1, STEP):
        if (held := found.get(path[:end])) is not None:
            held.append(spell)


def lives_of(learners: Iterable[UUID], kind: Outcome) -> dict[UUID, Life]:
    """Return the studies of learners, as known now; nothing of who has no right to study. Two queries at most."""
    keys = set(learners)
    times: dict[UUID, list[Time]] = defaultdict(list)
    completed: dict[UUID, list[date]] = defaultdict(list)
    rights = StudyRight.objects.known().filter(learner__in=keys, within="").order_by()
    vocational = set()
    for learner, oid, of, starts, ends, state, periods in rights.values_list(
        "learner", "oid", "kind", "starts_on", "ends_on", "state", "periods"
    ):
        times[learner] += times_of(periods, starts, ends, state)
        if ends is not None and state in COMPLETED:
            completed[learner].append(ends)
        if of == StudyRight.Kind.VOCATIONAL:
            vocational.add((learner, oid))
    points = _points(keys, vocational) if kind is Outcome.POINTS else {}
    return {one: Life(tuple(held), tuple(completed[one]), tuple(points.get(one, ()))) for one, held in times.items()}


def _points(keys: set[UUID], vocational: set[tuple[UUID, str]]) -> dict[UUID, list[tuple[date, float]]]:
    points: dict[UUID, list[tuple[date, float]]] = defaultdict(list)
    lines = StudyLine.objects.known().filter(learner__in=keys, done_on__isnull=False, recognised=False).order_by()
    for learner, oid, on, amount in lines.values_list("learner", "right_oid", "done_on", "amount").iterator():
        if (learner, oid) in vocational and on is not None and amount is not None:
            points[learner].append((on, float(amount)))
    return points


def times_of(periods: Sequence[Sequence[str]], starts: date | None, ends: date | None, state: str) -> list[Time]:
    """Return the times of a right in which its learner studied, interruptions among them."""
    told = [(date.fromisoformat(first), code) for first, code, *_rest in periods if first]
    if not told and starts is not None:
        told = [(starts, state if ends is None else "lasna")]
    found = []
    for at, (first, code) in enumerate(told):
        end = told[at + 1][0] if at + 1 < len(told) else ends
        if code in STUDYING and (end is None or end > first):
            found.append(Time(first, end))
    return found
