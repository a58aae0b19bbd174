"""What the pages that shape a draft need: free codes, items made of what was typed, indicators to choose."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.indicators.access import indicators_visible_to
from luotsi.programme.queries import rows
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.editing_pages import changes
from luotsi.programme.rules.plan import Measure, Milestone, Section, coded
from luotsi.programme.rules.values import NotAValue, span

if TYPE_CHECKING:
    from luotsi.indicators.models import Indicator
    from luotsi.people.access import Visitor
    from luotsi.programme.models import Programme

SHAPES: dict[str, type[Section] | type[Measure]] = {"section": Section, "measure": Measure}


def shaped(programme: Programme, code: str, kind: str) -> str:
    """Return the name of a section or measure of the draft. Raises Http404 where there is no such one."""
    item = coded(plan_of(programme, draft=True)).get(code)
    if not isinstance(item, Section | Measure) or not isinstance(item, SHAPES[kind]):
        raise Http404(_("There is no such item in the plan."))
    return rows.names(item.names).text


def free_code(programme: Programme, section: str) -> str:
    """Return the code that follows the last measure of a section: M15 after M14, the next free one."""
    known = coded(plan_of(programme, draft=True))
    holder = known.get(section)
    last = holder.measures[-1].code if isinstance(holder, Section) and holder.measures else f"{section}_0"
    found = re.fullmatch(r"(.*?)(\d+)", last)
    stem, number = (found[1], int(found[2])) if found else (f"{last}_", 0)
    while f"{stem}{number}" in known or not number:
        number += 1
    return f"{stem}{number}"


def measure_in(given: Mapping[str, Any]) -> Measure:
    """Return a measure of what was typed."""
    return Measure(**changes(given))


def milestone_in(programme: Programme, period: str) -> Callable[[Mapping[str, Any]], Milestone]:
    """Return what makes a milestone of what was typed for a period. Raises Http404 where it is none."""
    try:
        found = span(period)
    except NotAValue:
        raise Http404(_("There is no such item in the plan.")) from None
    return lambda given: Milestone(period=found, **changes(given))


def linkable(visitor: Visitor, programme: Programme) -> dict[str, Indicator]:
    """Return the indicators in use that are followed at the owner of a programme, by key; one query."""
    found = indicators_visible_to(visitor, programme.owner).in_use()
    return {indicator.key: indicator for indicator in found.order_by("key")}


def linked(programme: Programme, code: str) -> list[str]:
    """Return the keys of the indicators that an item is joined to; one query."""
    links = programme.indicator_links.filter(item=code).order_by("position")
    return list(links.values_list("indicator__key", flat=True))
