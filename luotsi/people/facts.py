"""What this room offers to be counted: who has which role where and when, and which institutions there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator

from luotsi.base import clock
from luotsi.base.declarations import marked as _
from luotsi.base.facts import ColumnKind, FactColumn, FactTable
from luotsi.people.models import RoleAssignment, Unit
from luotsi.people.rules import LEADER, NEEDS_SECOND_FACTOR, Kind, Role

# Audit rows of these tell that roles, or who can sign in and how, have changed.
ROLES_WRITTEN_BY = (
    "people.roleassignment",
    "people.invitation",
    "people.person",
    "people.account",
    "people.unit",
    "people.unitimport",
)
ONE_DAY = timedelta(days=1)


def role_rows() -> Iterator[tuple[object, ...]]:
    """Yield every role, cut where its person began to sign in with a second factor; two queries.

    A factor that was taken off again is not known any more: until then the role counts as without.
    """
    since: dict[UUID, date] = {}
    factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).order_by("-created_at")
    for user, moment in factors.values_list("user_id", "created_at"):
        since[user] = clock.day_of(moment)
    fields = ("pk", "person_id", "unit_id", "role", "valid_from", "valid_to", "person__account")
    roles = RoleAssignment.objects.order_by("pk").values_list(*fields, "person__account__is_active")
    for pk, person, unit, role, first, last, account, active in roles.iterator(5000):
        wide = Role(role) in NEEDS_SECOND_FACTOR
        spans = [(since[account], None)] if account in since else []
        for start, end, strong in parted(first, last, spans):
            yield pk, person, unit, start, end, role, wide, bool(active), strong


def institution_rows() -> Iterator[tuple[object, ...]]:
    """Yield the institutions, cut into spans in which they were led or not; two queries."""
    leading: defaultdict[UUID, list[tuple[date, date | None]]] = defaultdict(list)
    spans = RoleAssignment.objects.filter(role=LEADER[Kind.INSTITUTION], unit__kind=Kind.INSTITUTION)
    for unit, start, end in spans.order_by("valid_from").values_list("unit_id", "valid_from", "valid_to"):
        leading[unit].append((start, end))
    units = Unit.objects.filter(kind=Kind.INSTITUTION).order_by("pk")
    fields = ("pk", "valid_from", "valid_to", "institution_type_id", "name_fi", "name_sv")
    for pk, first, last, kind, name_fi, name_sv in units.values_list(*fields).iterator(5000):
        language = "fi" if name_fi else "sv" if name_sv else "en"
        for start, end, led in parted(first, last, leading.get(pk, ())):
            yield pk, pk, start, end, kind or "", language, led


def parted(
    first: date, last: date | None, spans: Iterable[tuple[date, date | None]]
) -> Iterator[tuple[date, date | None, bool]]:
    """Yield the days from `first` to `last` in parts: start, end, and whether one of the spans covers them.

    `spans` are in the order of their first days and may overlap; an open end is None.
    """
    here: date | None = first
    for start, end in spans:
        if here is None or (last is not None and here > last):
            return
        if end is not None and end < here:
            continue
        if last is not None and start > last:
            break
        if start > here:
            yield here, start - ONE_DAY, False
        until = end if last is None else last if end is None else min(end, last)
        yield max(start, here), until, True
        here = until + ONE_DAY if until is not None else None
    if here is not None and (last is None or here <= last):
        yield here, last, False


ROLES = FactTable(
    key="roles",
    title=_("Roles"),
    about=_("One row for each role that somebody has had at a unit; two where a second factor came later."),
    columns=(
        FactColumn("record", ColumnKind.RECORD, _("Key of the role.")),
        FactColumn("person", ColumnKind.PERSON, _("Key of the person; never a name.")),
        FactColumn("unit", ColumnKind.UNIT, _("Where the role is held.")),
        FactColumn("valid_from", ColumnKind.FROM, _("First day.")),
        FactColumn("valid_to", ColumnKind.TO, _("Last day; empty while it goes on.")),
        FactColumn("role", ColumnKind.DIMENSION, _("Which role.")),
        FactColumn("wide", ColumnKind.FLAG, _("Whether the role reaches so far that it needs a second factor.")),
        FactColumn("signs_in", ColumnKind.FLAG, _("Whether the person has an account today.")),
        FactColumn(
            "strong",
            ColumnKind.FLAG,
            _("Whether the account had a passkey or an authenticator app, of those it has today."),
        ),
    ),
    rows=role_rows,
    written_by=ROLES_WRITTEN_BY,
    policy="threshold",
)
INSTITUTIONS = FactTable(
    key="institutions",
    title=_("Institutions"),
    about=_("One row for each span of time in which an institution was led by somebody, or by nobody."),
    columns=(
        FactColumn("record", ColumnKind.RECORD, _("Key of the institution.")),
        FactColumn("unit", ColumnKind.UNIT, _("The institution itself.")),
        FactColumn("valid_from", ColumnKind.FROM, _("First day.")),
        FactColumn("valid_to", ColumnKind.TO, _("Last day; empty while it goes on.")),
        FactColumn("type", ColumnKind.DIMENSION, _("National code of the type of the institution.")),
        FactColumn("language", ColumnKind.DIMENSION, _("Language of the first name: fi, sv or en.")),
        FactColumn("led", ColumnKind.FLAG, _("Whether somebody was its principal.")),
    ),
    rows=institution_rows,
    written_by=("people.unit", "people.unitimport", "people.roleassignment", "people.invitation"),
    policy="open",
)


def fact_tables() -> tuple[FactTable, ...]:
    """Return the tables of this room."""
    return ROLES, INSTITUTIONS
