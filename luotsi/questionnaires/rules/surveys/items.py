"""The items of a questionnaire: what is counted of its answers, and whether two versions ask the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.filling.reading import key_of, specials
from luotsi.questionnaires.rules.texts import NO_TEXT, Localised

CHOSEN = frozenset({d.Kind.RADIOGROUP, d.Kind.DROPDOWN, d.Kind.CHECKBOX, d.Kind.TAGBOX, d.Kind.RATING})
SCALES = frozenset({d.Kind.MATRIX, d.Kind.RATING})
BACKGROUND = "background"
PLAIN = frozenset({"text", "number", "range"})


@dataclass(frozen=True)
class Item:
    """One thing that is counted.

    Attributes:
        name: Of the question, with the row of a matrix as name.row.
        kind: "choice", "number" or "text".
        title: What is asked.
        page: Name of the page it stands on.
        options: Values and words that can be chosen; `numbers` of them where all are numbers.
        signature: Equal exactly where version and wording of the item are the same.
        role: What the item means, from our semantics; items with a role are offered to be counted.
        personal: True where the definition marks it as personal data.
        background: True where it asks who somebody is rather than what they think: with the role "background", or
            without a role where it is no scale.
    """

    name: str
    question: str
    row: str
    kind: str
    title: Localised
    page: str
    options: tuple[tuple[Any, Localised], ...]
    numbers: tuple[Decimal, ...]
    signature: str
    role: str
    personal: bool
    background: bool

    @property
    def has_mean(self) -> bool:
        """True where answers are numbers."""
        return self.kind == "number" or bool(self.numbers)


def items_of(definition: d.Definition) -> tuple[Item, ...]:
    """Return the items in order; what cannot be counted (tables, repetitions, files, mail addresses) is none."""
    found: list[Item] = []
    for page in definition.pages:
        for element in d.walk((page,)):
            if isinstance(element, d.Question):
                found += _items(element, page.name)
    return tuple(found)


def _items(question: Any, page: str) -> Iterator[Item]:
    kind: d.Kind = question.kind
    if kind is d.Kind.MATRIX:
        options = tuple((one.value, one.text) for one in question.columns)
        for row in question.rows:
            marks = {**question.x, **row.x}
            name, above = key_of(row.value), question.title
            yield _item(question.name, name, "choice", row.text, page, options, marks, above, scale=True)
    elif kind is d.Kind.BOOLEAN:
        options = ((question.value_true, question.label_true), (question.value_false, question.label_false))
        yield _item(question.name, "", "choice", question.title, page, options, question.x)
    elif kind in CHOSEN:
        steps = question.steps if kind is d.Kind.RATING else question.choices
        options = tuple((one.value, one.text) for one in steps)
        if kind is not d.Kind.RATING:
            options += tuple((word, NO_TEXT) for word in specials(question))
        scale = kind in SCALES
        yield _item(question.name, "", "choice", question.title, page, options, question.x, scale=scale)
    elif kind is d.Kind.COMMENT or (kind is d.Kind.TEXT and question.input_type in PLAIN):
        told = "number" if kind is d.Kind.TEXT and question.is_number else "text"
        yield _item(question.name, "", told, question.title, page, (), question.x)


def _item(
    question: str,
    row: str,
    kind: str,
    title: Localised,
    page: str,
    options: tuple[tuple[Any, Localised], ...],
    marks: Mapping[str, Any],
    above: Localised = NO_TEXT,
    *,
    scale: bool = False,
) -> Item:
    wording = repr((kind, _said(title), _said(above), [(_key(value), _said(text)) for value, text in options]))
    version = marks.get("item_version", 1)
    role = str(marks.get("role", ""))
    numeric = options and all(values.is_number(value) for value, _text in options)
    return Item(
        name=f"{question}.{row}" if row else question,
        question=question,
        row=row,
        kind=kind,
        title=title,
        page=page,
        options=options,
        numbers=tuple(Decimal(value) for value, _text in options) if numeric else (),
        signature=hashlib.sha256(f"{version}\n{wording}".encode()).hexdigest()[:16],
        role=role,
        personal="personal_data" in marks,
        background=role == BACKGROUND or not (role or scale or kind == "text"),
    )


def _said(text: Localised) -> tuple[str, ...]:
    return tuple(text.in_language(language).text for language in ("fi", "sv", "en"))


def _key(value: Any) -> tuple[str, Any]:
    return ("number", Decimal(value)) if values.is_number(value) else (type(value).__name__, value)


class Coding:
    """Finds what was answered to each item; what was met once is found again by type and value."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self.items = items
        self.places = [{_key(value): place for place, (value, _text) in enumerate(item.options)} for item in items]
        self.met: list[dict[tuple[type, Any], int]] = [{} for _item in items]

    def choices(self, place: int, answers: Mapping[str, Any]) -> list[int]:
        """Return the places of the options that were chosen; none where the item was not answered."""
        value = self.value(place, answers)
        if value is None:
            return []
        if not isinstance(value, list):
            option = self._option(place, value)
            return [] if option is None else [option]
        found = [self._option(place, one) for one in value]
        return list(dict.fromkeys(option for option in found if option is not None))

    def _option(self, place: int, value: Any) -> int | None:
        if not isinstance(value, str | int | Decimal):
            return None
        met, mark = self.met[place], (value.__class__, value)
        option = met.get(mark)
        if option is None and (option := self.places[place].get(_key(value))) is not None:
            met[mark] = option
        return option

    def value(self, place: int, answers: Mapping[str, Any]) -> Any:
        """Return the answer to an item, None where there is none."""
        item = self.items[place]
        value = answers.get(item.question)
        if item.row:
            return value.get(item.row) if isinstance(value, dict) else None
        return value
