"""Where an indicator is used, as the rooms above tell it: each offers a function in settings.LUOTSI_INDICATOR_USES."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from luotsi.indicators.models import Indicator
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


@dataclass(frozen=True)
class Use:
    """One place where an indicator stands: what it is called, and its page."""

    title: str
    url: str


def uses_of(visitor: Visitor, scope: Unit, indicator: Indicator) -> list[Use]:
    """Return the places that the visitor may open, in the order of the rooms; each room asks its own queries."""
    return [use for door in settings.LUOTSI_INDICATOR_USES for use in import_string(door)(visitor, scope, indicator)]
