"""M10: the parts of a row by year add up to it, and each year lies in the period of use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luotsi.funding.rules.application import Application, Area, CostRow, FinancingRow
from luotsi.funding.rules.call import Call, Period
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Difference, Finding, Plain, Severity, Value, of
from luotsi.funding.rules.register import Register


def years_add_up(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """M10: sums by year are the sum of the row; years with money touch the period of use."""
    for area in application.areas:
        period = area.period or application.period
        for row in area.rows:
            parts = figures.total(part.amount for part in row.by_year)
            if parts is not None and parts != row.amount:
                field = figures.row_field(area, row)
                given = row.amount if row.amount is not None else figures.ZERO
                params: dict[str, Value] = {"sum": row.amount, "parts": parts, "difference": Difference(parts - given)}
                where = (figures.row_field(area, row, "by_year"), field)
                yield Finding("M10", "M10.differ", Severity.BLOCK, where, parts, row.amount, params)
            if period is not None:
                yield from _outside(area, row, period)


def _outside(area: Area, row: CostRow | FinancingRow, period: Period) -> Iterator[Finding]:
    names = figures.row_field(area, row).names
    told = [(of(part, "year", *names, str(part.year)), part.year, part.amount) for part in row.by_year]
    if row.year is not None:
        told.append((of(row, "year", *names, str(row.year)), row.year, row.amount))
    for field, year, amount in told:
        early = period.start_on is not None and year < period.start_on.year
        late = period.end_on is not None and year > period.end_on.year
        if amount and (early or late):
            where = (field, of(period, "start_on" if early else "end_on", *figures.area_names(area), "@period"))
            params: dict[str, Value] = {
                "year": Plain(year),
                "sum": amount,
                "start": period.start_on,
                "end": period.end_on,
            }
            wanted = period.start_on if early else period.end_on
            yield Finding("M10", "M10.outside", Severity.BLOCK, where, Plain(year), wanted, params)
