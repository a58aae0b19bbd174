"""Units side by side in one indicator: who can be set in one order, who cannot and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock, texts
from luotsi.indicators import access
from luotsi.indicators.queries import words
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.queries.minis import trace_address
from luotsi.indicators.queries.told import measure_of
from luotsi.indicators.rules.comparison import Comparison, Row, compare
from luotsi.indicators.rules.values import PERCENT, Cell, Mark
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.indicators.models import Definition, Indicator
    from luotsi.indicators.queries.figures import Figures
    from luotsi.indicators.queries.words import Measure
    from luotsi.indicators.rules.remarks import Remark
    from luotsi.people.access import Visitor


@dataclass(frozen=True)
class UnitRow:
    """One unit beside the others.

    Args:
        names: of the unit.
        url: the indicator at the unit.
        cell: its protected figure; None where nothing is expected.
        figure: in words, empty where there is none; `gone` then tells why.
        trace_url: what is behind the figure; empty where there is none.
        share: of the longest bar, 0 to 100; None for no bar.
        change: since the figure before of the same version, with its sign; empty where there is none.
        since: the period of that figure.
        rank: its place, None where it cannot be ranked.
        notes: why, and what else is to be known.
    """

    names: Names
    url: str
    cell: Cell | None
    figure: str
    gone: str
    trace_url: str
    share: float | None
    change: str
    since: str
    rank: int | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """Units side by side in one period.

    Args:
        period: its key; empty where there is no figure at all.
        periods: the periods that can be chosen, the newest first, with their words.
        rows: by need: the farthest from good first, those without a rank last.
        median, weighted, range: of the ranked figures in words; empty where they cannot be told.
        remarks: what is to be said of the whole.
    """

    period: str
    periods: tuple[tuple[str, str], ...]
    rows: tuple[UnitRow, ...]
    median: str
    weighted: str
    range: str
    remarks: tuple[str, ...]


def side_by_side(
    visitor: Visitor, scope: Unit, indicator: Indicator, period: str = "", figures: Figures | None = None
) -> Side:
    """Return the units straight below the scope side by side, as far as the visitor may see them.

    One query beside those of the figures; none for figures that are given.
    """
    told = figures or figures_of([indicator], scope, below=True)
    definition = told.definition(indicator)
    units = units_below(visitor, scope)
    known = periods_of(told, indicator, units)
    chosen = period if period in known else next(iter(known), "")
    if definition is None or not chosen:
        return Side("", (), (), "", "", "", ())
    cells = {unit.pk.hex: told.cell(indicator, unit, chosen) for unit in units}
    compared = compare(list(rows_of(cells, told, indicator)), definition.as_rule(indicator.key))
    measure = measure_of(definition)
    return Side(
        period=chosen,
        periods=tuple((one, words.period(one)) for one in known),
        rows=tuple(unit_rows(units, compared, told, indicator, scope)),
        median=measure.write(compared.median) if compared.median is not None else "",
        weighted=measure.write(compared.weighted) if compared.weighted is not None else "",
        range=measure.range(compared.low, compared.high) if compared.low is not None else "",
        remarks=tuple(filter(None, (whole_words(remark) for remark in compared.remarks))),
    )


def units_below(visitor: Visitor, scope: Unit) -> list[Unit]:
    """Return the units straight below that exist today and whose figures the visitor may see; one query."""
    found = Unit.objects.filter(parent=scope).in_force(clock.today())
    return [unit for unit in found if access.may_see(visitor, unit)]


def periods_of(figures: Figures, indicator: Indicator, units: Sequence[Unit]) -> list[str]:
    """Return the periods in which some unit has told something, the newest first."""
    keys = {unit.pk.hex for unit in units}
    told = {cell.period for cell in figures.cells if cell.unit in keys and cell.mark is not Mark.MISSING}
    return [one for one in reversed(figures.periods) if one in told]


def rows_of(cells: Mapping[str, Cell | None], figures: Figures, indicator: Indicator) -> list[Row]:
    """Return the cells as rows to compare; the population is that of the version by which each was told."""
    populations: dict[int, str] = {}
    found = []
    for cell in cells.values():
        if cell is None:
            continue
        if cell.version not in populations:
            version = figures.definition(indicator, cell.version)
            populations[cell.version] = texts.names_of(version.population).text if version else ""
        found.append(Row(cell=cell, population=populations[cell.version]))
    return found


def unit_rows(
    units: Sequence[Unit], compared: Comparison, figures: Figures, indicator: Indicator, scope: Unit
) -> list[UnitRow]:
    """Return a row for each unit: by need, and those without a rank last in the order of their names."""
    placed = {one.row.cell.unit: one for one in compared.placed}
    definition = figures.definition(indicator)
    longest = max((abs(one.row.cell.value or Decimal(0)) for one in compared.placed), default=Decimal(0))
    found = []
    for unit in units:
        place = placed.get(unit.pk.hex)
        cell = place.row.cell if place else None
        change, since = change_of(cell, figures.series(indicator, unit), definition)
        found.append(
            UnitRow(
                names=unit.names,
                url=reverse("indicators:see-indicator", args=[unit.key, indicator.key]),
                cell=cell,
                figure=figure_of(cell, definition),
                gone=words.mark(cell, definition),
                trace_url=trace_address(scope.key, indicator.key, cell) if cell and cell.value is not None else "",
                share=share_of(cell, definition, longest),
                change=change,
                since=since,
                rank=place.rank if place else None,
                notes=tuple(filter(None, (row_words(remark) for remark in place.remarks))) if place else (),
            )
        )
    ranked = sorted((row for row in found if row.rank is not None), key=lambda row: -(row.rank or 0))
    return [*ranked, *(row for row in found if row.rank is None)]


def figure_of(cell: Cell | None, definition: Definition | None) -> str:
    """Return the figure in words; empty where there is none."""
    if cell is None or cell.value is None or definition is None:
        return ""
    return measure_of(definition).write(cell.value, approximate=cell.approximate)


def share_of(cell: Cell | None, definition: Definition | None, longest: Decimal) -> float | None:
    """Return how long the bar is, in per cent of the place; shares as they are, others beside the largest."""
    if cell is None or cell.value is None or definition is None or cell.value < 0:
        return None
    if definition.unit_of_measure == PERCENT:
        return float(min(cell.value, Decimal(100)))
    return float(cell.value * 100 / longest) if longest else 0.0


def change_of(cell: Cell | None, series: Sequence[Cell], definition: Definition | None) -> tuple[str, str]:
    """Return the change since the figure before of the same version, and its period; empty where there is none."""
    if cell is None or cell.value is None or definition is None:
        return "", ""
    place = next((number for number, one in enumerate(series) if one is cell or one == cell), 0)
    earlier = [one for one in series[:place] if one.value is not None and one.version == cell.version]
    if not earlier or earlier[-1].value is None:
        return "", ""
    measure: Measure = measure_of(definition)
    return measure.change(cell.value - earlier[-1].value), words.period(earlier[-1].period)


def row_words(remark: Remark) -> str:
    """Return a note of one unit; empty where the place of the figure says it already."""
    told = remark.params
    match remark.code:
        case "row.version":
            return _("another version of the definition (%(n)s)") % {"n": told["is_"]}
        case "row.population":
            return _("another population")
        case "row.period" | "row.day":
            return _("another time")
        case "row.approximate":
            return _("told approximately")
        case "row.partial":
            return _("%(reporting)s of %(expected)s units have told") % dict(told)
    return ""


def whole_words(remark: Remark) -> str:
    """Return what is to be said of the whole comparison."""
    told = {"n": remark.params.get("count")}
    match remark.code:
        case "comparison.unlike":
            return _("Not alike and therefore not ranked: %(n)s.") % told
        case "comparison.protected":
            return _("Hidden to protect small groups: %(n)s.") % told
        case "comparison.missing":
            return _("Without a figure: %(n)s.") % told
        case "comparison.approximate":
            return _("Told approximately: %(n)s.") % told
        case "comparison.too_few":
            return _("Fewer than two figures can be compared.")
    return ""
