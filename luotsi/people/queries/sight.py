"""What is in sight from a unit, asked once a request: the home page counts it, and tasks are made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.people.models import Invitation, Unit
from luotsi.people.models.roles import led
from luotsi.people.rules import Kind, Role

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class SeenUnit:
    """A unit in force, not a group, below the one looked from."""

    key: str
    kind: Kind
    path: str
    parent_id: UUID | None
    names: Names
    is_led: bool

    @property
    def lacks_principal(self) -> bool:
        """True for an institution that nobody leads."""
        return self.kind == Kind.INSTITUTION and not self.is_led


@dataclass(frozen=True)
class SeenInvitation:
    """An invitation neither accepted nor withdrawn."""

    id: UUID
    name: str
    role: Role
    path: str
    unit: Names
    expires_at: datetime

    def is_late(self, at: datetime) -> bool:
        """True when its time has run out."""
        return self.expires_at <= at

    @property
    def expires_on(self) -> date:
        """The day on which it runs out."""
        return clock.day_of(self.expires_at)


@dataclass(frozen=True)
class Sight:
    """Units below without groups (the unit itself among them), and pending invitations, the oldest first."""

    units: tuple[SeenUnit, ...]
    invitations: tuple[SeenInvitation, ...]

    def without_principal(self, invited: Iterable[str] = ()) -> list[SeenUnit]:
        """Return the institutions that nobody leads, except those at the given paths."""
        known = set(invited)
        return [unit for unit in self.units if unit.lacks_principal and unit.path not in known]


def sight_from(scope: Unit) -> Sight:
    """Return what is in sight from the unit: two queries, kept on the unit until the request ends."""
    kept: Sight = scope.kept or Sight(_units(scope), _invitations(scope))
    scope.kept = kept
    return kept


def _units(scope: Unit) -> tuple[SeenUnit, ...]:
    today = clock.today()
    units = Unit.objects.under(scope).in_force(today).exclude(kind=Kind.GROUP).order_by("name_fi", "key")
    found = units.annotate(is_led=led(today)).values_list(
        "key", "kind", "path", "parent_id", "name_fi", "name_sv", "name_en", "is_led"
    )
    return tuple(
        SeenUnit(key, Kind(kind), path, parent, Names(fi, sv, en), led_now)
        for key, kind, path, parent, fi, sv, en, led_now in found
    )


def _invitations(scope: Unit) -> tuple[SeenInvitation, ...]:
    pending = Invitation.objects.pending().filter(unit__path__startswith=scope.path).order_by("expires_at")
    unit = ("unit__path", "unit__name_fi", "unit__name_sv", "unit__name_en")
    rows = pending.values_list("id", "given_name", "family_name", "role", "expires_at", *unit)
    return tuple(
        SeenInvitation(pk, f"{given} {family}".strip(), Role(role), path, Names(fi, sv, en), expires_at)
        for pk, given, family, role, expires_at, path, fi, sv, en in rows
    )
