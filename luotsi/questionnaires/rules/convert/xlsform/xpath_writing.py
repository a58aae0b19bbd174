"""Writes an expression as XPath, in the part of it that forms in spreadsheets use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.convert.printing import Untranslatable
from luotsi.questionnaires.rules.expressions import Binary, Call, Listed, Literal, Name, Node, Unary

COMPARED = {
    "equal": "=",
    "notequal": "!=",
    "less": "<",
    "lessorequal": "<=",
    "greater": ">",
    "greaterorequal": ">=",
}
RANKS = {"or": 1, "and": 2, **dict.fromkeys(COMPARED, 3), "plus": 4, "minus": 4, "times": 5, "divided": 5, "modulo": 5}
WORDS = {
    "or": "or",
    "and": "and",
    "plus": "+",
    "minus": "-",
    "times": "*",
    "divided": "div",
    "modulo": "mod",
    **COMPARED,
}
FUNCTIONS = {"iif": "if", "today": "today", "currentDate": "now", "round": "round", "min": "min", "max": "max"}
MULTIPLIED, ATOM = 6, 9


class Naming(Protocol):
    """How the names of a definition are called in the spreadsheet."""

    def path(self, name: Name) -> str:
        """Return the XPath of a name; raises Untranslatable where it has none."""

    def is_many(self, name: Name) -> bool:
        """Return True where the answer is a list of things chosen."""

    def column(self, table: Name, column: str) -> str:
        """Return the XPath of a column of a table; raises Untranslatable where there is none."""


def xpath(node: Node, naming: Naming) -> str:
    """Return an expression as XPath.

    Raises:
        Untranslatable: It cannot be said there.
    """
    return _Writing(naming).at(node, 0)


class _Writing:
    def __init__(self, naming: Naming) -> None:
        self.naming = naming

    def at(self, node: Node, least: int) -> str:
        rank, text = self.ranked(node)
        return text if rank >= least else f"({text})"

    def ranked(self, node: Node) -> tuple[int, str]:
        match node:
            case Binary(operator=operator) if operator in RANKS:
                return self.binary(node)
            case Binary():
                return self.chosen(node)
            case Unary(operator="negate", operand=operand):
                return ATOM, f"not({self.at(operand, 0)})"
            case Unary(operator=operator, operand=operand):
                sign = "=" if operator == "empty" else "!="
                return 3, f"{self.at(operand, 4)} {sign} ''"
            case Call():
                return self.call(node)
            case Name():
                return ATOM, self.naming.path(node)
            case Literal(constant=constant):
                return ATOM, literal(constant)
        raise Untranslatable("[…]")

    def binary(self, node: Binary) -> tuple[int, str]:
        operator, rank = node.operator, RANKS[node.operator]
        if operator == "plus" and any(_is_text(side) for side in (node.left, node.right)):
            return ATOM, f"concat({self.at(node.left, 0)}, {self.at(node.right, 0)})"
        sides = [self.side(node.left, node, rank), self.side(node.right, node, rank + 1)]
        return rank, f"{sides[0]} {WORDS[operator]} {sides[1]}"

    def side(self, side: Node, whole: Binary, rank: int) -> str:
        """Return one side: a blank counts as 0 in a sum, and true and false are values of a choice."""
        if whole.operator in COMPARED:
            other = whole.right if side is whole.left else whole.left
            if isinstance(side, Listed) or (isinstance(side, Name) and self.naming.is_many(side)):
                raise Untranslatable(whole.operator)
            if isinstance(side, Literal) and isinstance(side.constant, bool) and isinstance(other, Name):
                return "'true'" if side.constant else "'false'"
        if whole.operator in {"plus", "minus"} and isinstance(side, Name):
            return f"coalesce({self.naming.path(side)}, 0)"
        return self.at(side, rank)

    def chosen(self, node: Binary) -> tuple[int, str]:
        """Return what asks whether something was chosen."""
        forms: dict[str, Callable[[Node, Node], tuple[int, str]]] = {
            "contains": lambda left, right: self.each(left, right, "and"),
            "allof": lambda left, right: self.each(left, right, "and"),
            "anyof": lambda left, right: self.each(left, right, "or"),
        }
        if node.operator in forms:
            return forms[node.operator](node.left, node.right)
        if node.operator == "power":
            return ATOM, f"pow({self.at(node.left, 0)}, {self.at(node.right, 0)})"
        inner = {"notcontains": "contains", "noneof": "anyof"}.get(node.operator)
        if inner is None:
            raise Untranslatable(node.operator)
        return ATOM, f"not({forms[inner](node.left, node.right)[1]})"

    def each(self, left: Node, right: Node, word: str) -> tuple[int, str]:
        wanted = right.items if isinstance(right, Listed) else (right,)
        if not wanted or not isinstance(left, Name):
            raise Untranslatable("contains")
        path, many = self.naming.path(left), self.naming.is_many(left)
        single = word == "or" and isinstance(right, Listed)
        parts = [self.one(path, self.at(want, 0), many=many, single=single) for want in wanted]
        if len(parts) == 1:
            return ATOM if "(" in parts[0][:9] else 3, parts[0]
        return RANKS[word], f" {word} ".join(parts)

    def one(self, path: str, wanted: str, *, many: bool, single: bool) -> str:
        if many:
            return f"selected({path}, {wanted})"
        return f"{path} = {wanted}" if single else f"contains({path}, {wanted})"

    def call(self, node: Call) -> tuple[int, str]:
        arguments = node.arguments
        if node.function == "iif" and len(arguments) == 2:
            arguments = (*arguments, Literal(None))
        if node.function in FUNCTIONS and (node.function != "today" or not arguments):
            return ATOM, f"{FUNCTIONS[node.function]}({', '.join(self.at(part, 0) for part in arguments)})"
        if node.function == "trunc" and len(arguments) == 1:
            return ATOM, f"int({self.at(arguments[0], 0)})"
        if node.function == "sum" and arguments and all(isinstance(part, Name) for part in arguments):
            added = [f"coalesce({self.at(part, 0)}, 0)" for part in arguments]
            return (RANKS["plus"] if len(added) > 1 else ATOM), " + ".join(added)
        if node.function == "sumInArray" and len(arguments) == 2:
            table, column = arguments
            if isinstance(table, Name) and isinstance(column, Literal):
                return ATOM, f"sum({self.naming.column(table, str(column.constant))})"
        raise Untranslatable(node.function)


def _is_text(node: Node) -> bool:
    return isinstance(node, Literal) and isinstance(node.constant, str)


def literal(constant: object) -> str:
    """Return a constant as XPath has it.

    Raises:
        Untranslatable: A text with both kinds of quotation marks: there is no escape for them.
    """
    if constant is None:
        return "''"
    if isinstance(constant, bool):
        return "true()" if constant else "false()"
    if values.is_number(constant):
        return values.plain(constant)
    text = str(constant)
    if "'" in text and '"' in text:
        raise Untranslatable(text[:40])
    return f"'{text}'" if "'" not in text else f'"{text}"'
