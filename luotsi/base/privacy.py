"""Personal data: what each room holds, why and for how long, and who has looked at a person's data.

Source: GDPR articles 5, 15 and 30; every view of a person's data by another is logged (handbook, domain §3).
"""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from luotsi.base import clock, requests
from luotsi.base.declarations import PersonalData
from luotsi.base.declarations import marked as _
from luotsi.base.models import PersonalDataView

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

__all__ = ["PERSONAL_DATA", "PersonalData", "declared", "forget_old_views", "log_view"]

KEEP_VIEWS = timedelta(days=5 * 365)


PERSONAL_DATA = (
    PersonalData(
        title=_("Log of changes"),
        what=_("Who changed what and when, the values before and after, and the reason."),
        model="base.AuditEntry",
        fields=("actor_id", "actor_label", "target_id", "target_label", "before", "after", "reason"),
        purpose=_("Shows who changed what, when and why."),
        basis=_("GDPR art. 6(1)(e), 5(2), 32; Act on Information Management 906/2019 §17"),
        retention=_("Ten years; rows cannot be altered or removed one by one."),
    ),
    PersonalData(
        title=_("Mail"),
        what=_("The address, subject and text of messages that Luotsi sends."),
        model="base.OutboxMail",
        fields=("to", "subject", "body", "html"),
        purpose=_("Sends invitations, reminders and sign-in messages."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("30 days after sending; a mail that could not be sent, 90 days."),
    ),
    PersonalData(
        title=_("Views of personal data"),
        what=_("Who has opened whose data, and when."),
        model="base.PersonalDataView",
        fields=("actor_id", "actor_label", "person_id", "what"),
        purpose=_("Lets a person know who has looked at their data."),
        basis=_("GDPR art. 15, 32; Act on Information Management 906/2019 §17"),
        retention=_("Five years."),
    ),
)


def declared() -> tuple[PersonalData, ...]:
    """Return the declarations of this room and of every room in `settings.LUOTSI_ROOMS`."""
    found = list(PERSONAL_DATA)
    for room in settings.LUOTSI_ROOMS:
        found.extend(getattr(import_module(f"{room}.rules"), "PERSONAL_DATA", ()))
    return tuple(found)


def log_view(*, by: AbstractBaseUser, person_id: UUID, what: str) -> PersonalDataView:
    """Write down that `by` has looked at the data of the person; `what` is a short phrase such as "roles"."""
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


def forget_old_views() -> int:
    """Delete views whose retention has ended; return how many."""
    return PersonalDataView.objects.filter(at__lt=clock.now() - KEEP_VIEWS).delete()[0]
