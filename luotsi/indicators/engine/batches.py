"""Batches: what has to be looked up before figures can be computed, laid out as tables in the backend."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from luotsi.indicators.engine.expressions import TOLD, Names, Shape, expression
from luotsi.indicators.engine.measurements import (
    KEYS,
    ToldTwice,
    check,
    definitions_table,
    dimensions_of,
    tidy,
)
from luotsi.indicators.rules.values import Definition, Rollup

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from luotsi.indicators.engine.connection import Connection
    from luotsi.indicators.engine.trees import Tree


def batches(
    con: Connection,
    tree: Tree,
    definitions: Sequence[Definition],
    told: pa.Table | ir.Table,
    *,
    periods: Collection[str] | None,
    units: Collection[str] | None,
    unique: bool,
) -> Iterator[tuple[Rollup, str]]:
    """Yield for each rule of roll-up the text of a query that makes its figures; run it before asking for the next.

    Raises:
        ToldTwice: a cell was told twice on one day.
        ValueError: a definition cannot be computed.
    """
    check(definitions)
    source = con.table(told, "luotsi_source")
    dimensions = dimensions_of(source)
    for rollup in Rollup:
        chosen = [one for one in definitions if one.rollup is rollup]
        if not chosen:
            continue
        table = source.filter(source.indicator.isin(sorted({one.indicator for one in chosen})))
        if periods is not None:
            table = table.filter(table.period.isin(sorted(periods)))
        con.name_view(Names.TOLD.key, tidy(table, {**TOLD, **dict.fromkeys(dimensions, "string")}))
        if not unique:
            _told_once(con, dimensions)
        yield rollup, _prepared(con, tree, chosen, dimensions, units, unique=unique)


def _told_once(con: Connection, dimensions: tuple[str, ...]) -> None:
    twice = con.query(_text(con.name, "twice", dimensions)).to_pylist()
    if twice:
        raise ToldTwice(f"Told twice on one day: {', '.join(str(value) for value in twice[0].values())}.")


@lru_cache(maxsize=256)
def _text(dialect: str, question: str, dimensions: tuple[str, ...]) -> str:
    """Return the text of a question about what was told: what is there, which units above others told, what twice."""
    import ibis

    table = Names.TOLD.table(dimensions)
    if question == "shapes":
        table = table.select("period", "whole", **{name: table[name] != "" for name in dimensions}).distinct()
    elif question == "heads":
        links = Names.LINKS.table()
        above = links.filter(links.depth > 0).select(unit=links.ancestor)
        table = table.select("unit").distinct().semi_join(above, "unit")
    else:
        keys = [*KEYS, *dimensions, "on"]
        times = table.group_by(keys).aggregate(times=table.count())
        table = times.filter(times.times > 1).limit(1).select(*keys)
    return str(ibis.to_sql(table, dialect=dialect))


@lru_cache(maxsize=256)
def _figures(dialect: str, shape: Shape) -> str:
    import ibis

    return str(ibis.to_sql(expression(shape), dialect=dialect))


def _prepared(
    con: Connection,
    tree: Tree,
    definitions: Sequence[Definition],
    dimensions: tuple[str, ...],
    units: Collection[str] | None,
    *,
    unique: bool,
) -> str:
    """Lay out the tables of a query and return its text."""
    con.name_table(Names.DEFINITIONS.key, definitions_table(definitions))
    con.name_table(Names.LINKS.key, tree.closure(units))
    shapes = con.query(_text(con.name, "shapes", dimensions)).to_pylist()
    heads = con.query(_text(con.name, "heads", dimensions))
    con.name_table(Names.HEADS.key, heads)
    whole = any(found["whole"] for found in shapes)
    con.name_table(
        Names.EXPECTED.key, _expected(tree, definitions, {found["period"] for found in shapes}, whole=whole)
    )
    shape = Shape(
        rollup=definitions[0].rollup,
        dimensions=dimensions,
        patterns=frozenset(frozenset(name for name in dimensions if found[name]) for found in shapes),
        heads=len(heads) > 0,
        whole=whole,
        moved=tree.moved,
        unique=unique,
        chosen=units is not None,
    )
    return _figures(con.name, shape)


def _expected(tree: Tree, definitions: Sequence[Definition], periods: Collection[str], *, whole: bool) -> pa.Table:
    """Return for units with others below, or all, how many are expected to tell, by kind and period."""
    import pyarrow as pa

    rows: list[tuple[Any, ...]] = [
        (told_by, period, unit, number)
        for told_by in {one.told_by for one in definitions}
        for period in periods
        for unit, number in tree.expected(told_by, period).items()
        if whole or unit in tree.inner
    ]
    names = ("told_by", "period", "unit", "within")
    kinds = (pa.string(), pa.string(), pa.string(), pa.int64())
    return pa.table(
        {
            name: pa.array([row[place] for row in rows], kind)
            for place, (name, kind) in enumerate(zip(names, kinds, strict=True))
        }
    )
