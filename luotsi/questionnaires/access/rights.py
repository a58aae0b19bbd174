"""Rights of this room at a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from luotsi.people.access import reach_of
from luotsi.questionnaires.rules.rights import Right, may

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


def may_do(visitor: Visitor, right: Right, unit: Unit) -> bool:
    """Return True when the visitor has the right at the unit."""
    return may(reach_of(visitor), right, unit.path)


def require_define(visitor: Visitor, unit: Unit) -> None:
    """Raise PermissionDenied unless the visitor may publish and open questionnaires at the unit."""
    if not may_do(visitor, Right.DEFINE, unit):
        raise PermissionDenied(_("Your role does not let you publish questionnaires here."))
