"""Where an indicator stands in the programmes: what its page tells of the room above it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.indicators.queries.uses import Use
from luotsi.programme import access
from luotsi.programme.models import IndicatorLink
from luotsi.programme.queries import rows
from luotsi.programme.queries.documents import plans_of
from luotsi.programme.rules.plan import Measure, coded

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.indicators.models import Indicator
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.rules.plan import Plan


@dataclass(frozen=True)
class Begun:
    """A measure of a programme: the day on which it begins, what it is called, and its page."""

    day: date
    names: Names
    url: str


def measures_towards(visitor: Visitor, scope: Unit, indicators: Collection[str]) -> list[Begun]:
    """Return the measures that programmes have linked to some indicators, by day; two queries.

    A measure without a time of its own begins with its programme. The programmes are those of the unit, of those above
    it and below it, as far as the visitor sees them.
    """
    seen = access.programmes_visible_to(visitor, scope)
    links = IndicatorLink.objects.filter(indicator__key__in=indicators, programme__in=seen).exclude(item="")
    found = {(link.programme_id, link.item): link for link in links.select_related("programme")}
    plans = plans_of([link.programme for link in found.values()]) if found else {}
    begun = []
    for (programme, code), link in found.items():
        plan = plans.get(programme)
        item = coded(plan).get(code) if plan else None
        if isinstance(item, Measure):
            page = reverse("programme:see-measure", args=[scope.key, link.programme.slug, code])
            begun.append(
                Begun(item.period.start if item.period else link.programme.starts_on, rows.names(item.names), page)
            )
    return sorted(begun, key=lambda one: (one.day, one.url))


def uses_of(visitor: Visitor, scope: Unit, indicator: Indicator) -> list[Use]:
    """Return the measures, sections and programmes that an indicator is linked to, as far as the visitor sees them."""
    seen = access.programmes_visible_to(visitor, scope)
    links = IndicatorLink.objects.filter(indicator=indicator, programme__in=seen).select_related("programme")
    found = list(links.order_by("programme", "position"))
    plans = plans_of([link.programme for link in found])
    return [_use(link, plans.get(link.programme_id), scope) for link in found]


def _use(link: IndicatorLink, plan: Plan | None, scope: Unit) -> Use:
    programme, at = link.programme, [scope.key, link.programme.slug]
    item = coded(plan).get(link.item) if plan and link.item else None
    if isinstance(item, Measure):
        return Use(
            _("Measure: %(name)s") % {"name": rows.names(item.names).text},
            reverse("programme:see-measure", args=[*at, item.code]),
        )
    whole = reverse("programme:see-programme", args=at)
    if item is not None and hasattr(item, "names"):
        return Use(_("Section: %(name)s") % {"name": rows.names(item.names).text}, f"{whole}#s-{link.item}")
    return Use(programme.names.text, whole)
