"""D1, D2, D4: periods of use begin before they end, lie in that of the call, and are told for every area."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luotsi.funding.rules.application import Application, Area, FinancingKind
from luotsi.funding.rules.call import Call, Period
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Field, Finding, Percent, Severity, Value, of, of_call
from luotsi.funding.rules.register import Register


def periods(application: Application) -> Iterator[tuple[Period, tuple[str, ...]]]:
    """Yield each period that an application tells, with what it is called."""
    if application.period is not None:
        yield application.period, ("@whole",)
    yield from ((area.period, figures.area_names(area)) for area in application.areas if area.period is not None)
    if application.outcome is not None and application.outcome.period is not None:
        yield application.outcome.period, ("@outcome",)


def _sides(period: Period, names: tuple[str, ...]) -> tuple[Field, Field]:
    return of(period, "start_on", *names, "@start"), of(period, "end_on", *names, "@end")


def start_before_end(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """D1: a period ends on or after its first day; both days are told, and there is a period at all."""
    told = list(periods(application))
    if not told:
        where = (of(application, "period", "@period"), of_call(call, "period", "@call", "@period"))
        yield Finding("D1", "D1.no_period", Severity.WARN, where, None, None)
    for period, names in told:
        start, end = _sides(period, names)
        if period.start_on is None or period.end_on is None:
            missing, other = (start, end) if period.start_on is None else (end, start)
            code = "D1.no_start" if period.start_on is None else "D1.no_end"
            params: dict[str, Value] = {"period": names, "start": period.start_on, "end": period.end_on}
            yield Finding("D1", code, Severity.WARN, (missing, other), None, None, params)
        elif period.end_on < period.start_on:
            first, second = _later(period.start_on, period.end_on)
            params = {"period": names, "start": period.start_on, "end": period.end_on}
            params |= {"days": (period.start_on - period.end_on).days, "first": first, "second": second}
            yield Finding("D1", "D1.reversed", Severity.BLOCK, (end, start), period.end_on, None, params)


def _later(start: date, end: date) -> tuple[date, date]:
    """Return the same day of the two years in which it would come after the start: what may have been meant."""
    year = start.year if _in_year(end, start.year) >= start else start.year + 1
    return _in_year(end, year), _in_year(end, year + 1)


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=min(year, date.max.year))
    except ValueError:  # 29 February
        return day.replace(year=min(year, date.max.year), day=28)


def within_call(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """D2: periods of use lie in that of the call; one that the call lets begin before its own letter is told."""
    limit = call.period
    if limit is None:
        return
    if call.letter_on is not None and limit.start_on is not None and limit.start_on < call.letter_on:
        where = (of_call(limit, "start_on", "@call", "@start"), of_call(call, "letter_on", "@call", "@letter"))
        params: dict[str, Value] = {"start": limit.start_on, "letter": call.letter_on}
        yield Finding("D2", "D2.before_letter", Severity.INFO, where, limit.start_on, None, params)
    for period, names in periods(application):
        start, end = _sides(period, names)
        params = {"period": names, "start": limit.start_on, "end": limit.end_on}
        if period.start_on is not None and limit.start_on is not None and period.start_on < limit.start_on:
            where = (start, of_call(limit, "start_on", "@call", "@start"))
            found = params | {"found": period.start_on}
            yield Finding("D2", "D2.too_early", Severity.BLOCK, where, period.start_on, limit.start_on, found)
        if period.end_on is not None and limit.end_on is not None and period.end_on > limit.end_on:
            where = (end, of_call(limit, "end_on", "@call", "@end"))
            found = params | {"found": period.end_on}
            yield Finding("D2", "D2.too_late", Severity.BLOCK, where, period.end_on, limit.end_on, found)


def alike_in_areas(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """D4: where one area has a period of its own, all have; one that differs says why."""
    told = [area for area in application.areas if area.period is not None]
    if not told:
        return
    first = told[0]
    if application.period is None:
        for area in application.areas:
            if area.period is None and (figures.costs(area) or figures.financing(area)):
                yield _missing(application, area, first)
    for area in told[1:]:
        period, other = area.period, first.period
        if period is None or other is None or _days(period) == _days(other) or None in (*_days(period), *_days(other)):
            continue
        if not period.explanation.strip() and not other.explanation.strip():
            where = (of(period, "", *figures.area_names(area), "@period"),)
            sides = (*where, of(other, "", *figures.area_names(first), "@period"))
            params: dict[str, Value] = {"area": figures.area_names(area)[0], "other": figures.area_names(first)[0]}
            params |= {"start": period.start_on, "end": period.end_on}
            params |= {"other_start": other.start_on, "other_end": other.end_on}
            yield Finding("D4", "D4.differ", Severity.WARN, (sides[0], sides[1]), period.end_on, other.end_on, params)


def _days(period: Period) -> tuple[date | None, date | None]:
    return period.start_on, period.end_on


def _missing(application: Application, area: Area, other: Area) -> Finding:
    names, grant = figures.area_names(area), figures.financing(area, FinancingKind.GRANT)
    whole = figures.of_all(application, FinancingKind.GRANT)
    where = (of(area, "period", *names, "@period"), of(other, "period", *figures.area_names(other), "@period"))
    params: dict[str, Value] = {"area": names[0], "other": figures.area_names(other)[0]}
    if not grant or not whole or grant < 0 or whole < grant:
        return Finding("D4", "D4.missing", Severity.WARN, where, None, None, params)
    params |= {"sum": grant, "share": Percent(figures.share(grant, whole), 1)}
    return Finding("D4", "D4.missing_with_sum", Severity.WARN, where, None, None, params)
