"""D3, D5, D6: the deadline to the second, reports after the end of use, changes asked for before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from luotsi.funding.rules.application import Application
from luotsi.funding.rules.call import Call, Clock, ReportDue, ReportKind
from luotsi.funding.rules.checks.finding import Document, Field, Finding, Severity, Value, of, of_call
from luotsi.funding.rules.checks.periods import periods
from luotsi.funding.rules.register import Register


def moment_of(clock: Clock) -> datetime | None:
    """Return the moment that a clock tells; None where time or zone are not told."""
    if clock.time is None or clock.zone is None:
        return None
    return datetime.combine(clock.on, time.fromisoformat(clock.time), ZoneInfo(clock.zone))


def handed_in_in_time(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """D3: the deadline has a clock time and a zone, and the application came by that moment."""
    closes = call.closes
    if closes is None:
        return
    end, handed = moment_of(closes), application.handed_in_at
    field = of(application, "handed_in_at", "@handed_in")
    where = (field, of_call(closes, "on", "@call", "@closes"))
    params: dict[str, Value] = {"day": closes.on, "time": closes.time, "handed": _told(handed, closes)}
    if end is None:
        sides = (of_call(closes, "time", "@call", "@closes"), of_call(closes, "zone", "@call", "@zone"))
        yield Finding("D3", "D3.no_time", Severity.INFO, sides, closes.time, None, params)
    if handed is None:
        if application.outcome is None and today > closes.on:
            yield Finding("D3", "D3.closed", Severity.INFO, where, None, closes.on, params)
    elif end is not None and handed > end:
        params["late"] = _seconds(handed - end)
        yield Finding("D3", "D3.late", Severity.BLOCK, where, _told(handed, closes), end.isoformat(), params)
    elif end is None and _day(handed, closes) > closes.on:
        yield Finding("D3", "D3.late_day", Severity.BLOCK, where, _told(handed, closes), closes.on, params)
    opens = moment_of(call.opens) if call.opens is not None else None
    if handed is not None and opens is not None and handed < opens and call.opens is not None:
        sides = (field, of_call(call.opens, "on", "@call", "@opens"))
        params |= {"day": call.opens.on, "time": call.opens.time}
        yield Finding("D3", "D3.early", Severity.BLOCK, sides, _told(handed, call.opens), opens.isoformat(), params)


def _day(handed: datetime, clock: Clock) -> date:
    return handed.astimezone(ZoneInfo(clock.zone)).date() if clock.zone else handed.date()


def _told(handed: datetime | None, clock: Clock) -> str | None:
    if handed is None:
        return None
    return (handed.astimezone(ZoneInfo(clock.zone)) if clock.zone else handed).isoformat()


def _seconds(late: timedelta) -> int:
    return int(late.total_seconds()) + (1 if late.microseconds else 0)


def end_of_use(application: Application, call: Call) -> tuple[date, Field] | None:
    """Return the last day of use with its field: that of the decision, else the latest that the application tells."""
    told = [(period, names) for period, names in periods(application) if period.end_on is not None]
    decided = [(period, names) for period, names in told if names == ("@outcome",)]
    days = [(period.end_on, period, names) for period, names in decided or told if period.end_on is not None]
    if days:
        day, period, names = max(days, key=lambda one: one[0])
        return day, of(period, "end_on", *names, "@end")
    if call.period is not None and call.period.end_on is not None:
        return call.period.end_on, of_call(call.period, "end_on", "@call", "@end")
    return None


def reports_after_end(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """D5: a final report is due on or after the last day of use."""
    end = end_of_use(application, call)
    outcome = application.outcome
    owed: list[tuple[ReportDue, Document]] = [(one, Document.CALL) for one in call.reports]
    owed += [(one, Document.APPLICATION) for one in (outcome.reports if outcome is not None else ())]
    for report, document in owed if end is not None else ():
        if end is not None and report.kind is ReportKind.FINAL and report.due_on < end[0]:
            where = (of(report, "due_on", "@report", document=document), end[1])
            params: dict[str, Value] = {"due": report.due_on, "end": end[0], "days": (end[0] - report.due_on).days}
            yield Finding("D5", "D5.before_end", Severity.WARN, where, report.due_on, end[0], params)


def changes_before_end(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """D6: a change is asked for before the end of use, and as many days before as the call says."""
    end = end_of_use(application, call)
    for request in application.change_requests if end is not None else ():
        if end is None:
            continue
        field = of(request, "made_on", "@change")
        params: dict[str, Value] = {"made": request.made_on, "end": end[0]}
        if request.made_on > end[0]:
            yield Finding("D6", "D6.after_end", Severity.BLOCK, (field, end[1]), request.made_on, end[0], params)
        elif call.change_days is not None and request.made_on > (last := end[0] - timedelta(days=call.change_days)):
            where = (field, of_call(call, "change_days", "@call", "@change_days"))
            params |= {"days": call.change_days, "last": last}
            yield Finding("D6", "D6.too_late", Severity.WARN, where, request.made_on, last, params)
