"""What a check finds: both sides of the evidence, and the values that its words are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luotsi.funding.rules.fields import Shape


class Severity(StrEnum):
    """A block keeps the application from being handed in; a warning asks to look again; an info only tells."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class Document(StrEnum):
    """Which file a field stands in."""

    APPLICATION = "application"
    CALL = "call"
    REGISTER = "register"


@dataclass(frozen=True)
class Field:
    """One side of the evidence.

    Attributes:
        pointer: JSON pointer in the document.
        names: What it is called, from the outer to the inner; one that begins with @ is a word of ours.
        document: Which file it stands in.
    """

    pointer: str
    names: tuple[str, ...]
    document: Document = Document.APPLICATION

    def __str__(self) -> str:
        return f"{self.document}#{self.pointer}"


@dataclass(frozen=True)
class Percent:
    """A percentage, 9 for nine per cent, and how many decimals are worth telling."""

    value: Decimal
    places: int = 4


@dataclass(frozen=True)
class Difference:
    """Euros more or less, told with their sign."""

    value: Decimal


@dataclass(frozen=True)
class Plain:
    """A number that is no sum of money."""

    value: Decimal | int


@dataclass(frozen=True)
class Named:
    """Several names, each like those of a field."""

    each: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Sum:
    """Sums of money and what they come to: 1 + 2 = 3."""

    parts: tuple[Decimal, ...]


# A Decimal is euros, an int a number, a text itself, a tuple of texts names.
type Value = Decimal | int | str | date | Percent | Difference | Plain | Named | Sum | tuple[str, ...] | None


@dataclass(frozen=True)
class Finding:
    """A rule that is broken, or that cannot be judged.

    Attributes:
        rule: Its id in the catalogue, such as M2.
        code: Which of its sentences; unique across all rules.
        severity: How bad it is.
        where: Both sides of the evidence.
        found: What stands at the first.
        expected: What should stand there; None where that cannot be known.
        params: Values for the words.
        source: What asks for it: place in the call, or "" for arithmetic and the calendar.
    """

    rule: str
    code: str
    severity: Severity
    where: tuple[Field, Field]
    found: Value
    expected: Value
    params: Mapping[str, Value] = field(default_factory=dict, hash=False)
    source: str = ""


def of(shape: Shape, key: str, *names: str, document: Document = Document.APPLICATION) -> Field:
    """Return the field of a key of a shape; without a key the shape itself."""
    return Field(f"{shape.at}/{key}" if key else shape.at, names, document)


def of_call(shape: Shape, key: str, *names: str) -> Field:
    """Return a field of the call."""
    return of(shape, key, *(names or ("@call",)), document=Document.CALL)


def of_register(shape: Shape, key: str, *names: str) -> Field:
    """Return a field of the register."""
    return of(shape, key, *names, document=Document.REGISTER)
