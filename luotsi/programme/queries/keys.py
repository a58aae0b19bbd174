"""The keys of a plan file as its shapes have them: what may stand at each, and whether it is needed."""

from __future__ import annotations

import types
from collections.abc import Hashable, Iterator
from dataclasses import MISSING, Field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from luotsi.programme.rules.plan import Item
from luotsi.programme.rules.values import Figure, Source, Span, Text

_NAMES: dict[type, str] = {
    str: "word",
    bool: "yes or no",
    date: "day",
    Decimal: "number",
    Span: "period",
    Figure: "number or code",
    Source: "source",
    Text: "text",
}


@cache
def _keys_of(shape: Hashable) -> dict[str, tuple[Field[Any], Any]]:
    found = cast("type[Item]", shape)
    hints = get_type_hints(found)
    return {entry.name: (entry, hints[entry.name]) for entry in fields(found) if entry.name != "place"}


def keys_of(shape: type[Item]) -> dict[str, tuple[Field[Any], Any]]:
    """Return the keys of a shape, each with its field and its type."""
    return _keys_of(cast("Hashable", shape))


def is_needed(entry: Field[Any]) -> bool:
    """Return True when a key may not be left out."""
    return entry.default is MISSING and entry.default_factory is MISSING


def is_code(entry: Field[Any]) -> bool:
    """Return True for a key that holds a code, or several."""
    return entry.name == "code" or "refs" in entry.metadata


def kind_of(entry: Field[Any], hint: Any) -> str:
    """Return what may stand at a key, as docs/plan-files.md tells it."""
    kind: type = kind_in(hint)
    if get_origin(kind) is tuple:
        return f"list of {kind_of(entry, get_args(kind)[0])}"
    if issubclass(kind, Item):
        return kind.__name__
    if issubclass(kind, StrEnum):
        return f"one of {', '.join(f'`{word}`' for word in kind)}"
    name: str = "code" if is_code(entry) and kind is str else _NAMES[kind]
    kinds: tuple[str, ...] = entry.metadata.get("refs", ())
    return f"{name} of {' or '.join(kinds)}" if kinds else name


def kind_in(hint: Any) -> Any:
    """Return a type without the None that it may be."""
    kinds = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    return next(kind for kind in kinds if kind is not types.NoneType)


def shapes_in(shape: type[Item]) -> Iterator[type[Item]]:
    """Yield a shape and every shape that its keys lead to, each once, in the order of the keys."""
    seen: list[type[Item]] = [shape]
    for found in seen:
        for _entry, hint in keys_of(found).values():
            seen.extend(kind for kind in _inner(hint) if kind not in seen)
    yield from seen


def _inner(hint: Any) -> Iterator[type[Item]]:
    if isinstance(hint, type) and issubclass(hint, Item):
        yield hint
    for part in get_args(hint):
        yield from _inner(part)
