"""Where an expression looks names up, and how much work it may take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from luotsi.questionnaires.rules.expressions.nodes import Name, Node

STEPS = 500_000  # of one evaluation of a whole questionnaire
SIGNS = 100_000  # of a text that is joined on the way
ITEMS = 10_000  # of a list that is joined on the way


class Exhausted(Exception):
    """The work that one evaluation may take is used up."""


class Budget:
    """Counts work: nodes worked out, items looked at, signs joined."""

    __slots__ = ("left",)

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        """Take steps.

        Raises:
            Exhausted: There are none left.
        """
        self.left -= steps
        if self.left < 0:
            raise Exhausted


class Scope(Protocol):
    """Where names are looked up, and which moment it is."""

    @property
    def now(self) -> datetime:
        """The moment of the evaluation, in the time of the place, without a zone."""

    def value_of(self, name: Name) -> Any:
        """Return the value of a name, None where there is none."""

    def display_of(self, name: str, value: Any) -> Any:
        """Return what is shown for the answer to a question, or for a value of it where one is given."""

    def within(self, item: Mapping[str, Any]) -> Scope:
        """Return the scope of one row: its values, and those of nothing else."""


class Worker(Protocol):
    """What works nodes out; functions get one, for some of them want an argument unworked."""

    scope: Scope
    budget: Budget

    def value(self, node: Node) -> Any:
        """Return what a node comes to."""

    def inside(self, item: Mapping[str, Any]) -> Worker:
        """Return a worker for one row, at the same cost."""
