"""What was told: one row for each indicator, version, unit, period and split.

Columns of a table of measurements (those with a default may be left out):

| column | kind | |
|---|---|---|
| indicator, version, unit, period | text, whole number, text, text | whose figure of when |
| on | day | last day of the period, or the day of the observation |
| one for each dimension | text | the split; "" stands for all together |
| numerator, denominator, weight, value | DECIMAL(18, 4) or null | null is "not told", zero is zero |
| approximate | yes or no | only told about: "nearly a third" |
| mark | text | a `Mark`; "" where there is a figure |
| persons | whole number or null | how many persons stand behind it |
| whole | yes or no | counted for the unit with all below it: stands as it is, and joins no roll-up |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from luotsi.indicators.rules.values import Definition, Operator, Rollup

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

KEYS = ("indicator", "version", "unit", "period")
AMOUNTS = ("numerator", "denominator", "weight", "value")
FIXED = (*KEYS, "on", *AMOUNTS, "approximate", "mark", "persons", "whole")
LEFT_OUT: Mapping[str, Any] = {"approximate": False, "mark": "", "whole": False}
MEETING = (Operator.EQ, Operator.GTE, Operator.LTE, Operator.GT, Operator.LT)


class ToldTwice(ValueError):
    """Two measurements of one cell from the same day: nobody knows which of them holds."""


def measurements(rows: Iterable[Mapping[str, Any]], dimensions: Sequence[str] = ()) -> pa.Table:
    """Return rows as a table of measurements.

    Args:
        rows: mappings by column; what a row does not have is null, a split "", a mark "", a yes or no "no".
        dimensions: names of the columns that tell the split.
    """
    import pyarrow as pa

    amount = pa.decimal128(18, 4)
    kinds: dict[str, Any] = {
        "indicator": pa.string(),
        "version": pa.int32(),
        "unit": pa.string(),
        "period": pa.string(),
        "on": pa.date32(),
        **dict.fromkeys(dimensions, pa.string()),
        **dict.fromkeys(AMOUNTS, amount),
        "approximate": pa.bool_(),
        "mark": pa.string(),
        "persons": pa.int64(),
        "whole": pa.bool_(),
    }
    empty: dict[str, Any] = {"version": 1, "approximate": False, "mark": "", "whole": False}
    empty |= dict.fromkeys(dimensions, "")
    kept = list(rows)
    columns = {name: [row.get(name, empty.get(name)) for row in kept] for name in kinds}
    return pa.table(columns, schema=pa.schema(list(kinds.items())))


def dimensions_of(table: ir.Table) -> tuple[str, ...]:
    """Return the columns that tell the split, in their order."""
    return tuple(name for name in table.columns if name not in FIXED)


def tidy(table: ir.Table, columns: Mapping[str, str]) -> ir.Table:
    """Return the table with all columns of measurements, each of its kind; those left out are filled."""
    import ibis

    def column(name: str, kind: str) -> Any:
        if name in table.columns:
            return table[name].cast(kind)
        return ibis.literal(LEFT_OUT[name]).cast(kind) if name in LEFT_OUT else ibis.null(kind)

    return table.select(**{name: column(name, kind) for name, kind in columns.items()})


def definitions_table(definitions: Sequence[Definition]) -> pa.Table:
    """Return what the roll-up needs of the definitions, one row each."""
    import pyarrow as pa

    rows = [
        {
            "indicator": one.indicator,
            "version": one.version,
            "factor": one.factor,
            "told_by": one.told_by,
            "operator": str(one.limit[0]) if one.limit else "",
            "bound": one.limit[1] if one.limit else Decimal(0),
        }
        for one in definitions
    ]
    schema = pa.schema(
        [
            ("indicator", pa.string()),
            ("version", pa.int32()),
            ("factor", pa.decimal128(18, 4)),
            ("told_by", pa.string()),
            ("operator", pa.string()),
            ("bound", pa.decimal128(38, 6)),
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def check(definitions: Sequence[Definition]) -> None:
    """Look whether figures can be made by the definitions.

    Raises:
        ValueError: there is none, two have the same key and version, or a share of units has no limit that a number
            meets or not.
    """
    if not definitions:
        raise ValueError("There is no definition to compute.")
    keys = [(one.indicator, one.version) for one in definitions]
    if len(set(keys)) < len(keys):
        raise ValueError("A version of an indicator is defined twice.")
    for one in definitions:
        if one.rollup is Rollup.SHARE_OF_UNITS and (one.limit is None or one.limit[0] not in MEETING):
            raise ValueError(f"{one.indicator}: a share of units needs a limit of the kind =, <, <=, > or >=.")
