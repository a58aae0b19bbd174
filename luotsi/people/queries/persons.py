"""Lists and pages of persons and their roles."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from luotsi.base import clock
from luotsi.people import access
from luotsi.people.models import Person, RoleAssignment, Unit
from luotsi.people.queries.factors import RECENTLY, is_strong, strong
from luotsi.people.queries.units import ordered
from luotsi.people.rules import LEARNERS, NEEDS_SECOND_FACTOR, STAFF, Kind, Reach, Right, Role, givable_roles
from luotsi.ui.lists import Ask, Rows

if TYPE_CHECKING:
    from datetime import date

    from luotsi.people.access import Visitor

ORDER = {
    "name": ("family_name", "given_name", "id"),
    "seen": ("account__last_login", "family_name", "id"),
}
ROLE_GROUPS = {"staff": STAFF, "learners": LEARNERS, "wide": NEEDS_SECOND_FACTOR}


@dataclass(frozen=True)
class RoleLine:
    """One role of a person, with what the visitor may do with it."""

    id: UUID
    role: str
    unit: Unit
    unit_url: str
    valid_from: date
    valid_to: date | None
    state: str
    may_end: bool
    may_continue: bool


@dataclass(frozen=True)
class PersonRow:
    """One person in a list; `account` is none, weak (password only) or strong (with a second factor)."""

    id: UUID
    name: str
    email: str
    roles: list[RoleLine]
    account: str
    seen_on: date | None
    url: str


def _held(scope: Unit, state: str, today: date) -> QuerySet[RoleAssignment]:
    held = RoleAssignment.objects.under(scope)
    match state:
        case "ended":
            return held.filter(valid_to__lt=today)
        case "ending":
            return held.in_force(today).filter(valid_to__isnull=False)
        case "all":
            return held
        case _:
            return held.in_force(today)


def persons_listed(visitor: Visitor, scope: Unit, ask: Ask) -> Rows:
    """Return the persons with a role at or below the scope, filtered, ordered and cut as asked."""
    access.require(visitor, scope, Right.SEE_PERSONS)
    today = clock.today()
    held = _held(scope, ask.filters.get("state") or "current", today)
    role = ask.filters.get("role") or "staff"
    held = held.filter(role__in=ROLE_GROUPS.get(role, [role]))
    # Not Exists: asked of every person known, that is slow where few of many belong to the scope.
    persons = Person.objects.filter(pk__in=held.values("person"))
    if text := ask.filters.get("q"):
        persons = persons.named_like(text)
    second = strong("account")
    match ask.filters.get("account"):
        case "none":
            persons = persons.filter(account=None)
        case "any":
            persons = persons.filter(account__isnull=False)
        case "recent":
            persons = persons.filter(account__last_login__gte=clock.now() - RECENTLY)
        case "weak":
            persons = persons.filter(~second, account__isnull=False)
        case "strong":
            persons = persons.filter(second)
    total = persons.count()
    found = persons.annotate(is_strong=second).select_related("account")
    found = found.order_by(*ordered(ORDER[ask.sort], descending=ask.descending))
    cut = list(found[ask.offset : ask.offset + ask.limit] if ask.limit else found)
    roles = role_lines(visitor, cut, scope)
    return Rows(items=[_row(person, roles[person.pk], scope) for person in cut], total=total)


def _row(person: Person, roles: list[RoleLine], scope: Unit) -> PersonRow:
    account = person.account
    seen = account.last_login if account else None
    secured = getattr(person, "is_strong", False)
    return PersonRow(
        id=person.pk,
        name=person.list_name,
        email=person.email,
        roles=roles,
        account="none" if account is None else "strong" if secured else "weak",
        seen_on=clock.day_of(seen) if seen else None,
        url=reverse("people:see-person", args=[scope.key, person.pk]),
    )


def role_lines(visitor: Visitor, persons: list[Person], scope: Unit | None = None) -> dict[UUID, list[RoleLine]]:
    """Return the roles of each person that the visitor may see, those in force first; one query."""
    today = clock.today()
    reach = access.reach_of(visitor)
    mine = access.person_of(visitor)
    held = RoleAssignment.objects.filter(person__in=persons).select_related("unit")
    if scope:
        held = held.under(scope)
    lines: dict[UUID, list[RoleLine]] = defaultdict(list)
    for role in held.order_by("valid_to", "-valid_from"):
        if reach.may(Right.SEE_PERSONS, role.unit.path) or (mine and role.person_id == mine.pk):
            lines[role.person_id].append(_line(role, reach, today))
    rank = {"current": 0, "coming": 1, "ended": 2}
    return defaultdict(list, {pk: sorted(rows, key=lambda row: rank[row.state]) for pk, rows in lines.items()})


def _line(held: RoleAssignment, reach: Reach, today: date) -> RoleLine:
    ended = bool(held.valid_to and held.valid_to < today)
    givable = Role(held.role) in givable_roles(reach, held.unit.path, Kind(held.unit.kind))
    return RoleLine(
        id=held.pk,
        role=held.role_name,
        unit=held.unit,
        unit_url=reverse("people:see-unit", args=[held.unit.key]),
        valid_from=held.valid_from,
        valid_to=held.valid_to,
        state="ended" if ended else "coming" if held.valid_from > today else "current",
        may_end=givable and held.valid_to is None,
        may_continue=givable and held.valid_to is not None,
    )


@dataclass(frozen=True)
class PersonPage:
    """Everything the page of a person shows."""

    person: Person
    roles: list[RoleLine]
    account: str
    may_give: bool
    is_me: bool


def person_page(visitor: Visitor, person: Person, scope: Unit) -> PersonPage:
    """Return the page of a person as the visitor may see it."""
    secured = is_strong(person.account) if person.account else False
    mine = access.person_of(visitor)
    return PersonPage(
        person=person,
        roles=role_lines(visitor, [person])[person.pk],
        account="none" if person.account is None else "strong" if secured else "weak",
        may_give=not person.is_removed and bool(givable_roles(access.reach_of(visitor), scope.path, Kind(scope.kind))),
        is_me=bool(mine and mine.pk == person.pk),
    )
