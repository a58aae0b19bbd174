"""Reads what was typed on a page into values, kind by kind; what a page did not show stays as it was."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.counting import normalised
from luotsi.questionnaires.rules.definition import elements as e
from luotsi.questionnaires.rules.filling import names, numbers

SPECIAL = ("other", "none", "refused", "dontknow")
MOST_ROWS = 1_000
KEPT = frozenset("\n\t")


class NotOfThisPage(ValueError):
    """Something was sent that no page of the questionnaire asks for: a name, a choice, more rows than there may be."""


@dataclass(frozen=True)
class Posted:
    """What a browser sent, by field; a field may come several times (checkboxes)."""

    fields: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        """Return the last text of a field, "" where it is not there."""
        found = self.fields.get(name)
        return found[-1] if found else ""

    def all(self, name: str) -> Sequence[str]:
        """Return every text of a field."""
        return self.fields.get(name, ())

    def has(self, name: str) -> bool:
        """Return True when the field was sent."""
        return name in self.fields


def sound(text: str) -> str:
    """Return a text as it is kept: NFC, LF, without control characters; never shorter otherwise."""
    return "".join(sign for sign in normalised(text) if sign in KEPT or unicodedata.category(sign) not in {"Cc", "Cs"})


def read_page(definition: e.Definition, posted: Posted, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of each question that the page showed, None where it was left empty.

    Args:
        definition: The questionnaire.
        posted: What was sent.
        before: The answers until now; files in repetitions are taken from them.

    Raises:
        NotOfThisPage: A field belongs to no question, or a choice is none of its question.
    """
    known = {question.name: question for question in definition.questions}
    shown = [name.removeprefix(names.WAS) for name in posted.fields if name.startswith(names.WAS)]
    if strange := next((name for name in shown if _asked(name, known) is None), None):
        raise NotOfThisPage(strange[:80])
    tops = {_top(field) for field in posted.fields if field.startswith((names.FIELD, names.COUNT))}
    if strange := next((top for top in tops if top not in shown), None):
        raise NotOfThisPage(strange[:80])
    found: dict[str, Any] = {}
    for name in shown:
        question = known.get(name)
        if question is None:
            found[name] = sound(posted.one(names.FIELD + name)) or None
        elif question.kind not in {e.Kind.FILE, e.Kind.HTML, e.Kind.EXPRESSION}:
            found[name] = value_of(question, name, posted, before.get(name))
    return found


def _top(field: str) -> str:
    return field.split(":", 1)[1].split("[", 1)[0]


def _asked(name: str, known: Mapping[str, e.Question]) -> e.Question | None:
    """Return the question whose field a name is: its own, or that of its comment."""
    if name in known:
        return known[name]
    base = known.get(name.removesuffix(names.COMMENT)) if name.endswith(names.COMMENT) else None
    return base if base is not None and has_comment(base) else None


def has_comment(question: e.Question) -> bool:
    """Return True where words are kept beside the answer: a comment, or those of the choice "other"."""
    return question.has_comment or (isinstance(question, e.ChoiceQuestion) and question.shows_other)


def value_of(question: e.Question, path: str, posted: Posted, before: Any) -> Any:
    """Return what was answered to one question. Raises NotOfThisPage."""
    return READERS[question.kind](question, path, posted, before)


def _text(question: Any, path: str, posted: Posted, before: Any) -> Any:
    text = sound(posted.one(names.FIELD + path))
    if not text.strip():
        return None
    if question.kind is e.Kind.COMMENT:
        return text
    return numbers.typed(text.strip()) if question.is_number else text.strip()


def _option(choices: Sequence[e.Choice], word: str, special: Iterable[str] = ()) -> Any:
    """Return the value of a choice, which is sent as its place in the list."""
    if word in special:
        return word
    if not (word.isascii() and word.isdigit()) or len(word) > 6 or int(word) >= len(choices):
        raise NotOfThisPage(word[:80])
    return choices[int(word)].value


def specials(question: e.ChoiceQuestion) -> tuple[str, ...]:
    """Return the words of the choices that stand after the listed ones."""
    flags = (question.shows_other, question.shows_none, question.shows_refuse, question.shows_dont_know)
    return tuple(word for word, flag in zip(SPECIAL, flags, strict=True) if flag)


def _choice(question: Any, path: str, posted: Posted, before: Any) -> Any:
    words = [word for word in posted.all(names.FIELD + path) if word]
    found = [_option(question.choices, word, specials(question)) for word in words]
    if question.is_many:
        return found or None
    return found[-1] if found else None


def _boolean(question: Any, path: str, posted: Posted, before: Any) -> Any:
    word = posted.one(names.FIELD + path)
    if word not in {"", "yes", "no"}:
        raise NotOfThisPage(word[:80])
    return {"yes": question.value_true, "no": question.value_false}.get(word)


def _rating(question: Any, path: str, posted: Posted, before: Any) -> Any:
    word = posted.one(names.FIELD + path)
    return _option(question.steps, word) if word else None


def _matrix(question: Any, path: str, posted: Posted, before: Any) -> Any:
    found = {}
    for place, row in enumerate(question.rows):
        if word := posted.one(f"{names.FIELD}{path}[{place}]"):
            found[key_of(row.value)] = _option(question.columns, word)
    return found or None


def key_of(value: Any) -> str:
    """Return the key of a row in an answer: keys are texts."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return values.plain(value) if values.is_number(value) else str(value)


def _cells(columns: Sequence[e.Column], path: str, place: int, posted: Posted, kept: Any) -> dict[str, Any]:
    """Return one row: what its fields say; a cell that the page did not let change keeps what it had."""
    found: dict[str, Any] = {}
    for column in columns:
        if column.cell.kind in {e.Kind.EXPRESSION, e.Kind.FILE}:
            continue
        found |= _part(column.cell, column.name, names.within(path, place, column.name), posted, kept)
    return found


def _part(question: e.Question, name: str, path: str, posted: Posted, kept: Any) -> dict[str, Any]:
    """Return what stands under a name in a row or panel: a value and the words beside it."""
    kept = kept if isinstance(kept, dict) else {}
    if question.kind is e.Kind.FILE or posted.has(names.KEPT + path):
        return {key: kept[key] for key in (name, name + names.COMMENT) if key in kept}
    value = value_of(question, path, posted, kept.get(name))
    return _comment(question, name, path, posted, kept) | ({} if value is None else {name: value})


def _comment(question: e.Question, name: str, path: str, posted: Posted, kept: dict[str, Any]) -> dict[str, Any]:
    """Return the words beside an answer in a table or repetition; where the page had no field they stay."""
    key, field = name + names.COMMENT, names.FIELD + path + names.COMMENT
    if not has_comment(question):
        return {}
    words = sound(posted.one(field)) if posted.has(field) else kept.get(key)
    return {key: words} if isinstance(words, str) and words.strip() else {}


def _fixed_table(question: Any, path: str, posted: Posted, before: Any) -> Any:
    found, old = {}, before if isinstance(before, dict) else {}
    for place, row in enumerate(question.rows):
        key = key_of(row.value)
        if posted.has(f"{names.KEPT}{path}[{place}]"):
            cells = old.get(key)
        else:
            cells = _cells(question.columns, path, place, posted, old.get(key))
        if cells:
            found[key] = cells
    return found or None


def count_of(path: str, posted: Posted, most: int) -> int:
    """Return how many rows or panels the page showed. Raises NotOfThisPage for more than there may be."""
    word = posted.one(names.COUNT + path) or "0"
    if not (word.isascii() and word.isdigit()) or len(word) > 4 or int(word) > min(most, MOST_ROWS):
        raise NotOfThisPage(f"{path[:60]} {word[:10]}")
    return int(word)


def _table(question: Any, path: str, posted: Posted, before: Any) -> Any:
    if question.kind is e.Kind.MATRIXDROPDOWN:
        return _fixed_table(question, path, posted, before)
    count = count_of(path, posted, question.max_rows)
    old = before if isinstance(before, list) else []
    rows = [
        _cells(question.columns, path, place, posted, old[place] if place < len(old) else None)
        for place in range(count)
    ]
    return rows if any(rows) or count != question.row_count else None


def _panels(question: Any, path: str, posted: Posted, before: Any) -> Any:
    count = count_of(path, posted, question.max_panels)
    old = before if isinstance(before, list) else []
    found = []
    for place in range(count):
        kept = old[place] if place < len(old) else None
        panel: dict[str, Any] = {}
        for inner in inner_questions(question.elements):
            panel |= _part(inner, inner.name, names.within(path, place, inner.name), posted, kept)
        found.append(panel)
    return found if any(found) or count != question.panel_count else None


def inner_questions(elements: tuple[e.Element, ...]) -> Iterator[e.Question]:
    """Yield the questions of a repetition that take an answer."""
    for element in e.walk(elements):
        if isinstance(element, e.Question) and element.kind not in {e.Kind.HTML, e.Kind.EXPRESSION}:
            yield element


def _nothing(question: Any, path: str, posted: Posted, before: Any) -> Any:
    return before


READERS: Mapping[e.Kind, Callable[[Any, str, Posted, Any], Any]] = {
    e.Kind.TEXT: _text,
    e.Kind.COMMENT: _text,
    e.Kind.RADIOGROUP: _choice,
    e.Kind.CHECKBOX: _choice,
    e.Kind.DROPDOWN: _choice,
    e.Kind.TAGBOX: _choice,
    e.Kind.BOOLEAN: _boolean,
    e.Kind.RATING: _rating,
    e.Kind.MATRIX: _matrix,
    e.Kind.MATRIXDROPDOWN: _table,
    e.Kind.MATRIXDYNAMIC: _table,
    e.Kind.PANELDYNAMIC: _panels,
    e.Kind.FILE: _nothing,
    e.Kind.EXPRESSION: _nothing,
    e.Kind.HTML: _nothing,
}
