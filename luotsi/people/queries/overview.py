"""What this room puts on the home page of a unit: counted figures, units that need attention, latest changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.people import access
from luotsi.people.models import RoleAssignment, Unit
from luotsi.people.queries.audit import AuditRow, latest
from luotsi.people.queries.factors import RECENTLY, strong
from luotsi.people.queries.sight import SeenUnit, Sight, sight_from
from luotsi.people.rules import NEEDS_SECOND_FACTOR, STAFF, Kind, Right

if TYPE_CHECKING:
    from luotsi.people.access import Visitor

MOST_BELOW = 20
STEP = 33  # what each level adds to a path: 32 hex digits and a slash


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
    """One unit below: how many institutions it has, how many of them nobody leads, invitations open, staff."""

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
    left_out: int
    latest: list[AuditRow]


def overview_of(visitor: Visitor, scope: Unit) -> Overview:
    """Return what the home page of the scope shows to this visitor: five queries, two shared with the tasks."""
    if not access.reach_of(visitor).may(Right.SEE_PERSONS, scope.path):
        return Overview([], [], None, 0, [])
    sight = sight_from(scope)
    people = _people(scope)
    wide = scope.kind in {Kind.REGION, Kind.PROVIDER}
    rows = _below(scope, sight) if wide else []
    total = _row(scope.key, scope.kind, scope.names, _counts(sight, scope.path), people["staff"]) if rows else None
    children = sum(unit.parent_id == scope.pk for unit in sight.units)
    figures = _figures(scope, sight, people)
    return Overview(figures, rows, total, max(0, children - MOST_BELOW) if rows else 0, latest(visitor, scope))


def _people(scope: Unit) -> dict[str, int]:
    """Count distinct persons with a staff role in force: all, with an account, signed in lately, with a wide role."""
    held = RoleAssignment.objects.in_force(clock.today()).under(scope).filter(role__in=STAFF)
    signs_in = Q(person__account__isnull=False)
    lately = Q(person__account__last_login__gte=clock.now() - RECENTLY)
    wide = Q(role__in=NEEDS_SECOND_FACTOR)
    return held.aggregate(
        staff=Count("person", distinct=True),
        accounts=Count("person", distinct=True, filter=signs_in),
        recent=Count("person", distinct=True, filter=lately),
        wide=Count("person", distinct=True, filter=wide & signs_in),
        strong=Count("person", distinct=True, filter=wide & Q(strong("person__account"))),
    )


def _figures(scope: Unit, sight: Sight, people: dict[str, int]) -> list[Figure]:
    lists = {name: reverse(f"people:list-{name}", args=[scope.key]) for name in ("units", "persons", "invitations")}
    late = sum(invitation.is_late(clock.now()) for invitation in sight.invitations)
    persons = lists["persons"]
    able = Figure(_("Staff who can sign in"), people["accounts"], people["staff"], "", f"{persons}?account=any")
    words = _("of those who can sign in")
    recent = Figure(
        _("Signed in within 30 days"), people["recent"], people["accounts"], words, f"{persons}?account=recent"
    )
    figures = [
        Figure(_("Staff with a role"), people["staff"], None, "", persons),
        recent,
        Figure(
            _("Invitations not accepted"),
            len(sight.invitations),
            None,
            _("%(count)s expired") % {"count": late} if late else "",
            f"{lists['invitations']}?state=pending",
        ),
    ]
    if scope.kind not in {Kind.REGION, Kind.PROVIDER}:
        return figures
    schools = [unit for unit in sight.units if unit.kind == Kind.INSTITUTION]
    led = sum(unit.is_led for unit in schools)
    words = _("coordinators, IT and data protection")
    secured = f"{persons}?role=wide&account=strong"
    return [
        Figure(_("Institutions with a principal"), led, len(schools), "", f"{lists['units']}?state=led"),
        figures[0],
        able,
        *figures[1:],
        Figure(_("Wide roles with a second factor"), people["strong"], people["wide"], words, secured),
    ]


@dataclass(frozen=True)
class _Counts:
    units: int
    leaderless: int
    invitations: int


def _counts(sight: Sight, path: str) -> _Counts:
    """Count what lies at the path or below it; the unit at the path itself is not one of its units."""
    under = [unit for unit in sight.units if unit.path.startswith(path)]
    return _Counts(
        units=sum(unit.kind == Kind.INSTITUTION and unit.path != path for unit in under),
        leaderless=sum(unit.lacks_principal for unit in under),
        invitations=sum(invitation.path.startswith(path) for invitation in sight.invitations),
    )


def _below(scope: Unit, sight: Sight) -> list[BelowRow]:
    """Return the children of the scope, those with most gaps first, at most twenty; one query."""
    held = RoleAssignment.objects.in_force(clock.today()).under(scope).filter(role__in=STAFF)
    by_child = held.annotate(child=Substr("unit__path", 1, len(scope.path) + STEP)).order_by("child")
    staff = dict(by_child.values_list("child").annotate(count=Count("person", distinct=True)))
    children: list[SeenUnit] = [unit for unit in sight.units if unit.parent_id == scope.pk]
    counted = [(_counts(sight, child.path), child) for child in children]
    counted.sort(key=lambda pair: (-pair[0].leaderless, -pair[0].invitations, pair[1].names.text))
    return [
        _row(child.key, child.kind, child.names, counts, staff.get(child.path, 0))
        for counts, child in counted[:MOST_BELOW]
    ]


def _row(key: str, kind: str, names: Names, counts: _Counts, staff: int) -> BelowRow:
    def listed(name: str) -> str:
        return reverse(f"people:list-{name}", args=[key])

    lacking = reverse("people:see-unit", args=[key])
    return BelowRow(
        names=names,
        url=reverse("workspace:see-home", args=[key]),
        units=counts.units,
        units_url=f"{listed('units')}?kind=institution",
        leaderless=counts.leaderless,
        leaderless_url=lacking if kind == Kind.INSTITUTION else f"{listed('units')}?state=leaderless",
        invitations=counts.invitations,
        invitations_url=f"{listed('invitations')}?state=pending",
        staff=staff,
        staff_url=listed("persons"),
    )
