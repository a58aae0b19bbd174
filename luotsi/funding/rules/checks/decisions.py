"""D7 and D8: the funder's decision has a day and reasons; the own share is committed by a body that decided.

To note something is not to decide it: a body that only noted an application has committed nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from luotsi.funding.rules.application import Application, BodyDecision, DecisionKind, FinancingKind, Outcome, Result
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.deadlines import end_of_use
from luotsi.funding.rules.checks.finding import Field, Finding, Percent, Severity, Value, of, of_call
from luotsi.funding.rules.checks.own_share import own_share_owed
from luotsi.funding.rules.checks.periods import periods
from luotsi.funding.rules.register import Register


def outcome_is_complete(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """D7: a decision is dated between the deadline and the end of use, and says why; its sums fit each other."""
    outcome = application.outcome
    if outcome is None:
        return
    field = of(outcome, "decided_on", "@outcome", "@decided_on")
    result = of(outcome, "result", "@outcome")
    word: dict[str, Value] = {"result": f"@result.{outcome.result}"}
    if outcome.decided_on is None:
        yield Finding("D7", "D7.no_day", Severity.WARN, (field, result), None, None, word)
    if outcome.result is not Result.GRANTED and not outcome.reasons.strip():
        where = (of(outcome, "reasons", "@outcome", "@reasons"), result)
        yield Finding("D7", "D7.no_reasons", Severity.WARN, where, None, None, word)
    if outcome.decided_on is not None:
        yield from _day(application, call, outcome.decided_on, field)
    yield from _sums(application, outcome)


def _day(application: Application, call: Call, day: date, field: Field) -> Iterator[Finding]:
    if call.closes is not None and day < call.closes.on:
        where = (field, of_call(call.closes, "on", "@call", "@closes"))
        params: dict[str, Value] = {"day": day, "deadline": call.closes.on}
        yield Finding("D7", "D7.before_deadline", Severity.WARN, where, day, call.closes.on, params)
    end = end_of_use(application, call)
    if end is not None and day > end[0]:
        params = {"day": day, "end": end[0]}
        yield Finding("D7", "D7.after_end", Severity.WARN, (field, end[1]), day, end[0], params)
    starts = [
        (period.start_on, period, names) for period, names in periods(application) if period.start_on is not None
    ]
    if starts:
        start, period, names = min(starts, key=lambda one: one[0])
        if start < day:
            where = (field, of(period, "start_on", *names, "@start"))
            yield Finding("D7", "D7.after_start", Severity.INFO, where, day, start, {"day": day, "start": start})


def _sums(application: Application, outcome: Outcome) -> Iterator[Finding]:
    applied = figures.of_all(application, FinancingKind.GRANT)
    if outcome.sum is None:
        return
    field = of(outcome, "sum", "@outcome", "@sum")
    if applied is not None and outcome.sum > applied:
        where = (field, of(application, "areas", "@grant"))
        params: dict[str, Value] = {"granted": outcome.sum, "applied": applied}
        yield Finding("D7", "D7.more_than_applied", Severity.WARN, where, outcome.sum, applied, params)
    if outcome.percent is not None and outcome.total_cost:
        ceiling = outcome.total_cost * outcome.percent / figures.HUNDRED
        if outcome.sum > ceiling:
            where = (field, of(outcome, "percent", "@outcome", "@percent"))
            most = ceiling.quantize(figures.CENT)
            params = {"granted": outcome.sum, "total": outcome.total_cost, "most": most}
            params["percent"] = Percent(
                outcome.percent, 0 if outcome.percent == outcome.percent.to_integral_value() else 2
            )
            yield Finding("D7", "D7.over_percent", Severity.WARN, where, outcome.sum, most, params)


def own_share_is_committed(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """D8: a body or officer decided the own share, all of it, on a day before the deadline."""
    owed = own_share_owed(application, call)
    if owed is None or owed[0] <= 0:
        return
    own, field = owed
    params: dict[str, Value] = {"own": own}
    list_field = of(application, "decisions", "@decisions")
    if application.decisions is None:
        yield Finding("D8", "D8.not_told", Severity.INFO, (field, list_field), own, None, params)
        return
    decided = [one for one in application.decisions if one.kind is not DecisionKind.NOTED]
    if not decided:
        yield _nothing_decided(application.decisions, own, field, list_field)
        return
    committed = figures.total(one.committed for one in decided) or figures.ZERO
    if committed < own:
        where = (of(decided[0], "committed", decided[0].body, "@committed"), field)
        params |= {"committed": committed, "short": own - committed}
        yield Finding("D8", "D8.short", Severity.WARN, where, committed, own, params)
    for one in decided:
        yield from _decision(one, call)


def _nothing_decided(decisions: tuple[BodyDecision, ...], own: Decimal, field: Field, listed: Field) -> Finding:
    if not decisions:
        return Finding("D8", "D8.none", Severity.WARN, (field, listed), own, None, {"own": own})
    first = decisions[0]
    where = (field, of(first, "kind", first.body, "@decision"))
    return Finding("D8", "D8.only_noted", Severity.WARN, where, own, None, {"own": own, "body": first.body})


def _decision(one: BodyDecision, call: Call) -> Iterator[Finding]:
    day = of(one, "decided_on", one.body, "@decided_on")
    params: dict[str, Value] = {"body": one.body, "day": one.decided_on}
    if one.decided_on is None:
        where = (day, of(one, "kind", one.body, "@decision"))
        yield Finding("D8", "D8.no_day", Severity.WARN, where, None, None, params)
    elif call.closes is not None and one.decided_on > call.closes.on:
        where = (day, of_call(call.closes, "on", "@call", "@closes"))
        params["deadline"] = call.closes.on
        yield Finding("D8", "D8.after_deadline", Severity.WARN, where, one.decided_on, call.closes.on, params)
    if not one.section:
        where = (of(one, "section", one.body, "@section"), of(one, "kind", one.body, "@decision"))
        yield Finding("D8", "D8.no_section", Severity.INFO, where, None, None, params)
