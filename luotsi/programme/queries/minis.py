"""The indicators of a programme in small, by the item of the plan that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.indicators.queries.minis import Mini, minis_of
from luotsi.indicators.rules.values import Audience

if TYPE_CHECKING:
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme

type Minis = tuple[Mini, ...]


def minis_by_item(programme: Programme, unit: Unit, audience: Audience = Audience.STAFF) -> dict[str, Minis]:
    """Return the indicators by the code of their item ("" = the whole programme), with the figures of a unit."""
    links = list(programme.indicator_links.select_related("indicator__owner").order_by("position", "item"))
    made = minis_of(list({link.indicator_id: link.indicator for link in links}.values()), unit, audience)
    found: dict[str, list[Mini]] = {}
    for link in links:
        if (mini := made.get(link.indicator_id)) is not None:
            found.setdefault(link.item, []).append(mini)
    return {item: tuple(minis) for item, minis in found.items()}
