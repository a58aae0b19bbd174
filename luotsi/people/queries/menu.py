"""The room's entry in the main menu, its tabs, and the units that the switcher offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.addresses import addresses
from luotsi.base.names import Names
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
    """Return what the unit switcher offers: where the visitor's roles are, the way to the present unit, what is below.

    One query; at most `MOST_OPTIONS` units, the rest are found through the list of all units.
    """
    grips = access.reach_of(visitor).gripping(Right.SEE_UNIT)
    tops = {grip.unit_id for grip in grips}
    always = tops | ({*scope.ancestor_ids, scope.pk} if scope else set())
    near = Q(pk__in=always) | Q(parent__in=tops) | (Q(parent=scope.pk) if scope else Q())
    rank = Case(When(pk__in=always, then=0), When(parent=scope.pk if scope else None, then=1), default=2)
    shown = Unit.objects.filter(near).held_by(grips).in_force(clock.today())
    shown = shown.annotate(rank=rank).order_by("rank", "name_fi", "key")
    rows = shown.values_list("key", "path", "name_fi", "name_sv", "name_en")[:MOST_OPTIONS]
    units = {path: (key, Names(fi, sv, en)) for key, path, fi, sv, en in rows}
    words = {path: names.text for path, (_key, names) in units.items()}
    home = addresses("workspace:see-home")
    outermost = min((grip.path.count("/") for grip in grips), default=1)
    return tuple(
        ScopeOption(
            names=names,
            note="",
            url=home(key),
            depth=path.count("/") - outermost,
            current=bool(scope and path == scope.path),
        )
        for path, (key, names) in sorted(units.items(), key=lambda item: _way(item[0], words))
    )


def _way(path: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names on the way down to the unit, so that each unit stands right below the one above it."""
    ends = [place + 1 for place, sign in enumerate(path) if sign == "/"]
    return tuple(words.get(path[:end], path[:end]) for end in ends)
