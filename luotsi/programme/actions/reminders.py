"""Reminders of the annual clock: once a day, a mail to those who run a programme, for each coming once."""

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

from luotsi.base import audit, clock, outbox, periods, texts
from luotsi.people.models import Person, RoleAssignment
from luotsi.people.rules import Role
from luotsi.programme.models import ClockEvent, ClockReminder
from luotsi.programme.rules.coming import coming
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.programme.models import Programme

REMINDED = (Role.COORDINATOR, Role.DIGITAL_TEAM)
KEPT_MONTHS = 24


@dataclass(frozen=True)
class Due:
    """An event of which it is time to remind, and the days of its coming."""

    event: ClockEvent
    first: date
    last: date


def remind_daily() -> None:
    """Remind of what comes, and forget reminders older than two years."""
    today = clock.today()
    for due in due_on(today):
        remind(due=due)
    ClockReminder.objects.filter(on__lt=periods.months_before(today, KEPT_MONTHS)).delete()


def due_on(today: date) -> list[Due]:
    """Return the events of running programmes that come within the days that each is reminded of before."""
    events = ClockEvent.objects.filter(ended_on=None, programme__starts_on__lte=today)
    found = []
    for event in events.select_related("programme__owner"):
        until = (event.until_month, event.until_day) if event.until_month and event.until_day else None
        first, last = coming((event.month, event.day), until, event.year, today)
        if first - timedelta(days=event.remind_days) <= today <= first and event.programme.runs_on(first):
            found.append(Due(event, first, last))
    return found


@transaction.atomic
def remind(*, due: Due) -> int:
    """Write a mail to everybody who coordinates at the owner or is in its digital team; return how many were new."""
    event, now = due.event, clock.now()
    told = set(ClockReminder.objects.filter(event=event, on=due.first).values_list("account", flat=True))
    people = [person for person in _people(event.programme) if person.account_id not in told]
    for person in people:
        if person.account is None:
            continue
        ClockReminder(event=event, on=due.first, account=person.account, sent_at=now).save(force_insert=True)
        _post(due, person)
    if people:
        audit.record(
            by=None,
            verb="programme.clock.reminded",
            target=event,
            after={"on": due.first, "count": len(people)},
            unit_id=event.programme.owner_id,
        )
    return len(people)


def _people(programme: Programme) -> list[Person]:
    held = RoleAssignment.objects.in_force(clock.today()).filter(unit=programme.owner, role__in=REMINDED)
    found = Person.objects.filter(roles__in=held, account__is_active=True).distinct()
    return list(found.select_related("account").order_by("family_name", "given_name", "pk"))


def _post(due: Due, person: Person) -> None:
    programme, event = due.event.programme, due.event
    with translation.override(person.language):
        path = reverse("programme:see-clock", args=[programme.owner.key, programme.slug])
        when = formatting.full_day(due.first)
        context = {
            "title": texts.names_of(event.title).text,
            "programme": programme.names.text,
            "when": when if due.first == due.last else f"{when} – {formatting.full_day(due.last)}",
            "note": event.note,
            "url": f"{settings.SITE_URL}{path}",
        }
        outbox.post(
            to=person.account.email if person.account else person.email,
            subject=_("Coming up: %(title)s") % context,
            body=render_to_string("programme/mail/reminder.txt", context),
            language=person.language,
            key=f"programme.clock.{event.pk}.{due.first}.{person.pk}",
        )
