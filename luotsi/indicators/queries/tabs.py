"""The tabs of the pages of this room, as far as the visitor may open them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.indicators import access
from luotsi.indicators.rules.rights import Right

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


@dataclass(frozen=True)
class Tab:
    """One view of the indicators: a link on the second level of navigation."""

    key: str
    label: str
    url: str


def second_level(visitor: Visitor, scope: Unit) -> list[Tab]:
    """Return the room's tabs that the visitor may open at the unit."""
    tabs = [
        ("indicators", _("Indicators"), "indicators:list-indicators", Right.SEE),
        ("observations", _("Entered figures"), "indicators:list-observations", Right.ENTER),
        ("facts", _("Tables"), "indicators:list-facts", Right.SEE),
        ("keys", _("Keys of programs"), "indicators:list-keys", Right.EXPORT),
    ]
    return [
        Tab(key, label, reverse(name, args=[scope.key]))
        for key, label, name, right in tabs
        if access.may_do(visitor, right, scope)
    ]
