"""Collections that are begun and closed by hand; surveys are fetched by `access.surveys`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.people.access import reach_of
from luotsi.questionnaires.access.rights import may_do
from luotsi.questionnaires.models import Collection
from luotsi.questionnaires.rules.rights import Right, belongs, grant_at

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.questionnaires.models import CollectionQuerySet


def collections_visible_to(visitor: Visitor, scope: Unit) -> CollectionQuerySet:
    """Return the collections of the unit and of those above it; nothing for those without the right at the unit."""
    if not may_do(visitor, Right.SEE, scope):
        return Collection.objects.none()
    return Collection.objects.filter(owner__in=[*scope.ancestor_ids, scope.pk])


def collection_for(visitor: Visitor, scope: Unit, pk: UUID, to: Right = Right.SEE) -> Collection:
    """Return a collection with its version and owner; a survey is fetched by `survey_for`.

    Raises:
        Http404: there is none along the unit, or the visitor may not know of it.
        PermissionDenied: the visitor may see it but not do this with it.
    """
    visible = collections_visible_to(visitor, scope).exclude(answered_by=Collection.Answerer.INVITED)
    found = visible.select_related("version__questionnaire", "owner").defer("version__definition", "version__rule_set")
    collection = found.filter(pk=pk).first()
    if collection is None:
        raise Http404(_("There is no such collection, or you have no role that shows it."))
    if to != Right.SEE and not may_do(visitor, to, collection.owner):
        raise PermissionDenied(_("Your role shows this collection but does not let you do this."))
    return collection


def may_begin(visitor: Visitor, scope: Unit, collection: Collection) -> bool:
    """Return True when the collection asks the unit, or the visitor, and the visitor may begin to answer."""
    if collection.is_survey or collection.through:
        return False
    if collection.unit_kind is None:
        return belongs(reach_of(visitor), collection.owner.path)
    return scope.kind == collection.unit_kind and grant_at(reach_of(visitor), scope.path) is not None


def collection_to_answer(visitor: Visitor, scope: Unit, pk: UUID) -> Collection:
    """Return a collection that asks the unit or the visitor. Raises Http404 and PermissionDenied as the others do."""
    collection = collection_for(visitor, scope, pk)
    if not may_begin(visitor, scope, collection):
        raise PermissionDenied(
            _("This collection does not ask this unit, or your role does not let you answer for it.")
        )
    return collection
