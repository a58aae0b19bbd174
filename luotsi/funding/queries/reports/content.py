"""A report as it stands now: counted from measures, indicators, ledger and payments, or as it was frozen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from luotsi.base import clock
from luotsi.funding.queries.own_shares import decision_of
from luotsi.funding.queries.reports.costs import money_of
from luotsi.funding.queries.reports.figures import indicator_lines
from luotsi.funding.queries.reports.measures import measure_lines
from luotsi.funding.queries.reports.span import span_of
from luotsi.funding.rules.reports import OWN_THRESHOLD, Content, Head, Line, content_from

if TYPE_CHECKING:
    from luotsi.funding.models import GrantReport
    from luotsi.funding.queries.reports.span import Span
    from luotsi.funding.rules.reports import Told
    from luotsi.people.access import Visitor

# Without these a report cannot be sent.
STOPS = frozenset({"no_ledger"})


def content_of(visitor: Visitor, report: GrantReport) -> Content:
    """Return a report: a sent one as it was frozen, a draft counted anew with the words that people wrote.

    What the reader may not see of programmes and indicators is missing in a draft.
    """
    if report.is_sent:
        return content_from(report.figures)
    today = clock.today()
    application, span = report.application, span_of(report, today)
    links = list(application.links.select_related("programme", "indicator__owner"))
    measures = list(measure_lines(visitor, application.unit, links, span, today))
    figures = list(indicator_lines(visitor, application.unit, links, span))
    money = money_of(application, span)
    gaps = (*_gaps(measures, figures, span), *money.gaps)
    of_call = application.call.transfer_percent
    return Content(
        head=_head(report, span),
        lines=(*measures, *figures, *money.lines),
        sums=money.sums,
        threshold=OWN_THRESHOLD if of_call is None else of_call,
        of_call=of_call is not None,
        gaps=gaps,
        stops=tuple(one for one in gaps if one in STOPS),
        words=dict(report.words),
    )


def _head(report: GrantReport, span: Span) -> Head:
    application, decision = report.application, decision_of(report.application)
    return Head(
        kind=report.kind,
        version=report.version,
        project=dict(application.name),
        applicant={code: text for code in ("fi", "sv", "en") if (text := getattr(application.unit.names, code))},
        funder=dict(application.call.funder.name),
        call=dict(application.call.name),
        register_number=(decision.register_number if decision else "") or application.register_number,
        decided_on=decision.decided_on if decision else None,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        until_on=span.until_on,
        percent=decision.percent if decision else None,
    )


def _gaps(measures: list[Told], figures: list[Told], span: Span) -> Iterator[str]:
    if span.ends_on is None:
        yield "no_period"
    elif span.is_final and span.until_on < span.ends_on:
        yield "period_runs"
    if not measures:
        yield "no_measures"
    if not figures:
        yield "no_indicators"
    if any(not one.origin and one.line == Line.MEASURE for one in measures):
        yield "measure_hidden"
    if any(one.actual is None for one in figures):
        yield "no_figure"
    if any(one.planned is None for one in figures):
        yield "no_target"
