"""Figures and indicators as programs ask for them, within a limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.indicators.models import Definition, Indicator
from luotsi.indicators.queries.figures import Figures, figures_of
from luotsi.indicators.queries.figures.blocks import policy_of
from luotsi.indicators.queries.telling import period_of
from luotsi.indicators.rules.values import Audience, Cell
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.indicators.models.definitions import IndicatorQuerySet

MOST = 100_000


class TooManyFigures(Exception):
    """More figures than one answer may have."""


@dataclass(frozen=True)
class Series:
    """Protected figures that were asked for, and the policy they left under."""

    cells: tuple[Cell, ...]
    scope: Unit
    policy: str


@dataclass(frozen=True)
class Addressed:
    """A cell with the address of its unit."""

    unit: str
    cell: Cell


def indicators_at(indicators: IndicatorQuerySet) -> list[tuple[Indicator, Definition]]:
    """Return the indicators that have a definition, with its last version; two queries."""
    found = {indicator.pk: indicator for indicator in indicators}
    last: dict[object, Definition] = {}
    for definition in Definition.objects.filter(indicator__in=list(found)).order_by("version"):
        last[definition.indicator_id] = definition
    return [(indicator, last[pk]) for pk, indicator in found.items() if pk in last]


def series_asked(
    indicator: Indicator,
    scope: Unit,
    *,
    since: str = "",
    until: str = "",
    split: Mapping[str, str] | None = None,
    below: bool = False,
    audience: Audience = Audience.STAFF,
) -> Series:
    """Return the figures of an indicator between two periods.

    Args:
        indicator: which.
        scope: the unit; whether the reader may see it is asked before.
        since: key of the first period; empty = from the beginning.
        until: key of the last period; empty = to the end.
        split: only this split; an empty mapping is the total, None all.
        below: whether also of the units below.
        audience: for whom.

    Raises:
        luotsi.base.periods.NotAPeriod: a key names no period.
        TooManyFigures: there are more than one answer may have.
    """
    first = period_of(since).start if since else None
    last = period_of(until).end if until else None
    figures = figures_of([indicator], scope, below=below, audience=audience)
    wanted = None if split is None else tuple(sorted(split.items()))
    cells = tuple(
        cell
        for cell in figures.cells
        if (wanted is None or cell.split == wanted)
        and (first is None or period_of(cell.period).start >= first)
        and (last is None or period_of(cell.period).end <= last)
    )
    if len(cells) > MOST:
        raise TooManyFigures
    return Series(cells, scope, _policy(figures, indicator))


def _policy(figures: Figures, indicator: Indicator) -> str:
    definition = figures.definition(indicator)
    return str(policy_of(definition)) if definition else ""


def addressed(series: Series) -> Iterator[Addressed]:
    """Yield the cells with the addresses of their units; one query."""
    keys = {pk.hex: key for pk, key in Unit.objects.under(series.scope).values_list("pk", "key")}
    for cell in series.cells:
        if cell.unit in keys:
            yield Addressed(keys[cell.unit], cell)


def open_figures(indicator: Indicator, unit: Unit) -> Series:
    """Return what everybody may see of an indicator in a unit: totals and splits, protected for the public.

    Whether the indicator is one of a public programme is asked by whoever shows it.
    """
    return series_asked(indicator, unit, split=None, audience=Audience.PUBLIC)
