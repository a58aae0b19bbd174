"""Where an indicator stands in the programmes: what its page tells of the room above it."""

from __future__ import annotations

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
    from luotsi.indicators.models import Indicator
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.rules.plan import Plan


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
