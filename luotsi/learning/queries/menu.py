"""The room's entry in the main menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.ui.shell import NavEntry

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


def menu_entry(visitor: Visitor, scope: Unit) -> NavEntry:
    """Return the entry of this room in the main menu of a unit."""
    return NavEntry(key="learning", label=_("Learners"), url=reverse("learning:see-room", args=[scope.key]))
