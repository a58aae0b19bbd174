"""Surveys: for those who ask, and the ways in of those who answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.people.models import Account, Unit
from luotsi.questionnaires.access.rights import may_do
from luotsi.questionnaires.models import Collection, Invitation, Published, Sheet
from luotsi.questionnaires.rules.rights import Right
from luotsi.questionnaires.rules.surveys import secrets

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.people.access import Visitor


@dataclass(frozen=True)
class Door:
    """A way into a survey: the personal link of an invitation, or the common link of a unit."""

    collection: Collection
    unit_id: UUID
    invitation: Invitation | None = None


def _survey_query() -> QuerySet[Collection]:
    fields = ("version__definition", "version__rule_set")
    return Collection.objects.surveys().select_related("version__questionnaire", "owner").defer(*fields)


def survey_for(visitor: Visitor, scope: Unit, pk: UUID, to: Right = Right.RESULTS) -> Collection:
    """Return a survey of the unit or of one above it, for those with the right at the unit or with whoever asked.

    Raises:
        Http404: there is none along the unit, or the visitor may not know of it.
        PermissionDenied: the visitor may see it but not do this with it.
    """
    collection = (
        _survey_query().select_related("work").filter(pk=pk, owner__in=[*scope.ancestor_ids, scope.pk]).first()
    )
    if collection is None or not may_do(visitor, Right.SEE, scope):
        raise Http404(_("There is no such survey, or you have no role that shows it."))
    if not may_do(visitor, to, scope if to == Right.RESULTS else collection.owner):
        raise PermissionDenied(_("Your role shows this survey but does not let you do this."))
    return collection


def published_for(visitor: Visitor, scope: Unit, collection: Collection) -> QuerySet[Published]:
    """Return the groups whose figures the visitor may see: all for whoever asked, else everybody and the own units."""
    found = Published.objects.filter(collection=collection).select_related("unit")
    if may_do(visitor, Right.RECEIVE, collection.owner):
        return found
    return found.filter(Q(kind=Published.Kind.WHOLE) | Q(unit__path__startswith=scope.path))


def waves_of(visitor: Visitor, scope: Unit, collection: Collection) -> QuerySet[Collection]:
    """Return the settled surveys of the same questionnaire by the same unit, the earliest first."""
    if not may_do(visitor, Right.RESULTS, scope):
        return Collection.objects.none()
    same = {"version__questionnaire": collection.version.questionnaire_id, "owner": collection.owner_id}
    return (
        Collection.objects.surveys()
        .filter(settled_at__isnull=False, **same)
        .select_related("version")
        .order_by("opens_at", "pk")
    )


def door_by_token(token: str) -> Door | None:
    """Return the survey that a personal link opens; None for a link that is forged, or used and destroyed."""
    found = Invitation.objects.filter(digest=secrets.digest_of(token)).first()
    if found is None:
        return None
    return Door(_survey_query().get(pk=found.collection_id), found.unit_id, found)


def door_by_unit(pk: UUID, unit: str, token: str) -> Door | None:
    """Return the survey that the common link of a unit opens; None for a forged link."""
    collection = _survey_query().filter(pk=pk, by_link=True).first()
    known = Unit.objects.filter(key=unit).first()
    if collection is None or known is None:
        return None
    wanted = secrets.common_token(settings.SECRET_KEY, collection.pk.hex, known.pk.hex)
    return Door(collection, known.pk) if secrets.same(wanted, token) else None


def unit_of_survey(collection: Collection, unit: str) -> Unit:
    """Return a unit below whoever asked, of a survey with common links. Raises Http404."""
    found = Unit.objects.under(collection.owner).filter(key=unit).first()
    if found is None or not collection.by_link:
        raise Http404(_("There is no such unit in this survey, or it has no common links."))
    return found


def own_sheets(visitor: Visitor) -> QuerySet[Sheet]:
    """Return what the visitor has answered to confidential and identified surveys: nobody else finds it so."""
    person = getattr(visitor, "person", None)
    if person is None or not isinstance(visitor, Account):
        return Sheet.objects.none()
    who = [f"person:{person.pk.hex}", *(f"mail:{mail.lower()}" for mail in (visitor.email, person.email) if mail)]
    asked = Collection.objects.surveys().filter(mode=Collection.Mode.CONFIDENTIAL)
    keys = asked.values_list("version__questionnaire", flat=True).distinct()
    names = [secrets.pseudonym(settings.SECRET_KEY, key.hex, one) for key in keys for one in who]
    found = Sheet.objects.filter(Q(pseudonym__in=names) & ~Q(pseudonym="") | Q(person=person, mode="identified"))
    return found.select_related("collection__version__questionnaire", "collection__owner")
