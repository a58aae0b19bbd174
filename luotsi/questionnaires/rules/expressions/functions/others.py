"""Functions that choose, and functions about texts and questions."""

from __future__ import annotations

from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.expressions.coercion import as_number, as_text, is_true
from luotsi.questionnaires.rules.expressions.functions.function import Function, of_values
from luotsi.questionnaires.rules.expressions.nodes import Name, Node
from luotsi.questionnaires.rules.expressions.scope import Worker


def _iif(worker: Worker, arguments: tuple[Node, ...]) -> Any:
    if is_true(worker.value(arguments[0])):
        return worker.value(arguments[1])
    return worker.value(arguments[2]) if len(arguments) > 2 else None


def _display(worker: Worker, arguments: tuple[Node, ...]) -> Any:
    name = worker.value(arguments[0])
    value = worker.value(arguments[1]) if len(arguments) > 1 else None
    return worker.scope.display_of(name, value) if isinstance(name, str) else None


def _comment(worker: Worker, arguments: tuple[Node, ...]) -> Any:
    name = worker.value(arguments[0])
    if not isinstance(name, str):
        return None
    return worker.scope.value_of(Name(f"{name}-Comment", path=(f"{name}-Comment",)))


def _substring(text: Any, start: Any, end: Any = None) -> Any:
    if values.is_empty(text):
        return ""
    whole = as_text(text)
    first, last = as_number(start), as_number(end)
    ends = sorted((_within(first, whole, 0), _within(last, whole, len(whole))))
    return whole[ends[0] : ends[1]]


def _within(place: Any, text: str, default: int) -> int:
    return default if place is None else int(min(max(place, 0), len(text)))


OTHERS = {
    "iif": Function(2, 3, _iif),
    "displayValue": Function(1, 2, _display),
    "getComment": Function(1, 1, _comment),
    "substring": of_values(2, 3, _substring),
    "isDisplayMode": Function(0, 0, lambda _worker, _arguments: False),
}
