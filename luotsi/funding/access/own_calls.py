"""Own calls in the hands of their officers, and what everybody may read of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.funding.access.calls import may_do
from luotsi.funding.models import Call, CallOfficer, Criterion
from luotsi.funding.rules.rights import Right
from luotsi.questionnaires import access as questionnaires

if TYPE_CHECKING:
    from luotsi.funding.models.calls import CallQuerySet
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.questionnaires.models import QuestionnaireVersion

FORMS = ("collection__version", "form")


def own_calls_of(visitor: Visitor, scope: Unit) -> CallQuerySet:
    """Return the own calls of the unit and of those below it; nothing for those who do not handle calls there."""
    found = Call.objects.own().select_related("funder", "owner")
    if not may_do(visitor, Right.OFFICIATE, scope):
        return found.none()
    return found.filter(owner__path__startswith=scope.path)


def own_call_for(visitor: Visitor, scope: Unit, slug: str) -> Call:
    """Return an own call of the unit for those who handle calls there.

    Raises:
        Http404: there is none, or the visitor may not know of it.
        PermissionDenied: it is published and the visitor follows money here, but does not handle calls.
    """
    known = Call.objects.own().filter(owner=scope, slug=slug)
    if not may_do(visitor, Right.OFFICIATE, scope):
        if may_do(visitor, Right.SEE, scope) and known.published().exists():
            raise PermissionDenied(_("Your role shows this call but does not let you do this."))
        raise Http404(_("There is no such call, or you have no role that shows it."))
    found = (
        known.select_related("funder", "owner", *(f"{form}__questionnaire" for form in FORMS))
        .defer(*(f"{form}__{name}" for form in FORMS for name in ("definition", "rule_set")))
        .first()
    )
    if found is None:
        raise Http404(_("There is no such call, or you have no role that shows it."))
    return found


def criterion_for(call: Call, pk: UUID) -> Criterion:
    """Return a criterion of a call in somebody's hands. Raises Http404."""
    found = call.criteria.select_related("call__owner").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such criterion."))
    return found


def officer_for(call: Call, pk: UUID) -> CallOfficer:
    """Return an officer of a call in somebody's hands. Raises Http404."""
    found = call.officers.select_related("call__owner", "person").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such officer."))
    return found


def form_version_for(visitor: Visitor, call: Call, pk: UUID) -> QuestionnaireVersion:
    """Return a published version of a questionnaire that an own call can be written on. Raises Http404."""
    found = questionnaires.versions_of(visitor, call.owner).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such form, or you have no role that shows it."))
    return found


def public_calls() -> CallQuerySet:
    """Return the calls of this installation that everybody may read, those that close last first."""
    return Call.objects.published().select_related("funder", "owner").order_by("-closes_at", "pk")
