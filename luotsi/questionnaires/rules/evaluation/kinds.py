"""What an answer must be for its kind of question: its type, its choices, its bounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import time
from typing import Any

from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.counting import characters
from luotsi.questionnaires.rules.definition import LIMITS
from luotsi.questionnaires.rules.evaluation.running import Entry, settled
from luotsi.questionnaires.rules.evaluation.validators import is_email
from luotsi.questionnaires.rules.expressions.coercion import as_number, as_text, moment_in, number_in
from luotsi.questionnaires.rules.texts import NO_TEXT, Localised

Told = tuple[str, Localised, dict[str, object]]
SPECIAL = (
    ("shows_other", "other"),
    ("shows_none", "none"),
    ("shows_refuse", "refused"),
    ("shows_dont_know", "dontknow"),
)
MONTH, WEEK = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII), re.compile(r"\d{4}-W[0-5]\d", re.ASCII)


def wrong(wanted: str) -> Told:
    """Return that a value is not of its kind."""
    return "type", NO_TEXT, {"wanted": wanted}


def text(entry: Entry, value: Any) -> Iterator[Told]:
    """Check a line or a field of text."""
    question = entry.item.question
    if not isinstance(question, d.TextQuestion):
        return
    if question.is_number:
        number = number_in(value) if isinstance(value, str) else value
        if not values.is_number(number):
            yield wrong("number")
            return
    elif not isinstance(value, str) and (question.is_time or not values.is_number(value)):
        yield wrong("text")
        return
    if question.is_time and not _is_time(question.input_type, value):
        yield wrong(question.input_type)
        return
    if question.input_type == "email" and not is_email(as_text(value)):
        yield "email", NO_TEXT, {}
    yield from _bounds(entry, question, value)
    count = characters(as_text(value))
    if question.max_length is not None and count > question.max_length:
        yield "length.max", NO_TEXT, {"limit": question.max_length, "count": count}


def _is_time(kind: str, value: str) -> bool:
    if kind == "month":
        return MONTH.fullmatch(value) is not None
    if kind == "week":
        return WEEK.fullmatch(value) is not None
    if kind == "time":
        return _clock(value) is not None
    return moment_in(value) is not None and (kind != "date" or len(value) == 10)


def _clock(value: str) -> time | None:
    try:
        return time.fromisoformat(value) if len(value) in {5, 8} else None
    except ValueError:
        return None


def _bounds(entry: Entry, question: d.TextQuestion, value: Any) -> Iterator[Told]:
    if not (question.is_number or question.is_time):
        return
    item, group = entry.item, entry.group
    least = question.minimum if item.least is None else entry.run.work(item.least, group)
    most = question.maximum if item.most is None else entry.run.work(item.most, group)
    for bound, code, words, sign in (
        (least, "value.min", question.min_text, 1),
        (most, "value.max", question.max_text, -1),
    ):
        if values.is_empty(bound):
            continue
        here, there = _measured(question, value), _measured(question, bound)
        if here is not None and there is not None and (here < there if sign > 0 else here > there):
            yield code, words, {"limit": settled(bound), "value": value}


def _measured(question: d.TextQuestion, value: Any) -> Any:
    if question.is_number:
        return as_number(value)
    if question.input_type == "time":
        return _clock(value) if isinstance(value, str) else None
    if question.input_type == "week":
        return value if isinstance(value, str) else None
    return moment_in(value)


def choice(entry: Entry, value: Any) -> Iterator[Told]:
    """Check what is chosen against what can be chosen now."""
    question = entry.item.question
    if not isinstance(question, d.ChoiceQuestion):
        return
    if isinstance(value, list) is not question.is_many:
        yield wrong("list" if question.is_many else "value")
        return
    chosen = value if isinstance(value, list) else [value]
    if any(isinstance(one, list | dict) for one in chosen):
        yield wrong("value")
        return
    special = [word for field, word in SPECIAL if getattr(question, field)]
    can, locked = entry.options(), entry.locked_options()
    allowed = {as_text(one) for one in can} - locked
    for one in chosen:
        if one not in special and as_text(one) not in allowed:
            yield "choice.unknown", NO_TEXT, {"value": as_text(one)[:80]}
    if question.is_many:
        yield from _counts(question, chosen)


def _counts(question: d.ChoiceQuestion, chosen: list[Any]) -> Iterator[Told]:
    if len({as_text(one) for one in chosen}) != len(chosen):
        yield "choice.twice", NO_TEXT, {}
    if len(chosen) > 1 and {"none", "refused", "dontknow"} & {
        word for field, word in SPECIAL if getattr(question, field) and word in chosen
    }:
        yield "choice.alone", NO_TEXT, {}
    if question.minimum and len(chosen) < question.minimum:
        yield "count.min", NO_TEXT, {"limit": question.minimum, "count": len(chosen)}
    if question.maximum and len(chosen) > question.maximum:
        yield "count.max", NO_TEXT, {"limit": question.maximum, "count": len(chosen)}


def boolean(entry: Entry, value: Any) -> Iterator[Told]:
    """Check a yes or no."""
    question = entry.item.question
    if isinstance(question, d.BooleanQuestion) and not (
        values.same(value, question.value_true) or values.same(value, question.value_false)
    ):
        yield wrong("flag")


def rating(entry: Entry, value: Any) -> Iterator[Told]:
    """Check a step on a scale."""
    question = entry.item.question
    if not isinstance(question, d.RatingQuestion):
        return
    if isinstance(value, list | dict):
        yield wrong("value")
    elif as_text(value) not in {as_text(step.value) for step in question.steps}:
        yield "choice.unknown", NO_TEXT, {"value": as_text(value)[:80]}


def matrix(entry: Entry, value: Any) -> Iterator[Told]:
    """Check the choices of rows."""
    question = entry.item.question
    if not isinstance(question, d.MatrixQuestion):
        return
    if not isinstance(value, dict):
        yield wrong("object")
        return
    columns = {as_text(column.value) for column in question.columns}
    known = {as_text(row.value) for row in question.rows}
    for row, told in value.items():
        if row not in known:
            yield "row.unknown", NO_TEXT, {"row": row[:80]}
        elif not values.is_empty(told) and (isinstance(told, list | dict) or as_text(told) not in columns):
            yield "choice.unknown", NO_TEXT, {"value": as_text(told)[:80], "row": row}
    yield from rows_of_matrix(entry, question, value)


def rows_of_matrix(entry: Entry, question: d.MatrixQuestion, value: Any) -> Iterator[Told]:
    """Check that each row on view is answered, and that no two are answered alike, where that is wanted."""
    given = value if isinstance(value, dict) else {}
    told = [given.get(as_text(row)) for row in entry.options()]
    if question.each_row_required and any(values.is_empty(one) for one in told):
        yield "rows.required", NO_TEXT, {}
    answered = [as_text(one) for one in told if not values.is_empty(one)]
    if question.each_row_unique and len(set(answered)) != len(answered):
        yield "rows.unique", NO_TEXT, {}


def table(entry: Entry, value: Any) -> Iterator[Told]:
    """Check the shape of a table or repetition, how many rows it has and whether its keys are given once."""
    question, given = entry.item.question, entry.begun
    fixed = question.kind is d.Kind.MATRIXDROPDOWN
    if not values.is_empty(given) and not isinstance(given, dict if fixed else list):
        yield wrong("object" if fixed else "list")
        return
    rows = given.values() if isinstance(given, dict) else given or ()
    if any(not isinstance(row, dict) and not values.is_empty(row) for row in rows):
        yield wrong("object")
    if fixed:
        known = {as_text(option.choice.value) for option in entry.item.options}
        for row in given or ():
            if row not in known:
                yield "row.unknown", NO_TEXT, {"row": row[:80]}
    else:
        most = question.max_rows if isinstance(question, d.TableQuestion) else getattr(question, "max_panels", 0)
        if len(rows) > min(most, LIMITS.rows):
            yield "rows.max", NO_TEXT, {"limit": min(most, LIMITS.rows), "count": len(rows)}


def file(entry: Entry, value: Any) -> Iterator[Told]:
    """Check files: their names and how many; their bytes are no part of an answer."""
    question = entry.item.question
    if not isinstance(question, d.FileQuestion):
        return
    if not isinstance(value, list) or any(not isinstance(one, dict) for one in value):
        yield wrong("files")
        return
    if any(not isinstance(one.get("name"), str) or not one["name"].strip() for one in value):
        yield "file.name", NO_TEXT, {}
    if any(str(one.get("content", "")).startswith("data:") for one in value):
        yield "file.content", NO_TEXT, {}
    most = question.max_files if question.many else 1
    if len(value) > most:
        yield "count.max", NO_TEXT, {"limit": most, "count": len(value)}
    for one in value:
        size = one.get("size")
        if question.max_bytes and values.is_number(size) and size > question.max_bytes:
            yield "file.size", NO_TEXT, {"limit": question.max_bytes, "name": str(one.get("name"))[:80]}


KINDS: dict[d.Kind, Callable[[Entry, Any], Iterator[Told]]] = {
    d.Kind.TEXT: text,
    d.Kind.COMMENT: text,
    d.Kind.RADIOGROUP: choice,
    d.Kind.DROPDOWN: choice,
    d.Kind.CHECKBOX: choice,
    d.Kind.TAGBOX: choice,
    d.Kind.BOOLEAN: boolean,
    d.Kind.RATING: rating,
    d.Kind.MATRIX: matrix,
    d.Kind.MATRIXDROPDOWN: table,
    d.Kind.MATRIXDYNAMIC: table,
    d.Kind.PANELDYNAMIC: table,
    d.Kind.FILE: file,
}
