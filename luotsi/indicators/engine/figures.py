"""Figures of all units from measurements: rolled up by the rule of each indicator, all levels in one pass.

How a figure of a unit comes about, in this order:

1. What the unit told itself stands; what rolls up beside it is told as `below`. Nothing is added twice: above the unit
   its own figure counts, in place of those below it.
2. What was counted for the unit with all below it (`whole`) stands.
3. Otherwise the rule of roll-up makes it of the figures below.

A total over splits that nobody told is made of the splits, by the same rule, if none of them is missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luotsi.indicators.engine.batches import batches
from luotsi.indicators.rules.values import Cell, Definition, Mark

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from luotsi.indicators.engine.connection import Connection
    from luotsi.indicators.engine.trees import Tree

WHOLE = Decimal(1)


def compute(
    con: Connection,
    tree: Tree,
    definitions: Sequence[Definition],
    told: pa.Table | ir.Table,
    *,
    periods: Collection[str] | None = None,
    units: Collection[str] | None = None,
    unique: bool = False,
) -> pa.Table:
    """Return the figures of the units, one row for each cell, in no order.

    Args:
        con: where to compute.
        tree: the units.
        definitions: what to compute; measurements of anything else are passed over.
        told: the measurements (`luotsi.indicators.engine.measurements`), Arrow or something of `con`.
        periods: only these; then each unit that is expected to tell, and each above one, also has a cell of the total
            where nothing was told: with the mark "missing". None for the periods that something was told of.
        units: only the figures of these; None for all.
        unique: the caller vouches that there is one row for each cell. Otherwise the row of the latest day holds.

    Returns:
        Columns indicator, version, unit, period, one for each dimension, on, numerator, denominator (DECIMAL(38, 8)),
        value (DECIMAL(38, 6), rounded half up), approximate, mark, persons, reporting, expected, told,
        below_value (what rolled up beside a figure that was told).

    Raises:
        ToldTwice: one cell was told twice on the same day (never with `unique`).
        ValueError: a definition cannot be computed.
        luotsi.base.periods.NotAPeriod: a period is none.
    """
    import pyarrow as pa

    parts = [
        con.query(text)
        for _rollup, text in batches(con, tree, definitions, told, periods=periods, units=units, unique=unique)
    ]
    if periods is not None:
        parts += _missing(tree, definitions, pa.concat_tables(parts), periods, units)
    return pa.concat_tables(parts)


def store(
    con: Connection,
    tree: Tree,
    definitions: Sequence[Definition],
    told: pa.Table | ir.Table,
    folder: Path,
    *,
    periods: Collection[str] | None = None,
    units: Collection[str] | None = None,
    unique: bool = False,
) -> list[Path]:
    """Write the figures as Parquet files into a folder that exists, one for each rule; return their paths.

    Nothing of it has to fit in memory. Arguments and columns as for `compute`, but cells of which nothing was told are
    left out.
    """
    paths = []
    for rollup, text in batches(con, tree, definitions, told, periods=periods, units=units, unique=unique):
        paths.append(folder / f"{rollup}.parquet")
        con.write(text, paths[-1])
    return paths


def _missing(
    tree: Tree,
    definitions: Sequence[Definition],
    found: pa.Table,
    periods: Iterable[str],
    units: Collection[str] | None,
) -> list[pa.Table]:
    """Return rows for the totals that are expected and not there."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = None if units is None else frozenset(units)
    rows = [
        {"indicator": one.indicator, "version": one.version, "unit": unit, "period": period, "expected": expected}
        for period in periods
        for one in definitions
        for unit, expected in tree.expected(one.told_by, period).items()
        if wanted is None or unit in wanted
    ]
    keys = ["indicator", "version", "unit", "period"]
    schema = pa.schema([found.schema.field(name) for name in (*keys, "expected")])
    grid = pa.Table.from_pylist(rows, schema=schema)
    dimensions = dimensions_of_figures(found)
    totals = found
    for name in dimensions:
        totals = totals.filter(pc.equal(totals[name], ""))
    missing = grid.join(totals.select(keys), keys, join_type="left anti")
    filled: dict[str, Any] = dict.fromkeys(dimensions, "") | {
        "mark": str(Mark.MISSING),
        "approximate": False,
        "told": False,
        "reporting": 0,
    }
    columns = {
        field.name: missing[field.name]
        if field.name in schema.names
        else pa.array([filled.get(field.name)] * len(missing), field.type)
        for field in found.schema
    }
    return [pa.table(columns, schema=found.schema)]


def dimensions_of_figures(table: pa.Table) -> tuple[str, ...]:
    """Return the columns of a table of figures that tell the split: those between period and on."""
    names = table.column_names
    return tuple(names[names.index("period") + 1 : names.index("on")])


def plain(number: Decimal | None) -> Decimal | None:
    """Return the number without the zeros at its end that only fill a column: 12.50000000 is 12.5."""
    if number is None:
        return None
    return number.quantize(WHOLE) if number == number.to_integral_value() else number.normalize()


def cells(table: pa.Table) -> list[Cell]:
    """Return the rows of a table of figures as cells, in their order."""
    dimensions = dimensions_of_figures(table)
    return [
        Cell(
            indicator=row["indicator"],
            version=row["version"],
            unit=row["unit"],
            period=row["period"],
            split=tuple((name, row[name]) for name in dimensions if row[name]),
            numerator=plain(row["numerator"]),
            denominator=plain(row["denominator"]),
            value=plain(row["value"]),
            approximate=row["approximate"],
            mark=Mark(row["mark"]),
            persons=row["persons"],
            reporting=row["reporting"],
            expected=row["expected"],
            told=row["told"],
            below=plain(row["below_value"]),
        )
        for row in table.to_pylist()
    ]


def recompute(
    con: Connection,
    tree: Tree,
    definition: Definition,
    told: pa.Table | ir.Table,
    *,
    unit: str,
    period: str,
    split: Mapping[str, str] | None = None,
) -> Cell | None:
    """Return one cell computed alone: the same as in any batch; None where there is none.

    The total of a period always has a cell, be it "missing", where the unit is expected to tell or has such below.
    """
    table = compute(con, tree, [definition], told, periods=[period], units=[unit])
    wanted = tuple((name, (split or {}).get(name, "")) for name in dimensions_of_figures(table))
    named = tuple((name, value) for name, value in wanted if value)
    return next((cell for cell in cells(table) if cell.split == named), None)


def recompute_branch(
    con: Connection,
    tree: Tree,
    definition: Definition,
    told: pa.Table | ir.Table,
    *,
    unit: str,
    period: str,
) -> pa.Table:
    """Return the figures that a new measurement changes: of the unit and those above it, in one period, all splits.

    Args:
        con: where to compute.
        tree: the units.
        definition: of what was measured.
        told: all measurements, the new one among them; only those of the indicator and the period are looked at.
        unit: who told it.
        period: of when.
    """
    return compute(con, tree, [definition], told, periods=[period], units=tree.above(unit))
