"""The room's entry in the main menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.funding import access
from luotsi.funding.rules.rights import Right
from luotsi.ui.shell import NavEntry

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


def menu_entry(visitor: Visitor, scope: Unit) -> NavEntry:
    """Return the entry of this room in the main menu of a unit; officers of a funder come to their own calls."""
    only_officer = access.may_do(visitor, Right.OFFICIATE, scope) and not access.may_do(visitor, Right.SEE, scope)
    name = "funding:list-own-calls" if only_officer else "funding:list-portfolio"
    return NavEntry(key="funding", label=_("Funding"), url=reverse(name, args=[scope.key]))
