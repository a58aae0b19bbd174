"""What this room puts on the home page of a unit: counted figures, units that need attention, latest changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.people import access
from luotsi.people.models import Invitation, RoleAssignment, Unit
from luotsi.people.models.roles import led
from luotsi.people.queries.audit import AuditRow, latest
from luotsi.people.rules import NEEDS_SECOND_FACTOR, STAFF, Kind, Right

if TYPE_CHECKING:
    from luotsi.people.access import Visitor


@dataclass(frozen=True)
class Figure:
    """A counted figure that opens to its records; `of` is the denominator, None where there is none."""

    label: str
    value: int
    of: int | None
    note: str
    url: str

    @property
    def share(self) -> float | None:
        """Value divided by its denominator, None where there is nothing to divide by."""
        return self.value / self.of if self.of else None


@dataclass(frozen=True)
class BelowRow:
    """One unit below: how many units it has, how many of them nobody leads, invitations open, staff."""

    names: Names
    url: str
    units: int
    units_url: str
    leaderless: int
    leaderless_url: str
    invitations: int
    invitations_url: str
    staff: int
    staff_url: str


@dataclass(frozen=True)
class Overview:
    """Figures of a unit, the units below it by need, and the latest changes; each empty where it may not be seen."""

    figures: list[Figure]
    below: list[BelowRow]
    below_total: BelowRow | None
    latest: list[AuditRow]


def overview_of(visitor: Visitor, scope: Unit) -> Overview:
    """Return what the home page of the scope shows to this visitor, in at most six queries."""
    if not access.reach_of(visitor).may(Right.SEE_PERSONS, scope.path):
        return Overview([], [], None, [])
    rows = _below(scope) if scope.kind in {Kind.REGION, Kind.PROVIDER} else []
    total = _sum(rows, scope) if rows else None
    return Overview(_figures(scope), rows, total, latest(visitor, scope))


def _figures(scope: Unit) -> list[Figure]:
    today = clock.today()
    lists = {name: reverse(f"people:list-{name}", args=[scope.key]) for name in ("units", "persons", "invitations")}
    under = Unit.objects.under(scope).in_force(today).exclude(pk=scope.pk)
    units = under.aggregate(
        schools=Count("pk", filter=Q(kind=Kind.INSTITUTION)),
        led=Count("pk", filter=Q(kind=Kind.INSTITUTION) & Q(led(today))),
    )
    strong = Exists(Authenticator.objects.filter(user=OuterRef("person__account")))
    held = RoleAssignment.objects.in_force(today).under(scope).filter(role__in=STAFF)
    people = held.aggregate(
        staff=Count("person", distinct=True),
        accounts=Count("person", distinct=True, filter=Q(person__account__isnull=False)),
        wide=Count("person", distinct=True, filter=Q(role__in=NEEDS_SECOND_FACTOR, person__account__isnull=False)),
        strong=Count("person", distinct=True, filter=Q(role__in=NEEDS_SECOND_FACTOR) & Q(strong)),
    )
    pending = Invitation.objects.pending().filter(unit__path__startswith=scope.path)
    invited = pending.aggregate(all=Count("pk"), late=Count("pk", filter=Q(expires_at__lte=clock.now())))
    figures = [
        Figure(_("Staff with a role"), people["staff"], None, "", lists["persons"]),
        Figure(
            _("Staff who can sign in"),
            people["accounts"],
            people["staff"],
            "",
            f"{lists['persons']}?account=any",
        ),
        Figure(
            _("Invitations not accepted"),
            invited["all"],
            None,
            _("%(count)s expired") % {"count": invited["late"]} if invited["late"] else "",
            f"{lists['invitations']}?state=pending",
        ),
    ]
    if scope.kind in {Kind.REGION, Kind.PROVIDER}:
        figures.insert(
            0,
            Figure(
                _("Institutions with a principal"),
                units["led"],
                units["schools"],
                "",
                f"{lists['units']}?state=led",
            ),
        )
        figures.append(
            Figure(
                _("Wide roles with a second factor"),
                people["strong"],
                people["wide"],
                _("coordinators, IT and data protection"),
                f"{lists['persons']}?role=wide",
            )
        )
    return figures


def _below(scope: Unit) -> list[BelowRow]:
    """Return the children of the scope, those with most gaps first; four queries however many units there are."""
    today = clock.today()
    children = list(Unit.objects.filter(parent=scope).in_force(today))
    width = len(scope.path) + 33
    under = Unit.objects.under(scope).in_force(today).exclude(pk=scope.pk)
    counted = under.annotate(is_led=led(today)).values_list("path", "kind", "is_led")
    units: dict[str, int] = {}
    leaderless: dict[str, int] = {}
    for path, kind, is_led in counted:
        child = path[:width]
        units[child] = units.get(child, 0) + (path != child)
        leaderless[child] = leaderless.get(child, 0) + (kind == Kind.INSTITUTION and not is_led)
    people: dict[str, set[object]] = {}
    held = RoleAssignment.objects.in_force(today).under(scope).filter(role__in=STAFF)
    for path, person in held.values_list("unit__path", "person"):
        people.setdefault(path[:width], set()).add(person)
    invited: dict[str, int] = {}
    pending = Invitation.objects.pending().filter(unit__path__startswith=scope.path)
    for (path,) in pending.values_list("unit__path"):
        invited[path[:width]] = invited.get(path[:width], 0) + 1
    rows = [
        _row(
            child,
            units.get(child.path, 0),
            leaderless.get(child.path, 0),
            invited.get(child.path, 0),
            len(people.get(child.path, ())),
        )
        for child in children
    ]
    return sorted(rows, key=lambda row: (-row.leaderless, -row.invitations, row.names.text))


def _row(unit: Unit, units: int, leaderless: int, invitations: int, staff: int) -> BelowRow:
    def listed(name: str) -> str:
        return reverse(f"people:list-{name}", args=[unit.key])

    return BelowRow(
        names=unit.names,
        url=reverse("workspace:see-home", args=[unit.key]),
        units=units,
        units_url=listed("units"),
        leaderless=leaderless,
        leaderless_url=f"{listed('units')}?state=leaderless"
        if unit.kind != Kind.INSTITUTION
        else reverse("people:see-unit", args=[unit.key]),
        invitations=invitations,
        invitations_url=f"{listed('invitations')}?state=pending",
        staff=staff,
        staff_url=listed("persons"),
    )


def _sum(rows: list[BelowRow], scope: Unit) -> BelowRow:
    staff = (
        RoleAssignment.objects.in_force(clock.today())
        .under(scope)
        .filter(role__in=STAFF)
        .aggregate(n=Count("person", distinct=True))["n"]
    )
    return _row(
        scope,
        sum(row.units for row in rows) + len(rows),
        sum(row.leaderless for row in rows),
        sum(row.invitations for row in rows),
        staff,
    )
