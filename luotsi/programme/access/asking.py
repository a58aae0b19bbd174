"""What a visitor may do with a programme, and who may plan at a unit, asked without fetching anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.people.access import reach_of
from luotsi.programme.models import Programme
from luotsi.programme.rules.rights import Right, may

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


def may_do(visitor: Visitor, programme: Programme, right: Right) -> bool:
    """Return True when the visitor has the right at the owner of the programme."""
    return may(reach_of(visitor), right, programme.owner.path)


def may_plan_at(visitor: Visitor, unit: Unit) -> bool:
    """Return True when the visitor may plan at the unit."""
    return may(reach_of(visitor), Right.PLAN, unit.path)


def require_planning(visitor: Visitor, unit: Unit) -> Unit:
    """Return a unit that was fetched already; raises PermissionDenied unless the visitor may plan there."""
    if not may_plan_at(visitor, unit):
        raise PermissionDenied(_("Your role shows the programmes here but does not let you plan."))
    return unit


def programme_with_feed(slug: str) -> Programme:
    """Return the programme of a calendar feed, whose key is checked by whoever asks; raises Http404."""
    found = Programme.objects.select_related("owner").filter(slug=slug).first()
    if found is None:
        raise Http404(_("There is no such calendar."))
    return found
