"""Planned and done over time as steps: what a picture of progress is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate

from luotsi.learning.rules.progress import NOTHING, Line

type Step = tuple[date, Decimal]


def planned_steps(lines: Iterable[Line]) -> list[Step]:
    """Return what the plan asks for from each day on, day by day; what was recognised on the day it was."""
    return _steps((one.asked_on, one.amount) for one in lines)


def done_steps(lines: Iterable[Line], day: date) -> list[Step]:
    """Return what is done from each day on, until a day."""
    return _steps((one.done_on, one.amount) for one in lines if one.done_on and one.done_on <= day)


def _steps(told: Iterable[tuple[date | None, Decimal | None]]) -> list[Step]:
    dated: dict[date, Decimal] = {}
    for day, amount in told:
        if day is not None and amount is not None:
            dated[day] = dated.get(day, NOTHING) + amount
    days = sorted(dated)
    return list(zip(days, accumulate(dated[day] for day in days), strict=True))


def level_on(steps: Sequence[Step], day: date) -> Decimal:
    """Return the height of steps on a day; nothing before the first."""
    return next((amount for at, amount in reversed(steps) if at <= day), NOTHING)


def nearly_all_by(steps: Sequence[Step], part: Decimal) -> date | None:
    """Return the first day on which a part of the whole is reached, from 0 to 1; None of nothing."""
    return next((day for day, amount in steps if amount >= steps[-1][1] * part), None)
