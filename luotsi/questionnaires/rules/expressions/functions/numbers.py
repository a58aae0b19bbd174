"""Functions over numbers. Sums and means are of numbers only: a word among them counts for nothing."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from luotsi.questionnaires.rules.expressions import operators
from luotsi.questionnaires.rules.expressions.coercion import EXACT, ROUNDED, as_number, kept, number_in
from luotsi.questionnaires.rules.expressions.functions.function import MANY, Function, flat
from luotsi.questionnaires.rules.expressions.nodes import Node
from luotsi.questionnaires.rules.expressions.scope import Worker

PLACES = 20  # digits after (or before) the point to which numbers are rounded


def added(numbers: list[Decimal]) -> Decimal | None:
    """Return the exact sum; None past all measure."""
    total = Decimal(0)
    for number in numbers:
        total = EXACT.add(total, number)
    return kept(total)


def mean(numbers: list[Decimal]) -> Decimal | int | None:
    """Return the mean; 0 of nothing, as SurveyJS has it."""
    total = added(numbers)
    if not numbers or total is None:
        return 0 if not numbers else None
    return ROUNDED.divide(total, Decimal(len(numbers)))


def numbers_among(values: Iterable[Any]) -> list[Decimal]:
    """Return the values that are numbers, or words that say one."""
    found = (as_number(value) for value in values)
    return [number for number in found if number is not None]


def _sum(worker: Worker, arguments: tuple[Node, ...]) -> Any:
    return added(numbers_among(flat(worker, arguments)))


def _avg(worker: Worker, arguments: tuple[Node, ...]) -> Any:
    return mean(numbers_among(flat(worker, arguments)))


def _count(worker: Worker, arguments: tuple[Node, ...]) -> Any:
    return len(flat(worker, arguments))


def _best(worker: Worker, arguments: tuple[Node, ...], beats: Any) -> Any:
    best = None
    for value in flat(worker, arguments):
        number = number_in(value) if isinstance(value, str) else None
        here = value if number is None else number
        if best is None or beats(here, best):
            best = here
    return best


def _min(worker: Worker, arguments: tuple[Node, ...]) -> Any:
    return _best(worker, arguments, operators.less)


def _max(worker: Worker, arguments: tuple[Node, ...]) -> Any:
    return _best(worker, arguments, operators.greater)


def rounded(number: Decimal, places: int, rounding: str = ROUND_HALF_UP) -> Decimal | None:
    """Return a number rounded to so many digits after the point, before it where negative; halves away from 0."""
    if abs(places) > PLACES or number.adjusted() > 60:
        return None
    unit = Decimal(1).scaleb(-places)
    whole = EXACT.divide(number, unit).to_integral_value(rounding)
    return EXACT.multiply(whole, unit)


def _to_places(worker: Worker, arguments: tuple[Node, ...], rounding: str) -> Any:
    found = [as_number(value) for value in flat(worker, arguments)]
    number = found[0] if found else None
    places = found[1] if len(found) > 1 else Decimal(0)
    if number is None or places is None or abs(places) > PLACES:
        return None
    return rounded(number, int(places), rounding)


def _round(worker: Worker, arguments: tuple[Node, ...]) -> Any:
    return _to_places(worker, arguments, ROUND_HALF_UP)


def _trunc(worker: Worker, arguments: tuple[Node, ...]) -> Any:
    return _to_places(worker, arguments, ROUND_DOWN)


NUMBERS = {
    "sum": Function(0, MANY, _sum),
    "avg": Function(0, MANY, _avg),
    "min": Function(0, MANY, _min),
    "max": Function(0, MANY, _max),
    "count": Function(0, MANY, _count),
    "round": Function(1, 2, _round),
    "trunc": Function(1, 2, _trunc),
}
