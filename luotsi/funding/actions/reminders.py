"""Reminders of obligations: a mail to those who prepare the application, once for each day of reminding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, outbox, periods
from luotsi.funding.models import ApplicationMember, Obligation, ObligationReminder
from luotsi.funding.rules.obligations import REMIND_DAYS, Duty
from luotsi.funding.rules.rights import HOLDERS, Part, Right
from luotsi.people.models import Person, RoleAssignment
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.models import Application

KEPT_MONTHS = 24


@dataclass(frozen=True)
class Due:
    """An obligation of which it is time to remind, and the day of reminding that has come."""

    obligation: Obligation
    on: date


def remind_daily() -> None:
    """Remind of what is due, and forget reminders older than two years."""
    today = clock.today()
    for due in due_on(today):
        remind(due=due)
    ObligationReminder.objects.filter(on__lt=periods.months_before(today, KEPT_MONTHS)).delete()


def due_on(today: date) -> list[Due]:
    """Return the obligations that are not done and within the days of reminding before their day.

    Of the days that have come the nearest counts: whoever was away a week gets one mail, not three.
    """
    last = today + timedelta(days=max(REMIND_DAYS))
    found = Obligation.objects.undone().filter(due_on__gte=today, due_on__lte=last).exclude(duty=Duty.KEEP_VOUCHERS)
    return [
        Due(
            one,
            one.due_on - timedelta(days=min(days for days in REMIND_DAYS if one.due_on - timedelta(days) <= today)),
        )
        for one in found.select_related("application__unit")
    ]


@transaction.atomic
def remind(*, due: Due) -> int:
    """Write a mail to everybody who prepares the application; return how many were new."""
    obligation, now = due.obligation, clock.now()
    told = set(ObligationReminder.objects.filter(obligation=obligation, on=due.on).values_list("account", flat=True))
    people = [person for person in people_of(obligation.application) if person.account_id not in told]
    for person in people:
        if person.account is None:
            continue
        reminder = ObligationReminder(obligation=obligation, on=due.on, account=person.account, sent_at=now)
        reminder.save(force_insert=True)
        _post(due, person)
    if people:
        audit.record(
            by=None,
            verb="funding.obligation.reminded",
            target=obligation,
            after={"on": due.on, "count": len(people)},
            unit_id=obligation.application.unit_id,
        )
    return len(people)


def people_of(application: Application) -> list[Person]:
    """Return those who prepare at the applicant and the team that writes; where nobody does, those nearest above."""
    today = clock.today()
    members = ApplicationMember.objects.on(today).filter(application=application).exclude(part=Part.READ)
    found = _active(Person.objects.filter(pk__in=members.values("person")))
    for unit in [application.unit_id, *reversed(application.unit.ancestor_ids)]:
        held = RoleAssignment.objects.in_force(today).filter(unit=unit, role__in=HOLDERS[Right.PREPARE])
        if holders := _active(Person.objects.filter(roles__in=held)):
            return [*found, *(one for one in holders if one not in found)]
    return found


def _active(people: object) -> list[Person]:
    found = people.filter(account__is_active=True).distinct()  # type: ignore[attr-defined]
    return list(found.select_related("account").order_by("family_name", "given_name", "pk"))


def _post(due: Due, person: Person) -> None:
    one = due.obligation
    with translation.override(person.language):
        path = reverse("funding:list-obligations", args=[one.application.unit.key, one.application_id])
        context = {
            "what": one.get_duty_display(),
            "project": one.application.names.text,
            "when": formatting.full_day(one.due_on),
            "is_settled": one.is_settled,
            "url": f"{settings.SITE_URL}{path}",
        }
        outbox.post(
            to=person.account.email if person.account else person.email,
            subject=_("Due soon: %(what)s") % context,
            body=render_to_string("funding/mail/obligation.txt", context),
            language=person.language,
            key=f"funding.obligation.{one.pk}.{due.on}.{person.pk}",
        )
