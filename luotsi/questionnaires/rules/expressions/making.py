"""Makes the nodes of an expression while it is read, so that nothing runs down a deep tree afterwards."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from lark import Token, Transformer

from luotsi.questionnaires.rules.expressions.fault import ExpressionError
from luotsi.questionnaires.rules.expressions.functions import FUNCTIONS
from luotsi.questionnaires.rules.expressions.nodes import Binary, Call, Listed, Literal, Name, Node, Unary

DEPTH = 100
LONGEST_NUMBER = 60
STEP = re.compile(r"\[(-?\d{1,6})\]|\.?([^.\[\]]+)")
OPERATORS = {
    "OR": "or",
    "AND": "and",
    "EQUAL": "equal",
    "NOTEQUAL": "notequal",
    "LESSOREQUAL": "lessorequal",
    "GREATEROREQUAL": "greaterorequal",
    "LESS": "less",
    "GREATER": "greater",
    "PLUS": "plus",
    "MINUS": "minus",
    "TIMES": "times",
    "DIVIDED": "divided",
    "MODULO": "modulo",
    "POWER": "power",
    "CONTAINS": "contains",
    "NOTCONTAINS": "notcontains",
    "ANYOF": "anyof",
    "ALLOF": "allof",
    "NONEOF": "noneof",
    "NEGATE": "negate",
    "EMPTY": "empty",
    "NOTEMPTY": "notempty",
}


class Making(Transformer[Token, Node]):
    """One method for each rule of the grammar that makes a node."""

    def binary(self, parts: list[Any]) -> Node:
        """Return the node of a rule of the grammar."""
        left, operator, right = parts
        return _bounded(Binary(OPERATORS[operator.type], left, right), operator.column)

    def before(self, parts: list[Any]) -> Node:
        """Return the node of a rule of the grammar."""
        return _bounded(Unary(OPERATORS[parts[0].type], parts[1]), parts[0].column)

    def behind(self, parts: list[Any]) -> Node:
        """Return the node of a rule of the grammar."""
        return Unary(OPERATORS[parts[1].type], parts[0])

    def call(self, parts: list[Any]) -> Node:
        """Return the node of a rule of the grammar."""
        return _call(parts[0], tuple(part for part in parts[1:] if part is not None))

    def listed(self, parts: list[Any]) -> Node:
        """Return the node of a rule of the grammar."""
        return _bounded(Listed(tuple(part for part in parts if part is not None)), 1)

    def number(self, parts: list[Any]) -> Node:
        """Return the node of a rule of the grammar."""
        return Literal(_number(parts[0]))

    def text(self, parts: list[Any]) -> Node:
        """Return the node of a rule of the grammar."""
        return Literal(parts[0][1:-1].replace("\\'", "'").replace('\\"', '"'))

    def name(self, parts: list[Any]) -> Node:
        """Return the node of a rule of the grammar."""
        return _name(parts[0])

    def nothing(self, _parts: list[Any]) -> Node:
        """Return the node of a rule of the grammar."""
        return Literal(None)

    def truth(self, parts: list[Any]) -> Node:
        """Return the node of a rule of the grammar."""
        return Literal(parts[0].lower() == "true")

    def word(self, parts: list[Any]) -> Node:
        """Return the node of a rule of the grammar."""
        return Literal(str(parts[0]))


def _bounded(node: Node, column: int) -> Node:
    if node.depth > DEPTH:
        raise ExpressionError("too_deep", column, limit=DEPTH)
    return node


def _number(token: Any) -> Decimal | int:
    if len(token) > LONGEST_NUMBER:
        raise ExpressionError("unreadable", token.column)
    if "0x" in token:
        return int(token, 16)
    return Decimal(token) if "." in token else int(token)


def _name(token: Any) -> Name:
    text = str(token)[1:-1]
    as_is = len(text) > 1 and text[0] == "#"
    text = text[1:] if as_is else text
    if text.startswith("$") and not text.startswith("$item."):
        raise ExpressionError("property", token.column, name=text[:40])
    path = tuple(int(number) if number else step for number, step in STEP.findall(text))
    return Name(text, as_is, path)


def _call(token: Any, arguments: tuple[Node, ...]) -> Node:
    function = FUNCTIONS.get(str(token))
    if function is None:
        raise ExpressionError("function.unknown", token.column, name=str(token)[:40])
    if not function.least <= len(arguments) <= function.most:
        raise ExpressionError("function.arguments", token.column, name=str(token))
    return _bounded(Call(str(token), arguments), token.column)
