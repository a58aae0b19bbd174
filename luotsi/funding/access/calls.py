"""Calls by who may see them: those who follow money at their keeper or below it; what is published, by everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.funding.access.applications import applications_visible_to
from luotsi.funding.models import Call
from luotsi.funding.rules.rights import Right, may
from luotsi.people.access import reach_of

if TYPE_CHECKING:
    from luotsi.funding.models.calls import CallQuerySet
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


def may_do(visitor: Visitor, right: Right, unit: Unit) -> bool:
    """Return True when the visitor has the right at the unit."""
    return may(reach_of(visitor), right, unit.path)


def calls_visible_to(visitor: Visitor, scope: Unit) -> CallQuerySet:
    """Return the calls that are watched along the unit, and the published calls of this installation."""
    found = Call.objects.select_related("funder", "owner")
    if may_do(visitor, Right.OFFICIATE, scope):
        return found.along(scope)
    if not may_do(visitor, Right.SEE, scope):
        return found.none()
    return found.along(scope).filter(kind=Call.Kind.WATCHED) | found.published()


def call_for(visitor: Visitor, scope: Unit, owner: str, slug: str, to: Right = Right.SEE) -> Call:
    """Return a call by its keeper and address; whoever sees an application sees the call it answers, too.

    Raises:
        Http404: there is none, or the visitor may not know of it.
        PermissionDenied: the visitor may see it but not do this with it.
    """
    along, applied = calls_visible_to(visitor, scope), applications_visible_to(visitor, scope)
    known = Q(pk__in=along.order_by().values("pk")) | Q(pk__in=applied.order_by().values("call"))
    seen = Call.objects.filter(known, owner__key=owner, slug=slug)
    forms = ("collection__version", "mirror")
    found = (
        seen.select_related("funder", "owner", *(f"{form}__questionnaire" for form in forms))
        .defer(*(f"{form}__{name}" for form in forms for name in ("definition", "rule_set")))
        .first()
    )
    if found is None:
        raise Http404(_("There is no such call, or you have no role that shows it."))
    if to != Right.SEE and not may_do(visitor, to, found.owner):
        raise PermissionDenied(_("Your role shows this call but does not let you do this."))
    return found


def watched_call_for(visitor: Visitor, scope: Unit, owner: str, slug: str) -> Call:
    """Return a call of another funder that the visitor may change: those who prepare where it is kept.

    Raises:
        Http404: there is none, or the visitor may not know of it.
        PermissionDenied: it is an own call, or the visitor may only look at it.
    """
    found = call_for(visitor, scope, owner, slug, Right.PREPARE)
    if found.kind != Call.Kind.WATCHED:
        raise PermissionDenied(_("This call is changed by whoever opened it."))
    return found


def require(visitor: Visitor, unit: Unit, right: Right) -> None:
    """Raise PermissionDenied unless the visitor has the right at the unit."""
    if not may_do(visitor, right, unit):
        raise PermissionDenied(_("Your role does not let you do this here."))


def public_call(owner: str, slug: str) -> Call:
    """Return a published call of this installation; raises Http404."""
    found = Call.objects.published().select_related("funder", "owner").filter(owner__key=owner, slug=slug).first()
    if found is None:
        raise Http404(_("There is no such call."))
    return found
