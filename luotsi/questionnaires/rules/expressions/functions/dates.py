"""Functions over days and moments; a text that is no day by ISO 8601 comes to nothing."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from luotsi.questionnaires.rules.expressions.coercion import as_number, moment_in
from luotsi.questionnaires.rules.expressions.functions.function import Function, of_values
from luotsi.questionnaires.rules.expressions.nodes import Node
from luotsi.questionnaires.rules.expressions.scope import Worker

FURTHEST = 4_000_000  # days by which a moment can be moved
SECONDS = {"hours": 3600, "minutes": 60, "seconds": 1}


def _start(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _today(worker: Worker, arguments: tuple[Node, ...]) -> Any:
    days = as_number(worker.value(arguments[0])) if arguments else None
    return moved(_start(worker.scope.now), int(days or 0), "days")


def _now(worker: Worker, _arguments: tuple[Node, ...]) -> Any:
    return worker.scope.now


def _part(made: Any) -> Function:
    """Return a function of the moment told, or of today where nothing is told."""

    def work(worker: Worker, arguments: tuple[Node, ...]) -> Any:
        told = worker.value(arguments[0]) if arguments else None
        moment = moment_in(told) if told else _start(worker.scope.now)
        return None if moment is None else made(moment)

    return Function(0, 1, work)


def _year(told: Any) -> int | None:
    """Return the year of a moment, nothing where none is told."""
    moment = moment_in(told) if told else None
    return None if moment is None else moment.year


def months_between(first: datetime, last: datetime) -> int:
    """Return the whole months from one day to another; negative when the last is the earlier."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - 1 if last.day < first.day else months


def difference(first: Any, last: Any, interval: Any = "days") -> int | None:
    """Return how far two moments are apart: days, hours, minutes and seconds without sign, months and years with."""
    one, other = moment_in(first) if first else None, moment_in(last) if last else None
    if one is None or other is None:
        return None
    interval = interval or "days"
    if interval in SECONDS:
        return math.ceil(abs((other - one).total_seconds()) / SECONDS[interval])
    if interval == "days":
        return abs((other.date() - one.date()).days)
    months = months_between(one, other)
    return months if interval == "months" else math.trunc(months / 12)


def moved(moment: datetime, number: int, interval: str) -> datetime | None:
    """Return a moment so many days, hours, … later; the 31st of a shorter month runs over into the next."""
    if abs(number) > FURTHEST:
        return None
    try:
        if interval in {"months", "years"}:
            months = moment.year * 12 + moment.month - 1 + number * (12 if interval == "years" else 1)
            first = moment.replace(year=months // 12, month=months % 12 + 1, day=1)
            return first + timedelta(days=moment.day - 1)
        if interval in {"days", *SECONDS}:
            return moment + timedelta(**{interval: number})
    except (ValueError, OverflowError):
        return None
    return moment


def _add(told: Any, number: Any, interval: Any = "days") -> Any:
    moment, by = moment_in(told) if told else None, as_number(number)
    if moment is None or not by:
        return None
    return moved(moment, int(by), str(interval or "days"))


def _age(worker: Worker, arguments: tuple[Node, ...]) -> Any:
    told = worker.value(arguments[0])
    interval = worker.value(arguments[1]) if len(arguments) > 1 else "years"
    return difference(told, worker.scope.now, interval or "years")


DATES = {
    "today": Function(0, 1, _today),
    "currentDate": Function(0, 0, _now),
    "currentYear": Function(0, 0, lambda worker, _arguments: worker.scope.now.year),
    "getDate": of_values(1, 1, lambda told: moment_in(told) if told else None),
    "getYear": of_values(1, 1, _year),
    "year": _part(lambda moment: moment.year),
    "month": _part(lambda moment: moment.month),
    "day": _part(lambda moment: moment.day),
    "weekday": _part(lambda moment: moment.isoweekday() % 7),
    "dateDiff": of_values(2, 3, difference),
    "diffDays": of_values(2, 2, lambda first, last: difference(first, last) or 0),
    "dateAdd": of_values(2, 3, _add),
    "age": Function(1, 2, _age),
}
