"""M11: what a month of full-time work costs, where the application tells how much work it pays for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from luotsi.funding.rules.application import Application
from luotsi.funding.rules.call import Call, CostKind, Period
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Finding, Plain, Severity, Value, of, of_call
from luotsi.funding.rules.register import Register

MONTHS = 12


def months_are_sane(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """M11: euros of personnel a month and person lie where the call says; without person-years nobody can tell."""
    for area in application.areas:
        rows = [row for row in area.costs if figures.kind_of(row, call) is CostKind.PERSONNEL]
        cost = figures.total(row.amount for row in rows)
        if not cost or cost < 0:
            continue
        years = figures.total(one.person_years for one in area.personnel)
        names = figures.area_names(area)
        field, second = figures.row_field(area, rows[0]), of(area, "personnel", *names, "@personnel")
        if not years or years < 0:
            length = months(area.period or application.period)
            params: dict[str, Value] = {"area": names[0], "sum": cost, "months": length}
            if length:
                params["monthly"] = (cost / length).quantize(figures.EURO, rounding=ROUND_HALF_UP)
            code = "M11.no_years" if length else "M11.no_years_no_period"
            yield Finding("M11", code, Severity.INFO, (field, second), cost, None, params)
            continue
        monthly = (cost / (years * MONTHS)).quantize(figures.EURO, rounding=ROUND_HALF_UP)
        bounds = call.monthly_cost
        if bounds is not None and not bounds.least <= monthly <= bounds.most:
            params = {"area": names[0], "sum": cost, "years": Plain(years), "monthly": monthly}
            params |= {"least": bounds.least, "most": bounds.most}
            wanted: Decimal = bounds.least if monthly < bounds.least else bounds.most
            where = (field, of_call(bounds, "least" if monthly < bounds.least else "most", "@call", "@monthly_cost"))
            yield Finding("M11", "M11.doubtful", Severity.WARN, where, monthly, wanted, params)


def months(period: Period | None) -> int:
    """Return how many calendar months a period touches; 0 where it is not told or runs backwards."""
    if period is None or period.start_on is None or period.end_on is None or period.end_on < period.start_on:
        return 0
    start, end = period.start_on, period.end_on
    return (end.year - start.year) * MONTHS + end.month - start.month + 1
