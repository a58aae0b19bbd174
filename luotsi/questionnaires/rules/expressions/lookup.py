"""Looks a name up in plain values: first as it is written, then step by step along its path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luotsi.questionnaires.rules.expressions.nodes import Name

ABSENT: Any = object()


def found_in(data: Mapping[str, Any], name: Name) -> Any:
    """Return the value of a name in an object, ABSENT where it has none."""
    value = data.get(name.text, ABSENT)
    if value is not ABSENT:
        return value
    if len(name.path) > 1:
        return along(data, name.path)
    return _in_any_case(data, name.text)


def along(data: Any, path: tuple[str | int, ...]) -> Any:
    """Return what stands at the end of a path, ABSENT where it leads nowhere; names may hold points themselves."""
    here: Any = data
    at = 0
    while at < len(path):
        step = path[at]
        if isinstance(step, int):
            if not isinstance(here, list) or not -len(here) <= step < len(here):
                return ABSENT
            here, at = here[step], at + 1
            continue
        if step == "length" and isinstance(here, list | str):
            return len(here) if at == len(path) - 1 else ABSENT
        if not isinstance(here, Mapping):
            return ABSENT
        here, at = _step(here, path, at)
        if here is ABSENT:
            return ABSENT
    return here


def _step(here: Mapping[str, Any], path: tuple[str | int, ...], at: int) -> tuple[Any, int]:
    """Return the value of the longest run of steps that is a key, and the place behind it."""
    for end in range(len(path), at, -1):
        part = path[at:end]
        if all(isinstance(step, str) for step in part):
            value = _in_any_case(here, ".".join(str(step) for step in part))
            if value is not ABSENT:
                return value, end
    return ABSENT, at


def _in_any_case(data: Mapping[str, Any], name: str) -> Any:
    if name in data:
        return data[name]
    lower = name.lower()
    return next((value for key, value in data.items() if key.lower() == lower), ABSENT)
