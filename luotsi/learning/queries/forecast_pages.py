"""Forecasts of open cohorts at a unit, by qualification and by the units below; no person and no small group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.indicators.queries.words import Measure as Written
from luotsi.indicators.rules.values import PERCENT
from luotsi.learning.queries.changes import Change, changes_at
from luotsi.learning.queries.cohorts import Begun, Measure, begun_at, cohorts_of, half_words
from luotsi.learning.queries.figure_pages import names_at, told_until
from luotsi.learning.queries.forecast_pictures import picture_of
from luotsi.learning.rules.cohorts import Half
from luotsi.learning.rules.forecast import (
    LEAST_LEARNERS,
    Cohort,
    Forecast,
    Record,
    Refusal,
    closed_by,
    forecast,
    is_of_few,
)
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.ui.charts import Chart

SHARE = Written(PERCENT, 0)
NO_NAMES = Names()
MOST_PAST = 8  # rows; the means are of all
STEP = 5  # numbers of learners are told in fives: what is left of a whole tells of nobody


@dataclass(frozen=True)
class Line:
    """A cohort and what is foreseen of it, in words; `refused` tells why nothing is."""

    title: Names
    url: str
    cohort: str
    learners: int
    range: str = ""
    value: str = ""
    so_far: str = ""
    naive: str = ""
    past: str = ""
    made: str = ""
    refused: str = ""


@dataclass(frozen=True)
class Past:
    """A forecast made again for a closed cohort, in words."""

    cohort: str
    value: str
    range: str
    naive: str
    actual: str


@dataclass(frozen=True)
class Choice:
    """A choice as a link."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class ForecastPage:
    """What the page shows. `chart` and `past` are of the cohort that closes first; without one there are none."""

    measure: str
    measures: tuple[Choice, ...]
    qualification: str
    all_url: str
    told_on: date | None
    lines: tuple[Line, ...]
    chart: Chart | None
    past: tuple[Past, ...]
    past_words: str
    qualifications: tuple[Line, ...]
    units: tuple[Line, ...]
    changes: tuple[Change, ...] = ()

    @property
    def is_made_of(self) -> bool:
        """Whether it may be told of some forecast what it is made of."""
        return any(one.made for one in self.lines)


def forecast_page(visitor: Visitor, scope: Unit, measure: Measure, qualification: str) -> ForecastPage:
    """Return the forecasts of a unit; the right to see its figures was required before. Fifteen queries at most."""
    told_on = told_until(scope)
    day = min(told_on, clock.today()) if told_on else clock.today()
    begun, names = begun_at(scope, measure, day), names_at(scope)
    chosen = qualification if qualification in names else ""
    here = [one for one in begun if not chosen or one.qualification == chosen]
    cohorts = cohorts_of(here)
    halves = open_halves(cohorts, day, measure)
    lines = [_line(NO_NAMES, "", cohorts, half, day, measure) for half in halves]
    foreseen = [forecast(cohorts, half, day, measure.horizon) for half in halves]
    first = next((one for one in foreseen if isinstance(one, Forecast)), None)
    since = cohorts[0].half.first if cohorts else day
    changes = changes_at(visitor, scope, chosen, since) if halves else ()
    return ForecastPage(
        measure=measure.words,
        measures=tuple(Choice(one.words, _address(scope, one, chosen), one is measure) for one in Measure),
        qualification=names.get(chosen, "") if chosen else "",
        all_url=_address(scope, measure, ""),
        told_on=told_on,
        lines=tuple(lines),
        chart=picture_of(finals(cohorts, day, measure), first, measure.words, changes),
        past=tuple(_past(first.record)) if first else (),
        past_words=_past_words(first.record) if first else "",
        qualifications=() if chosen else tuple(_by_qualification(scope, begun, names, day, measure)),
        units=tuple(_by_unit(scope, here, day, measure, chosen)),
        changes=changes,
    )


def open_halves(cohorts: Sequence[Cohort], day: date, measure: Measure) -> list[Half]:
    """Return the half-years that have ended and whose time is not full, those that close first before others."""
    return [one.half for one in cohorts if one.half.last <= day and not one.is_closed(day, measure.horizon)]


def finals(cohorts: Sequence[Cohort], day: date, measure: Measure) -> list[tuple[Half, float]]:
    """Return the shares of closed cohorts, in order of time; not of small ones, nor of one to four learners."""
    after = Half(day.year + 1, 1)
    told = [(one, one.final(measure.horizon)) for one in closed_by(cohorts, day, measure.horizon, after)]
    return [(one.half, final) for one, final in told if not is_of_few(final, len(one.cases))]


def share(value: float) -> str:
    """Return a share from 0 to 1 in whole per cent."""
    return SHARE.write(Decimal(round(value * 100)))


def between(low: float | None, high: float | None) -> str:
    """Return a range of shares in whole per cent, one where its ends are the same; empty where there is none."""
    if low is None or high is None:
        return ""
    first, last = Decimal(round(low * 100)), Decimal(round(high * 100))
    return SHARE.write(first) if first == last else SHARE.range(first, last)


def _line(title: Names, url: str, cohorts: Sequence[Cohort], half: Half, day: date, measure: Measure) -> Line:
    found = forecast(cohorts, half, day, measure.horizon)
    size = next((len(one.cases) for one in cohorts if one.half == half), 0)
    learners = round(size / STEP) * STEP if size >= LEAST_LEARNERS else 0
    if isinstance(found, Refusal):
        return Line(title, url, half_words(half), learners, refused=_why(found))
    return Line(
        title=title,
        url=url,
        cohort=half_words(half),
        learners=learners,
        range=between(*found.told()),
        value=share(found.value),
        so_far=_hidden(found.so_far, found.learners),
        naive=_hidden(found.naive, found.before),
        past=_past_words(found.record),
        made=_made(found),
    )


def _made(found: Forecast) -> str:
    """Return what a forecast is made of; empty where that would tell of few."""
    if not found.is_open_to_tell:
        return ""
    return _(
        "%(so_far)s so far; of the %(open)s who are open %(coming)s, as in %(closed)s earlier cohorts at this age"
    ) % {
        "so_far": share(found.so_far),
        "open": share(found.most - found.so_far),
        "coming": share(found.coming),
        "closed": found.closed,
    }


def _hidden(value: float, size: int) -> str:
    """Return a share, or that it is hidden where it would tell of one to four learners."""
    return _("hidden") if is_of_few(value, size) else share(value)


def _why(refusal: Refusal) -> str:
    return {
        Refusal.SMALL: _("No forecast: fewer than ten learners began."),
        Refusal.TOO_FEW_CLOSED: _("No forecast: fewer than three earlier cohorts are closed."),
        Refusal.TOO_FEW_PAST: _("No forecast: too few earlier ones could be tested to tell a range."),
    }[refusal]


def _past_words(record: Record) -> str:
    points = {"mae": SHARE.apart(Decimal(round(record.mae * 100))), "naive": round(record.naive_mae * 100)}
    text = _("mean error %(mae)s, naive %(naive)s") % points
    if not record.ranged:
        return text
    return text + _("; %(covered)s of %(ranged)s within the range") % {
        "covered": record.covered,
        "ranged": record.ranged,
    }


def _past(record: Record) -> list[Past]:
    return [
        Past(
            half_words(one.half),
            share(one.value),
            between(one.low, one.high),
            _hidden(one.naive, one.before),
            share(one.actual),
        )
        for one in record.misses[-MOST_PAST:]
        if not is_of_few(one.actual, one.learners)
    ]


def _by_qualification(
    scope: Unit, begun: Sequence[Begun], names: dict[str, str], day: date, measure: Measure
) -> list[Line]:
    """Return the cohort that closes first of each qualification; by name."""
    found: defaultdict[str, list[Begun]] = defaultdict(list)
    for one in begun:
        found[one.qualification].append(one)
    lines = []
    for code in sorted(found, key=lambda code: names.get(code) or code):
        cohorts = cohorts_of(found[code])
        title, url = Names(fi=names.get(code) or code), _address(scope, measure, code)
        lines += [_line(title, url, cohorts, half, day, measure) for half in open_halves(cohorts, day, measure)[:1]]
    return lines


def _by_unit(scope: Unit, begun: Sequence[Begun], day: date, measure: Measure, chosen: str) -> list[Line]:
    """Return the cohort that closes first of each unit straight below; two queries."""
    paths = dict(Unit.objects.filter(path__startswith=scope.path).values_list("pk", "path"))
    found: defaultdict[str, list[Begun]] = defaultdict(list)
    for one in begun:
        found[_next(paths, one.unit, scope)].append(one)
    lines = []
    for unit in Unit.objects.filter(parent=scope).in_force(clock.today()):
        cohorts = cohorts_of(found.get(unit.path, ()))
        url = _address(unit, measure, chosen)
        lines += [
            _line(unit.names, url, cohorts, half, day, measure) for half in open_halves(cohorts, day, measure)[:1]
        ]
    return lines


def _next(paths: dict[UUID, str], unit: UUID, scope: Unit) -> str:
    """Return the path of the unit straight below the scope under which a unit is; of the scope itself for itself."""
    rest = paths[unit].removeprefix(scope.path).split("/", 1)[0]
    return f"{scope.path}{rest}/" if rest else scope.path


def _address(scope: Unit, measure: Measure, qualification: str) -> str:
    asked = {"measure": measure.value} | ({"qualification": qualification} if qualification else {})
    return f"{reverse('learning:see-forecasts', args=[scope.key])}?{urlencode(asked)}"
