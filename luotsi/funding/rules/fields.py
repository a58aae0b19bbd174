"""How the shapes of funding files tell their keys: what each means, what may stand there, and how much of it.

A shape is a frozen dataclass whose fields are the keys of a JSON object. Reader, JSON Schema and docs/funding-files.md
follow from it.
"""

from __future__ import annotations

import types
from collections.abc import Hashable, Iterator
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints


class Form(StrEnum):
    """How a text or a number is written, beside its type."""

    KEY = "key"  # a word of a–z, 0–9, - and _ that others point to
    NAME = "name"  # one line
    TEXT = "text"  # several lines
    TIME = "time"  # HH:MM or HH:MM:SS
    ZONE = "zone"  # Europe/Helsinki
    MONEY = "money"  # euros
    PERCENT = "percent"  # 0 to 100
    NUMBER = "number"


LONGEST = {Form.KEY: 60, Form.NAME: 300, Form.TEXT: 20_000, Form.TIME: 8, Form.ZONE: 60}


@dataclass(frozen=True)
class About:
    """What a key means, how its value is written, and how many there may be of it."""

    words: str
    form: Form | None = None
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One object of a file; `at` is where it stood, as a JSON pointer (RFC 6901)."""

    at: str = field(default="", repr=False, compare=False)


def needed(words: str, form: Form | None = None, *, least: int | None = None, most: int | None = None) -> Any:
    """Return a key that must be there; of one that may be null, the null says something."""
    return field(metadata={"about": About(words, form, least, most)})


def optional(
    words: str, form: Form | None = None, *, default: Any = None, least: int | None = None, most: int | None = None
) -> Any:
    """Return a key that may be left out."""
    return field(default=default, metadata={"about": About(words, form, least, most)})


@dataclass(frozen=True)
class Key:
    """One key of a shape.

    Attributes:
        name: As it stands in the file.
        about: What it means.
        kind: Type of its value, or of each of its values.
        is_list: It holds a list of them.
        is_nullable: It may be null, which is not the same as left out where it is needed.
        is_needed: It may not be left out.
    """

    name: str
    about: About
    kind: type
    is_list: bool
    is_nullable: bool
    is_needed: bool


def keys_of(shape: type[Shape]) -> tuple[Key, ...]:
    """Return the keys of a shape in their order."""
    return _keys_of(cast("Hashable", shape))


@cache
def _keys_of(shape: Hashable) -> tuple[Key, ...]:
    found = cast("type[Shape]", shape)
    hints = get_type_hints(found)
    return tuple(_key(entry, hints[entry.name]) for entry in fields(found) if "about" in entry.metadata)


def _key(entry: Field[Any], hint: Any) -> Key:
    parts = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    kind = next(part for part in parts if part is not types.NoneType)
    is_list = get_origin(kind) is tuple
    return Key(
        name=entry.name,
        about=entry.metadata["about"],
        kind=get_args(kind)[0] if is_list else kind,
        is_list=is_list,
        is_nullable=types.NoneType in parts,
        is_needed=entry.default is MISSING,
    )


def shapes_in(shape: type[Shape]) -> Iterator[type[Shape]]:
    """Yield a shape and every shape that its keys lead to, each once, in the order of the keys."""
    seen: list[type[Shape]] = [shape]
    for found in seen:
        for key in keys_of(found):
            if issubclass(key.kind, Shape) and key.kind not in seen:
                seen.append(key.kind)
    yield from seen


NAMES: dict[type, str] = {
    bool: "true or false",
    date: "day",
    datetime: "moment",
    Decimal: "number",
    int: "whole number",
}


def value_of(key: Key) -> str:
    """Return what may stand at a key, as docs/funding-files.md tells it."""
    if issubclass(key.kind, Shape):
        word = key.kind.__name__
    elif issubclass(key.kind, StrEnum):
        word = f"one of {', '.join(f'`{one}`' for one in key.kind)}"
    else:
        word = str(key.about.form) if key.about.form else NAMES[key.kind]
    told = f"list of {word}" if key.is_list else word
    return f"{told}, or null" if key.is_nullable else told
