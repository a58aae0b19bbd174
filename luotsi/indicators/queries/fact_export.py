"""Fact tables as they may leave: open ones row by row, all others as protected counts.

A table in which persons stand, or whose policy is not open, never leaves row by row: one row for each person would
show every small group, whatever its key. It leaves as the number of records (or persons, where there are any) in each
unit, for each value of the first dimension, as of one day; protected as a block like every figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from luotsi.base import clock, periods
from luotsi.base.declarations import marked as _
from luotsi.base.facts import ColumnKind, FactColumn, FactTable
from luotsi.indicators.queries import fact_store
from luotsi.indicators.queries.figures.inputs import block_of, root_of
from luotsi.indicators.queries.offered import is_row_by_row, tables_offered
from luotsi.indicators.rules.disclosure import protect
from luotsi.indicators.rules.values import Cell, Count, Counting, Definition, Mark, Policy, Rollup, Semantics
from luotsi.people.models import Unit

if TYPE_CHECKING:
    import pyarrow as pa

    from luotsi.indicators.queries.figures.inputs import Block

MOST_ROWS = 1_000_000
COUNTS = ("unit", "unit_key", "unit_kind", "as_of", "dimension", "value", "count", "mark")


class TooManyRows(Exception):
    """The table has more rows than one answer may have; more than a spreadsheet can hold."""


@dataclass(frozen=True)
class Column:
    """A column of a file: its name, kind and what it means."""

    name: str
    kind: str
    about: str


@dataclass(frozen=True)
class Export:
    """A table ready to leave: columns with their meaning, and rows in the order of the columns.

    `counts` tells that the rows are protected counts, not the records. `stamp` changes when the content may have.
    """

    table: FactTable
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Any, ...]]
    counts: bool
    stamp: str


def columns_of(table: FactTable) -> tuple[Column, ...]:
    """Return the columns that a file of the table has: the data dictionary."""
    if is_row_by_row(table):
        own = tuple(Column(one.name, str(one.kind), gettext(one.about)) for one in table.columns)
        return (*own, Column("unit_key", "text", gettext(_("Address of the unit in Luotsi."))))
    about = {
        "unit": _("Key of the unit."),
        "unit_key": _("Address of the unit in Luotsi."),
        "unit_kind": _("Kind of the unit: region, provider or institution."),
        "as_of": _("Day on which it was counted."),
        "dimension": _("Column that was counted by; empty for the total."),
        "value": _("Value of that column; empty for the total."),
        "count": _("How many persons, or records where no persons stand in the table; empty where protected."),
        "mark": _("Why there is no count: protected; empty where there is one."),
    }
    kinds = {"as_of": "date", "count": "number"}
    return tuple(Column(name, kinds.get(name, "text"), gettext(about[name])) for name in COUNTS)


def export_of(key: str, scope: Unit, *, on: date | None = None) -> Export:
    """Return a table as it may leave at a unit: what belongs to it and to everything below.

    `on` is the day as of which is counted, by default today; rows of open tables are told whole.

    Raises:
        KeyError: no room offers such a table.
        TooManyRows: there are more rows than one answer may have.
    """
    table = tables_offered()[key]
    now = fact_store.log_now()
    found = fact_store.stored(key, now)
    block = block_of(root_of(scope), fact_store.stored("institutions", now).stamp.text)
    if is_row_by_row(table):
        rows = list(_rows(found, block, scope))
    else:
        rows = list(_counts(found, block, scope, on or clock.today()))
    return Export(table, columns_of(table), rows, not is_row_by_row(table), found.stamp.text)


def _under(block: Block, scope: Unit) -> set[str]:
    return {unit for unit, path in block.paths.items() if path.startswith(scope.path)}


def _rows(found: fact_store.Stored, block: Block, scope: Unit) -> Iterator[tuple[Any, ...]]:
    """Yield the records of an open table under a unit, with the address of their unit."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    units = sorted(_under(block, scope))
    held = found.table.column_of(ColumnKind.UNIT)
    kept: pa.Table = pq.read_table(found.path)
    kept = kept.filter(pc.is_in(kept[held], value_set=_texts(units)))
    if len(kept) > MOST_ROWS:
        raise TooManyRows
    addresses = {pk.hex: key for pk, key in Unit.objects.under(scope).values_list("pk", "key")}
    place = kept.column_names.index(held)
    for batch in kept.to_batches(max_chunksize=20_000):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield (*row, addresses.get(row[place], ""))


def _texts(values: Sequence[str]) -> Any:
    import pyarrow as pa

    return pa.array(list(values), pa.string())


def _counts(found: fact_store.Stored, block: Block, scope: Unit, on: date) -> Iterator[tuple[Any, ...]]:
    """Yield protected counts of a table as of a day, of a unit and all below it, in all and by its first dimension.

    Only the first: what a second one adds up to would tell totals that the protection of the first has hidden.
    """
    table, under = found.table, _under(block, scope)
    units = {unit.pk.hex: unit for unit in Unit.objects.under(scope)}
    dimension = next((column for column in table.columns if column.kind is ColumnKind.DIMENSION), None)
    for cell in _cells(found, block, on, dimension):
        if cell.unit not in under or cell.unit not in units:
            continue
        unit, shown = units[cell.unit], cell.mark is Mark.FIGURE
        name, value = cell.split[0] if cell.split else ("", "")
        count = cell.value if shown else None
        yield unit.pk.hex, unit.key, unit.kind, on, name, value, count, "" if shown else str(cell.mark)


def _cells(found: fact_store.Stored, block: Block, on: date, dimension: FactColumn | None) -> Sequence[Cell]:
    """Return the protected counts of a whole block by a dimension."""
    from luotsi.indicators import engine

    table = found.table
    person = table.column_of(ColumnKind.PERSON)
    day = periods.containing(on, periods.PeriodKind.DAY).key
    definition = Definition(
        indicator=f"export:{table.key}",
        rollup=Rollup.SUM,
        factor=Decimal(1),
        policy=Policy(table.policy),
        dimensions=(dimension.name,) if dimension else (),
        counting=Counting(
            table=table.key,
            semantics=Semantics.AS_OF if table.column_of(ColumnKind.FROM) else Semantics.DURING,
            numerator=Count(column=person or table.column_of(ColumnKind.RECORD)),
        ),
    )
    with engine.connect(threads=2, memory="1GB") as con:
        facts = con.read_parquet(str(found.path))
        names = {
            str(column.kind): column.name
            for column in table.columns
            if column.kind in fact_store.NAMED_BY_KIND and column.name != str(column.kind)
        }
        facts = facts.rename(names) if names else facts
        told = engine.count(con, facts, definition, [day], block.tree, units=block.units, person=person)
        cells = engine.cells(
            engine.compute(con, block.tree, [definition], told, periods=[day], units=block.units, unique=True)
        )
    return protect(cells, definition, parents=block.parents)
