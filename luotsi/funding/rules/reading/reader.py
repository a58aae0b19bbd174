"""Takes an object of JSON apart into shapes; everything that does not fit is a fault with its place."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from luotsi.funding.rules.fields import Key, Shape, keys_of
from luotsi.funding.rules.reading.faults import FAULTS, TEXTS, Fault, TooMany
from luotsi.funding.rules.reading.text import Twice
from luotsi.funding.rules.reading.values import Wrong, value


@dataclass
class Book:
    """What a whole reading shares: the faults found so far, and how much text there may still be."""

    faults: list[Fault] = field(default_factory=list)
    texts: int = TEXTS

    def note(self, at: str, code: str, /, **params: object) -> None:
        """Keep a fault.

        Raises:
            TooMany: There are so many that reading on is of no use.
        """
        if len(self.faults) >= FAULTS:
            self.faults.append(Fault("", "faults.many", {"limit": FAULTS}))
            raise TooMany
        self.faults.append(Fault(at, code, params))

    def count(self, at: str, text: str) -> None:
        """Count the characters of a text.

        Raises:
            TooMany: All texts together are longer than a file may have.
        """
        self.texts -= len(text)
        if self.texts < 0:
            self.faults.append(Fault(at, "limit.texts", {"limit": TEXTS}))
            raise TooMany


def pointer(at: str, key: str) -> str:
    """Return the JSON pointer of a key below another, whatever signs it has."""
    return f"{at}/{key.replace('~', '~0').replace('/', '~1')}"


def shape_of[S: Shape](shape: type[S], data: object, at: str, book: Book) -> S | None:
    """Return the shape that an object is; None where it is none, with faults.

    Raises:
        TooMany: There are more faults or texts than are read.
    """
    if not isinstance(data, Mapping):
        book.note(at, "type", wanted="object")
        return None
    if isinstance(data, Twice):
        for name in data.keys_twice:
            book.note(pointer(at, name[:60]), "key.twice", key=name[:60])
    keys = keys_of(shape)
    known = {key.name for key in keys}
    for name in data:
        if name not in known:
            near = difflib.get_close_matches(name[:60], known, n=1)
            book.note(pointer(at, name[:60]), "unknown", key=name[:60], near=near[0] if near else "–")
    before = len(book.faults)
    found: dict[str, Any] = {}
    for key in keys:
        if key.name in data:
            found[key.name] = _taken(key, data[key.name], f"{at}/{key.name}", book)
        elif key.is_needed:
            book.note(pointer(at, key.name), "missing", key=key.name)
    return shape(at=at, **found) if len(book.faults) == before else None


def _taken(key: Key, given: Any, at: str, book: Book) -> Any:
    if given is None:
        if not key.is_nullable:
            book.note(at, "null", key=key.name)
        return None
    if not key.is_list:
        return _one(key, given, at, book)
    if not isinstance(given, list):
        book.note(at, "type", wanted="list")
        return ()
    most = key.about.most or 1_000
    if len(given) > most:
        book.note(at, "limit.list", limit=most)
        return ()
    if len(given) < (key.about.least or 0):
        book.note(at, "least", least=key.about.least)
    return tuple(_one(key, item, f"{at}/{place}", book) for place, item in enumerate(given))


def _one(key: Key, given: Any, at: str, book: Book) -> Any:
    if issubclass(key.kind, Shape):
        return shape_of(key.kind, given, at, book)
    try:
        found = value(key, given)
    except Wrong as wrong:
        book.note(at, wrong.code, **wrong.params)
        return None
    if isinstance(found, str):
        book.count(at, found)
    return found
