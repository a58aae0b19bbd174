"""The room's entry in the main menu, its tabs, and the units that the switcher offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.people import access
from luotsi.people.models import Unit
from luotsi.people.rules import Kind, Right
from luotsi.ui.shell import NavEntry, ScopeOption

if TYPE_CHECKING:
    from luotsi.people.access import Visitor

MOST_OPTIONS = 40


@dataclass(frozen=True)
class Tab:
    """One view of a thing: a link on the second level of navigation."""

    key: str
    label: str
    url: str


def menu_entry(visitor: Visitor, scope: Unit) -> NavEntry:
    """Return the entry of this room in the main menu of a unit."""
    return NavEntry(key="people", label=_("Organisation"), url=reverse("people:see-unit", args=[scope.key]))


def second_level(visitor: Visitor, scope: Unit) -> list[Tab]:
    """Return the room's tabs that the visitor may open at the unit."""
    reach = access.reach_of(visitor)
    tabs = [
        ("unit", _("Unit"), "people:see-unit", Right.SEE_UNIT),
        ("units", _("Units below"), "people:list-units", Right.SEE_UNIT),
        ("persons", _("Persons and roles"), "people:list-persons", Right.SEE_PERSONS),
        ("invitations", _("Invitations"), "people:list-invitations", Right.SEE_PERSONS),
        ("imports", _("Import"), "people:import-units", Right.IMPORT),
        ("audit", _("Log of changes"), "people:list-audit", Right.SEE_AUDIT),
    ]
    return [
        Tab(key, label, reverse(name, args=[scope.key]))
        for key, label, name, right in tabs
        if reach.may(right, scope.path) and not (key == "units" and scope.kind == Kind.GROUP)
    ]


def scope_options(visitor: Visitor, scope: Unit | None) -> tuple[ScopeOption, ...]:
    """Return what the unit switcher offers: the tops of the visitor's reach, the way to the present unit, its sisters.

    One query; at most `MOST_OPTIONS` units, the rest are found through the list of all units.
    """
    today = clock.today()
    grips = access.reach_of(visitor).gripping(Right.SEE_UNIT)
    tops = {grip.unit_id for grip in grips}
    wanted = Unit.objects.filter(pk__in=tops) | Unit.objects.filter(parent__in=tops)
    if scope:
        wanted |= Unit.objects.filter(pk__in=[*scope.ancestor_ids, scope.pk])
        wanted |= Unit.objects.filter(parent=scope.pk)
    shown = wanted.held_by(grips).in_force(today).order_by("path")
    units = sorted(
        shown.only("id", "key", "kind", "path", "name_fi", "name_sv", "name_en")[: MOST_OPTIONS * 4],
        key=lambda u: u.path,
    )
    depth = {grip.path: grip.path.count("/") for grip in grips}
    base = min(depth.values(), default=1)
    by_parent: dict[str, list[Unit]] = {}
    for unit in units:
        by_parent.setdefault(unit.path.rsplit("/", 2)[0] if unit.path.count("/") > 1 else "", []).append(unit)
    known = {unit.path.rstrip("/") for unit in units}
    ordered: list[Unit] = []

    def walk(siblings: list[Unit]) -> None:
        for unit in sorted(siblings, key=lambda u: u.names.text):
            ordered.append(unit)
            walk(by_parent.get(unit.path.rstrip("/"), []))

    walk([unit for parent, siblings in by_parent.items() if parent not in known for unit in siblings])
    return tuple(
        ScopeOption(
            names=unit.names,
            note="",
            url=reverse("workspace:see-home", args=[unit.key]),
            depth=unit.path.count("/") - base,
            current=bool(scope and unit.pk == scope.pk),
        )
        for unit in ordered[:MOST_OPTIONS]
    )


def units_in_words(count: int) -> str:
    """Return the number of units in words."""
    return ngettext("%(count)s unit", "%(count)s units", count) % {"count": count}
