"""The small values that a plan is made of: texts in three languages, spans of time, figures, places in a file.

A value that was not given is None or empty, never zero. Numbers are Decimal and written with a point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luotsi.base import periods

CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}", re.ASCII)
NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,9})?", re.ASCII)
_SOURCE = re.compile(r"([A-Za-z][A-Za-z0-9_]{0,39})(?::(\d{1,6}(?:-\d{1,6})?(?:,\d{1,6}(?:-\d{1,6})?)*))?", re.ASCII)
LANGUAGES = ("fi", "sv", "en")
PERCENT = "percent"


class NotAValue(ValueError):
    """A text that is not a value of the asked kind."""


@dataclass(frozen=True)
class Text:
    """A text in up to three languages; an empty one was not given."""

    fi: str = ""
    sv: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return any((self.fi, self.sv, self.en))

    @property
    def missing(self) -> tuple[str, ...]:
        """Languages that lack the text, when another has it."""
        return tuple(code for code in LANGUAGES if not getattr(self, code)) if self else ()


@dataclass(frozen=True)
class Place:
    """Where an item stands in its file: a path such as indicators.I2, and the line of each of its keys."""

    path: str = ""
    line: int = 0
    lines: tuple[tuple[str, int], ...] = ()

    def at(self, key: str) -> Place:
        """Return the place of one key of the item; the item's own where the key is not written."""
        line = dict(self.lines).get(key)
        return self if line is None else Place(f"{self.path}.{key}".lstrip("."), line)


NOWHERE = Place()


@dataclass(frozen=True)
class Span:
    """Time from the first day of one period to the last day of another; `end` is None while it goes on.

    The days may stand in the wrong order: a check tells so, the file is read all the same.
    """

    key: str
    start: date
    end: date | None

    def __str__(self) -> str:
        return self.key

    @property
    def reversed(self) -> bool:
        """Whether the span ends before it begins."""
        return self.end is not None and self.end < self.start

    def covers(self, other: Span) -> bool:
        """Return True when the other span lies wholly in this one."""
        ends = self.end is None or (other.end is not None and other.end <= self.end)
        return self.start <= other.start and ends

    def contains(self, day: date) -> bool:
        """Return True when the day is in the span, its ends included."""
        return self.start <= day and (self.end is None or day <= self.end)


def span(text: str) -> Span:
    """Return the span of 2017, 2017-08, 2024-25, 2016/2019 or 2017/ (still going on).

    Raises:
        NotAValue: a part is not a key of a period.
    """
    first, slash, last = text.partition("/")
    try:
        start = periods.parse(first)
        end = periods.parse(last) if last else None if slash else start
    except periods.NotAPeriod as error:
        raise NotAValue(str(error)) from None
    key = start.key if not slash else f"{start.key}/{end.key if end else ''}"
    return Span(key, start.start, end.end if end else None)


def number(text: str) -> Decimal:
    """Return the number; digits with a point, no spaces.

    Raises:
        NotAValue: anything else, also infinity and numbers of more than 15 digits.
    """
    if not NUMBER.fullmatch(text):
        raise NotAValue(text)
    return Decimal(text)


@dataclass(frozen=True)
class Figure:
    """A number, or the code of the observation that has it."""

    value: Decimal | None = None
    code: str = ""


def figure(text: str) -> Figure:
    """Return a number or a code as a figure.

    Raises:
        NotAValue: the text is neither.
    """
    if NUMBER.fullmatch(text):
        return Figure(value=Decimal(text))
    if CODE.fullmatch(text):
        return Figure(code=text)
    raise NotAValue(text)


@dataclass(frozen=True)
class Source:
    """Where a statement comes from: the code of a document, and lines or pages in it."""

    document: str
    lines: str = ""

    def __str__(self) -> str:
        return f"{self.document}:{self.lines}" if self.lines else self.document


def source(text: str) -> Source:
    """Return the source of S002, S002:14 or S002:10-16,48.

    Raises:
        NotAValue: the text has another form.
    """
    if found := _SOURCE.fullmatch(text):
        return Source(found[1], found[2] or "")
    raise NotAValue(text)


class Operator(StrEnum):
    """How a number relates to what is meant: exactly, at least, at most, over, under, about, between."""

    EQ = "eq"
    GTE = "gte"
    LTE = "lte"
    GT = "gt"
    LT = "lt"
    APPROX = "approx"
    RANGE = "range"


class Direction(StrEnum):
    """Which way an indicator should go."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"


class MoneyKind(StrEnum):
    """What a line of money says: needed, granted, reserved, used, or foreseen."""

    NEED = "need"
    GRANTED = "granted"
    RESERVED = "reserved"
    ACTUAL = "actual"
    ESTIMATE = "estimate"


class ObservationKind(StrEnum):
    """What an observation tells: what happened, where one started, what is aimed at, a rule, a judgement, words."""

    ACTUAL = "actual"
    BASELINE = "baseline"
    TARGET = "target"
    RULE = "rule"
    SELF_ASSESSMENT = "self_assessment"
    QUALITATIVE = "qualitative"


class ActionState(StrEnum):
    """How far a corrective action has come."""

    PLANNED = "planned"
    ONGOING = "ongoing"
    DONE = "done"


class SectionKind(StrEnum):
    """What a section of a plan is called."""

    PART = "part"
    FOCUS_AREA = "focus_area"
    PACKAGE = "package"
