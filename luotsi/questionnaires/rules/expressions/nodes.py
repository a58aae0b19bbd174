"""What an expression is made of once it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Node:
    """Anything that comes to a value; `depth` tells how deep it is nested."""

    depth: int = field(default=1, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "depth", 1 + max((part.depth for part in self.parts), default=0))

    @property
    def parts(self) -> tuple[Node, ...]:
        """The nodes directly in it."""
        return ()


@dataclass(frozen=True)
class Literal(Node):
    """A number, a text, true or false, or nothing, as it was written."""

    constant: Any


@dataclass(frozen=True)
class Name(Node):
    """A name in braces: {a}, {a.b}, {a[0].b}, {panel.b}.

    Attributes:
        text: What stands between the braces, without `#`.
        as_is: True with `#`: a text stays a text, even one that looks like a number.
        path: The name cut at points and brackets: texts, and numbers of items.
    """

    text: str
    as_is: bool = False
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True)
class Listed(Node):
    """Values in brackets."""

    items: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The items."""
        return self.items


@dataclass(frozen=True)
class Unary(Node):
    """Something about one value: negate, empty, notempty."""

    operator: str
    operand: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """The operand."""
        return (self.operand,)


@dataclass(frozen=True)
class Binary(Node):
    """Something about two values."""

    operator: str
    left: Node
    right: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """Both operands."""
        return (self.left, self.right)


@dataclass(frozen=True)
class Call(Node):
    """A function and its arguments."""

    function: str
    arguments: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The arguments."""
        return self.arguments


def nodes_in(node: Node) -> Iterator[Node]:
    """Yield a node and every node in it, in the order in which they are written."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(here.parts))
