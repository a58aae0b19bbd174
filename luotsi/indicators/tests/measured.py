"""A small country to measure in: tests of the engine tell figures in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from luotsi.indicators.engine import Connection, Place, Tree, cells, compute, measurements
from luotsi.indicators.rules.values import Definition, Operator, Rollup

YEAR = "2026"
LAST_DAY = date(2026, 12, 31)
SPLIT = ("grade",)


def country() -> Tree:
    """Return land › city (schools a, b, c), town (school d), village (no school yet)."""
    rows: list[tuple[str, str | None, str]] = [("land", None, "country")]
    rows += [(name, "land", "provider") for name in ("city", "town", "village")]
    rows += [(name, "city", "institution") for name in "abc"] + [("d", "town", "institution")]
    return Tree.of((Place(unit=unit, parent=parent, kind=kind) for unit, parent, kind in rows), told_by="institution")


def defined(rollup: Rollup, **fields: Any) -> Definition:
    """Return a definition that rolls up by the rule; ratios and shares in per cent."""
    if rollup in (Rollup.RATIO, Rollup.SHARE_OF_UNITS):
        fields = {"factor": Decimal(100), "unit": "percent"} | fields
    if rollup is Rollup.SHARE_OF_UNITS:
        fields = {"limit": (Operator.GTE, Decimal(50))} | fields
    return Definition(**{"indicator": str(rollup), "rollup": rollup, "dimensions": SPLIT, **fields})


def number(value: Any) -> Any:
    """Return whole numbers and texts of numbers as decimals, so that a test reads like a table."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return value
    return Decimal(value)


AMOUNTS = ("numerator", "denominator", "weight", "value")


def row(unit: str, **fields: Any) -> dict[str, Any]:
    """Return a measurement of the unit for 2026."""
    amounts = {name: number(fields.pop(name)) for name in AMOUNTS if name in fields}
    return {"unit": unit, "period": YEAR, "on": LAST_DAY, **amounts, **fields}


def told(definition: Definition, rows: Iterable[Mapping[str, Any]]) -> Any:
    """Return measurements of the definition."""
    named = {"indicator": definition.indicator, "version": definition.version}
    return measurements([{**named, **one} for one in rows], SPLIT)


def figures(
    con: Connection, definition: Definition, rows: Iterable[Mapping[str, Any]], tree: Tree | None = None, **wanted: Any
) -> dict[Any, Any]:
    """Return the cells (`Cell`) by unit; cells of a split by (unit, grade)."""
    table = compute(con, tree or country(), [definition], told(definition, rows), **{"periods": [YEAR], **wanted})
    return {(cell.unit, cell.split[0][1]) if cell.split else cell.unit: cell for cell in cells(table)}
