"""Lines of a report about indicators: where they began, what was aimed at, and the latest figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from luotsi.base import texts
from luotsi.funding.rules.reports import Line, Told
from luotsi.indicators import access as indicators
from luotsi.indicators.queries.minis import measure_of, trace_address
from luotsi.indicators.queries.outlook import day_of, outlooks_of
from luotsi.indicators.rules.values import Mark

if TYPE_CHECKING:
    from luotsi.funding.models import ApplicationLink
    from luotsi.funding.queries.reports.span import Span
    from luotsi.indicators.queries.outlook import Outlook
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


def indicator_lines(visitor: Visitor, unit: Unit, links: Iterable[ApplicationLink], span: Span) -> Iterator[Told]:
    """Yield each linked indicator as the reader may see it; the number of queries does not grow with indicators.

    The plan of a final report is the target, that of an interim one is where the way to the target stands on its day.
    """
    wanted = [one.indicator for one in links if one.indicator]
    if not wanted:
        return
    followed = {one.pk: one for one in indicators.indicators_visible_to(visitor, unit)}
    seen = [followed[one.pk] for one in wanted if one.pk in followed]
    found = {one.indicator.pk: one for one in outlooks_of(seen, unit, on=span.until_on)} if seen else {}
    for one in wanted:
        outlook = found.get(one.pk)
        key, named = f"indicator:{one.key}", texts.kept(one.names) or {"fi": one.key}
        yield _line(key, named, unit, outlook, span) if outlook else Told(key=key, line=Line.INDICATOR, names=named)


def _line(key: str, named: dict[str, str], unit: Unit, outlook: Outlook, span: Span) -> Told:
    measure, path, last = measure_of(outlook), outlook.path, outlook.latest
    told = last if last is not None and last.mark is Mark.FIGURE else None
    planned = None
    if path is not None:
        planned = path.value if span.is_final or path.due_on <= span.until_on else path.value_on(span.until_on)
    return Told(
        key=key,
        line=Line.INDICATOR,
        names=named,
        planned=planned,
        whole=path.value if path else None,
        actual=told.value if told else None,
        baseline=path.baseline if path else None,
        baseline_on=path.baseline_on if path else None,
        on=day_of(told, span.until_on) if told else None,
        period=told.period if told else "",
        unit=measure.unit,
        decimals=measure.decimals,
        origin=trace_address(unit.key, outlook.indicator.key, told) if told else "",
    )
