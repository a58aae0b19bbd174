"""An indicator by split: units beside the values of each dimension, and the whole beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from luotsi.indicators.queries import words
from luotsi.indicators.queries.comparing import units_below
from luotsi.indicators.queries.minis import trace_address
from luotsi.indicators.queries.told import measure_of
from luotsi.indicators.rules.values import Mark

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.indicators.models import Definition, Indicator
    from luotsi.indicators.queries.figures import Figures
    from luotsi.indicators.rules.values import Cell
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

STEPS = 4
MOST_COLUMNS = 12


@dataclass(frozen=True)
class HeatCell:
    """One figure of the table: in words, how strong its ground is (t0 to t3), why there is none, and its trace."""

    text: str
    tone: str
    gone: str
    url: str


@dataclass(frozen=True)
class SplitTable:
    """One dimension: its values as columns, units as rows, the whole as the last row."""

    dimension: str
    period: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Names, tuple[HeatCell, ...]], ...]
    whole: tuple[HeatCell, ...]


def split_tables(visitor: Visitor, scope: Unit, indicator: Indicator, figures: Figures) -> list[SplitTable]:
    """Return a table for each dimension that figures are told by; one query, and none without splits."""
    definition = figures.definition(indicator)
    singles = [split for split in figures.splits(indicator, scope) if len(split) == 1]
    if definition is None or not singles:
        return []
    units = units_below(visitor, scope)
    dimensions = list(dict.fromkeys(split[0][0] for split in singles))
    return [_table(dimension, scope, units, indicator, figures, definition) for dimension in dimensions]


def _table(
    dimension: str,
    scope: Unit,
    units: Sequence[Unit],
    indicator: Indicator,
    figures: Figures,
    definition: Definition,
) -> SplitTable:
    splits = [split for split in figures.splits(indicator, scope) if len(split) == 1 and split[0][0] == dimension]
    values = [split[0][1] for split in splits][:MOST_COLUMNS]
    cells = [cell for split in splits for cell in figures.series(indicator, scope, split) if cell.mark != Mark.MISSING]
    period = max((cell.period for cell in cells), default="", key=figures.periods.index) if cells else ""
    told = [figures.cell(indicator, unit, period, ((dimension, value),)) for unit in units for value in values]
    largest = max((cell.value for cell in told if cell and cell.value is not None), default=Decimal(0))

    def line(unit: Unit) -> tuple[HeatCell, ...]:
        found = (figures.cell(indicator, unit, period, ((dimension, value),)) for value in values)
        return tuple(_heat(cell, definition, largest, scope.key, indicator.key) for cell in found)

    return SplitTable(
        dimension=words.dimension(dimension),
        period=words.period(period),
        columns=tuple(words.split_value(dimension, value) for value in values),
        rows=tuple((unit.names, line(unit)) for unit in units),
        whole=line(scope),
    )


def _heat(cell: Cell | None, definition: Definition, largest: Decimal, scope: str, key: str) -> HeatCell:
    if cell is None or cell.value is None:
        return HeatCell("", "", words.mark(cell, definition), "")
    part = float(cell.value / largest) if largest > 0 else 0.0
    tone = f"t{min(STEPS - 1, max(0, int(part * STEPS)))}"
    text = measure_of(definition).write(cell.value, approximate=cell.approximate)
    return HeatCell(text, tone, "", trace_address(scope, key, cell))
