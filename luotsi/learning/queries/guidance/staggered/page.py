"""Pages of staggered starts: those of a unit as a list, and one of them; units and figures, and no person in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from luotsi.learning.models import Learner, StaggeredStart, StartingUnit
from luotsi.learning.queries.guidance.staggered.outcomes import judged_of, plan_of, studying_in
from luotsi.learning.queries.guidance.staggered.words import amount, standing_words, verdict_of
from luotsi.learning.rules.staggered.plans import LEAST_LEARNERS, Period, ends_on, periods_of
from luotsi.people.models import Unit
from luotsi.people.rules import Kind
from luotsi.ui.formatting import percent

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.learning.rules.staggered.effect import Judged


@dataclass(frozen=True)
class StartRow:
    """A staggered start in the list of a unit."""

    url: str
    unit: Names
    starts_on: date
    mark: str
    word: str


@dataclass(frozen=True)
class UnitRow:
    """A group or school: when its lists begin, None while nothing was drawn."""

    names: Names
    begins_on: date | None
    has_begun: bool


@dataclass(frozen=True)
class Result:
    """What it came to, as it is read."""

    figure: str
    low: str
    high: str
    chance: str
    judged: Judged


@dataclass(frozen=True)
class StartPage:
    """The page of one; `result` is there once it has ended and there were enough."""

    start: StaggeredStart
    mark: str
    word: str
    verdict: str
    units: tuple[UnitRow, ...]
    periods: tuple[Period, ...]
    ends_on: date
    outcome: str
    may_lock: bool
    may_stop: bool
    result: Result | None


def starts_at(scope: Unit, today: date) -> tuple[StartRow, ...]:
    """Return the staggered starts that were planned at a unit or below it; one query."""
    rows = StaggeredStart.objects.filter(unit__path__startswith=scope.path).select_related("unit")
    return tuple(
        StartRow(
            reverse("learning:see-staggered", args=[scope.key, one.pk]),
            one.unit.names,
            one.starts_on,
            *standing_words(one, ends_on(plan_of(one, ())), today),
        )
        for one in rows
    )


def start_page(start: StaggeredStart, today: date) -> StartPage:
    """Return the page of one; it is judged only after its end. One query, five then."""
    units = list(start.units.select_related("unit").order_by("begins_on", "unit__path"))
    plan = plan_of(start, units)
    ends = ends_on(plan)
    is_over = start.locked_at is not None and start.stopped_at is None and ends <= today
    judged = judged_of(start, units) if is_over else None
    mark, word = standing_words(start, ends, today)
    return StartPage(
        start=start,
        mark=mark,
        word=word,
        verdict=verdict_of(start, judged, ends),
        units=tuple(sorted((_unit(one, today) for one in units), key=_order)),
        periods=periods_of(plan),
        ends_on=ends,
        outcome=start.get_outcome_display(),
        may_lock=start.locked_at is None and start.stopped_at is None,
        may_stop=start.stopped_at is None and not is_over,
        result=_result(start, judged) if judged and judged.is_told else None,
    )


def _order(row: UnitRow) -> tuple[date, str]:
    return row.begins_on or date.min, row.names.text.casefold()


def _unit(one: StartingUnit, today: date) -> UnitRow:
    return UnitRow(one.unit.names, one.begins_on, one.begins_on is not None and one.begins_on <= today)


def _result(start: StaggeredStart, judged: Judged) -> Result:
    figure, low, high = (
        "" if value is None else amount(start, value) for value in (judged.difference, judged.low, judged.high)
    )
    return Result(figure, low, high, percent(judged.chance, 1), judged)


def units_to_start(scope: Unit, today: date) -> list[tuple[Unit, int]]:
    """Return the schools and groups below a unit in which enough study to be told of, with how many; four queries."""
    used = Learner.objects.filter(unit__path__startswith=scope.path).order_by().values("unit").distinct()
    kinds = [Kind.INSTITUTION, Kind.GROUP]
    held: Sequence[Unit] = list(Unit.objects.in_force(today).under(scope).filter(kind__in=kinds).exclude(pk=scope.pk))
    near = set(Unit.objects.filter(pk__in=used).values_list("path", flat=True))
    held = [one for one in held if any(path.startswith(one.path) for path in near)]
    counts = studying_in(held, today)
    return [(one, counts[one.pk.hex]) for one in held if counts[one.pk.hex] >= LEAST_LEARNERS]
