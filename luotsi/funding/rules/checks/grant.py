"""M5 and M6: the grant against the call's limits, and against zero; the own share against the total cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luotsi.funding.rules.application import Application, FinancingKind
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Finding, Percent, Severity, Value, of, of_call
from luotsi.funding.rules.register import Register


def grant_within_call(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """M5: the grant is at most what one application may get and what the call grants in all; its share is told."""
    grant = figures.of_all(application, FinancingKind.GRANT)
    if grant is None:
        return
    areas = application.areas
    field = figures.row_of(areas[0], FinancingKind.GRANT) if len(areas) == 1 else of(application, "areas", "@grant")
    if call.maximum is not None and grant > call.maximum:
        where = (field, of_call(call, "maximum", "@call", "@maximum"))
        params: dict[str, Value] = {"grant": grant, "limit": call.maximum, "over": grant - call.maximum}
        yield Finding("M5", "M5.over_maximum", Severity.BLOCK, where, grant, call.maximum, params)
    if call.budget is None or call.budget <= 0:
        return
    where = (field, of_call(call, "budget", "@call", "@budget"))
    params = {"grant": grant, "budget": call.budget, "share": Percent(figures.share(grant, call.budget), 1)}
    if grant > call.budget:
        params["over"] = grant - call.budget
        severity = Severity.WARN if call.budget_is_about else Severity.BLOCK
        yield Finding("M5", "M5.over_budget", severity, where, grant, call.budget, params)
    else:
        code = "M5.share_of_about" if call.budget_is_about else "M5.share"
        yield Finding("M5", code, Severity.INFO, where, grant, None, params)


def grant_above_zero(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """M6: the grant is above zero, nothing is below it, and the own share is at most the total cost."""
    grant = figures.of_all(application, FinancingKind.GRANT)
    if grant is None or grant <= 0:
        field = figures.row_of(application.areas[0], FinancingKind.GRANT)
        where = (field, of(application, "areas", "@areas"))
        yield Finding("M6", "M6.no_grant", Severity.BLOCK, where, grant, None, {"grant": grant})
    for area in application.areas:
        names = figures.area_names(area)
        for row in area.rows:
            if row.amount is not None and row.amount < 0:
                where = (figures.row_field(area, row), of(area, "", *names))
                yield Finding(
                    "M6", "M6.negative", Severity.BLOCK, where, row.amount, figures.ZERO, {"sum": row.amount}
                )
        own, total = figures.financing(area, FinancingKind.OWN_SHARE), figures.costs(area)
        if own is not None and total is not None and own > total:
            where = (figures.row_of(area, FinancingKind.OWN_SHARE), figures.costs_field(area))
            params: dict[str, Value] = {"own": own, "total": total, "over": own - total}
            yield Finding("M6", "M6.own_over_total", Severity.BLOCK, where, own, total, params)
