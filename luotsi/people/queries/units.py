"""Lists and pages of units."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, OuterRef, Q, SmallIntegerField, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import get_language

from luotsi.base import clock
from luotsi.base.names import ORDER as ORDER_OF_NAMES
from luotsi.base.names import Names
from luotsi.people import access
from luotsi.people.models import RoleAssignment, Unit
from luotsi.people.models.roles import led
from luotsi.people.queries.sight import sight_from
from luotsi.people.rules import CHILD, LEADER, LEARNERS, STAFF, Kind, Reach, Right, givable_roles
from luotsi.ui.lists import Ask, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.people.access import Visitor
    from luotsi.people.models.units import UnitQuerySet

ORDER = {
    "name": ("shown_name", "key"),
    "kind": ("level", "shown_name", "key"),
    "parent": ("parent__name_fi", "shown_name", "key"),
    "staff": ("staff", "shown_name", "key"),
    "from": ("valid_from", "shown_name", "key"),
    "to": ("valid_to", "shown_name", "key"),
}


LEVEL = Case(*(When(kind=kind, then=rank) for rank, kind in enumerate(Kind)), output_field=SmallIntegerField())


@dataclass(frozen=True)
class UnitRow:
    """One unit in a list; `staff` counts distinct persons with a staff role in force at the unit itself."""

    key: str
    names: Names
    kind: str
    parent: Names
    codes: str
    staff: int | None
    leader_missing: bool
    valid_from: date
    valid_to: date | None
    state: str
    url: str
    staff_url: str


def ordered(fields: Sequence[str], *, descending: bool) -> list[str]:
    """Return the fields of an order, the first one turned round when descending."""
    return [f"-{fields[0]}" if descending else fields[0], *fields[1:]]


def shown_name() -> Coalesce:
    """Return the name that the page shows, for the order of a list: in its language, or the first that is given."""
    wanted = (get_language() or "fi")[:2]
    codes = [wanted, *(code for code in ORDER_OF_NAMES if code != wanted)]
    return Coalesce(*(NullIf(F(f"name_{code}"), Value("")) for code in codes))


def units_listed(visitor: Visitor, scope: Unit, ask: Ask) -> Rows:
    """Return the units below the scope that the visitor may see, filtered, ordered and cut as asked."""
    today = clock.today()
    units = access.units_visible_to(visitor).under(scope).exclude(pk=scope.pk)
    if text := ask.filters.get("q"):
        units = units.named_like(text)
    if kind := ask.filters.get("kind"):
        units = units.filter(kind=kind)
    match ask.filters.get("state") or "current":
        case "current":
            units = units.filter(Q(valid_to=None) | Q(valid_to__gte=today))
        case "ended":
            units = units.ended(today)
        case "leaderless":
            units = units.in_force(today).filter(~Q(led(today)), kind=Kind.INSTITUTION)
        case "led":
            units = units.in_force(today).filter(led(today), kind=Kind.INSTITUTION)
    total = units.count()
    reach = access.reach_of(visitor)
    cut = _cut(units.annotate(level=LEVEL, shown_name=shown_name()), ask, today)
    return Rows(items=[_row(unit, reach, today) for unit in cut], total=total)


def _cut(units: UnitQuerySet, ask: Ask, today: date) -> UnitQuerySet:
    """Return the units asked for, each with its staff and whether it is led; both are counted for these only."""
    held = RoleAssignment.objects.in_force(today).filter(unit=OuterRef("pk"), role__in=STAFF)
    counted = held.order_by().values("unit").annotate(n=Count("person", distinct=True)).values("n")
    staff = Coalesce(Subquery(counted), 0)
    order = ordered(ORDER[ask.sort], descending=ask.descending)
    if ask.limit:
        sorted_by = units.annotate(staff=staff) if ask.sort == "staff" else units
        page = sorted_by.order_by(*order).values("pk")[ask.offset : ask.offset + ask.limit]
        units = Unit.objects.filter(pk__in=page).annotate(level=LEVEL, shown_name=shown_name())
    return units.select_related("parent").annotate(staff=staff, is_led=led(today)).order_by(*order)


def _row(unit: Unit, reach: Reach, today: date) -> UnitRow:
    shown = reach.may(Right.SEE_PERSONS, unit.path)
    codes = [unit.municipality_number, unit.institution_number, unit.oid]
    return UnitRow(
        key=unit.key,
        names=unit.names,
        kind=unit.kind_name,
        parent=unit.parent.names if unit.parent else Names(),
        codes=" · ".join(code for code in codes if code),
        staff=getattr(unit, "staff", None) if shown else None,
        leader_missing=shown
        and unit.is_in_force(today)
        and Kind(unit.kind) in LEADER
        and not getattr(unit, "is_led", True),
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        state=state_of(unit, today),
        url=reverse("people:see-unit", args=[unit.key]),
        staff_url=reverse("people:list-persons", args=[unit.key]),
    )


def state_of(unit: Unit, today: date) -> str:
    """Return current, ended or coming."""
    if unit.valid_to and unit.valid_to < today:
        return "ended"
    return "coming" if unit.valid_from > today else "current"


@dataclass(frozen=True)
class UnitPage:
    """Everything the page of a unit shows; the flags say which actions it offers."""

    unit: Unit
    ancestors: list[Unit]
    below: dict[str, int]
    leaders: list[RoleAssignment]
    staff: int | None
    learners: int | None
    open_invitations: int | None
    state: str
    child_kind: Kind | None
    may_edit: bool
    may_add: bool
    may_invite: bool


def unit_page(visitor: Visitor, unit: Unit) -> UnitPage:
    """Return the page of a unit; figures about persons only for those who may see persons."""
    today = clock.today()
    reach = access.reach_of(visitor)
    sight = sight_from(unit)
    below = Counter(str(seen.kind) for seen in sight.units if seen.path != unit.path)
    kind = Kind(unit.kind)
    groups = Unit.objects.under(unit).in_force(today).filter(kind=Kind.GROUP).exclude(pk=unit.pk).count()
    if groups:
        below[Kind.GROUP] = groups
    shown = reach.may(Right.SEE_PERSONS, unit.path)
    held = RoleAssignment.objects.in_force(today).under(unit)
    staff = learners = None
    if shown:
        staff = held.filter(role__in=STAFF).aggregate(count=Count("person", distinct=True))["count"]
        if kind in {Kind.INSTITUTION, Kind.GROUP}:
            # By unit, not by path: joined, SQLite would begin from every learner of the country.
            here = RoleAssignment.objects.in_force(today).filter(unit__in=Unit.objects.under(unit).values("pk"))
            learners = here.filter(role__in=LEARNERS).aggregate(count=Count("person", distinct=True))["count"]
    leaders = RoleAssignment.objects.in_force(today).filter(unit=unit, role=LEADER.get(kind, ""))
    return UnitPage(
        unit=unit,
        ancestors=list(Unit.objects.above(unit)),
        below=dict(below),
        leaders=list(leaders.select_related("person")) if shown else [],
        staff=staff,
        learners=learners,
        open_invitations=sum(not invitation.is_late(clock.now()) for invitation in sight.invitations)
        if shown
        else None,
        state=state_of(unit, today),
        child_kind=CHILD.get(kind),
        may_edit=reach.may(Right.EDIT_UNITS, unit.path),
        may_add=kind in CHILD and reach.may(Right.EDIT_UNITS, unit.path) and state_of(unit, today) != "ended",
        may_invite=bool(givable_roles(reach, unit.path, kind)) and state_of(unit, today) != "ended",
    )
