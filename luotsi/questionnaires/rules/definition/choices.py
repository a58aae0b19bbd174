"""Reads what questions hold beside themselves: choices, rows, validators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.definition.elements import Choice, Validator
from luotsi.questionnaires.rules.definition.source import Source

VALIDATORS = {
    "numeric": "numeric",
    "text": "text",
    "regex": "regex",
    "email": "email",
    "answercount": "answercount",
    "expression": "expression",
}


def choices_of(source: Source, key: str) -> tuple[Choice, ...]:
    """Return choices, rows or columns: plain values, or objects with value (or name) and text (or title)."""
    found: list[Choice] = []
    known: set[str] = set()
    for at, item in source.each(key, source.book.limits.choices):
        if (choice := _choice(source, at, item)) is None:
            continue
        told = f"{type(choice.value).__name__} {choice.value}"
        if told in known:
            source.book.note(at, "choice.twice", value=str(choice.value)[:40])
            continue
        known.add(told)
        found.append(choice)
    return tuple(found)


def _choice(source: Source, at: str, item: Any) -> Choice | None:
    if not isinstance(item, Mapping):
        if values.is_empty(item) or not _is_scalar(item):
            source.book.note(at, "choice.value")
            return None
        return Choice(at=at, value=item)
    part = Source(item, at, source.book)
    value = part.take("value")
    name = part.take("name")
    value = name if values.is_empty(value) else value
    if values.is_empty(value) or not _is_scalar(value):
        source.book.note(at, "choice.value")
        return None
    title, text = part.localised("title"), part.localised("text")
    return Choice(
        value=value,
        text=text or title,
        visible_if=part.expression("visibleIf"),
        enable_if=part.expression("enableIf"),
        required_if=part.expression("requiredIf"),
        **part.marks(),
    )


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | bool) or values.is_number(value)


def validators_of(source: Source) -> tuple[Validator, ...]:
    """Return the checks of a question."""
    found = []
    for part in source.sources("validators", source.book.limits.validators):
        word = part.text("type").removesuffix("validator")
        if word not in VALIDATORS:
            part.book.note(part.at, "validator.unknown", kind=word[:40])
            continue
        found.append(_validator(part, word))
    return tuple(found)


def _validator(part: Source, kind: str) -> Validator:
    least, most = {
        "numeric": ("minValue", "maxValue"),
        "text": ("minLength", "maxLength"),
        "answercount": ("minCount", "maxCount"),
    }.get(kind, ("", ""))
    pattern = part.text("regex") if kind == "regex" else ""
    if pattern:
        part.book.patterns.append((part.place("regex"), pattern))
    return Validator(
        kind=kind,
        text=part.localised("text"),
        minimum=part.number(least) if least else None,
        maximum=part.number(most) if most else None,
        allow_digits=part.flag("allowDigits", default=True) if kind == "text" else True,
        pattern=pattern,
        ignore_case=part.flag("caseInsensitive") if kind == "regex" else False,
        expression=part.expression("expression") if kind == "expression" else "",
        **part.marks(),
    )
