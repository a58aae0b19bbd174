"""Models of a provider by who governs or watches them; no score of a person is reached from here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.learning.access.learners import may_do, require
from luotsi.learning.models import RiskModel
from luotsi.learning.rules.rights import Right
from luotsi.people.rules import Kind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


def provider_for(visitor: Visitor, scope: Unit, to: Right = Right.WATCH) -> Unit:
    """Return the provider whose models are looked at.

    Raises:
        Http404: the unit is no provider: models are learnt and answered for there.
        PermissionDenied: the visitor may not do this there.
    """
    if scope.kind != Kind.PROVIDER:
        raise Http404(_("Models are those of a provider."))
    return require(visitor, scope, to)


def models_of(provider: Unit) -> QuerySet[RiskModel]:
    """Return the models of a provider, the latest first; the right was required before."""
    return RiskModel.objects.filter(provider=provider).select_related("provider", "released_by__person")


def model_for(visitor: Visitor, scope: Unit, pk: UUID, to: Right = Right.WATCH) -> RiskModel:
    """Return a model of the provider.

    Raises:
        Http404: there is none, or the visitor may not know of it.
        PermissionDenied: the visitor may look at it only.
    """
    found = models_of(scope).filter(pk=pk).first()
    if found is None or not may_do(visitor, Right.WATCH, scope):
        raise Http404(_("There is no such model, or you have no role that shows it."))
    if not may_do(visitor, to, scope):
        raise PermissionDenied(_("Your role shows this model but does not let you do this."))
    return found
