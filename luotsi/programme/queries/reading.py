"""Reads a tree into the shapes of a plan by their type hints, and tells everything that does not fit at once."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast, get_args, get_origin

from django.utils.translation import gettext as _

from luotsi.programme.queries import keys, scalars
from luotsi.programme.queries.tree import Listing, Mapping, Node, Problem, Scalar
from luotsi.programme.rules.plan import Item
from luotsi.programme.rules.values import LANGUAGES, Figure, Place, Source, Span, Text

_FAILED = object()
_SCALARS: dict[type, Callable[[str], object]] = {
    str: scalars.word,
    bool: scalars.yes_or_no,
    date: scalars.day,
    Decimal: scalars.number,
    Span: scalars.span,
    Figure: scalars.figure,
    Source: scalars.source,
}


class Reading:
    """One pass over a tree; `problems` is empty when everything could be read."""

    def __init__(self, language: str) -> None:
        """Take the language that a text without one is in."""
        self.language = language
        self.problems: list[Problem] = []

    def item[T: Item](self, node: Node, shape: type[T], path: str = "") -> T | None:
        """Return the item that a map spells; None with problems when it does not."""
        before = len(self.problems)
        found = self._item(node, shape, path)
        return cast("T", found) if len(self.problems) == before else None

    def _item(self, node: Node, shape: type[Item], path: str) -> object:
        if not isinstance(node, Mapping):
            return self._wrong(node, _("Here stands a list of keys, each with its value."))
        known, given = keys.keys_of(shape), {}
        path = self._path(node, path)
        for name, (key, value) in node.entries.items():
            if name not in known:
                self._wrong(key, _unknown(name, tuple(known)))
                continue
            entry, hint = known[name]
            read = self._value(value, hint, f"{path}.{name}".lstrip("."), is_code=keys.is_code(entry))
            if read is None and keys.is_needed(entry):
                self._wrong(value, _("The key “%(key)s” needs a value.") % {"key": name})
            elif read is not None and read is not _FAILED:
                given[name] = read
        for name, (entry, _hint) in known.items():
            if keys.is_needed(entry) and name not in node.entries:
                self._wrong(node, _("The key “%(key)s” is missing.") % {"key": name})
        if any(name not in given for name, (entry, _hint) in known.items() if keys.is_needed(entry)):
            return _FAILED
        lines = tuple((name, key.line) for name, (key, _value) in node.entries.items())
        return shape(place=Place(path, node.line, lines), **given)

    def _path(self, node: Mapping, path: str) -> str:
        """Return the path with the code of the item in the place of its number in a list."""
        code = node.entries.get("code")
        head, bracket, _rest = path.rpartition("[")
        if code and isinstance(code[1], Scalar) and code[1].text and bracket:
            return f"{head}.{code[1].text}"
        return path

    def _value(self, node: Node, hint: Any, path: str, *, is_code: bool = False) -> object:
        """Return a value of the type, None when none is given, _FAILED when it does not fit."""
        if isinstance(node, Scalar) and node.text is None:
            return None
        kind = keys.kind_in(hint)
        if get_origin(kind) is tuple:
            return self._many(node, get_args(kind)[0], path, is_code=is_code)
        if kind is Text:
            return self._text(node)
        if issubclass(kind, Item):
            return self._item(node, kind, path)
        return self._scalar(node, kind, is_code=is_code)

    def _many(self, node: Node, kind: Any, path: str, *, is_code: bool) -> object:
        if not isinstance(node, Listing):
            return self._wrong(node, _("Here stands a list: every line begins with “- ”."))
        found = [
            self._value(part, kind, f"{path}[{position}]", is_code=is_code)
            for position, part in enumerate(node.nodes, 1)
        ]
        for part, value in zip(node.nodes, found, strict=True):
            if value is None:
                self._wrong(part, _("A line of the list is empty."))
        return _FAILED if any(value is _FAILED or value is None for value in found) else tuple(found)

    def _scalar(self, node: Node, kind: type, *, is_code: bool) -> object:
        if not isinstance(node, Scalar):
            return self._wrong(node, _("Here stands one value, not a list."))
        reader = scalars.code if is_code and kind is str else _reader_of(kind)
        try:
            return reader(node.text or "")
        except scalars.NotReadable as refused:
            return self._wrong(node, f"{refused.message} {_found(node.text or '')}")

    def _text(self, node: Node) -> object:
        """Return a text: in the plan's language when it stands alone, else by language."""
        if isinstance(node, Scalar):
            text = self._scalar(node, str, is_code=False)
            return text if text is _FAILED else Text(**{self.language: str(text)})
        if not isinstance(node, Mapping):
            return self._wrong(node, _("Here stands a text, or fi, sv and en with a text each."))
        given: dict[str, str] = {}
        for name, (key, value) in node.entries.items():
            if name not in LANGUAGES:
                self._wrong(key, _unknown(name, LANGUAGES))
            elif not isinstance(value, Scalar) or value.text is not None:
                read = self._scalar(value, str, is_code=False)
                given |= {} if read is _FAILED else {name: str(read)}
        return Text(**given)

    def _wrong(self, node: Node, message: str) -> object:
        self.problems.append(Problem(node.line, node.column, message))
        return _FAILED


def _reader_of(kind: type) -> Callable[[str], object]:
    return scalars.choice(kind) if issubclass(kind, StrEnum) else _SCALARS[kind]


def _found(text: str) -> str:
    return _("Found: “%(text)s”.") % {"text": text if len(text) <= 60 else f"{text[:60]}…"}


def _unknown(name: str, known: tuple[str, ...]) -> str:
    words = {"key": name[:60], "known": ", ".join(known)}
    if near := difflib.get_close_matches(name, known, n=1):
        return _("The key “%(key)s” is not known. Did you mean “%(near)s”?") % {**words, "near": near[0]}
    return _("The key “%(key)s” is not known here. Known are: %(known)s.") % words
