"""Adding a unit together with the invitation of whoever leads it, and the first provider of an installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.base import clock
from luotsi.people.actions.invitations import Invitee, invite_person
from luotsi.people.actions.units import UnitDetails, add_unit
from luotsi.people.models import Unit
from luotsi.people.rules import LEADER, Kind, Reach

if TYPE_CHECKING:
    from luotsi.people.models import Account, Municipality


@transaction.atomic
def add_with_leader(
    *,
    kind: Kind,
    parent: Unit,
    details: UnitDetails,
    invitee: Invitee | None,
    by: Account | None,
    reach: Reach | None = None,
) -> Unit:
    """Add a unit and invite its leader; both or neither. Raises what `add_unit` and `invite_person` raise."""
    unit = add_unit(kind=kind, parent=parent, details=details, by=by)
    if invitee:
        invite_person(invitee=invitee, role=LEADER[kind], unit=unit, by=by, reach=reach)
    return unit


@transaction.atomic
def provider_of(*, municipality: Municipality, by: Account | None, below: Unit | None = None) -> Unit:
    """Return the education provider of a municipality, wherever it stands.

    When it is not there, it is added, in force from today: below the region `below`, or on its own.
    """
    there = Unit.objects.filter(kind=Kind.PROVIDER, municipality_number=municipality.number, valid_to=None).first()
    if there:
        return there
    names = municipality.names
    details = UnitDetails(
        name_fi=names.fi, name_sv=names.sv, municipality_number=municipality.number, valid_from=clock.today()
    )
    return add_unit(kind=Kind.PROVIDER, parent=below, details=details, by=by)
