"""A plan as a tree of plain values and back: the tree of a plan file, fit for a JSON column, without loss.

Every scalar is text or a yes or no; what was not given is left out. Texts stand by language. Places in a file are not
part of a plan and are not kept.
"""

from __future__ import annotations

import types
from collections.abc import Hashable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from luotsi.programme.rules import values
from luotsi.programme.rules.plan import Item, Plan
from luotsi.programme.rules.values import LANGUAGES, Figure, Source, Span, Text

type Json = str | bool | list[Json] | dict[str, Json]


class NotADocument(ValueError):
    """A tree that is not one of a plan."""


def to_json(plan: Plan) -> dict[str, Json]:
    """Return the tree of a plan; `from_json` makes an equal plan of it."""
    return tree_of(plan)


def tree_of(item: Item) -> dict[str, Json]:
    """Return the tree of one item: its keys in their order, without those that hold what they hold by default."""
    return {
        entry.name: _plain(value)
        for entry, _hint in _entries(type(item))
        if not _is_default(entry, value := getattr(item, entry.name))
    }


def from_json(tree: Mapping[str, Any]) -> Plan:
    """Return the plan of a tree.

    Raises:
        NotADocument: a key is missing or unknown, or a value is not of its kind.
    """
    return item_of(Plan, tree)


def item_of[T: Item](shape: type[T], tree: Mapping[str, Any]) -> T:
    """Return the item of a shape that a tree spells. Raises NotADocument as `from_json` does."""
    hints = {entry.name: hint for entry, hint in _entries(shape)}
    if unknown := tree.keys() - hints.keys():
        raise NotADocument(f"{shape.__name__} has no {', '.join(sorted(unknown))}.")
    try:
        given: dict[str, Any] = {name: _value(hints[name], value) for name, value in tree.items()}
        return shape(**given)
    except (TypeError, ValueError, AttributeError) as error:
        raise NotADocument(f"{shape.__name__}: {error}") from None


def fields_of(shape: type[Item]) -> list[str]:
    """Return the keys of a shape in the order of the file."""
    return [entry.name for entry, _hint in _entries(shape)]


@cache
def _entries_of(shape: Hashable) -> tuple[tuple[Field[Any], Any], ...]:
    found = cast("type[Item]", shape)
    hints = get_type_hints(found)
    return tuple((entry, _kind(hints[entry.name])) for entry in fields(found) if entry.name != "place")


def _entries(shape: type[Item]) -> tuple[tuple[Field[Any], Any], ...]:
    return _entries_of(cast("Hashable", shape))


def _kind(hint: Any) -> Any:
    """Return a type without the None that it may be."""
    kinds = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    return next(kind for kind in kinds if kind is not types.NoneType)


def _is_default(entry: Field[Any], value: object) -> bool:
    return value is None or (entry.default is not MISSING and value == entry.default)


def _plain(value: Any) -> Json:
    match value:
        case bool() | str() if not isinstance(value, StrEnum):
            return value
        case Text():
            return {code: getattr(value, code) for code in LANGUAGES if getattr(value, code)}
        case Item():
            return tree_of(value)
        case tuple():
            return [_plain(part) for part in value]
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case Figure():
            return value.code or format(cast("Decimal", value.value), "f")
    return str(value)


def _value(kind: Any, value: Any) -> object:
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise NotADocument(f"{value!r} is not a list.")
        return tuple(_value(get_args(kind)[0], part) for part in value)
    if kind is bool:
        if not isinstance(value, bool):
            raise NotADocument(f"{value!r} is neither true nor false.")
        return value
    if kind is Text:
        return Text(**value)
    if issubclass(kind, Item):
        return item_of(kind, value)
    return _scalar(kind, value)


def _scalar(kind: type, value: Any) -> object:
    if not isinstance(value, str):
        raise NotADocument(f"{value!r} is not a text.")
    if kind is str:
        return value
    if issubclass(kind, StrEnum):
        return kind(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is Decimal:
        return Decimal(value)
    readers = {Span: values.span, Figure: values.figure, Source: values.source}
    return readers[kind](value)
