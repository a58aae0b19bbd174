"""One object of a definition while it is read: takes its keys by type, notes what does not fit, keeps the rest."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.definition.elements import Element
from luotsi.questionnaires.rules.definition.faults import Fault, Limits, Severity, TooMany
from luotsi.questionnaires.rules.definition.keys import ALIASES, PRESENTATION, REFUSED
from luotsi.questionnaires.rules.texts import Localised, localised

OURS = "x-luotsi"


@dataclass
class Book:
    """What the whole reading shares: limits, how elements inside a repetition are read, what was found so far."""

    limits: Limits
    inside: Callable[[Source, str], tuple[Element, ...]]
    locale: str = ""
    faults: list[Fault] = field(default_factory=list)
    elements: int = 0
    languages: set[str] = field(default_factory=set)
    expressions: list[tuple[str, str]] = field(default_factory=list)
    patterns: list[tuple[str, str]] = field(default_factory=list)

    def note(self, at: str, code: str, severity: Severity = Severity.ERROR, /, **params: object) -> None:
        """Keep a fault.

        Raises:
            TooMany: There are so many that reading on is of no use.
        """
        self.faults.append(Fault(at, code, severity, params))
        if len(self.faults) >= self.limits.faults:
            self.faults.append(Fault("", "faults.many", Severity.ERROR, {"limit": self.limits.faults}))
            raise TooMany

    def count(self, at: str) -> None:
        """Count one element more.

        Raises:
            TooMany: There are more than a definition may have.
        """
        self.elements += 1
        if self.elements > self.limits.elements:
            self.faults.append(Fault(at, "limit.elements", Severity.ERROR, {"limit": self.limits.elements}))
            raise TooMany


class Source:
    """An object of the definition and its place."""

    def __init__(self, data: Mapping[str, Any], at: str, book: Book) -> None:
        self.at, self.book = at, book
        self.data = {ALIASES.get(key, key): value for key, value in data.items()}
        self.left = dict.fromkeys(self.data)

    def take(self, key: str) -> Any:
        """Return what stands under a key, None where nothing does, and count the key as understood."""
        self.left.pop(key, None)
        return self.data.get(key)

    def place(self, key: str) -> str:
        """Return the JSON pointer of a key."""
        return f"{self.at}/{key.replace('~', '~0').replace('/', '~1')}"

    def wrong(self, key: str, wanted: str) -> None:
        """Note that a value is not of the type that its key wants."""
        self.book.note(self.place(key), "type", key=key, wanted=wanted)

    def text(self, key: str, default: str = "") -> str:
        """Return a plain text."""
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, str):
            self.wrong(key, "text")
            return default
        if len(value) > self.book.limits.texts:
            self.book.note(self.place(key), "limit.text", limit=self.book.limits.texts)
            return default
        return value

    def name(self, key: str = "name") -> str:
        """Return a name: not empty, without braces, brackets and control characters, in the form NFC."""
        value = self.take(key)
        name = values.plain(value) if values.is_number(value) else value
        if not isinstance(name, str) or not name.strip():
            self.book.note(self.at, "name.missing")
            return ""
        bad = {sign for sign in name if sign in "{}[]" or unicodedata.category(sign) in {"Cc", "Cs", "Cf"}}
        if bad or len(name) > self.book.limits.name:
            self.book.note(self.place(key), "name.characters", name=name[:40])
        return unicodedata.normalize("NFC", name.strip())

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return a yes or no."""
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.wrong(key, "flag")
            return default
        return value

    def number(self, key: str) -> Decimal | None:
        """Return a number, also one written as text; None where there is none."""
        value = self.take(key)
        if value is None or value == "":
            return None
        try:
            if isinstance(value, str):
                value = values.loads(value)
            if values.is_number(value):
                return Decimal(value)
        except values.NotAValue:
            pass
        self.wrong(key, "number")
        return None

    def whole(self, key: str, default: int, *, most: int = 10**9) -> int:
        """Return a whole number from 0 to `most`; SurveyJS writes -1 for none, which gives the default."""
        value = self.number(key)
        if value is None or value == -1:
            return default
        if value != int(value) or not 0 <= value <= most:
            self.book.note(self.place(key), "number.range", key=key, least=0, most=most)
            return default
        return int(value)

    def localised(self, key: str) -> Localised:
        """Return a text with its translations."""
        value = self.take(key)
        try:
            text = localised(value, self.book.locale)
        except ValueError:
            self.wrong(key, "localised")
            return Localised()
        if max((len(part) for part in text.texts.values()), default=0) > self.book.limits.texts:
            self.book.note(self.place(key), "limit.text", limit=self.book.limits.texts)
            return Localised()
        self.book.languages.update(code for code in text.texts if code)
        return text

    def expression(self, key: str) -> str:
        """Return an expression; whether it can be read is looked at when the whole is there."""
        value = self.take(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.wrong(key, "expression")
            return ""
        if value.strip():
            self.book.expressions.append((self.place(key), value))
        return value.strip()

    def any(self, key: str) -> Any:
        """Return a value of any type, exact and not too deep."""
        return self.take(key)

    def choice_of(self, key: str, allowed: Iterable[str], default: str) -> str:
        """Return one of some words."""
        value = self.take(key)
        if value is None:
            return default
        if value not in (words := list(allowed)):
            self.book.note(self.place(key), "word", key=key, word=str(value)[:40], words=", ".join(words))
            return default
        return str(value)

    def each(self, key: str, limit: int) -> list[tuple[str, Any]]:
        """Return the items of a list with their places."""
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(key, "list")
            return []
        if len(value) > limit:
            self.book.note(self.place(key), "limit.list", key=key, limit=limit)
        place = self.place(key)
        return [(f"{place}/{number}", item) for number, item in enumerate(value[:limit])]

    def sources(self, key: str, limit: int) -> list[Source]:
        """Return the objects of a list; what is no object is noted."""
        found = []
        for at, item in self.each(key, limit):
            if isinstance(item, Mapping):
                found.append(Source(item, at, self.book))
            else:
                self.book.note(at, "type", key=key, wanted="object")
        return found

    def marks(self) -> dict[str, Any]:
        """Return what every element carries: its place, our semantics, and the keys nobody took; call it last."""
        ours = self.take(OURS)
        if ours is not None and not isinstance(ours, Mapping):
            self.wrong(OURS, "object")
            ours = None
        other = {}
        for key in self.left:
            value = self.data[key]
            if key in REFUSED and REFUSED[key](value):
                self.book.note(self.place(key), "unsupported", key=key)
            elif key not in PRESENTATION and key not in REFUSED:
                self.book.note(self.place(key), "unknown", Severity.NOTE, key=key)
            other[key] = value
        return {"at": self.at, "x": dict(ours or {}), "other": other}
