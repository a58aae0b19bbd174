"""The obligations of a unit as a calendar feed (RFC 5545): whole days, no names of persons, identifiers that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.funding.queries.because_words import MADE_OF, words_of
from luotsi.funding.queries.obligation_pages import because_of, listed
from luotsi.funding.rules.obligations import Duty
from luotsi.programme.rules.calendar import Event, calendar

if TYPE_CHECKING:
    from luotsi.funding.models import Obligation
    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.people.models import Unit

REMIND_DAYS = 14


def calendar_of(unit: Unit, seen: ApplicationQuerySet) -> str:
    """Return the calendar of what is still to be done for the applications."""
    events = [_event(one) for one in listed(seen, is_open=True)]
    return calendar(_("Obligations of grants: %(unit)s") % {"unit": unit.names.text}, events, clock.now())


def _event(one: Obligation) -> Event:
    note = words_of(because_of(one), MADE_OF)
    if not one.is_settled:
        note += " " + _("The length of this time has not been checked against the statute book.")
    return Event(
        uid=f"{one.pk}@luotsi",
        title=f"{one.get_duty_display()}: {one.application.names.text}",
        first=one.due_on,
        last=one.due_on,
        note=note.strip(),
        remind_days=0 if one.duty == Duty.KEEP_VOUCHERS else REMIND_DAYS,
    )
