"""Reads an expression by its grammar; bounded in length and depth, and kept once it was read."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luotsi.questionnaires.rules.expressions.fault import ExpressionError
from luotsi.questionnaires.rules.expressions.nodes import Name, Node, nodes_in

if TYPE_CHECKING:
    from lark import Lark

GRAMMAR = Path(__file__).with_name("grammar.lark")
LENGTH = 10_000


@lru_cache(maxsize=20_000)
def parse(text: str) -> Node:
    """Return the expression that a text is.

    Raises:
        ExpressionError: It makes no sense, is too long or too deep, or calls a function that there is not.
    """
    if len(text) > LENGTH:
        raise ExpressionError("too_long", limit=LENGTH)
    from lark.exceptions import UnexpectedInput, VisitError

    try:
        node: Any = _parser().parse(text)
    except UnexpectedInput as fault:
        place: Any = fault.pos_in_stream
        column = (place if isinstance(place, int) and place >= 0 else len(text)) + 1
        raise ExpressionError("unreadable", column) from None
    except VisitError as fault:
        if isinstance(fault.orig_exc, ExpressionError):
            raise fault.orig_exc from None
        raise
    assert isinstance(node, Node)  # noqa: S101 - the grammar makes nothing else
    return node


def names_in(node: Node) -> tuple[Name, ...]:
    """Return the names that an expression looks up, each once, in the order in which they are written."""
    return tuple(dict.fromkeys(part for part in nodes_in(node) if isinstance(part, Name)))


@lru_cache(maxsize=1)
def _parser() -> Lark:
    from lark import Lark

    from luotsi.questionnaires.rules.expressions.making import Making

    grammar = GRAMMAR.read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=Making(), maybe_placeholders=False)
