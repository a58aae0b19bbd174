"""Writes an expression, once it was read, in the grammar of SurveyJS again; reading it gives the same expression."""

from __future__ import annotations

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.expressions import Binary, Call, Listed, Literal, Name, Node, Unary

SIGNS = {
    "or": (1, "or"),
    "and": (2, "and"),
    "equal": (3, "="),
    "notequal": (3, "<>"),
    "less": (3, "<"),
    "lessorequal": (3, "<="),
    "greater": (3, ">"),
    "greaterorequal": (3, ">="),
    "plus": (4, "+"),
    "minus": (4, "-"),
    "times": (5, "*"),
    "divided": (5, "/"),
    "modulo": (5, "%"),
    "power": (6, "^"),
    "contains": (7, "contains"),
    "notcontains": (7, "notcontains"),
    "anyof": (7, "anyof"),
    "allof": (7, "allof"),
    "noneof": (7, "noneof"),
}
SINGLE, ATOM = 8, 9


class Untranslatable(ValueError):
    """Something in an expression cannot be said in the other language; the text tells what."""


def printed(node: Node) -> str:
    """Return an expression as text.

    Raises:
        Untranslatable: It holds a text that the grammar cannot write.
    """
    return _written(node, 0)


def _written(node: Node, least: int) -> str:
    rank, text = _ranked(node)
    return text if rank >= least else f"({text})"


def _ranked(node: Node) -> tuple[int, str]:
    match node:
        case Binary(operator=operator, left=left, right=right):
            rank, sign = SIGNS[operator]
            return rank, f"{_written(left, rank)} {sign} {_written(right, rank + 1)}"
        case Unary(operator="negate", operand=operand):
            return SINGLE, f"!{_written(operand, SINGLE)}"
        case Unary(operator=operator, operand=operand):
            return SINGLE, f"{_written(operand, ATOM)} {operator}"
        case Call(function=function, arguments=arguments):
            return ATOM, f"{function}({', '.join(_written(part, 0) for part in arguments)})"
        case Listed(items=items):
            return ATOM, f"[{', '.join(_written(item, 0) for item in items)}]"
        case Name(text=text, as_is=as_is):
            return ATOM, f"{{{'#' if as_is else ''}{text}}}"
        case Literal(constant=constant):
            return ATOM, _literal(constant)
    raise Untranslatable(type(node).__name__)


def _literal(constant: object) -> str:
    if constant is None:
        return "null"
    if isinstance(constant, bool):
        return "true" if constant else "false"
    if values.is_number(constant):
        return values.plain(constant)
    text = str(constant)
    if text.endswith("\\") or "\\'" in text or '\\"' in text:
        raise Untranslatable(text[:40])
    if "'" not in text:
        return f"'{text}'"
    return f'"{text}"' if '"' not in text else "'" + text.replace("'", "\\'") + "'"
