"""The operators of expressions, as SurveyJS has them, on exact numbers; whatever makes no sense comes to nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import DecimalException
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.expressions.coercion import (
    EXACT,
    ROUNDED,
    as_number,
    as_text,
    is_true,
    kept,
    moment_in,
)
from luotsi.questionnaires.rules.expressions.scope import ITEMS, SIGNS

HIGHEST_POWER = 100


def is_empty(value: Any) -> bool:
    """Return True for what counts as no answer."""
    return values.is_empty(value)


def _for_sum(value: Any, other: Any) -> Any:
    """Return a value to calculate with; nothing is 0 beside a number, "" beside a text, [] beside a list."""
    if not values.is_empty(value):
        return value
    if isinstance(other, str) and other:
        return ""
    return [] if isinstance(other, list) and other else 0


def plus(left: Any, right: Any) -> Any:
    """Return a sum; texts are joined, lists are put one behind the other."""
    left, right = _for_sum(left, right), _for_sum(right, left)
    if isinstance(left, list) and isinstance(right, list):
        return (left + right)[:ITEMS]
    if isinstance(left, str | list) or isinstance(right, str | list):
        if values.is_number(left) or values.is_number(right):
            left = len(left) if isinstance(left, list) else left
            right = len(right) if isinstance(right, list) else right
        if isinstance(left, str | list) or isinstance(right, str | list):
            return (as_text(left) + as_text(right))[:SIGNS]
    return _counted(EXACT.add, left, right)


def _counted(operation: Callable[..., Any], left: Any, right: Any) -> Any:
    one, other = as_number(left), as_number(right)
    if one is None or other is None:
        return None
    try:
        return kept(operation(one, other))
    except DecimalException:
        return None


def minus(left: Any, right: Any) -> Any:
    """Return a difference."""
    return _counted(EXACT.subtract, _for_sum(left, right), _for_sum(right, left))


def times(left: Any, right: Any) -> Any:
    """Return a product."""
    return _counted(EXACT.multiply, _for_sum(left, right), _for_sum(right, left))


def divided(left: Any, right: Any) -> Any:
    """Return a quotient; nothing when divided by 0 or by nothing."""
    left, right = _for_sum(left, right), _for_sum(right, left)
    return _counted(ROUNDED.divide, left, right) if as_number(right) else None


def modulo(left: Any, right: Any) -> Any:
    """Return the remainder, with the sign of what is divided."""
    left, right = _for_sum(left, right), _for_sum(right, left)
    return _counted(EXACT.remainder, left, right) if as_number(right) else None


def power(left: Any, right: Any) -> Any:
    """Return a power; exponents go from -100 to 100."""
    exponent = as_number(_for_sum(right, left))
    if exponent is None or abs(exponent) > HIGHEST_POWER:
        return None
    if exponent == 0:
        return 1
    return _counted(ROUNDED.power, _for_sum(left, right), exponent)


def _ordered(left: Any, right: Any) -> int | None:
    """Return -1, 0 or 1 as the left is less, equal or greater; None where the two have no order."""
    if left is None or right is None:
        return None
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    if isinstance(left, datetime) != isinstance(right, datetime):
        left, right = _beside_moment(left, right), _beside_moment(right, left)
    one, other = as_number(left), as_number(right)
    if one is None or other is None:
        return None
    return (one > other) - (one < other)


def _beside_moment(value: Any, other: Any) -> Any:
    """Return a text beside a moment as a moment; a moment beside a day is that day."""
    if isinstance(value, str) and isinstance(other, datetime):
        return moment_in(value)
    if isinstance(value, datetime) and isinstance(other, str):
        if len(other) < 11:
            return value.replace(hour=0, minute=0, second=0, microsecond=0)
        return value.replace(second=0, microsecond=0) if len(other) < 17 else value
    return value


def greater(left: Any, right: Any) -> bool:
    """Return True when the left is more; nothing is neither more nor less than anything."""
    return _ordered(left, right) == 1


def less(left: Any, right: Any) -> bool:
    """Return True when the left is less."""
    return _ordered(left, right) == -1


def greater_or_equal(left: Any, right: Any) -> bool:
    """Return True when the left is more or the same."""
    return equal(left, right) or greater(left, right)


def less_or_equal(left: Any, right: Any) -> bool:
    """Return True when the left is less or the same."""
    return equal(left, right) or less(left, right)


def equal(left: Any, right: Any) -> bool:
    """Return True when two values are loosely the same: 5 and "5", "Yes" and " yes ", lists in any order."""
    if isinstance(left, datetime) != isinstance(right, datetime):
        left, right = _beside_moment(left, right), _beside_moment(right, left)
    if values.is_empty(left) or values.is_empty(right):
        return values.is_empty(left) and values.is_empty(right)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(
            equal(one, other) for one, other in zip(sorted(left, key=as_text), sorted(right, key=as_text), strict=True)
        )
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(item, right[key]) for key, item in left.items())
    if isinstance(left, list | dict) or isinstance(right, list | dict):
        return False
    return _same(left, right)


def _same(left: Any, right: Any) -> bool:
    """Return True when two single values are loosely the same."""
    if isinstance(left, str) and isinstance(right, str):
        return left == right or left.strip().lower() == right.strip().lower()
    if isinstance(left, bool) and isinstance(right, str):
        return as_text(left) == right.lower()
    if isinstance(right, bool) and isinstance(left, str):
        return as_text(right) == left.lower()
    one, other = as_number(left), as_number(right)
    return one is not None and one == other


def not_equal(left: Any, right: Any) -> bool:
    """Return True when two values are not even loosely the same."""
    return not equal(left, right)


def contains(left: Any, right: Any) -> bool:
    """Return True when a text has another in it, in whatever case, or a list has a value, or all values of a list."""
    return _contained(left, right, wanted=True)


def not_contains(left: Any, right: Any) -> bool:
    """Return True when a text or a list does not have the other in it."""
    if not is_true(left) and not values.is_empty(right):
        return True
    return _contained(left, right, wanted=False)


def _contained(left: Any, right: Any, *, wanted: bool) -> bool:
    if isinstance(left, list):
        wants = right if isinstance(right, list) else [right]
        found = bool(left) and all(any(equal(item, want) for item in left) for want in wants)
        return found is wanted
    if left is None or left == "" or isinstance(left, dict) or not is_true(right) or isinstance(right, dict):
        return False
    sought = ",".join(as_text(item) for item in right) if isinstance(right, list) else as_text(right)
    return (sought.lower() in as_text(left).lower()) is wanted


def any_of(left: Any, right: Any) -> bool:
    """Return True when a value, or any of a list, is among the others."""
    if values.is_empty(left):
        return values.is_empty(right)
    if values.is_empty(right):
        return True
    if not isinstance(left, list):
        return contains(right, left)
    return any(contains(left, one) for one in right) if isinstance(right, list) else contains(left, right)


def none_of(left: Any, right: Any) -> bool:
    """Return True when neither a value nor any of a list is among the others."""
    return not any_of(left, right)


def all_of(left: Any, right: Any) -> bool:
    """Return True when a list has every one of the others."""
    if not is_true(left) and not values.is_empty(right):
        return False
    return all(contains(left, one) for one in right) if isinstance(right, list) else contains(left, right)


def both(left: Any, right: Any) -> Any:
    """Return the right where the left counts as true, else the left; nothing counts as 0."""
    left, right = _for_sum(left, right), _for_sum(right, left)
    return right if is_true(left) else left


def either(left: Any, right: Any) -> Any:
    """Return the left where it counts as true, else the right; nothing counts as 0."""
    left, right = _for_sum(left, right), _for_sum(right, left)
    return left if is_true(left) else right


UNARY: dict[str, Callable[[Any], bool]] = {
    "negate": lambda value: not is_true(value),
    "empty": values.is_empty,
    "notempty": lambda value: not values.is_empty(value),
}
BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "and": both,
    "or": either,
    "plus": plus,
    "minus": minus,
    "times": times,
    "divided": divided,
    "modulo": modulo,
    "power": power,
    "greater": greater,
    "less": less,
    "greaterorequal": greater_or_equal,
    "lessorequal": less_or_equal,
    "equal": equal,
    "notequal": not_equal,
    "contains": contains,
    "notcontains": not_contains,
    "anyof": any_of,
    "noneof": none_of,
    "allof": all_of,
}
