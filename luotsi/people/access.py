"""The only way to fetch a record of this room: it answers 404 to strangers and 403 to those who may look only."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.urls import ResolverMatch
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.people.models import Account, Invitation, Person, RoleAssignment, Unit, UnitImport
from luotsi.people.rules import Grip, Reach, Right, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser

    from luotsi.people.models.accounts import PersonQuerySet
    from luotsi.people.models.roles import RoleQuerySet
    from luotsi.people.models.units import UnitQuerySet

    type Visitor = Account | AnonymousUser


class ScopedRequest(HttpRequest):
    """A request of somebody signed in to a page of one unit; the middleware has fetched the unit through access."""

    scope: Unit
    user: Account
    resolver_match: ResolverMatch


def reach_of(visitor: Visitor) -> Reach:
    """Return the roles in force today: one query, kept on the account until the request ends."""
    if not visitor.is_authenticated:
        return Reach()
    if visitor.kept_reach is None:
        today = clock.today()
        rows = (
            RoleAssignment.objects.in_force(today)
            .filter(person__account=visitor.pk)
            .order_by("unit__path", "role")
            .values_list("role", "unit_id", "unit__path")
        )
        visitor.kept_reach = Reach(tuple(Grip(Role(role), unit_id, path) for role, unit_id, path in rows))
    return visitor.kept_reach


def person_of(visitor: Visitor) -> Person | None:
    """Return the person who signed in, or None for an account that belongs to nobody yet."""
    return getattr(visitor, "person", None) if visitor.is_authenticated else None


def units_visible_to(visitor: Visitor, right: Right = Right.SEE_UNIT) -> UnitQuerySet:
    """Return the units at which the visitor has the right."""
    return Unit.objects.held_by(reach_of(visitor).gripping(right))


def regions_shared_with(visitor: Visitor) -> UnitQuerySet:
    """Return the regions whose shared matters the visitor sees as a member, without seeing other members' records."""
    tops = {grip.path.split("/", 1)[0] for grip in reach_of(visitor).grips}
    return Unit.objects.filter(pk__in=[UUID(hex=top) for top in tops], kind="region")


def unit_for(visitor: Visitor, key: str, to: Right = Right.SEE_UNIT) -> Unit:
    """Return the unit with the address `key`.

    Raises:
        Http404: there is none, or the visitor may not know of it.
        PermissionDenied: the visitor may see the unit but not do this with it.
    """
    reach = reach_of(visitor)
    unit = Unit.objects.select_related("parent", "institution_type").filter(key=key).first()
    if unit is None or not (reach.may(Right.SEE_UNIT, unit.path) or reach.may(to, unit.path)):
        raise Http404(_("There is no such unit, or you have no role that shows it."))
    if not reach.may(to, unit.path):
        raise PermissionDenied(_("Your role shows this unit but does not let you change it."))
    return unit


def require(visitor: Visitor, unit: Unit, to: Right) -> Unit:
    """Return a unit that was fetched already; raises PermissionDenied unless the visitor has the right there."""
    if not reach_of(visitor).may(to, unit.path):
        raise PermissionDenied(_("Your role shows this unit but does not let you do this here."))
    return unit


def _allowed_at(visitor: Visitor, paths: Iterable[str], see: Right, to: Right, missing: str) -> None:
    reach, paths = reach_of(visitor), list(paths)
    if not any(reach.may(see, path) or reach.may(to, path) for path in paths):
        raise Http404(missing)
    if not any(reach.may(to, path) for path in paths):
        raise PermissionDenied(_("Your role lets you look at this but not change it."))


def persons_visible_to(visitor: Visitor) -> PersonQuerySet:
    """Return the persons who have or have had a role at a unit whose persons the visitor may see."""
    return Person.objects.filter(Exists(roles_visible_to(visitor).filter(person=OuterRef("pk"))))


def person_for(visitor: Visitor, pk: UUID, to: Right = Right.SEE_PERSONS) -> Person:
    """Return a person; oneself is always visible. Raises Http404 and PermissionDenied as `unit_for` does."""
    missing = _("There is no such person, or you have no role that shows them.")
    person = Person.objects.select_related("account").filter(pk=pk).first()
    if person is None:
        raise Http404(missing)
    mine = person_of(visitor)
    if not (mine is not None and mine.pk == person.pk and to == Right.SEE_PERSONS):
        paths = person.roles.values_list("unit__path", flat=True)
        _allowed_at(visitor, paths, Right.SEE_PERSONS, to, missing)
    return person


def roles_visible_to(visitor: Visitor) -> RoleQuerySet:
    """Return the role assignments at units whose persons the visitor may see."""
    return RoleAssignment.objects.held_by(reach_of(visitor).gripping(Right.SEE_PERSONS))


def role_for(visitor: Visitor, pk: UUID, to: Right = Right.GIVE_ROLES) -> RoleAssignment:
    """Return a role assignment. Raises Http404 and PermissionDenied as `unit_for` does."""
    missing = _("There is no such role, or you have no role that shows it.")
    held = RoleAssignment.objects.select_related("unit", "person").filter(pk=pk).first()
    if held is None:
        raise Http404(missing)
    _allowed_at(visitor, [held.unit.path], Right.SEE_PERSONS, to, missing)
    return held


def invitation_for(visitor: Visitor, pk: UUID, to: Right = Right.GIVE_ROLES) -> Invitation:
    """Return an invitation. Raises Http404 and PermissionDenied as `unit_for` does."""
    missing = _("There is no such invitation, or you have no role that shows it.")
    invitation = Invitation.objects.select_related("unit").filter(pk=pk).first()
    if invitation is None:
        raise Http404(missing)
    _allowed_at(visitor, [invitation.unit.path], Right.SEE_PERSONS, to, missing)
    return invitation


def import_for(visitor: Visitor, pk: UUID, to: Right = Right.IMPORT) -> UnitImport:
    """Return an import of units. Raises Http404 for everybody who may not import at its unit."""
    missing = _("There is no such import, or you have no role that shows it.")
    found = UnitImport.objects.select_related("scope").filter(pk=pk).first()
    if found is None or not reach_of(visitor).may(to, found.scope.path):
        raise Http404(missing)
    return found
