"""What the search of the workspace finds in this room: indicators by name, code and key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.indicators.models import Indicator
from luotsi.indicators.rules.rights import HOLDERS, Right
from luotsi.people.access import reach_of
from luotsi.people.models import Unit
from luotsi.people.queries.search import Hit

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.rules import Grip

MOST = 20


def found_by(visitor: Visitor, text: str) -> list[Hit]:
    """Return indicators that the visitor follows and that match the text, at most 20; two queries.

    Each leads to the unit that owns it where the visitor sees that one, otherwise to their own.
    """
    grips = [grip for grip in reach_of(visitor).grips if grip.role in HOLDERS[Right.SEE]]
    wanted = text.casefold().strip()
    if not grips or not wanted:
        return []
    matching = [
        one for one in Indicator.objects.in_use().select_related("owner").order_by("key") if _matches(one, wanted)
    ]
    places = [(one, grip) for one in matching if (grip := _followed_at(one, grips))]
    keys = dict(Unit.objects.filter(pk__in={grip.unit_id for _one, grip in places}).values_list("pk", "key"))
    hits = []
    for one, grip in places[:MOST]:
        seen = one.owner is not None and grip.covers(one.owner.path)
        scope = one.owner.key if one.owner is not None and seen else keys[grip.unit_id]
        owner = one.owner.names.text if one.owner is not None else ""
        url = reverse("indicators:see-indicator", args=[scope, one.key])
        hits.append(Hit(kind=_("Indicator"), title=one.names.text, context=owner, url=url))
    return hits


def _matches(indicator: Indicator, wanted: str) -> bool:
    texts = (indicator.key, indicator.code, *map(str, indicator.name.values()))
    return any(wanted in text.casefold() for text in texts)


def _followed_at(indicator: Indicator, grips: list[Grip]) -> Grip | None:
    """Return the first role at whose unit the indicator is followed."""
    if indicator.owner is None:
        return grips[0]
    path = indicator.owner.path
    return next((grip for grip in grips if path.startswith(grip.path) or grip.path.startswith(path)), None)
