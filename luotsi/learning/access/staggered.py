"""Staggered starts by who watches over guidance or governs it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.learning.access.learners import may_do
from luotsi.learning.models import StaggeredStart
from luotsi.learning.rules.rights import Right

if TYPE_CHECKING:
    from luotsi.people.access import Visitor


def start_for(visitor: Visitor, pk: UUID, to: Right = Right.WATCH) -> StaggeredStart:
    """Return a staggered start.

    Raises:
        Http404: there is none, or the visitor may not know of it.
        PermissionDenied: the visitor may look at it only.
    """
    people = ("unit", "planned_by__person", "locked_by__person", "stopped_by__person")
    found = StaggeredStart.objects.select_related(*people).filter(pk=pk).first()
    if found is None or not may_do(visitor, Right.WATCH, found.unit):
        raise Http404(_("There is no such staggered start, or you have no role that shows it."))
    if not may_do(visitor, to, found.unit):
        raise PermissionDenied(_("Your role shows this staggered start but does not let you do this."))
    return found
