"""Adding, changing, ending and reopening units."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, ids
from luotsi.base.errors import Reason, Refused
from luotsi.base.records import reasons_from
from luotsi.people.models import Unit
from luotsi.people.models.units import path_below
from luotsi.people.rules import PARENTS, Kind

if TYPE_CHECKING:
    from luotsi.people.models import Account, InstitutionType

RESERVED = frozenset({"add", "import", "new"})


class UnitRefused(Refused):
    """A change of a unit that the rules of the organisation tree do not allow."""


@dataclass(frozen=True, kw_only=True)
class UnitDetails:
    """What can be written of a unit; empty text = not given."""

    name_fi: str = ""
    name_sv: str = ""
    name_en: str = ""
    municipality_number: str = ""
    institution_number: str = ""
    institution_type: InstitutionType | None = None
    oid: str = ""
    valid_from: date


def free_key(name: str, parent: Unit | None, taken: set[str] | None = None) -> str:
    """Return an address for a unit: from its name, with the provider or a number where that is taken.

    `taken` spares the query to those who add many units at once.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    base = slugify(plain)[:60] or "unit"
    candidates = [base] if base not in RESERVED else []
    if parent:
        candidates.append(f"{base}-{parent.key}"[:76])
    if taken is None:
        taken = set(Unit.objects.filter(key__startswith=base[:40]).values_list("key", flat=True))
    for candidate in candidates:
        if candidate not in taken:
            return candidate
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def checked(unit: Unit) -> Unit:
    """Return the unit when its fields and constraints hold; otherwise refuse with every reason."""
    reasons: list[Reason] = []
    parent = unit.parent
    if (Kind(parent.kind) if parent else None) not in PARENTS[Kind(unit.kind)]:
        reasons.append(Reason(_("A unit of this kind cannot stand there in the organisation."), field="parent"))
    if parent and unit.valid_from < parent.valid_from:
        reasons.append(Reason(_("The unit cannot begin before the unit above it."), field="valid_from"))
    try:
        unit.full_clean(exclude=["path", "parent", "institution_type"])
    except ValidationError as error:
        reasons += reasons_from(error)
    if reasons:
        raise UnitRefused(*reasons)
    return unit


@transaction.atomic
def add_unit(*, kind: Kind, parent: Unit | None, details: UnitDetails, by: Account | None) -> Unit:
    """Add a unit to the tree. Raises UnitRefused when the place, the codes or the dates do not fit."""
    pk = ids.new_id()
    unit = Unit(id=pk, kind=kind, parent=parent, path=path_below(parent, pk), **vars(details))
    unit.key = free_key(unit.names.best("fi")[0], parent)
    checked(unit).save(force_insert=True)
    audit.record(by=by, verb="people.unit.added", target=unit, after=audit.snapshot(unit), unit_id=unit.pk)
    return unit


@transaction.atomic
def change_unit(*, unit: Unit, details: UnitDetails, by: Account | None) -> Unit:
    """Write the details of a unit; the address, the kind and the place stay. No audit row when nothing changed."""
    names = list(vars(details))
    before = audit.snapshot(unit, *names)
    for name, value in vars(details).items():
        setattr(unit, name, value)
    after = audit.snapshot(checked(unit), *names)
    if changed := [name for name in names if before[name] != after[name]]:
        unit.save(update_fields=changed)
        audit.record(
            by=by,
            verb="people.unit.changed",
            target=unit,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            unit_id=unit.pk,
        )
    return unit


@transaction.atomic
def end_unit(*, unit: Unit, last_day: date, reason: str, by: Account | None) -> Unit:
    """End a unit on its last day; it and its history stay readable.

    Raises UnitRefused while units below it go on after that day.
    """
    going_on = Unit.objects.filter(path__startswith=unit.path).exclude(pk=unit.pk).in_force(last_day)
    going_on = going_on.exclude(valid_to__lte=last_day)
    if names := [str(below) for below in going_on[:4]]:
        raise UnitRefused(
            Reason(
                _("End these first, they go on after that day: %(names)s.") % {"names": ", ".join(names)},
                field="last_day",
            )
        )
    before = {"valid_to": unit.valid_to}
    unit.valid_to = last_day
    checked(unit).save(update_fields=["valid_to"])
    audit.record(
        by=by,
        verb="people.unit.ended",
        target=unit,
        before=before,
        after={"valid_to": last_day},
        unit_id=unit.pk,
        reason=reason,
    )
    return unit


@transaction.atomic
def reopen_unit(*, unit: Unit, by: Account | None) -> Unit:
    """Take back the ending of a unit."""
    if unit.valid_to is None:
        raise UnitRefused(Reason(_("The unit has not been ended.")))
    if unit.parent and not unit.parent.is_in_force(clock.today()):
        raise UnitRefused(Reason(_("The unit above has ended. Reopen it first.")))
    before = {"valid_to": unit.valid_to}
    unit.valid_to = None
    checked(unit).save(update_fields=["valid_to"])
    audit.record(
        by=by,
        verb="people.unit.reopened",
        target=unit,
        before=before,
        after={"valid_to": None},
        unit_id=unit.pk,
    )
    return unit
