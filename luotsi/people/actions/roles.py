"""Giving and ending roles."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason, Refused
from luotsi.base.records import reasons_from
from luotsi.people.models import Person, RoleAssignment, Unit
from luotsi.people.rules import PLACES, Kind, Reach, Role, givable_roles, overlaps

if TYPE_CHECKING:
    from luotsi.people.models import Account


class RoleRefused(Refused):
    """A role that cannot be given or ended so."""


def reasons_to_refuse(
    *, role: Role, unit: Unit, valid_from: date, valid_to: date | None, held: list[tuple[date, date | None]]
) -> list[Reason]:
    """Return why the role cannot be given; `held` are the periods of the same role at the same unit."""
    reasons = []
    if Kind(unit.kind) not in PLACES[role]:
        reasons.append(Reason(_("This role cannot be given at a unit of this kind."), field="role"))
    if valid_to and valid_to < valid_from:
        reasons.append(Reason(_("The last day cannot be before the first day."), field="valid_to"))
    elif overlaps((valid_from, valid_to), held):
        reasons.append(Reason(_("The person has this role here during that time already."), field="role"))
    if unit.valid_to and valid_from > unit.valid_to:
        reasons.append(Reason(_("The unit has ended before that day."), field="valid_from"))
    return reasons


def refuse_unless_givable(*, reach: Reach | None, role: Role, unit: Unit) -> None:
    """Refuse a role that the giver may not give there; `reach` None = given by the system (import, demo)."""
    if reach is not None and role not in givable_roles(reach, unit.path, Kind(unit.kind)):
        raise RoleRefused(Reason(_("Your own role does not let you give this role here."), field="role"))


def _refuse_removed(person: Person) -> None:
    if person.is_removed:
        raise RoleRefused(Reason(_("The data of this person have been removed. Invite the person instead.")))


@transaction.atomic
def give_role(
    *,
    person: Person,
    role: Role,
    unit: Unit,
    valid_from: date,
    valid_to: date | None = None,
    by: Account | None,
    reach: Reach | None = None,
) -> RoleAssignment:
    """Give a person a role at a unit. Raises RoleRefused with every reason."""
    refuse_unless_givable(reach=reach, role=role, unit=unit)
    _refuse_removed(person)
    held = list(person.roles.filter(role=role, unit=unit).values_list("valid_from", "valid_to"))
    if reasons := reasons_to_refuse(role=role, unit=unit, valid_from=valid_from, valid_to=valid_to, held=held):
        raise RoleRefused(*reasons)
    given = RoleAssignment(person=person, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to, given_by=by)
    try:
        given.full_clean(exclude=["person", "unit", "given_by"])
    except ValidationError as error:
        raise RoleRefused(*reasons_from(error)) from None
    given.save(force_insert=True)
    audit.record(by=by, verb="people.role.given", target=given, after=audit.snapshot(given), unit_id=unit.pk)
    return given


@transaction.atomic
def end_role(
    *, held: RoleAssignment, last_day: date, reason: str, by: Account | None, reach: Reach | None = None
) -> RoleAssignment:
    """End a role on its last day. Raises RoleRefused for a day before it began, or the last coordinator's role."""
    refuse_unless_givable(reach=reach, role=Role(held.role), unit=held.unit)
    if last_day < held.valid_from:
        raise RoleRefused(Reason(_("The last day cannot be before the first day."), field="last_day"))
    if held.role == Role.COORDINATOR and not _another_coordinator(held, last_day):
        raise RoleRefused(
            Reason(
                _("This is the last coordinator here. Give the role to somebody else first."),
                field="last_day",
            )
        )
    return _write_end(held=held, valid_to=last_day, verb="people.role.ended", reason=reason, by=by)


def _another_coordinator(held: RoleAssignment, last_day: date) -> bool:
    above = [*held.unit.ancestor_ids, held.unit_id]
    others = RoleAssignment.objects.in_force(max(last_day, clock.today())).filter(
        role=Role.COORDINATOR, unit__in=above
    )
    return others.exclude(pk=held.pk).exclude(valid_to=last_day).exists()


@transaction.atomic
def continue_role(*, held: RoleAssignment, by: Account | None, reach: Reach | None = None) -> RoleAssignment:
    """Take back the ending of a role. Raises RoleRefused when it was not ended or runs into a later one."""
    refuse_unless_givable(reach=reach, role=Role(held.role), unit=held.unit)
    _refuse_removed(held.person)
    if held.valid_to is None:
        raise RoleRefused(Reason(_("The role has not been ended.")))
    others = held.person.roles.filter(role=held.role, unit=held.unit).exclude(pk=held.pk)
    if overlaps((held.valid_from, None), others.values_list("valid_from", "valid_to")):
        raise RoleRefused(Reason(_("The person has been given this role here again.")))
    return _write_end(held=held, valid_to=None, verb="people.role.continued", reason="", by=by)


def _write_end(
    *, held: RoleAssignment, valid_to: date | None, verb: str, reason: str, by: Account | None
) -> RoleAssignment:
    before = {"valid_to": held.valid_to}
    held.valid_to = valid_to
    held.save(update_fields=["valid_to"])
    audit.record(
        by=by,
        verb=verb,
        target=held,
        before=before,
        after={"role": held.role, "valid_to": valid_to},
        unit_id=held.unit_id,
        reason=reason,
    )
    return held
