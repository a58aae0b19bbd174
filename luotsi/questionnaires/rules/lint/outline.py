"""A definition as the checks look at it: every element with what holds it, every text, every expression once read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property

from luotsi.questionnaires.rules.definition import (
    Calculated,
    Choice,
    Column,
    Definition,
    Element,
    Page,
    Panel,
    Question,
    RepeatQuestion,
    TableQuestion,
    Validator,
)
from luotsi.questionnaires.rules.expressions import ExpressionError, Node, parse
from luotsi.questionnaires.rules.texts import Localised

# Fields of the dataclasses that hold an expression, with the key of the definition.
KEYS = {
    "visible_if": "visibleIf",
    "enable_if": "enableIf",
    "required_if": "requiredIf",
    "default_expression": "defaultValueExpression",
    "min_expression": "minValueExpression",
    "max_expression": "maxValueExpression",
    "visible_choices_if": "choicesVisibleIf",
    "enabled_choices_if": "choicesEnableIf",
    "visible_rows_if": "rowsVisibleIf",
    "visible_columns_if": "columnsVisibleIf",
    "template_visible_if": "templateVisibleIf",
    "total_expression": "totalExpression",
    "expression": "expression",
}
# What gives a question its value, and so makes it depend on others.
VALUES = frozenset({"expression", "total_expression"})
SHOWS = frozenset({"visible_if"})

type Part = Element | Column | Choice | Validator | Calculated


@dataclass(frozen=True)
class Entry:
    """An element and what it stands in, the outermost first; columns stand in their table."""

    element: Element | Column
    within: tuple[Element, ...] = ()

    @property
    def owner(self) -> Question | None:
        """The table or repetition whose rows it is part of."""
        return next(
            (held for held in reversed(self.within) if isinstance(held, RepeatQuestion | TableQuestion)),
            None,
        )

    @property
    def key(self) -> str:
        """Its name, in rows behind that of the table: "costs.amount"."""
        owner = self.owner
        return f"{owner.name}.{self.element.name}" if owner else self.element.name


@dataclass(frozen=True)
class Site:
    """A place where an expression stands.

    Attributes:
        at: JSON pointer of the expression.
        slot: Which field of which it is, such as visible_if.
        text: How it is written.
        entry: The element it belongs to; None for a calculated value.
        owner: Name of what it belongs to.
        part: What it stands in directly: the element, a choice, a validator, a calculated value.
    """

    at: str
    slot: str
    text: str
    entry: Entry | None
    owner: str
    part: Part

    @cached_property
    def node(self) -> Node | None:
        """The expression once read; None where it makes no sense, which reading tells."""
        try:
            return parse(self.text)
        except ExpressionError:
            return None


class Outline:
    """A definition with its elements, texts and expressions laid out."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.entries: tuple[Entry, ...] = tuple(_entries(definition.pages, ()))
        self.by_key: dict[str, Entry] = {entry.key: entry for entry in reversed(self.entries)}
        self.calculated = {value.name: value for value in definition.calculated}
        self.sites: tuple[Site, ...] = tuple(self._sites())

    @property
    def questions(self) -> Iterator[Entry]:
        """Yield the questions with their places, also those inside repetitions, without columns."""
        return (entry for entry in self.entries if isinstance(entry.element, Question))

    @property
    def containers(self) -> Iterator[Entry]:
        """Yield pages and panels."""
        return (entry for entry in self.entries if isinstance(entry.element, Panel))

    def question(self, name: str) -> Question | None:
        """Return the question of the outermost level with a name, in whatever case it is written."""
        entry = self.by_key.get(name) or self._by_lower.get(name.lower())
        return entry.element if entry and isinstance(entry.element, Question) and entry.owner is None else None

    @cached_property
    def _by_lower(self) -> dict[str, Entry]:
        return {key.lower(): entry for key, entry in reversed(self.by_key.items())}

    def _sites(self) -> Iterator[Site]:
        for entry in self.entries:
            element = entry.element
            yield from _sites_of(element, entry, element.name)
            if isinstance(element, Column):
                yield from _sites_of(element.cell, entry, element.name)
            for part in _parts(element.cell if isinstance(element, Column) else element):
                yield from _sites_of(part, entry, element.name)
        for value in self.definition.calculated:
            yield from _sites_of(value, None, value.name)

    @property
    def texts(self) -> Iterator[tuple[str, str, Localised]]:
        """Yield every text that is there: its place, the name it belongs to, the text."""
        yield from _texts_of(self.definition, "")
        for entry in self.entries:
            element = entry.element
            yield from _texts_of(element, element.name)
            question = element.cell if isinstance(element, Column) else element
            if isinstance(element, Column):
                yield from ((at, name, text) for at, name, text in _texts_of(question, element.name) if text)
            for part in _parts(question):
                yield from _texts_of(part, element.name)


def _entries(elements: tuple[Element, ...], within: tuple[Element, ...]) -> Iterator[Entry]:
    for element in elements:
        yield Entry(element, within)
        inside = (*within, element)
        if isinstance(element, Panel | RepeatQuestion):
            yield from _entries(element.elements, inside)
        elif isinstance(element, TableQuestion):
            yield from (Entry(column, inside) for column in element.columns)


def _parts(element: Element) -> Iterator[Choice | Validator]:
    for name in ("choices", "rows", "columns", "steps", "validators"):
        held = getattr(element, name, ())
        if isinstance(held, tuple):
            yield from (part for part in held if isinstance(part, Choice | Validator))


def _sites_of(part: Part, entry: Entry | None, owner: str) -> Iterator[Site]:
    for name, key in KEYS.items():
        text = getattr(part, name, "")
        if isinstance(text, str) and text:
            yield Site(f"{part.at}/{key}", name, text, entry, owner, part)


def _texts_of(part: Part | Definition, name: str) -> Iterator[tuple[str, str, Localised]]:
    for held in fields(part):
        value = getattr(part, held.name)
        if isinstance(value, Localised) and value and not (isinstance(part, Column) and held.name == "title"):
            yield f"{part.at}/{WORDS.get(held.name, held.name)}", name, value


WORDS = {
    "required_text": "requiredErrorText",
    "comment_text": "commentText",
    "min_text": "minErrorText",
    "max_text": "maxErrorText",
    "other_text": "otherText",
    "none_text": "noneText",
    "refuse_text": "refuseText",
    "dont_know_text": "dontKnowText",
    "other_error_text": "otherErrorText",
    "label_true": "labelTrue",
    "label_false": "labelFalse",
    "low_text": "minRateDescription",
    "high_text": "maxRateDescription",
    "total_format": "totalFormat",
    "key_text": "keyDuplicationError",
    "total_text": "totalText",
    "template_title": "templateTitle",
}


def is_page(element: Element | Column) -> bool:
    """Return True for one step of the questionnaire."""
    return isinstance(element, Page)
