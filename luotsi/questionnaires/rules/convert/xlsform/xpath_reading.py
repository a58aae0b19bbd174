"""Reads XPath, in the part of it that forms in spreadsheets use, as an expression; bounded in length and depth."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import reduce

from luotsi.questionnaires.rules.convert.printing import Untranslatable
from luotsi.questionnaires.rules.expressions import Binary, Call, Listed, Literal, Name, Node, Unary

LENGTH, DEPTH, LONGEST_NUMBER = 10_000, 60, 40
TOKEN = re.compile(
    r"\s*(?:(?P<name>\$\{[^{}]{1,200}\})|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<word>[A-Za-z_][\w.:-]*)|(?P<sign><=|>=|!=|[=<>+*(),-]|\.(?!\d)))",
    re.ASCII,
)
COMPARED = {
    "=": "equal",
    "!=": "notequal",
    "<": "less",
    "<=": "lessorequal",
    ">": "greater",
    ">=": "greaterorequal",
}
LEVELS: tuple[dict[str, str], ...] = (
    {"or": "or"},
    {"and": "and"},
    COMPARED,
    {"+": "plus", "-": "minus"},
    {"*": "times", "div": "divided", "mod": "modulo"},
)
Resolve = Callable[[str], Name]
Token = tuple[str, str]


def read_xpath(text: str, resolve: Resolve) -> Node:
    """Return the expression that an XPath is.

    Args:
        text: The XPath.
        resolve: Name of what `${name}` means, of `.` (the question itself) and of `name` (a choice, in a filter).

    Raises:
        Untranslatable: It makes no sense, or says something that has no counterpart.
    """
    if len(text) > LENGTH:
        raise Untranslatable(f"> {LENGTH}")
    reading = _Reading(_tokens(text), resolve)
    node = reading.level(0, 0)
    if reading.left:
        raise Untranslatable(reading.left[0][1])
    return node


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise Untranslatable(text[at : at + 20].strip())
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    if not found:
        raise Untranslatable("")
    return found


class _Reading:
    def __init__(self, tokens: list[Token], resolve: Resolve) -> None:
        self.left, self.resolve = tokens, resolve

    def take(self, text: str) -> bool:
        """Take the next token where it is this one."""
        if self.left and self.left[0][1] == text and self.left[0][0] != "text":
            self.left.pop(0)
            return True
        return False

    def need(self, text: str) -> None:
        if not self.take(text):
            raise Untranslatable(self.left[0][1] if self.left else text)

    def level(self, place: int, depth: int) -> Node:
        if depth > DEPTH:
            raise Untranslatable("((((")
        if place == len(LEVELS):
            return self.single(depth + 1)
        node, size = self.level(place + 1, depth), 0
        while self.left and self.left[0][0] != "text" and self.left[0][1] in LEVELS[place]:
            operator = LEVELS[place][self.left.pop(0)[1]]
            node, size = _joined(operator, node, self.level(place + 1, depth)), size + 1
            if node.depth > DEPTH + 30:
                raise Untranslatable("…")
        return node

    def single(self, depth: int) -> Node:
        if self.take("("):
            node = self.level(0, depth)
            self.need(")")
            return node
        if self.take("-"):
            node = self.single(depth + 1) if depth < DEPTH else Literal(None)
            if isinstance(node, Literal) and isinstance(node.constant, int | Decimal):
                return Literal(-node.constant)
            return Binary("minus", Literal(0), node)
        if not self.left:
            raise Untranslatable("…")
        kind, text = self.left.pop(0)
        if kind == "text":
            return Literal(text[1:-1])
        if kind == "number" and len(text) <= LONGEST_NUMBER:
            return Literal(Decimal(text) if "." in text else int(text))
        if kind == "name":
            return self.resolve(text[2:-1].strip())
        if text == "." or (kind == "word" and text == "name" and not (self.left and self.left[0][1] == "(")):
            return self.resolve(text)
        if kind == "word" and self.take("("):
            return _called(text, self.arguments(depth))
        raise Untranslatable(text)

    def arguments(self, depth: int) -> list[Node]:
        if self.take(")"):
            return []
        found = [self.level(0, depth)]
        while self.take(","):
            found.append(self.level(0, depth))
        self.need(")")
        return found


def _joined(operator: str, left: Node, right: Node) -> Node:
    """Return two sides together, as SurveyJS says it: `= ''` as empty, selected … or selected … as anyof."""
    if operator in {"equal", "notequal"}:
        for one, other in ((left, right), (right, left)):
            if other == Literal(""):
                return Unary("empty" if operator == "equal" else "notempty", one)
    if operator == "or" and (asked := _any_of(left, right)) is not None:
        return asked
    if operator in {"plus", "minus"}:
        left, right = _or_zero(left), _or_zero(right)
    return Binary(operator, left, right)


def _any_of(left: Node, right: Node) -> Node | None:
    match left, right:
        case Binary("contains", name, Literal() as first), Binary("contains", other, Literal() as second):
            return Binary("anyof", name, Listed((first, second))) if name == other else None
        case Binary("anyof", name, Listed(items)), Binary("contains", other, Literal() as last):
            return Binary("anyof", name, Listed((*items, last))) if name == other else None
    return None


def _or_zero(node: Node) -> Node:
    """Return what stands in `coalesce(x, 0)`: in a sum a blank is 0 anyway."""
    match node:
        case Call("iif", (Unary("notempty", Name() as asked), Name() as name, Literal(0))) if asked == name:
            return name
    return node


PLAIN = {"if": ("iif", 3), "today": ("today", 0), "now": ("currentDate", 0), "int": ("trunc", 1)}
SAME = {"round", "min", "max"}
THROUGH = {"number", "string", "date", "decimal-date-time", "boolean"}


def _called(function: str, arguments: list[Node]) -> Node:
    """Return the call of a function, as SurveyJS has it.

    Raises:
        Untranslatable: It has none that does the same.
    """
    count = len(arguments)
    if function in PLAIN and count == PLAIN[function][1]:
        return Call(PLAIN[function][0], tuple(arguments))
    if function in SAME and arguments and (function != "round" or count <= 2):
        return Call(function, tuple(arguments))
    if function in {"true", "false"} and not arguments:
        return Literal(function == "true")
    if function in THROUGH and count == 1:
        return arguments[0]
    node = _of_names(function, arguments) or _of_values(function, arguments)
    if node is None:
        raise Untranslatable(f"{function}()")
    return node


def _of_names(function: str, arguments: list[Node]) -> Node | None:
    """Return what counts or adds up what a name stands for."""
    match function, arguments:
        case (("string-length" | "count" | "count-selected"), [Name(text) as name]):
            return Name(f"{text}.length", name.as_is, (*name.path, "length"))
        case "sum", [Name(path=(str(table), "*", str(column)))]:
            return Call("sumInArray", (Name(table, path=(table,)), Literal(column)))
    return None


def _of_values(function: str, arguments: list[Node]) -> Node | None:
    """Return what an operator of SurveyJS does."""
    match function, arguments:
        case "not", [Binary("contains", left, right)]:
            return Binary("notcontains", left, right)
        case "not", [Binary("anyof", left, right)]:
            return Binary("noneof", left, right)
        case "not", [operand]:
            return Unary("negate", operand)
        case (("selected" | "contains"), [left, right]):
            return Binary("contains", left, right)
        case "pow", [left, right]:
            return Binary("power", left, right)
        case "coalesce", [first, second]:
            return Call("iif", (Unary("notempty", first), first, second))
        case "concat", [first, second, *others]:
            return reduce(lambda joined, other: Binary("plus", joined, other), others, Binary("plus", first, second))
    return None
