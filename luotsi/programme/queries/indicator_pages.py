"""What the page of a programme's indicators shows: each in small, section by section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.programme.queries import rows
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.minis import Minis, minis_by_item
from luotsi.programme.rules.plan import sections_of

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme


@dataclass(frozen=True)
class IndicatorGroup:
    """The indicators of a section with those of its measures; `names` None = of the whole programme."""

    names: Names | None
    minis: Minis


@dataclass(frozen=True)
class IndicatorsPage:
    """The indicators of a programme."""

    groups: tuple[IndicatorGroup, ...]


def indicators_page(programme: Programme, unit: Unit) -> IndicatorsPage:
    """Return the indicators of a programme with the figures of a unit; groups without any are left out."""
    minis = minis_by_item(programme, unit)
    groups = [IndicatorGroup(None, minis.get("", ()))]
    for section in sections_of(plan_of(programme)):
        codes = (section.code, *(measure.code for measure in section.measures))
        found = {mini.key: mini for code in codes for mini in minis.get(code, ())}
        groups.append(IndicatorGroup(rows.names(section.names), tuple(found.values())))
    return IndicatorsPage(tuple(group for group in groups if group.minis))
