"""Applications by who may see them.

On the applicant's side: those who follow money at the applicant, and the team while it is authorised. Another unit
never sees an application. The funder's officers see what was handed in to their own calls, nothing before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.funding.models import Application, ApplicationLink, ApplicationMember
from luotsi.funding.rules.rights import HOLDERS, Part, Right, may
from luotsi.people.access import person_of, reach_of
from luotsi.questionnaires import access as questionnaires

if TYPE_CHECKING:
    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

type FormHeld = questionnaires.Held

ALONG = ("unit", "call__funder", "call__owner")


@dataclass(frozen=True)
class Held:
    """An application in somebody's hands: what they may do with it."""

    application: Application
    part: Part
    rights: frozenset[Right]

    def may(self, to: Part | Right) -> bool:
        """Return True when the holder may do this."""
        return self.part.covers(to) if isinstance(to, Part) else to in self.rights


def applications_visible_to(visitor: Visitor, scope: Unit) -> ApplicationQuerySet:
    """Return the applications of the unit and below it that the visitor may see as one of the applicant."""
    seen = Q(pk__in=_teams(visitor)) | _reached(visitor, Right.SEE)
    return Application.objects.in_unit(scope).filter(seen).select_related(*ALONG)


def applications_prepared_by(visitor: Visitor, scope: Unit) -> ApplicationQuerySet:
    """Return the applications of the unit and below it that the visitor's roles prepare."""
    return Application.objects.in_unit(scope).filter(_reached(visitor, Right.PREPARE)).select_related(*ALONG)


def _reached(visitor: Visitor, right: Right) -> Q:
    found = Q(pk__in=[])
    for grip in reach_of(visitor).grips:
        if grip.role in HOLDERS[right]:
            found |= Q(unit__path=grip.path) if grip.stays else Q(unit__path__startswith=grip.path)
    return found


def _teams(visitor: Visitor) -> list[UUID]:
    person = person_of(visitor)
    if person is None:
        return []
    members = ApplicationMember.objects.on(clock.today()).filter(person=person)
    return list(members.values_list("application_id", flat=True))


def application_for(visitor: Visitor, scope: Unit, pk: UUID, to: Part | Right = Part.READ) -> Held:
    """Return an application of the unit or below it with what the visitor may do with it.

    Raises:
        Http404: there is none, or the visitor may not know of it.
        PermissionDenied: the visitor may see it but not do this with it.
    """
    version = "response__collection__version"
    found = (
        applications_visible_to(visitor, scope)
        .filter(pk=pk)
        .select_related(*ALONG, f"{version}__questionnaire", "call__mirror")
        .defer(*(f"{place}__{name}" for place in (version, "call__mirror") for name in ("definition", "rule_set")))
        .first()
    )
    if found is None:
        raise Http404(_("There is no such application, or you have no role that shows it."))
    held = Held(found, _part(visitor, found), _rights(visitor, found))
    if not held.may(to):
        raise PermissionDenied(_("Your role shows this application but does not let you do this."))
    return held


def _rights(visitor: Visitor, application: Application) -> frozenset[Right]:
    reach = reach_of(visitor)
    return frozenset(right for right in Right if may(reach, right, application.unit.path))


def _part(visitor: Visitor, application: Application) -> Part:
    if may(reach_of(visitor), Right.PREPARE, application.unit.path):
        return Part.SUBMIT
    person = person_of(visitor)
    members = ApplicationMember.objects.on(clock.today()).filter(application=application, person=person)
    found = members.first() if person else None
    return Part(found.part) if found else Part.READ


def member_for(held: Held, pk: UUID) -> ApplicationMember:
    """Return a member of the team of an application in somebody's hands. Raises Http404."""
    found = held.application.members.select_related("person__account", "application").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such member of the team."))
    return found


def link_for(held: Held, pk: UUID) -> ApplicationLink:
    """Return a link of an application in somebody's hands. Raises Http404."""
    found = held.application.links.select_related("application", "programme", "indicator").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such link."))
    return found


def form_for(visitor: Visitor, application: Application) -> FormHeld | None:
    """Return the form of an application in the visitor's hands; None where there is none, or it is not theirs."""
    if application.response_id is None:
        return None
    try:
        return questionnaires.response_for(visitor, application.response_id)
    except Http404:
        return None
