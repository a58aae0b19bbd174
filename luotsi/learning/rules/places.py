"""Reads foreign JSON value by value: each with its place, each fault told, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOST_FAULTS = 200
YEARS = range(1900, 2200)  # a day of another year is a slip, and nothing can be counted from it


@dataclass(frozen=True)
class Fault:
    """A value that cannot be read: its place as a JSON Pointer (RFC 6901), a code, and what stands there."""

    at: str
    code: str
    found: str = ""


@dataclass(frozen=True)
class Code:
    """A value of a code list; `scheme` is "" where the document names no list."""

    value: str
    scheme: str = ""


@dataclass(slots=True)
class Node:
    """A value of a document and its place; the faults of the whole document are gathered in one list.

    Codes of faults: `missing`, `not_object`, `not_list`, `not_text`, `not_day`, `not_number`, `not_flag`, `not_code`,
    `too_deep`.
    """

    value: Any
    at: str = ""
    faults: list[Fault] = field(default_factory=list)

    def tell(self, code: str, at: str = "") -> None:
        """Gather a fault of this value, or of a place below it."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(self.at + at, code, "" if at else _short(self.value)))

    def __bool__(self) -> bool:
        """True where there is something: null and an absent value are the same nothing."""
        return self.value is not None

    def of(self, name: str) -> Node:
        """Return a value of an object; nothing where the object has none of the name."""
        value = self.value.get(name) if isinstance(self.value, dict) else None
        if "/" in name or "~" in name:
            name = name.replace("~", "~0").replace("/", "~1")
        return Node(value, f"{self.at}/{name}", self.faults)

    def within(self, *names: str) -> Node:
        """Return a value some objects down."""
        found = self
        for name in names:
            found = found.of(name)
        return found

    def needed(self, name: str) -> Node:
        """Return a value of an object and tell where there is none."""
        found = self.of(name)
        if not found:
            found.tell("missing")
        return found

    def each(self) -> Iterator[Node]:
        """Yield the objects of a list; nothing where there is none. Tells what is no list and what is no object."""
        if self.value is None:
            return
        if not isinstance(self.value, list):
            self.tell("not_list")
            return
        for place, value in enumerate(self.value):
            one = Node(value, f"{self.at}/{place}", self.faults)
            if isinstance(value, dict):
                yield one
            else:
                one.tell("not_object")

    def text(self) -> str:
        """Return a text; "" for nothing, and for what is none."""
        if isinstance(self.value, str):
            return self.value.strip()
        if self.value is not None:
            self.tell("not_text")
        return ""

    def words(self) -> str:
        """Return a text that is kept by language, in the first language it has; "" for nothing."""
        if isinstance(self.value, dict):
            return next((str(self.value[code]) for code in ("fi", "sv", "en") if self.value.get(code)), "")
        return self.text()

    def day(self) -> date | None:
        """Return a day, of a moment its day; None for nothing, and for what is none."""
        if self.value is None:
            return None
        found = _day_of(self.value[:10]) if isinstance(self.value, str) else None
        if found is None:
            self.tell("not_day")
        return found

    def number(self) -> Decimal | None:
        """Return a finite number; None for nothing, and for what is none."""
        if self.value is None:
            return None
        if isinstance(self.value, int | float | Decimal) and not isinstance(self.value, bool):
            try:
                found = Decimal(str(self.value))
            except InvalidOperation:
                found = Decimal("NaN")
            if found.is_finite():
                return found
        self.tell("not_number")
        return None

    def flag(self) -> bool | None:
        """Return yes or no; None for nothing, and for what is neither."""
        if self.value is None or isinstance(self.value, bool):
            return self.value
        self.tell("not_flag")
        return None

    def code(self) -> Code | None:
        """Return a coded value of the form {koodiarvo, koodistoUri}; None for nothing, and for what is none."""
        if self.value is None:
            return None
        if isinstance(self.value, dict) and isinstance(self.value.get("koodiarvo"), str):
            return Code(self.value["koodiarvo"], str(self.value.get("koodistoUri") or ""))
        self.tell("not_code")
        return None

    def uri_code(self) -> Code | None:
        """Return a coded value of the form list_value, as personal plans have them; None for what is none."""
        text = self.text()
        scheme, bar, value = text.rpartition("_")
        if not text:
            return None
        if not bar or not scheme or not value:
            self.tell("not_code")
            return None
        return Code(value, scheme)


@lru_cache(maxsize=20_000)
def _day_of(text: str) -> date | None:
    """Return the day that a text names; None of none, and of one on which nobody studies.

    The same few thousand days stand in all documents.
    """
    if ISO_DAY.fullmatch(text):
        with suppress(ValueError):
            found = date.fromisoformat(text)
            return found if found.year in YEARS else None
    return None


def _short(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
