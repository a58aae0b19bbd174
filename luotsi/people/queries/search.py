"""What the search of the workspace finds in this room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.people import access
from luotsi.people.models import RoleAssignment
from luotsi.people.rules import Right

if TYPE_CHECKING:
    from luotsi.people.access import Visitor

MOST = 20


@dataclass(frozen=True)
class Hit:
    """One thing that was found: what it is, what it is called, where it stands."""

    kind: str
    title: str
    context: str
    url: str


def found_by(visitor: Visitor, text: str) -> list[Hit]:
    """Return units and persons that match the text and that the visitor may see; at most 20 of each."""
    return [*_units(visitor, text), *_persons(visitor, text)]


def _units(visitor: Visitor, text: str) -> list[Hit]:
    units = access.units_visible_to(visitor).named_like(text).select_related("parent")
    return [
        Hit(
            kind=unit.kind_name,
            title=unit.names.text,
            context=unit.parent.names.text if unit.parent else "",
            url=reverse("people:see-unit", args=[unit.key]),
        )
        for unit in units[:MOST]
    ]


def _persons(visitor: Visitor, text: str) -> list[Hit]:
    if not access.reach_of(visitor).anywhere(Right.SEE_PERSONS):
        return []
    persons = list(access.persons_visible_to(visitor).named_like(text)[:MOST])
    held = RoleAssignment.objects.in_force(clock.today()).filter(person__in=persons).select_related("unit")
    roles: dict[object, list[RoleAssignment]] = {}
    reach = access.reach_of(visitor)
    for role in held:
        if reach.may(Right.SEE_PERSONS, role.unit.path):
            roles.setdefault(role.person_id, []).append(role)
    hits = []
    for person in persons:
        if own := roles.get(person.pk):
            context = ", ".join(f"{role.role_name}, {role.unit}" for role in own[:3])
            url = reverse("people:see-person", args=[own[0].unit.key, person.pk])
            hits.append(Hit(kind=_("Person"), title=person.full_name, context=context, url=url))
    return hits
