"""M1 and M3: what is spent equals what pays for it, and stated totals are the sums of their rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luotsi.funding.rules.application import Application
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Difference, Finding, Severity, Value, of
from luotsi.funding.rules.register import Register


def costs_equal_financing(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """M1: in each area costs and financing are the same; where one side was not given, that cannot be judged."""
    for area in application.areas:
        costs, financing = figures.costs(area), figures.financing(area)
        if costs == financing:
            continue
        names = figures.area_names(area)
        where = (figures.costs_field(area), of(area, "financing", *names, "@financing"))
        if costs is None or financing is None:
            code = "M1.no_costs" if costs is None else "M1.no_financing"
            yield Finding("M1", code, Severity.INFO, where, costs, financing, {"area": names[0]})
            continue
        params: dict[str, Value] = {
            "area": names[0],
            "costs": costs,
            "financing": financing,
            "difference": Difference(costs - financing),
        }
        yield Finding("M1", "M1.differ", Severity.BLOCK, where, costs, financing, params)


def totals_are_sums(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """M3: a total that the applicant states is what its rows come to."""
    for stated in application.totals:
        wanted = figures.what(application, stated.of)
        if stated.amount is None or stated.amount == wanted:
            continue
        field = of(stated, "amount", stated.label or "@total")
        where = (field, figures.side_of(application, stated.of))
        given = wanted if wanted is not None else figures.ZERO
        params: dict[str, Value] = {
            "stated": stated.amount,
            "sum": given,
            "difference": Difference(stated.amount - given),
        }
        yield Finding("M3", "M3.differ", Severity.BLOCK, where, stated.amount, wanted, params)
