"""Lists of invitations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from luotsi.base import clock
from luotsi.base.wording import with_words
from luotsi.people import access
from luotsi.people.models import Invitation, Unit
from luotsi.people.queries.units import ordered
from luotsi.people.rules import Kind, Right, Role, givable_roles
from luotsi.ui.lists import Ask, Rows

if TYPE_CHECKING:
    from luotsi.people.access import Visitor

ORDER = {
    "name": ("family_name", "given_name", "id"),
    "unit": ("unit__name_fi", "id"),
    "invited": ("invited_at", "id"),
    "expires": ("expires_at", "id"),
}


@dataclass(frozen=True)
class InvitationRow:
    """One invitation in a list."""

    id: UUID
    name: str
    email: str
    role: str
    unit: Unit
    unit_url: str
    invited_by: str
    invited_at: datetime
    expires_at: datetime
    state: str
    may_change: bool


def invitations_listed(visitor: Visitor, scope: Unit, ask: Ask) -> Rows:
    """Return the invitations at or below the scope, filtered, ordered and cut as asked."""
    access.require(visitor, scope, Right.SEE_PERSONS)
    now = clock.now()
    reach = access.reach_of(visitor)
    found = Invitation.objects.filter(unit__path__startswith=scope.path)
    match ask.filters.get("state"):
        case "pending":
            found = found.pending()
        case "open":
            found = found.open(now)
        case "expired":
            found = found.expired(now)
        case "accepted":
            found = found.filter(accepted_at__isnull=False)
        case "withdrawn":
            found = found.filter(withdrawn_at__isnull=False)
    if text := ask.filters.get("q"):
        found = found.filter(with_words(text, "email", "family_name", "given_name"))
    total = found.count()
    found = found.select_related("unit", "invited_by__person")
    found = found.order_by(*ordered(ORDER[ask.sort], descending=ask.descending))
    cut = found[ask.offset : ask.offset + ask.limit] if ask.limit else found
    rows = []
    for invitation in cut:
        state = invitation.state_at(now)
        givable = givable_roles(reach, invitation.unit.path, Kind(invitation.unit.kind))
        rows.append(
            InvitationRow(
                id=invitation.pk,
                name=f"{invitation.family_name} {invitation.given_name}".strip(),
                email=invitation.email,
                role=invitation.role_name,
                unit=invitation.unit,
                unit_url=reverse("people:see-unit", args=[invitation.unit.key]),
                invited_by=str(getattr(invitation.invited_by, "person", "") or ""),
                invited_at=invitation.invited_at,
                expires_at=invitation.expires_at,
                state=state,
                may_change=state in {"open", "expired"} and Role(invitation.role) in givable,
            )
        )
    return Rows(items=rows, total=total)
