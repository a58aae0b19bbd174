"""Conditions of a count as expressions; their values stay data and never become text of a query by our hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any

from luotsi.indicators.rules.values import Count

if TYPE_CHECKING:
    import ibis.expr.types as ir

COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": lambda column, value: column == value,
    "!=": lambda column, value: column != value,
    "<": lambda column, value: column < value,
    "<=": lambda column, value: column <= value,
    ">": lambda column, value: column > value,
    ">=": lambda column, value: column >= value,
}


def condition(table: ir.Table, name: str, operator: str, value: object) -> Any:
    """Return one condition on a column; null meets none but `is` with None.

    Raises:
        ValueError: the operator is not known or does not go with the value.
    """
    import ibis

    column = table[name]
    if operator == "in" and isinstance(value, tuple | list | set | frozenset):
        return column.isin(list(value)) if value else ibis.literal(False)
    if operator == "is" and value is None:
        return column.isnull()
    if operator in COMPARED and value is not None:
        return COMPARED[operator](column, ibis.literal(value))
    raise ValueError(f"{name} {operator} {value!r} is no condition.")


def met(table: ir.Table, counted: Count) -> Any:
    """Return whether a row meets all conditions of a count; a null counts as not met."""
    import ibis

    every = [condition(table, *one) for one in counted.where]
    return reduce(lambda one, other: one & other, every, ibis.literal(True)).coalesce(False)
