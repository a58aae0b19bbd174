"""What a function of expressions is: how many arguments it takes, and what it makes of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from luotsi.questionnaires.rules.expressions.nodes import Node
from luotsi.questionnaires.rules.expressions.scope import Worker

MANY = 100


@dataclass(frozen=True)
class Function:
    """A function: its least and greatest number of arguments, and what works it out from the unworked arguments."""

    least: int
    most: int
    work: Callable[[Worker, tuple[Node, ...]], Any]


def of_values(least: int, most: int, made: Callable[..., Any]) -> Function:
    """Return a function of the values of its arguments."""

    def work(worker: Worker, arguments: tuple[Node, ...]) -> Any:
        return made(*(worker.value(argument) for argument in arguments))

    return Function(least, most, work)


def flat(worker: Worker, arguments: tuple[Node, ...]) -> list[Any]:
    """Return the values of all arguments, lists opened, nothing left out but nothing."""
    found: list[Any] = []
    waiting = [worker.value(argument) for argument in reversed(arguments)]
    while waiting:
        here = waiting.pop()
        worker.budget.spend()
        if isinstance(here, list):
            waiting.extend(reversed(here))
        elif here is not None:
            found.append(here)
    return found
