"""JSON as it was written: numbers exact, keys that are given twice noted, nothing deeper or longer than the limits."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from luotsi.funding.rules.reading.faults import DEPTH, SIZE


class Unreadable(ValueError):
    """It is no JSON that can be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class NotANumber:
    """Stands where a number is written that cannot be used: NaN, Infinity, or one past all measure."""

    text: str


class Twice(dict[str, Any]):
    """An object in which keys are given more than once."""

    keys_twice: tuple[str, ...] = ()


def loads(data: bytes | str) -> Any:
    """Return what a text of JSON says.

    Raises:
        Unreadable: It is too large or too deep, no UTF-8 or no JSON.
    """
    if len(data) > SIZE:
        raise Unreadable("too_large")
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        found = json.loads(
            text, parse_float=_number, parse_int=_number, parse_constant=NotANumber, object_pairs_hook=_object
        )
    except RecursionError:
        raise Unreadable("too_deep") from None
    except ValueError:
        raise Unreadable("not_json") from None
    if _is_deeper(found, DEPTH):
        raise Unreadable("too_deep")
    return found


def _number(text: str) -> int | Decimal | NotANumber:
    if len(text) > 40:
        return NotANumber(text[:40])
    if text.lstrip("-").isdigit():
        return int(text)
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent past all measure
        return NotANumber(text)
    return number if number.is_finite() and abs(number.adjusted()) <= 40 else NotANumber(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    counted = Counter(name for name, _value in pairs)
    twice = Twice(found)
    twice.keys_twice = tuple(name for name, count in counted.items() if count > 1)[:20]
    return twice


def _is_deeper(value: Any, left: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    if left == 0:
        return True
    return any(_is_deeper(item, left - 1) for item in (value.values() if isinstance(value, dict) else value))
