"""What is counted below a column of a table."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.definition import Column
from luotsi.questionnaires.rules.expressions.coercion import as_number
from luotsi.questionnaires.rules.expressions.functions.numbers import added, mean, rounded


def total_of(column: Column, cells: list[Any]) -> Any:
    """Return the total of the values of a column; empty cells and words count for nothing.

    A sum, a count or a mean of nothing is 0, as in SurveyJS; there is no least and no greatest of nothing.
    """
    told = [cell for cell in cells if not values.is_empty(cell)]
    if column.total_kind == "count":
        return len(told)
    numbers = [number for cell in told if (number := as_number(cell)) is not None]
    made: dict[str, Callable[[list[Decimal]], Any]] = {
        "sum": added,
        "avg": mean,
        "min": lambda found: min(found, default=None),
        "max": lambda found: max(found, default=None),
    }
    total = made[column.total_kind](numbers)
    if total is None or column.total_digits < 0:
        return total
    return rounded(Decimal(total), column.total_digits)
