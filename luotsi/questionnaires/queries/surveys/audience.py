"""Whom a survey would ask, counted ahead by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from luotsi.base import clock
from luotsi.people.models import RoleAssignment, Unit

if TYPE_CHECKING:
    from luotsi.base.names import Names


@dataclass(frozen=True)
class Audience:
    """Whom a survey asks: those with the roles at the units and below them, and a list of addresses."""

    units: tuple[Unit, ...] = ()
    roles: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """One person who would be asked; `person` None for an address only."""

    email: str
    unit: UUID
    language: str
    person: UUID | None = None


def people_of(audience: Audience, owner: Unit, language: str) -> list[Asked]:
    """Return everybody whom an audience holds, each address once; two queries whatever their number.

    Somebody with roles at several of the units is asked at the lowest of them. An address of the list belongs to
    `owner`, unless it is somebody's who is asked by role.
    """
    found: dict[str, Asked] = {}
    for pk, email, account, unit, spoken in _by_role(audience):
        address = (email or account or "").strip().lower()
        if address and address not in found:
            found[address] = Asked(address, unit, spoken, pk)
    for address in audience.addresses:
        found.setdefault(address.lower(), Asked(address.lower(), owner.pk, language))
    return list(found.values())


def _by_role(audience: Audience) -> Iterable[tuple[UUID, str, str | None, UUID, str]]:
    if not audience.units or not audience.roles:
        return ()
    below = Q()
    for unit in audience.units:
        below |= Q(unit__path__startswith=unit.path)
    held = RoleAssignment.objects.in_force(clock.today()).filter(below, role__in=audience.roles)
    fields = ("person_id", "person__email", "person__account__email", "unit_id", "person__language", "unit__path")
    rows = sorted(held.values_list(*fields), key=lambda row: (-row[5].count("/"), row[5]))
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]


@dataclass(frozen=True)
class CountedUnit:
    """How many of a unit would be asked."""

    names: Names
    count: int


def counted(people: Sequence[Asked]) -> list[CountedUnit]:
    """Return how many would be asked in each unit, in the order of their names."""
    counts = Counter(one.unit for one in people)
    units = Unit.objects.filter(pk__in=counts).order_by("name_fi", "name_sv", "key")
    return [CountedUnit(unit.names, counts[unit.pk]) for unit in units]
