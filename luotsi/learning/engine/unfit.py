"""Why a value of JSON is not kept though it can be read: too deep, signs that no text has, names told twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

MOST_LEVELS = 100
"""How deep values may stand in each other: ten times what the public data models have."""
LEVELS_TOLD = 4
ESCAPED = ("\\u0000", "\\ud", "\\uD")


class NamedTwice(Exception):
    """An object has a name twice."""


def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object of JSON as it is read. Raises NamedTwice: which of two values holds, nobody can tell."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NamedTwice
    return found


class _Pairs(list[tuple[str, object]]):
    """An object of JSON with all its names."""


def twice_in(text: str) -> str:
    """Return the JSON Pointer of the first name that an object has twice; "" of none."""
    waiting: list[tuple[str, object]] = [("", json.loads(text, object_pairs_hook=_Pairs))]
    while waiting:
        at, value = waiting.pop()
        inner: list[tuple[Any, object]] = []
        if isinstance(value, list):
            inner = value if isinstance(value, _Pairs) else list(enumerate(value))
        told = set[object]()
        for name, _one in inner:
            if name in told:
                return f"{at}/{_step(name)}"
            told.add(name)
        waiting += [(f"{at}/{_step(name)}", one) for name, one in reversed(inner)]
    return ""


def unfit_in(value: object, text: str = "") -> tuple[str, str] | None:
    """Return the code (`too_deep`, `not_signs`) of why it is not kept, and the JSON Pointer; None when it is.

    Args:
        value: what was read.
        text: what it was read from: signs that cannot be kept stand there escaped; "" = it is written anew.
    """
    if is_deep(value):
        return "too_deep", _deep_branch(value)
    written = text or json.dumps(value)
    if any(signs in written for signs in ESCAPED):
        for at, told in _texts_in(value):
            if not _is_written(told):
                return "not_signs", at
    return None


def is_deep(value: object) -> bool:
    """Return True when values stand in each other deeper than `MOST_LEVELS`."""
    level = [value]
    for _depth in range(MOST_LEVELS):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _deep_branch(value: object) -> str:
    """Return the first steps to the values that stand too deep."""
    level = [("", value)]
    for depth in range(MOST_LEVELS):
        level = [
            (at if depth >= LEVELS_TOLD else f"{at}/{_step(name)}", inner)
            for at, one in level
            for name, inner in _inner(one)
            if isinstance(inner, dict | list)
        ]
    return level[0][0]


def _inner(value: object) -> Iterable[tuple[object, object]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _step(name: object) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")


def _texts_in(value: object, at: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text with its place, names of values with that of what holds them."""
    for name, inner in _inner(value):
        if isinstance(name, str):
            yield at, name
        yield from _texts_in(inner, f"{at}/{_step(name)}")
    if isinstance(value, str):
        yield at, value


def _is_written(told: str) -> bool:
    try:
        told.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in told
