"""The annual clock as a calendar file (RFC 5545): whole days, no names of persons, identifiers that stay."""

from __future__ import annotations

from calendar import isleap
from datetime import date
from typing import TYPE_CHECKING

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from luotsi.base import clock, texts
from luotsi.programme.rules.calendar import Event, calendar
from luotsi.programme.rules.coming import MonthDay, days_in

if TYPE_CHECKING:
    from luotsi.programme.models import ClockEvent, Programme


def feed_key(programme: Programme) -> str:
    """Return the part of the feed's address that nobody guesses; it stays the same and tells no person."""
    return salted_hmac("programme.clock", str(programme.pk), algorithm="sha256").hexdigest()[:32]


def is_feed_key(programme: Programme, key: str) -> bool:
    """Return True when the key opens the feed of the programme."""
    return constant_time_compare(feed_key(programme), key)


def calendar_of(programme: Programme, today: date) -> str:
    """Return the calendar of the events that have not ended; yearly ones as long as the programme runs."""
    events = programme.clock_events.filter(ended_on=None)
    found = [made for event in events if (made := _event(event, programme)) is not None]
    name = _("Annual clock: %(name)s") % {"name": programme.names.text}
    return calendar(name, found, clock.now())


def _event(event: ClockEvent, programme: Programme) -> Event | None:
    """Return an event from its first coming in the programme on; None where the programme ends before it."""
    starts = (event.month, event.day)
    until = (event.until_month, event.until_day) if event.until_month and event.until_day else None
    if event.year:
        first, last = days_in(event.year, starts, until)
    else:
        first, last = _first_coming(programme.starts_on, starts, until)
        if programme.ends_on is not None and first > programme.ends_on:
            return None
    return Event(
        uid=f"{event.pk}@luotsi",
        title=texts.names_of(event.title).text,
        first=first,
        last=last,
        is_yearly=event.year is None,
        until=programme.ends_on,
        note=event.note,
        remind_days=event.remind_days,
    )


def _first_coming(day: date, starts: MonthDay, until: MonthDay | None) -> tuple[date, date]:
    """Return the first coming that begins on a day or after it; of 29 February the first in a leap year."""
    years = (year for year in range(day.year, day.year + 9) if starts != (2, 29) or isleap(year))
    return next(days for year in years if (days := days_in(year, starts, until))[0] >= day)
