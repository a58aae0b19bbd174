"""What the forms of this room offer to choose from: items of the plan by code, members, indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.base import clock
from luotsi.base import periods as periods_of_time
from luotsi.programme import access
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.grid import label_of
from luotsi.programme.queries.overview import indicators_of, periods_of
from luotsi.programme.queries.period_words import period_words
from luotsi.programme.queries.rows import names
from luotsi.programme.queries.state_words import title
from luotsi.programme.rules.plan import measures_of, sections_of
from luotsi.programme.rules.states import State

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme

type Choices = list[tuple[str, str]]

LONGEST = 80


def _named(code: str, text: str) -> tuple[str, str]:
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return code, f"{code} {short}"


def sections(programme: Programme) -> Choices:
    """Return the sections of the plan."""
    return [_named(item.code, names(item.names).text) for item in sections_of(plan_of(programme))]


def measures(programme: Programme) -> Choices:
    """Return the measures of the plan."""
    return [_named(item.code, names(item.names).text) for item in measures_of(plan_of(programme))]


def periods(programme: Programme) -> Choices:
    """Return the periods of the plan."""
    return [(head.key, label_of(head)) for head in periods_of(plan_of(programme), clock.today())]


def owners(programme: Programme, *, draft: bool = False) -> Choices:
    """Return those who may own something: actors and participants of the plan."""
    plan = plan_of(programme, draft=draft)
    actors = [(item.code, names(item.names).text) for item in plan.actors]
    return actors + [(item.code, names(item.names).text) for item in plan.participants]


def indicators(programme: Programme) -> Choices:
    """Return the indicators of the programme by their keys; one query."""
    return [(indicator.key, indicator.names.text) for indicator in indicators_of(programme)]


def of_finding(programme: Programme) -> dict[str, Choices]:
    """Return the choices of the form of a finding."""
    return {
        "section": sections(programme),
        "period": periods(programme),
        "owner": owners(programme),
        "indicator": indicators(programme),
        "budget": [(line.code, f"{line.code} {period_words(line.period)}") for line in programme.budget_lines.all()],
    }


def of_round(programme: Programme) -> dict[str, Choices]:
    """Return the choices of the form of a round: sections with measures, and the school years around today."""
    now = periods_of_time.containing(clock.today(), periods_of_time.PeriodKind.SCHOOL_YEAR)
    plan = plan_of(programme)
    found = [item for item in sections_of(plan) if item.measures]
    return {
        "sections": [_named(item.code, names(item.names).text) for item in found],
        "school_year": [(one.key, period_words(one.key)) for one in (now.previous(), now, now.next())],
    }


def of_event(programme: Programme) -> dict[str, Choices]:
    """Return the choices of the form of an event."""
    return {"owner": owners(programme), "measure": measures(programme)}


def of_milestones(visitor: Visitor, programme: Programme) -> dict[str, Choices]:
    """Return the choices of the filter of milestones; members only where several are told apart."""
    told = access.units_told_to(visitor, programme)
    units = [(unit.key, unit.names.text) for unit in access.units_of(programme) if unit.pk in told]
    return {
        "state": [(state.value, title(state)) for state in State],
        "period": periods(programme),
        "section": sections(programme),
        "unit": units if len(units) > 1 else [],
    }


def recording(visitor: Visitor, programme: Programme, scope: Unit, asked: str) -> Choices:
    """Return the units whose states the visitor may tell; the one asked for, or else the present one, first."""
    units = access.recording_units(visitor, programme)
    first = [unit for unit in units if unit.key == asked] or [u for u in units if scope.path.startswith(u.path)]
    ordered = [*first, *(unit for unit in units if unit not in first)]
    return [(unit.key, unit.names.text) for unit in ordered]
