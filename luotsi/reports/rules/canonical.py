"""A report as JSON and back, in one form only, and the hash over it.

Numbers are text, so that no decimal is lost; keys are sorted and nothing is left to chance, so that the same report
gives the same bytes on every machine.
"""

from __future__ import annotations

import hashlib
import json
import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any, TypeAliasType, Union, get_args, get_origin, get_type_hints

from luotsi.reports.rules.content import Content


class NotAReport(ValueError):
    """JSON that is no report of this form."""


def hash_of(content: Content) -> str:
    """Return the SHA-256, in hexadecimal, over the canonical JSON of a report."""
    return hash_of_json(to_json(content))


def hash_of_json(tree: Any) -> str:
    """Return the hash over a tree of JSON as it was read from a file or a database."""
    return hashlib.sha256(canonical(tree).encode()).hexdigest()


def canonical(tree: Any) -> str:
    """Return the one text of a tree: keys sorted, no spaces, letters as they are."""
    return json.dumps(tree, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def to_json(value: Any) -> Any:
    """Return plain JSON: dataclasses by the names of their fields, those of a choice with the name of their class."""
    match value:
        case Decimal():
            return format(value, "f")
        case StrEnum():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case tuple() | list():
            return [to_json(part) for part in value]
        case dict():
            return {key: to_json(part) for key, part in value.items()}
    if is_dataclass(value):
        tree = {entry.name: to_json(getattr(value, entry.name)) for entry in fields(value)}
        return {"is": type(value).__name__, **tree}
    return value


def from_json(tree: Any) -> Content:
    """Return the report that JSON spells.

    Raises:
        NotAReport: something in it is not of this form.
    """
    try:
        content = _read(tree, Content)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise NotAReport(str(error)) from None
    if not isinstance(content, Content):
        raise NotAReport("There is no report in it.")
    return content


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(tree: Any, kind: Any) -> Any:
    if isinstance(kind, TypeAliasType):
        kind = kind.__value__
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _read_choice(tree, get_args(kind))
    if origin is tuple:
        return _read_tuple(tree, get_args(kind))
    if origin is dict:
        return {str(key): _read(part, get_args(kind)[1]) for key, part in tree.items()}
    if is_dataclass(kind):
        if tree["is"] != kind.__name__:  # type: ignore[union-attr]
            raise ValueError(f"{tree['is']} stands where {kind.__name__} should.")  # type: ignore[union-attr]
        hints = _hints(kind)  # type: ignore[arg-type]
        return kind(**{name: _read(part, hints[name]) for name, part in tree.items() if name != "is"})  # type: ignore[operator]
    return _read_plain(tree, kind)


def _read_choice(tree: Any, kinds: tuple[Any, ...]) -> Any:
    if tree is None and type(None) in kinds:
        return None
    real = [kind for kind in kinds if kind is not type(None)]
    if len(real) == 1:
        return _read(tree, real[0])
    return _read(tree, next(kind for kind in real if kind.__name__ == tree["is"]))


def _read_tuple(tree: Any, kinds: tuple[Any, ...]) -> tuple[Any, ...]:
    if not isinstance(tree, list):
        raise TypeError("A list is missing.")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_read(part, kinds[0]) for part in tree)
    return tuple(_read(part, kind) for part, kind in zip(tree, kinds, strict=True))


def _read_plain(tree: Any, kind: Any) -> Any:
    if kind in (date, datetime):
        return kind.fromisoformat(tree)
    if kind is Decimal:
        return Decimal(tree)
    if issubclass(kind, StrEnum):
        return kind(tree)
    if not isinstance(tree, kind) or (kind is int and isinstance(tree, bool)):
        raise TypeError(f"{tree!r} is not of the kind {kind.__name__}.")
    return tree
