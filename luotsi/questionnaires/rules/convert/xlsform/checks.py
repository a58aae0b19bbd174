"""Limits and validators of a question as one constraint of the spreadsheet, and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.convert.printing import Untranslatable, printed
from luotsi.questionnaires.rules.convert.xlsform.form import Row, said
from luotsi.questionnaires.rules.convert.xlsform.naming import Place
from luotsi.questionnaires.rules.convert.xlsform.xpath_reading import Resolve, read_xpath
from luotsi.questionnaires.rules.convert.xlsform.xpath_writing import literal, xpath
from luotsi.questionnaires.rules.definition import ChoiceQuestion, Question, TextQuestion, Validator
from luotsi.questionnaires.rules.expressions import Binary, ExpressionError, Node, parse

EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"


def constraint_of(question: Question, place: Place, bounds: tuple[Any, Any]) -> Row:
    """Return constraint and message of a question; what cannot be said is left out."""
    parts = [part for part in _limits(question, bounds) if part]
    texts = [check.text for check in question.validators if check.text]
    for check in question.validators:
        try:
            parts += [_wrapped(part) for part in _check(check, place)]
        except (Untranslatable, ExpressionError):
            continue
    if not parts:
        return {}
    message = said("constraint_message", texts[0]) if texts else {}
    return {"constraint": " and ".join(dict.fromkeys(parts)), **message}


def _wrapped(part: str) -> str:
    return f"({part})" if " or " in part else part


def _limits(question: Question, bounds: tuple[Any, Any]) -> Iterator[str]:
    least, most = bounds
    if isinstance(question, TextQuestion):
        yield f". >= {_bound(least, question)}" if least is not None else ""
        yield f". <= {_bound(most, question)}" if most is not None else ""
        yield f"string-length(.) <= {question.max_length}" if question.max_length is not None else ""
    if isinstance(question, ChoiceQuestion):
        yield f"count-selected(.) >= {question.minimum}" if question.minimum else ""
        yield f"count-selected(.) <= {question.maximum}" if question.maximum else ""


def _bound(value: Any, question: TextQuestion) -> str:
    return f"date('{value}')" if question.input_type == "date" and isinstance(value, str) else literal(value)


def _check(check: Validator, place: Place) -> Iterator[str]:
    names = {"numeric": ".", "text": "string-length(.)", "answercount": "count-selected(.)"}
    if check.kind in names:
        subject = names[check.kind]
        for sign, limit in ((">=", check.minimum), ("<=", check.maximum)):
            if limit is not None:
                yield f"{subject} {sign} {values.plain(limit)}"
    elif check.kind == "regex":
        yield f"regex(., {literal(check.pattern)})"
    elif check.kind == "email":
        yield f"regex(., {literal(EMAIL)})"
    elif check.expression:
        yield xpath(parse(check.expression), place)


@dataclass
class Constraint:
    """What a constraint says: bounds, length, count, patterns, and what else must be true."""

    keys: dict[str, Any] = field(default_factory=dict)
    validators: list[dict[str, Any]] = field(default_factory=list)


def constraint_in(text: str, kind: str, resolve: Resolve, message: Any) -> Constraint:
    """Return what a constraint of a row says of a question of a kind (text, number, date, choice).

    Raises:
        Untranslatable: It cannot be said in a definition.
    """
    found, rest = Constraint(), []
    for part in _parts(text):
        if (pattern := _pattern(part)) is not None:
            found.validators.append({"type": "regex", "regex": pattern})
            continue
        node = read_xpath(part, resolve)
        if not _is_limit(node, kind, resolve, found):
            rest.append(node)
    if rest:
        whole = rest[0]
        for node in rest[1:]:
            whole = Binary("and", whole, node)
        found.validators.append({"type": "expression", "expression": printed(whole)})
    if message and found.validators:
        found.validators[0]["text"] = message
    elif message:
        found.keys |= {f"{name}ErrorText": message for name in ("min", "max") if name in found.keys}
    return found


def _parts(text: str) -> list[str]:
    """Return what is joined by `and` at the outermost level."""
    found, depth, quote, start, at = [], 0, "", 0, 0
    while at < len(text):
        sign = text[at]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif depth == 0 and text[at : at + 5].lower() == " and ":
            found.append(text[start:at])
            start, at = at + 5, at + 4
        at += 1
    return [part.strip() for part in [*found, text[start:]]]


def _pattern(part: str) -> str | None:
    """Return the pattern of `regex(., '…')`."""
    head = part.replace(" ", "")
    if not head.startswith("regex(.,") or not part.endswith(")"):
        return None
    text = part[part.index(",") + 1 : -1].strip()
    closed = len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" and text[0] not in text[1:-1]
    return text[1:-1] if closed else None


def _is_limit(node: Node, kind: str, resolve: Resolve, found: Constraint) -> bool:
    """Keep a comparison of the answer, its length or its count with a constant; False where it is none."""
    if not isinstance(node, Binary) or node.operator not in {"greaterorequal", "lessorequal"}:
        return False
    constant, own = getattr(node.right, "constant", None), resolve(".")
    is_least = node.operator == "greaterorequal"
    if node.left == own and kind in {"number", "date"}:
        wanted = values.is_number(constant) if kind == "number" else isinstance(constant, str)
        key = "min" if is_least else "max"
        return wanted and _kept(found.keys, key, constant)
    if not values.is_number(constant) or constant != int(constant or 0) or constant < 0:
        return False
    length = getattr(node.left, "text", "") == f"{own.text}.length"
    if length and kind == "choice":
        return _kept(found.keys, "minSelectedChoices" if is_least else "maxSelectedChoices", int(constant))
    if length and kind == "text" and is_least:
        found.validators.append({"type": "text", "minLength": int(constant)})
        return True
    return bool(length and kind == "text" and constant > 0 and _kept(found.keys, "maxLength", int(constant)))


def _kept(keys: dict[str, Any], key: str, value: Any) -> bool:
    """Keep a limit, the first of its kind; a second one is no limit but a check."""
    if key in keys:
        return False
    keys[key] = value
    return True
