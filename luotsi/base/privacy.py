"""Personal data: what each room holds, why and for how long, and who has looked at a person's data.

Source: GDPR articles 5, 15 and 30; every view of a person's data by another is logged (handbook, domain §3).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from luotsi.base.models import PersonalDataView


@dataclass(frozen=True)
class PersonalData:
    """One declaration: which fields of which model ("people.Person") hold data of persons, and the terms."""

    model: str
    fields: tuple[str, ...]
    purpose: str
    basis: str
    retention: str


PERSONAL_DATA = (
    PersonalData(
        model="base.AuditEntry",
        fields=("actor_id", "actor_label", "target_id", "target_label", "before", "after", "reason"),
        purpose="Shows who changed what, when and why.",
        basis="GDPR art. 6(1)(e), 5(2), 32; Act on Information Management 906/2019 §17",
        retention="Ten years; rows cannot be altered or removed one by one.",
    ),
    PersonalData(
        model="base.OutboxMail",
        fields=("to", "subject", "body", "html"),
        purpose="Sends invitations, reminders and sign-in messages.",
        basis="GDPR art. 6(1)(e)",
        retention="30 days after sending; a mail that could not be sent, 90 days.",
    ),
    PersonalData(
        model="base.PersonalDataView",
        fields=("actor_id", "actor_label", "person_id", "what"),
        purpose="Lets a person know who has looked at their data.",
        basis="GDPR art. 15, 32; Act on Information Management 906/2019 §17",
        retention="Five years.",
    ),
)


def declared() -> tuple[PersonalData, ...]:
    """Return the declarations of this room and of every room in `settings.LUOTSI_ROOMS`."""
    from django.conf import settings

    found = list(PERSONAL_DATA)
    for room in settings.LUOTSI_ROOMS:
        found.extend(getattr(import_module(f"{room}.rules"), "PERSONAL_DATA", ()))
    return tuple(found)


def log_view(*, by: AbstractBaseUser, person_id: UUID, what: str) -> PersonalDataView:
    """Write down that `by` has looked at the data of the person; `what` is a short phrase such as "roles"."""
    from luotsi.base import clock, requests
    from luotsi.base.models import PersonalDataView

    seen = PersonalDataView(
        at=clock.now(),
        actor_id=by.pk,
        actor_label=str(by)[:254],
        person_id=person_id,
        what=what[:200],
        request_id=requests.request_id(),
    )
    seen.save(force_insert=True)
    return seen
