"""What a definition is made of: pages, panels and questions of every kind, as frozen dataclasses.

Names, keys and meanings are those of SurveyJS; `docs/questionnaires.md` tells which of them are understood. Every
element keeps its place in the definition (`at`, a JSON pointer), our own semantics (`x`, the key `x-luotsi`) and the
keys that are not understood (`other`), so that nothing is lost when it is written again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from luotsi.questionnaires.rules.texts import NO_TEXT, Localised


class Kind(StrEnum):
    """The kinds of question, as `type` names them."""

    TEXT = "text"
    COMMENT = "comment"
    RADIOGROUP = "radiogroup"
    CHECKBOX = "checkbox"
    DROPDOWN = "dropdown"
    TAGBOX = "tagbox"
    BOOLEAN = "boolean"
    RATING = "rating"
    MATRIX = "matrix"
    MATRIXDROPDOWN = "matrixdropdown"
    MATRIXDYNAMIC = "matrixdynamic"
    PANELDYNAMIC = "paneldynamic"
    FILE = "file"
    EXPRESSION = "expression"
    HTML = "html"


@dataclass(frozen=True, kw_only=True)
class Marked:
    """Anything with a place in the definition."""

    at: str = ""
    x: Mapping[str, Any] = field(default_factory=dict, hash=False)
    other: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True)
class Validator(Marked):
    """A check of one answer.

    Attributes:
        kind: numeric, text, regex, email, answercount or expression.
        text: What is told when it fails; empty for the usual words.
        minimum: Least number, length or count; `maximum` likewise.
        allow_digits: False where a text may have none (kind text).
        pattern: A regular expression (kind regex).
        ignore_case: True where the pattern is to match in either case.
        expression: What must be true (kind expression).
    """

    kind: str
    text: Localised = NO_TEXT
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    allow_digits: bool = True
    pattern: str = ""
    ignore_case: bool = False
    expression: str = ""


@dataclass(frozen=True, kw_only=True)
class Choice(Marked):
    """One thing to choose, or a row of a table: its value and what is shown; `extra` feeds `{$item.key}`."""

    value: Any
    text: Localised = NO_TEXT
    visible_if: str = ""
    enable_if: str = ""
    required_if: str = ""


@dataclass(frozen=True, kw_only=True)
class Element(Marked):
    """What pages, panels and questions share; an expression that is not given is the empty string."""

    name: str
    title: Localised = NO_TEXT
    description: Localised = NO_TEXT
    visible: bool = True
    visible_if: str = ""
    enable_if: str = ""
    required_if: str = ""
    is_required: bool = False
    required_text: Localised = NO_TEXT
    read_only: bool = False


@dataclass(frozen=True, kw_only=True)
class Panel(Element):
    """Elements together; required means that one of its questions must be answered."""

    elements: tuple[Element, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Page(Panel):
    """One step of the questionnaire."""


@dataclass(frozen=True, kw_only=True)
class Question(Element):
    """What questions of every kind share.

    Attributes:
        default: Value to begin with; None = none.
        default_expression: Expression for the same, which follows its names until the question is answered.
        has_comment: True with a field for a comment beside the answer, kept under NAME-Comment.
        comment_text: What stands above that field.
        clear_if_invisible: When the hidden answer counts as none, "default" = as the definition says (`clearing`).
        validators: Checks of the answer.
    """

    kind: Kind
    default: Any = field(default=None, hash=False)
    default_expression: str = ""
    has_comment: bool = False
    comment_text: Localised = NO_TEXT
    clear_if_invisible: str = "default"
    validators: tuple[Validator, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Return False for what only shows something."""
        return self.kind is not Kind.HTML


@dataclass(frozen=True, kw_only=True)
class TextQuestion(Question):
    """A line or a field of text; `input_type` also makes it a number, a date, a time or an address.

    Attributes:
        input_type: text, number, range, date, datetime-local, time, month, week, email, url, tel or color.
        minimum: Least value, a number or a day as text; `maximum` likewise; None = none.
        min_expression: Expression for the least value; `max_expression` likewise.
        min_text: What is told below the least value; `max_text` above the greatest.
        max_length: Greatest number of characters; None = no limit.
        step: Step of a number input.
    """

    input_type: str = "text"
    minimum: Any = field(default=None, hash=False)
    maximum: Any = field(default=None, hash=False)
    min_expression: str = ""
    max_expression: str = ""
    min_text: Localised = NO_TEXT
    max_text: Localised = NO_TEXT
    max_length: int | None = None
    step: Decimal | None = None
    rows: int = 4

    @property
    def is_number(self) -> bool:
        """Return True where the answer is a number."""
        return self.input_type in {"number", "range"}

    @property
    def is_time(self) -> bool:
        """Return True where the answer is a day, a moment, a time, a month or a week."""
        return self.input_type in {"date", "datetime-local", "time", "month", "week"}


@dataclass(frozen=True, kw_only=True)
class ChoiceQuestion(Question):
    """One or several things to choose: radiogroup, dropdown; checkbox, tagbox.

    Attributes:
        choices: What can be chosen.
        visible_choices_if: Expression over {item} for each; `enabled_choices_if` likewise.
        shows_other: True with a choice "other", whose words are kept under NAME-Comment.
        shows_none: True with a choice that excludes the others; `shows_refuse`, `shows_dont_know` likewise.
        minimum: Least number of things chosen, 0 = none; `maximum`, 0 = no limit.
        hide_if_empty: True where the question is hidden when nothing can be chosen.
    """

    choices: tuple[Choice, ...] = ()
    visible_choices_if: str = ""
    enabled_choices_if: str = ""
    shows_other: bool = False
    shows_none: bool = False
    shows_refuse: bool = False
    shows_dont_know: bool = False
    other_text: Localised = NO_TEXT
    none_text: Localised = NO_TEXT
    refuse_text: Localised = NO_TEXT
    dont_know_text: Localised = NO_TEXT
    other_error_text: Localised = NO_TEXT
    minimum: int = 0
    maximum: int = 0
    hide_if_empty: bool = False

    @property
    def is_many(self) -> bool:
        """Return True where the answer is a list."""
        return self.kind in {Kind.CHECKBOX, Kind.TAGBOX}


@dataclass(frozen=True, kw_only=True)
class BooleanQuestion(Question):
    """Yes or no, or two values that stand for them."""

    value_true: Any = True
    value_false: Any = False
    label_true: Localised = NO_TEXT
    label_false: Localised = NO_TEXT


@dataclass(frozen=True, kw_only=True)
class RatingQuestion(Question):
    """A step on a scale; `steps` are its values in order."""

    steps: tuple[Choice, ...] = ()
    low_text: Localised = NO_TEXT
    high_text: Localised = NO_TEXT


@dataclass(frozen=True, kw_only=True)
class MatrixQuestion(Question):
    """One choice of the same columns for each row; the answer is an object of row to column."""

    columns: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    visible_rows_if: str = ""
    visible_columns_if: str = ""
    each_row_required: bool = False
    each_row_unique: bool = False
    hide_if_empty: bool = False


@dataclass(frozen=True, kw_only=True)
class Column(Marked):
    """A column of a table: the question that each of its cells is, and what stands below it.

    Attributes:
        name: Key of the cell's value in its row.
        title: Its heading.
        cell: The question of each cell.
        unique: True where no two rows may have the same answer.
        total_kind: none, sum, count, min, max or avg.
        total_expression: Expression for the total instead of a kind.
        total_format: Words around the total, {0} is the figure.
        total_digits: Digits after the point, -1 = as they come.
    """

    name: str
    title: Localised = NO_TEXT
    cell: Question
    unique: bool = False
    total_kind: str = "none"
    total_expression: str = ""
    total_format: Localised = NO_TEXT
    total_digits: int = -1

    @property
    def has_total(self) -> bool:
        """Return True when something is counted below the column."""
        return self.total_kind != "none" or bool(self.total_expression)


@dataclass(frozen=True, kw_only=True)
class TableQuestion(Question):
    """A table of questions: with fixed rows (matrixdropdown, an object) or added ones (matrixdynamic, a list).

    Attributes:
        columns: What is asked of each row.
        rows: The fixed rows.
        row_count: Rows to begin with.
        min_rows: Least number of rows; `max_rows` the greatest.
        key_name: Column in which no two rows may have the same answer.
        key_text: What is told when they have.
        visible_rows_if: Expression over {item} for each fixed row.
        default_row: Value of each new row.
        total_text: What stands before the totals.
    """

    columns: tuple[Column, ...] = ()
    rows: tuple[Choice, ...] = ()
    row_count: int = 2
    min_rows: int = 0
    max_rows: int = 1_000
    key_name: str = ""
    key_text: Localised = NO_TEXT
    visible_rows_if: str = ""
    default_row: Any = field(default=None, hash=False)
    allow_add: bool = True
    allow_remove: bool = True
    hide_if_empty: bool = False
    total_text: Localised = NO_TEXT

    @property
    def has_totals(self) -> bool:
        """Return True when any column has a total."""
        return any(column.has_total for column in self.columns)


@dataclass(frozen=True, kw_only=True)
class RepeatQuestion(Question):
    """The same elements asked as often as wanted (paneldynamic); the answer is a list of objects."""

    elements: tuple[Element, ...] = ()
    template_title: Localised = NO_TEXT
    template_visible_if: str = ""
    panel_count: int = 0
    min_panels: int = 0
    max_panels: int = 100
    key_name: str = ""
    key_text: Localised = NO_TEXT
    default_panel: Any = field(default=None, hash=False)
    allow_add: bool = True
    allow_remove: bool = True


@dataclass(frozen=True, kw_only=True)
class FileQuestion(Question):
    """Files; the answer is a list of objects with name, type and a reference, never the bytes themselves."""

    many: bool = False
    max_files: int = 1_000
    max_bytes: int = 0
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExpressionQuestion(Question):
    """A value that is worked out; `digits` after the point are kept, -1 = as they come."""

    expression: str = ""
    digits: int = -1
    display_style: str = "none"
    currency: str = ""


@dataclass(frozen=True, kw_only=True)
class HtmlQuestion(Question):
    """Words to read."""

    html: Localised = NO_TEXT


@dataclass(frozen=True, kw_only=True)
class Calculated(Marked):
    """A named value that is worked out; it goes into the submission where `in_result`."""

    name: str
    expression: str
    in_result: bool = False


@dataclass(frozen=True, kw_only=True)
class Definition(Marked):
    """A whole questionnaire.

    Attributes:
        name: Key of the questionnaire, from `x-luotsi`; may be empty.
        version: Semantic version, from `x-luotsi`; may be empty.
        title: What it is called; `description` says more.
        pages: Its pages.
        calculated: Its named values.
        languages: Languages in which it has texts, in the order fi, sv, en; of `locale` first.
        locale: Language of the texts that do not say theirs; "" where it is not said.
        clearing: When hidden answers count as none while filling in: `onHidden`, of questions hidden by themselves;
            `onHiddenContainer`, also of those in hidden panels and pages; else they count.
    """

    name: str = ""
    version: str = ""
    title: Localised = NO_TEXT
    description: Localised = NO_TEXT
    pages: tuple[Page, ...] = ()
    calculated: tuple[Calculated, ...] = ()
    languages: tuple[str, ...] = ()
    locale: str = ""
    clearing: str = "onComplete"

    @property
    def questions(self) -> Iterator[Question]:
        """Yield the questions in order; those inside tables and repetitions are theirs."""
        for element in walk(self.pages):
            if isinstance(element, Question):
                yield element


def walk(elements: tuple[Element, ...]) -> Iterator[Element]:
    """Yield elements in order, each panel before what it holds; does not go into repetitions."""
    for element in elements:
        yield element
        if isinstance(element, Panel):
            yield from walk(element.elements)
