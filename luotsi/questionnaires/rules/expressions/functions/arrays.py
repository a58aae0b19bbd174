"""Functions over the rows of a table or the panels of a repetition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.expressions.coercion import as_number, converted, is_true
from luotsi.questionnaires.rules.expressions.functions.function import Function
from luotsi.questionnaires.rules.expressions.functions.numbers import added, mean, numbers_among
from luotsi.questionnaires.rules.expressions.nodes import Literal, Node
from luotsi.questionnaires.rules.expressions.scope import Worker


def _rows(worker: Worker, arguments: tuple[Node, ...], filter_at: int = 2) -> Iterator[tuple[dict[str, Any], Any]]:
    """Yield each row that has a value under the name of the second argument, with that value.

    The filter is worked out in each row, over the values of the row alone.
    """
    data, name = worker.value(arguments[0]), worker.value(arguments[1])
    wanted = arguments[filter_at] if len(arguments) > filter_at else None
    if not isinstance(name, str) or not isinstance(data, list | dict):
        return
    for row in data if isinstance(data, list) else data.values():
        worker.budget.spend()
        if not isinstance(row, dict) or values.is_empty(row.get(name)):
            continue
        if wanted is None or is_true(worker.inside(row).value(wanted)):
            yield row, row[name]


def _values(worker: Worker, arguments: tuple[Node, ...]) -> list[Any]:
    return [value for _row, value in _rows(worker, arguments)]


def _sum(worker: Worker, arguments: tuple[Node, ...]) -> Any:
    return added(numbers_among(_values(worker, arguments)))


def _avg(worker: Worker, arguments: tuple[Node, ...]) -> Any:
    return mean(numbers_among(_values(worker, arguments)))


def _count(worker: Worker, arguments: tuple[Node, ...]) -> Any:
    return len(_values(worker, arguments))


def _best(beats: Callable[[Any, Any], bool]) -> Function:
    def work(worker: Worker, arguments: tuple[Node, ...]) -> Any:
        other = arguments[2] if len(arguments) > 2 else None
        named = other.constant if isinstance(other, Literal) and isinstance(other.constant, str) else None
        best: Any = None
        chosen: dict[str, Any] | None = None
        for row, value in _rows(worker, arguments, 2 if named is None else 3):
            number = as_number(value)
            if number is not None and (best is None or beats(number, best)):
                best, chosen = number, row
        return converted(chosen.get(named)) if named is not None and chosen is not None else best

    return Function(2, 4, work)


ARRAYS = {
    "sumInArray": Function(2, 3, _sum),
    "avgInArray": Function(2, 3, _avg),
    "countInArray": Function(2, 3, _count),
    "minInArray": _best(lambda one, other: one < other),
    "maxInArray": _best(lambda one, other: one > other),
}
