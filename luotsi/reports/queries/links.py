"""Where the things that a report tells of are shown: records behind figures, and places where blockers are mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from luotsi.indicators.access import may_see
from luotsi.people.models import Unit
from luotsi.reports.rules.blockers import Blocker, Why
from luotsi.reports.rules.content import Content, Figure

if TYPE_CHECKING:
    from luotsi.people.access import Visitor


def place(name: str, *args: object) -> str:
    """Return the address of a page of a lower room, nothing where an installation has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def to_records(visitor: Visitor, content: Content) -> Callable[[Figure], str]:
    """Return what gives the page of a figure's records; nothing for figures of units that the reader may not see."""
    named = {figure.trace[1] for figure in content.figures if figure.trace}
    seen = {unit.key for unit in Unit.objects.filter(key__in=named) if may_see(visitor, unit)}

    def link(figure: Figure) -> str:
        """Return the page of the records behind a figure, or nothing."""
        if not figure.trace or figure.trace[1] not in seen:
            return ""
        if ":" in figure.trace[0]:
            return _to_answers(figure.trace)
        key, unit, period = figure.trace
        url = place("indicators:see-trace", unit, key)
        return f"{url}?{urlencode({'unit': unit, 'period': period})}" if url else ""

    return link


def _to_answers(trace: tuple[str, ...]) -> str:
    """Return the page of a room below that a figure names, narrowed to its measure where it is of one."""
    name, *arguments, measure = trace
    url = place(name, *arguments)
    return f"{url}?{urlencode({'measure': measure})}" if url and measure else url


def to_mend(blocker: Blocker, scope: str, programme: str) -> str:
    """Return the page where a blocker is mended."""
    match blocker.why:
        case Why.NO_ACTION:
            return place("programme:edit-finding", scope, programme, blocker.about)
        case Why.NO_OWNER | Why.NO_DUE_DAY:
            return place("programme:list-findings", scope, programme)
        case Why.NO_APPENDIX:
            return place("programme:edit-item", scope, programme, blocker.about)
        case Why.NO_SUCH_FIGURE:
            return f"#{blocker.about}"
