"""The columns of a plan as a workbook: a sheet for each list of items, a column for each key, texts by language.

A list of words stands in one cell, separated by commas; a list of texts stands line by line. An item that belongs to
another (a measure to its section, a milestone to its measure) names it by code in the column `in`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast, get_args, get_origin

from luotsi.programme.queries.keys import keys_of, kind_in, shapes_in
from luotsi.programme.rules.plan import Item, Plan
from luotsi.programme.rules.values import LANGUAGES, Text

IN = "in"
FIRST_SHEET = "plan"


@dataclass(frozen=True)
class Key:
    """A key of a shape that fits in a row: `path` leads to it, `many` = a list, `is_text` = by language."""

    path: tuple[str, ...]
    many: bool = False
    is_text: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        name = ".".join(self.path)
        return tuple(f"{name}.{code}" for code in LANGUAGES) if self.is_text else (name,)


@dataclass(frozen=True)
class Sheet:
    """A list of items of one shape; `inner` are the keys of the lists that its items hold."""

    name: str
    shape: type[Item]
    keys: tuple[Key, ...]
    inner: tuple[str, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """The names of the columns, that of the item which holds it first."""
        own = tuple(column for key in self.keys for column in key.columns)
        return own if self.name == FIRST_SHEET else (IN, *own)


@cache
def sheets() -> dict[str, Sheet]:
    """Return the sheets of a plan by name, the plan itself first, in the order in which the shapes hold each other."""
    found = {FIRST_SHEET: _sheet(FIRST_SHEET, Plan)}
    for shape in shapes_in(Plan):
        for name, part in _lists(shape):
            found.setdefault(name, _sheet(name, part))
    return found


def _sheet(name: str, shape: type[Item]) -> Sheet:
    return Sheet(name, shape, tuple(_keys(shape, ())), tuple(name for name, _part in _lists(shape)))


def _lists(shape: type[Item]) -> Iterator[tuple[str, type[Item]]]:
    for name, (_entry, hint) in keys_of(shape).items():
        kind = kind_in(hint)
        if get_origin(kind) is tuple and _is_item(get_args(kind)[0]):
            yield name, cast("type[Item]", get_args(kind)[0])


def _keys(shape: type[Item], before: tuple[str, ...]) -> Iterator[Key]:
    for name, (_entry, hint) in keys_of(shape).items():
        kind, path = kind_in(hint), (*before, name)
        if get_origin(kind) is tuple:
            part = get_args(kind)[0]
            if not _is_item(part):
                yield Key(path, many=True, is_text=part is Text)
        elif _is_item(kind):
            yield from _keys(kind, path)
        else:
            yield Key(path, is_text=kind is Text)


def _is_item(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Item)
