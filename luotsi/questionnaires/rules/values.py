"""Values of answers: JSON with exact numbers, and what counts as empty.

A value is None, a bool, a text, an int or a Decimal, a list or a dict of these. Numbers never pass through binary
floating point: what was written as 0.10 stays 0.10. As in SurveyJS, None, "", [] and {} are empty; 0 and False are
not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

Value = Any  # None | bool | str | int | Decimal | list[Value] | dict[str, Value]
Number = int | Decimal

DIGITS = 60  # of a number; more is no answer to any question
DEPTH = 12  # of nested lists and objects in answers
DEEPEST = 60  # in a definition, in which panels stand in panels
SIZE = 4_000_000  # characters of a text of JSON


class NotAValue(ValueError):
    """The text or object is not JSON that an answer may be."""


def _number(text: str) -> Number:
    """Return a JSON number exactly.

    Raises:
        NotAValue: It has more digits than any answer, or an exponent to match.
    """
    if len(text) > DIGITS:
        raise NotAValue("number")
    if text.lstrip("-").isdigit():
        return int(text)
    number = Decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > DIGITS:
        raise NotAValue("number")
    return number


def _constant(_text: str) -> Number:
    raise NotAValue("number")


def _object(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotAValue("key twice")
    return found


def loads(text: str | bytes, *, depth: int = DEPTH, size: int = SIZE) -> Value:
    """Read JSON with exact numbers, nested no deeper than `depth`, of no more than `size` characters.

    Raises:
        NotAValue: Not JSON, too long, too deep, a key twice, NaN or Infinity, or a number past all measure.
    """
    if len(text) > size:
        raise NotAValue("size")
    try:
        value = json.loads(
            text, parse_float=_number, parse_int=_number, parse_constant=_constant, object_pairs_hook=_object
        )
    except RecursionError:
        raise NotAValue("depth") from None
    except NotAValue:
        raise
    except (ValueError, InvalidOperation):
        raise NotAValue("json") from None
    return checked(value, depth=depth)


def checked(value: object, *, depth: int = DEPTH) -> Value:
    """Return a value with every float made exact by its shortest digits, tuples as lists.

    Raises:
        NotAValue: Something in it is no JSON, or it is nested too deep.
    """
    return _checked(value, depth)


def _checked(value: object, depth: int) -> Value:
    if depth < 0:
        raise NotAValue("depth")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _sound(value)
    if isinstance(value, int | float | Decimal):
        return _exact(value)
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise NotAValue("key")
        return {_sound(key): _checked(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_checked(item, depth - 1) for item in value]
    raise NotAValue("type")


def _sound(text: str) -> str:
    """Return a text; half of a surrogate pair is no character and cannot be written anywhere."""
    if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
        raise NotAValue("text")
    return text


def _exact(value: int | float | Decimal) -> Number:
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        if not value.is_finite() or abs(value.adjusted()) > DIGITS or len(value.as_tuple().digits) > DIGITS:
            raise NotAValue("number")
    elif abs(value) >= 10**DIGITS:
        raise NotAValue("number")
    return value


def is_empty(value: Value) -> bool:
    """Return True for None, "", [], {} and objects of nothing but these; 0 and False are values."""
    if value is None:
        return True
    if isinstance(value, str | list):
        return not value
    if isinstance(value, dict):
        return all(is_empty(item) for item in value.values())
    return False


def is_hollow(value: Value) -> bool:
    """Return True for what is empty and for lists and objects of nothing but what is hollow: [{}] is, [0] is not."""
    if isinstance(value, list):
        return all(is_hollow(item) for item in value)
    if isinstance(value, dict):
        return all(is_hollow(item) for item in value.values())
    return is_empty(value)


def is_number(value: Value) -> bool:
    """Return True for an int or a Decimal; True and False are no numbers."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def plain(value: Value) -> str:
    """Return a number as its digits, without exponent and without zeros that say nothing after the point."""
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def same(one: Value, other: Value) -> bool:
    """Return True for equal values of equal kind: 1 and 1.0 are the same, 1 and True are not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(item, other[key]) for key, item in one.items())
    return bool(one == other)


def dumps(value: Value, *, indent: int | None = None) -> str:
    """Return JSON with the keys as they stand and numbers as plain digits."""
    return "".join(_written(value, indent, 0))


def _written(value: Value, indent: int | None, level: int) -> Iterable[str]:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        yield json.dumps(value, ensure_ascii=False)
    elif isinstance(value, int | Decimal):
        yield plain(value)
    elif isinstance(value, Mapping):
        parts = [
            json.dumps(key, ensure_ascii=False)
            + (": " if indent else ":")
            + "".join(_written(item, indent, level + 1))
            for key, item in value.items()
        ]
        yield _joined(parts, "{}", indent, level)
    else:
        yield _joined(["".join(_written(item, indent, level + 1)) for item in value], "[]", indent, level)


def _joined(parts: list[str], ends: str, indent: int | None, level: int) -> str:
    if not parts:
        return ends
    if not indent:
        return ends[0] + ",".join(parts) + ends[1]
    inner, outer = "\n" + " " * indent * (level + 1), "\n" + " " * indent * level
    return ends[0] + inner + ("," + inner).join(parts) + outer + ends[1]
