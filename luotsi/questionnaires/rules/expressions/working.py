"""Works an expression out over a scope, step by counted step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import DecimalException
from typing import Any

from luotsi.questionnaires.rules.expressions.coercion import converted, is_true
from luotsi.questionnaires.rules.expressions.functions import FUNCTIONS
from luotsi.questionnaires.rules.expressions.nodes import Binary, Call, Listed, Literal, Name, Node, Unary
from luotsi.questionnaires.rules.expressions.operators import BINARY, UNARY
from luotsi.questionnaires.rules.expressions.scope import Budget, Scope


def evaluate(node: Node, scope: Scope, budget: Budget) -> Any:
    """Return what an expression comes to: None, bool, text, number, list, dict or a moment (datetime).

    Raises:
        Exhausted: The budget is used up.
    """
    return Run(scope, budget).value(node)


def holds(node: Node, scope: Scope, budget: Budget) -> bool:
    """Return True when an expression comes to something that counts as true.

    Raises:
        Exhausted: The budget is used up.
    """
    return is_true(Run(scope, budget).value(node))


class Run:
    """One working out: where names are looked up, and the work that is left."""

    __slots__ = ("budget", "scope")

    def __init__(self, scope: Scope, budget: Budget) -> None:
        self.scope, self.budget = scope, budget

    def value(self, node: Node) -> Any:
        """Return what a node comes to.

        Raises:
            Exhausted: The budget is used up.
        """
        self.budget.spend()
        return WORKS[type(node)](self, node)

    def inside(self, item: Mapping[str, Any]) -> Run:
        """Return the same over the values of one row."""
        return Run(self.scope.within(item), self.budget)


def _name(run: Run, node: Any) -> Any:
    found = run.scope.value_of(node)
    return found if node.as_is else converted(found)


def _binary(run: Run, node: Any) -> Any:
    left, right = run.value(node.left), run.value(node.right)
    if isinstance(left, list | str) or isinstance(right, list | str):
        run.budget.spend((_size(left) * _count(right) + _size(right) * _count(left)) // 16)
    try:
        return BINARY[node.operator](left, right)
    except DecimalException:
        return None


def _size(value: Any) -> int:
    """Return about how much there is to look at in a value."""
    if isinstance(value, list):
        return sum(len(item) if isinstance(item, str | list | dict) else 1 for item in value)
    return len(value) if isinstance(value, str | dict) else 1


def _count(value: Any) -> int:
    return len(value) if isinstance(value, list) else 1


def _call(run: Run, node: Any) -> Any:
    try:
        return FUNCTIONS[node.function].work(run, node.arguments)
    except DecimalException:
        return None


WORKS: dict[type[Node], Callable[[Run, Any], Any]] = {
    Literal: lambda _run, node: node.constant,
    Name: _name,
    Listed: lambda run, node: [run.value(item) for item in node.items],
    Unary: lambda run, node: UNARY[node.operator](run.value(node.operand)),
    Binary: _binary,
    Call: _call,
}
