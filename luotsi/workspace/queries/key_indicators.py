"""The indicators that a unit's programmes are followed by, in small, for its home page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.base import clock
from luotsi.indicators.access import indicators_visible_to
from luotsi.indicators.queries.minis import Mini, minis_of
from luotsi.programme.access import programmes_visible_to
from luotsi.programme.models import IndicatorLink

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

MOST = 6
URGENCY = ("late", "risk", "run", "ok", "done")


def key_indicators(visitor: Visitor, scope: Unit) -> list[Mini]:
    """Return at most six indicators of the programmes that run at the unit, those most in danger first.

    Only such as have a figure or a target there: an indicator of which a unit can tell nothing does not help it.
    """
    running = [found.pk for found in programmes_visible_to(visitor, scope) if found.runs_on(clock.today())]
    if not running:
        return []
    links = IndicatorLink.objects.filter(programme__in=running).order_by("position", "pk")
    linked = list(dict.fromkeys(links.values_list("indicator_id", flat=True)))
    seen = {found.pk: found for found in indicators_visible_to(visitor, scope).in_use().filter(pk__in=linked)}
    minis = minis_of([seen[pk] for pk in linked if pk in seen], scope)
    telling = [mini for mini in minis.values() if mini.spark is not None]
    return sorted(telling, key=_urgency)[:MOST]


def _urgency(mini: Mini) -> int:
    mark = mini.said.mark
    return URGENCY.index(mark) if mark in URGENCY else len(URGENCY)
