"""Who may be an officer of an own call: those who hold the funder's role at the unit that opens it, or above it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from luotsi.base import clock
from luotsi.funding.rules.rights import HOLDERS, Right
from luotsi.people.models import Person, RoleAssignment

if TYPE_CHECKING:
    from luotsi.funding.models import Call
    from luotsi.people.models import Unit
    from luotsi.people.models.roles import RoleQuerySet

type Choices = list[tuple[str, str]]


def _held_at(owner: Unit) -> RoleQuerySet:
    return RoleAssignment.objects.in_force(clock.today()).filter(
        role__in=HOLDERS[Right.OFFICIATE], unit__in=[*owner.ancestor_ids, owner.pk]
    )


def may_officiate(person: Person, owner: Unit) -> bool:
    """Return True when the person holds a role in force that handles calls of the unit."""
    return _held_at(owner).filter(person=person).exists()


def officers_to_add(call: Call) -> Choices:
    """Return those who could handle the call and do not yet; two queries."""
    there = set(call.officers.values_list("person", flat=True))
    found = _held_at(call.owner).select_related("person").order_by("person__family_name", "person__given_name")
    return list({str(one.person_id): one.person.full_name for one in found if one.person_id not in there}.items())


def officer_named(call: Call, pk: UUID) -> Person:
    """Return one of those who could handle the call, by key; raises Person.DoesNotExist for anybody else."""
    return Person.objects.filter(pk=pk, roles__in=_held_at(call.owner)).distinct().get()
