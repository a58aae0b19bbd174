"""Counting from records: a table of facts becomes measurements, and a figure leads back to its records.

Columns of a table of facts:

| column | kind | |
|---|---|---|
| record | text | key of the record; what a trace shows |
| unit | text | the unit that the record belongs to |
| valid_from, valid_to | day or null | for counting as of a day: first and last day in force |
| day | day | for counting what happened during a period |
| one for each dimension of the definition | text | the split; "" where it is not known |
| others | | yes or no, numbers, texts: for conditions, sums and distinct values |

Figures are counted for each unit with all below it from the records themselves, so that a person in two schools is one
person in the city. A share of units is counted for the units that tell it, and rolls up from there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Any

from luotsi.base import periods as calendar
from luotsi.indicators.engine.conditions import met
from luotsi.indicators.engine.measurements import measurements
from luotsi.indicators.rules.values import Count, Counting, Definition, Mark, Rollup, Semantics

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from luotsi.indicators.engine.connection import Connection
    from luotsi.indicators.engine.trees import Tree


def count(
    con: Connection,
    facts: pa.Table | ir.Table,
    definition: Definition,
    periods: Collection[str],
    tree: Tree,
    *,
    units: Collection[str] | None = None,
    days: Mapping[str, date] | None = None,
    person: str = "",
) -> pa.Table:
    """Return measurements counted from records, of each unit with all below it, in each period.

    Every unit that is expected to tell, and each above one, has a total, be it zero: a register without a record knows
    that there is none. Splits have a row only where there are records.

    Args:
        con: where to compute.
        facts: the records, Arrow or something of `con`.
        definition: what to count; with `counting`.
        periods: keys of the periods.
        tree: the units; a record belongs to those above its unit on the day it is counted by.
        units: only for these; None for all.
        days: for counting as of another day than the last of a period (the statistics day): the day by period.
        person: column that tells the person behind a record, for the protection of small groups; empty where no
            persons are behind.

    Raises:
        ValueError: the definition is not counted, or a column that it names is not in the table.
    """
    import pyarrow as pa

    counting = _counting(definition)
    table = con.table(facts, "luotsi_facts")
    _has(table, definition, person)
    moments = _moments(periods, days or {})
    wanted = _wanted(tree, definition, units)
    base = _of_units(con, _in_period(con, table, counting, moments), tree, wanted)
    shapes = [
        shape for size in range(len(definition.dimensions) + 1) for shape in combinations(definition.dimensions, size)
    ]
    kept = measurements([], definition.dimensions).schema
    totals, *splits = (
        con.run(_grouped(base, definition, shape, person).select(*kept.names)).cast(kept) for shape in shapes
    )
    zeros = _zeros(definition, totals, tree, moments, wanted, persons=bool(person))
    return _own(definition, pa.concat_tables([totals, zeros, *splits]))


def records(
    con: Connection,
    facts: pa.Table | ir.Table,
    definition: Definition,
    *,
    unit: str,
    period: str,
    tree: Tree,
    split: Mapping[str, str] | None = None,
    part: str = "numerator",
    day: date | None = None,
) -> list[str]:
    """Return the keys of the records behind a part of a figure, in order: the trace of a counted figure.

    Args:
        con: where to compute.
        facts: the records.
        definition: what was counted.
        unit: whose figure.
        period: of when.
        tree: the units.
        split: values by dimension; none for the total.
        part: "numerator" or "denominator".
        day: the day it was counted by, if not the last of the period.

    Raises:
        ValueError: the definition is not counted, or has no such part.
    """
    counting = _counting(definition)
    counted = {"numerator": counting.numerator, "denominator": counting.denominator}.get(part)
    if counted is None:
        raise ValueError(f"{definition.indicator} has no {part}.")
    table = con.table(facts, "luotsi_facts")
    _has(table, definition, "")
    base = _in_period(con, table, counting, _moments([period], {period: day} if day else {}))
    base = _of_units(con, base, tree, [unit])
    base = base.filter(_takes(base, counted))
    for name, value in (split or {}).items():
        base = base.filter(base[name] == value)
    found: list[str] = con.run(base.select("record").distinct())["record"].to_pylist()
    return sorted(found)


def _counting(definition: Definition) -> Counting:
    if definition.counting is None:
        raise ValueError(f"{definition.indicator} is not counted from records.")
    return definition.counting


def _has(facts: ir.Table, definition: Definition, person: str) -> None:
    """Look whether the table has every column that is needed.

    Raises:
        ValueError: it lacks some; they are named.
    """
    counting = _counting(definition)
    counts = [count for count in (counting.numerator, counting.denominator) if count is not None]
    needed = {"record", "unit", *definition.dimensions}
    needed |= {"valid_from", "valid_to"} if counting.semantics is Semantics.AS_OF else {"day"}
    needed |= {name for one in counts for name in (one.column, *(column for column, _is, _what in one.where)) if name}
    lacking = sorted((needed | {person} - {""}) - set(facts.columns))
    if lacking:
        raise ValueError(f"The table {counting.table} has no column {', '.join(lacking)}.")


def _moments(periods: Collection[str], days: Mapping[str, date]) -> list[dict[str, Any]]:
    """Return first day, last day and day of counting of each period."""
    spans = {key: calendar.parse(key) for key in periods}
    return [
        {"period": key, "first": span.start, "last": span.end, "on": days.get(key, span.end)}
        for key, span in spans.items()
    ]


def _in_period(con: Connection, facts: ir.Table, counting: Counting, moments: Sequence[Mapping[str, Any]]) -> ir.Table:
    """Return each record once for each period that it counts in, with the day that says where it belongs."""
    import pyarrow as pa

    schema = pa.schema([("period", pa.string()), *((name, pa.date32()) for name in ("first", "last", "on"))])
    named = {"period": "counted_period", "first": "counted_first", "last": "counted_last", "on": "counted_on"}
    spans = con.table(pa.Table.from_pylist(list(moments), schema=schema).rename_columns(named), "luotsi_spans")
    pairs = facts.cross_join(spans)
    if counting.semantics is Semantics.AS_OF:
        begun = pairs.valid_from.isnull() | (pairs.valid_from <= pairs.counted_on)
        lasts = pairs.valid_to.isnull() | (pairs.valid_to >= pairs.counted_on)
        return pairs.filter(begun & lasts).mutate(counted_day=pairs.counted_on)
    inside = (pairs.day >= pairs.counted_first) & (pairs.day <= pairs.counted_last)
    return pairs.filter(inside).mutate(counted_day=pairs.day)


def _wanted(tree: Tree, definition: Definition, units: Collection[str] | None) -> list[str]:
    """Return the units that get a measurement: all, or for a share of units those that tell."""
    every = list(tree.stays if units is None else units)
    if definition.rollup is Rollup.SHARE_OF_UNITS:
        return [unit for unit in every if tree.tells(unit, definition.told_by)]
    return every


def _of_units(con: Connection, records: ir.Table, tree: Tree, wanted: Collection[str]) -> ir.Table:
    """Return each record once for each wanted unit that it belongs to, itself or from below."""
    import ibis

    links = con.table(tree.closure(wanted), "luotsi_counted").filter(ibis._.wanted)
    links = links.select(
        "unit", counted_unit=links.ancestor, counted_since=links.valid_from, counted_until=links.valid_to
    )
    pairs = records.inner_join(links, "unit")
    if tree.moved:
        pairs = pairs.filter((pairs.counted_day >= pairs.counted_since) & (pairs.counted_day <= pairs.counted_until))
    return pairs


def _takes(base: ir.Table, counted: Count) -> Any:
    """Return whether a record counts: it meets the conditions and has something to count."""
    taken = met(base, counted)
    return taken & base[counted.column].notnull() if counted.column else taken


def _amount(base: ir.Table, counted: Count) -> Any:
    import ibis

    taken = _takes(base, counted)
    if counted.sum:
        return base[counted.column].cast("decimal(18, 4)").sum(where=taken).coalesce(ibis.literal(Decimal(0)))
    return base[counted.column].nunique(where=taken) if counted.column else base.count(where=taken)


def _grouped(base: ir.Table, definition: Definition, shape: Sequence[str], person: str) -> ir.Table:
    """Return the counts by unit, period and some of the dimensions; records of no known split are in totals only."""
    import ibis

    counting = _counting(definition)
    for name in shape:
        base = base.filter(base[name].notnull() & (base[name] != ""))
    counts = {"numerator": _amount(base, counting.numerator)}
    if counting.denominator is not None:
        counts["denominator"] = _amount(base, counting.denominator)
    if person:
        behind = counting.denominator or counting.numerator
        counts["persons"] = base[person].nunique(where=_takes(base, behind))
    groups = {"unit": base.counted_unit, "period": base.counted_period, "on": base.counted_on}
    table = base.group_by(**groups, **{name: base[name] for name in shape}).aggregate(**counts)
    nothing = ibis.null("decimal(18, 4)")
    filled: dict[str, Any] = {name: ibis.literal("") for name in definition.dimensions if name not in shape}
    return table.mutate(
        indicator=ibis.literal(definition.indicator),
        version=ibis.literal(definition.version).cast("int32"),
        numerator=table.numerator.cast("decimal(18, 4)"),
        denominator=table.denominator.cast("decimal(18, 4)") if "denominator" in counts else nothing,
        weight=nothing,
        value=nothing,
        approximate=ibis.literal(False),
        mark=ibis.literal(""),
        persons=table.persons.cast("int64") if person else ibis.null("int64"),
        whole=ibis.literal(True),
        **filled,
    )


def _zeros(
    definition: Definition,
    totals: pa.Table,
    tree: Tree,
    moments: Sequence[Mapping[str, Any]],
    wanted: Collection[str],
    *,
    persons: bool,
) -> pa.Table:
    """Return the totals of units that are expected to have records and have none: zero, not null."""
    found = set(zip(totals["unit"].to_pylist(), totals["period"].to_pylist(), strict=True))
    zero = Decimal(0)
    divided = _counting(definition).denominator is not None
    return measurements(
        (
            {
                "indicator": definition.indicator,
                "version": definition.version,
                "unit": unit,
                "period": moment["period"],
                "on": moment["on"],
                "numerator": zero,
                "denominator": zero if divided else None,
                "persons": 0 if persons else None,
                "whole": True,
            }
            for moment in moments
            for unit in wanted
            if (unit, moment["period"]) not in found and tree.expected(definition.told_by, moment["period"]).get(unit)
        ),
        definition.dimensions,
    )


def _own(definition: Definition, counted: pa.Table) -> pa.Table:
    """Return for a share of units what was counted as the units' own values, others as they are."""
    if definition.rollup is not Rollup.SHARE_OF_UNITS:
        return counted
    rows = counted.to_pylist()
    for row in rows:
        row["whole"] = False
        if row["denominator"] is None:
            row["value"] = row["numerator"]
        elif row["denominator"]:
            exact = row["numerator"] / row["denominator"] * definition.factor
            row["value"] = exact.quantize(Decimal("0.0001"), ROUND_HALF_UP)
        else:
            row["mark"] = str(Mark.NOT_APPLICABLE)
    return measurements(rows, definition.dimensions)
