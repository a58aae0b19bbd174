"""Adding a unit together with the invitation of whoever leads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.people.actions.invitations import Invitee, invite_person
from luotsi.people.actions.units import UnitDetails, add_unit
from luotsi.people.rules import LEADER, Kind, Reach

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit


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
