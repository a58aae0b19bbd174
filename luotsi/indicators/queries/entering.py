"""What a figure can be entered for: indicators that are observed, units where one may enter, periods, the grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.base import clock, periods
from luotsi.base.periods import PeriodKind
from luotsi.indicators import access
from luotsi.indicators.models import Definition, Indicator, Observation
from luotsi.indicators.queries import words
from luotsi.indicators.queries.told import figure_of
from luotsi.indicators.rules.rights import Right
from luotsi.indicators.rules.values import ObservationState
from luotsi.people.access import units_visible_to
from luotsi.people.models import Unit
from luotsi.people.rules import Kind

if TYPE_CHECKING:
    from luotsi.people.access import Visitor

SHOWN_PERIODS = {PeriodKind.DAY: 31, PeriodKind.MONTH: 14}
FEW_PERIODS = 6
IN_WORK = (ObservationState.DRAFT, ObservationState.SUBMITTED)


def indicators_to_enter(visitor: Visitor, scope: Unit) -> list[Indicator]:
    """Return the observed indicators in use at the unit, by name; those that are counted are left out."""
    counted = Definition.objects.filter(valid_to=None, counting__isnull=False).values("indicator")
    found = access.indicators_visible_to(visitor, scope).in_use().exclude(pk__in=counted)
    return sorted(found, key=lambda one: one.names.text.casefold())


def units_to_enter(visitor: Visitor, scope: Unit) -> list[Unit]:
    """Return the unit and those below it where the visitor may enter figures, from the top; one query."""
    found = units_visible_to(visitor).under(scope).in_force(clock.today()).exclude(kind=Kind.GROUP).order_by("path")
    return [unit for unit in found if access.may_do(visitor, Right.ENTER, unit)]


def definition_now(indicator: Indicator) -> Definition:
    """Return the latest version of how an indicator is counted; one query."""
    return Definition.objects.filter(indicator=indicator).order_by("-version")[0]


def period_choices(definition: Definition) -> list[tuple[str, str]]:
    """Return the periods that figures can be told of, the present one first, as choices of a form."""
    kind = PeriodKind(definition.period_kind)
    here = periods.containing(clock.today(), kind)
    found = []
    for _number in range(SHOWN_PERIODS.get(kind, FEW_PERIODS)):
        found.append((here.key, words.period(here.key)))
        here = here.previous()
    return found


def chosen_period(asked: str | None, choices: Sequence[tuple[str, str]]) -> str:
    """Return the period that was asked for, or the present one; empty where there is none to choose."""
    keys = [key for key, _words in choices]
    return asked if asked in keys else next(iter(keys), "")


def earlier_figures(indicator: Indicator, unit: Unit, count: int = 5) -> list[tuple[str, str, str]]:
    """Return the latest approved figures of a unit as (period, split, figure), newest first; one query."""
    found = Observation.objects.approved().filter(indicator=indicator, unit=unit).select_related("definition")
    return [
        (words.period(one.period), words.split(one.split.items()), figure_of(one))
        for one in found.order_by("-period_end", "split_key")[:count]
    ]


def units_that_tell(units: Sequence[Unit], definition: Definition) -> list[Unit]:
    """Return the units that are expected to tell a figure, or all of them where none of that kind is among them."""
    kind = definition.observed_at or Kind.INSTITUTION
    return [unit for unit in units if unit.kind == kind] or list(units)


@dataclass(frozen=True)
class GridRow:
    """One unit of the grid: what stands there, and the figure before.

    Args:
        unit: the unit.
        draft: an observation in work, if there is one; a submitted one is not changed here.
        approved: the approved figure of the period in words; then the unit is changed on its own page.
        before: the figure of an earlier period in words.
    """

    unit: Unit
    draft: Observation | None
    approved: str
    approved_pk: object
    before: str

    @property
    def is_open(self) -> bool:
        """Return True when something can be entered here."""
        return not self.approved and (self.draft is None or self.draft.state == ObservationState.DRAFT)


def grid_of(indicator: Indicator, period: str, units: Sequence[Unit]) -> list[GridRow]:
    """Return the grid of an indicator in a period, one row for each unit; one query."""
    found = Observation.objects.current().filter(indicator=indicator, split_key="", unit__in=units)
    of_unit: dict[object, list[Observation]] = {}
    for one in found.select_related("definition").order_by("period_end"):
        of_unit.setdefault(one.unit_id, []).append(one)
    return [_grid_row(unit, period, of_unit.get(unit.pk, [])) for unit in units]


def _grid_row(unit: Unit, period: str, found: Sequence[Observation]) -> GridRow:
    here = [one for one in found if one.period == period]
    end = periods.parse(period).end
    approved = next((one for one in here if one.state == ObservationState.APPROVED), None)
    before = [one for one in found if one.state == ObservationState.APPROVED and one.period_end < end]
    return GridRow(
        unit=unit,
        draft=next((one for one in here if one.state in IN_WORK), None),
        approved=figure_of(approved) if approved else "",
        approved_pk=approved.pk if approved else None,
        before=figure_of(before[-1]) if before else "",
    )
