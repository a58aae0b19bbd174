"""What the pages of the annual clock show: the ring, its numbered events in the order of their coming, the ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import periods
from luotsi.base.names import ORDER, Names
from luotsi.base.periods import PeriodKind
from luotsi.base.texts import names_of
from luotsi.programme.queries import rows
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.finding_pages import name_of
from luotsi.programme.queries.period_words import period_words
from luotsi.programme.rules.coming import coming
from luotsi.programme.rules.plan import coded
from luotsi.programme.rules.ring import Ring, ring
from luotsi.ui.formatting import weekday

if TYPE_CHECKING:
    from luotsi.people.models import Unit
    from luotsi.programme.models import ClockEvent, Programme
    from luotsi.programme.queries.other_days import ClockDay

SOON = 14  # days within which a distance is told in days


@dataclass(frozen=True)
class EventRow:
    """One event with its number on the ring and the days of its next coming."""

    pk: UUID
    number: int
    names: Names
    first: date
    last: date
    when: str
    notes: tuple[str, ...]
    measure: str
    measure_url: str


@dataclass(frozen=True)
class OtherRow:
    """A day that another room tells, with its number on the ring."""

    number: int
    when: str
    names: Names
    words: str
    url: str


@dataclass(frozen=True)
class EndedRow:
    """An event that has left the clock."""

    names: Names
    ended_on: date


@dataclass(frozen=True)
class ClockPage:
    """The annual clock of the present year: the ring, the events in the order of the list, those that ended.

    `others` are days of other rooms until the end of the year; their numbers follow those of the events.
    """

    ring: Ring
    events: tuple[EventRow, ...]
    others: tuple[OtherRow, ...]
    ended: tuple[EndedRow, ...]
    kind_words: str
    year_words: str
    description: str


def year_of(programme: Programme, today: date) -> periods.Period:
    """Return the year around the ring: a calendar year where the plan counts in them, else the school year."""
    plan = plan_of(programme)
    calendar = bool(plan.periods) and all(len(span.key) == 4 for span in plan.periods)
    return periods.containing(today, PeriodKind.CALENDAR_YEAR if calendar else PeriodKind.SCHOOL_YEAR)


def clock_page(programme: Programme, scope: Unit | None, today: date, others: Sequence[ClockDay] = ()) -> ClockPage:
    """Return the clock as it stands on a day; without a scope nothing in it leads to pages of a unit.

    `others` are days of other rooms, in their order.
    """
    year = year_of(programme, today)
    kept = list(programme.clock_events.prefetch_related("reminders"))
    comings = [(*days_of(event, today), event) for event in kept if event.ended_on is None]
    running = sorted((found for found in comings if found[1] >= today), key=lambda found: found[:2])
    writer = _Writer(programme, scope, coded(plan_of(programme)), today)
    events = tuple(writer.row(number, *found) for number, found in enumerate(running, start=1))
    told = tuple(_other(number, one) for number, one in enumerate(others, start=len(events) + 1))
    is_calendar = year.kind == PeriodKind.CALENDAR_YEAR
    return ClockPage(
        ring=ring(year.start, today, [*(row.first for row in events), *(one.on for one in others)]),
        events=events,
        others=told,
        ended=tuple(EndedRow(names_of(event.title), event.ended_on) for event in kept if event.ended_on),
        kind_words=_("Year") if is_calendar else _("School year"),
        year_words=period_words(year.key),
        description=_("The months around a ring, the present one filled. The events are numbered and listed."),
    )


def _other(number: int, one: ClockDay) -> OtherRow:
    return OtherRow(number=number, when=weekday(one.on), names=one.names, words=one.words, url=one.url)


def days_of(event: ClockEvent, today: date) -> tuple[date, date]:
    """Return the days of an event that is going on or comes next; of one bound to a year, those of that year."""
    until = (event.until_month, event.until_day) if event.until_month and event.until_day else None
    return coming((event.month, event.day), until, event.year, today)


@dataclass(frozen=True)
class _Writer:
    programme: Programme
    scope: Unit | None
    items: dict[str, Any]
    today: date

    def row(self, number: int, first: date, last: date, event: ClockEvent) -> EventRow:
        """Return one event with its next coming."""
        measure, url = self.items.get(event.measure), ""
        if measure is not None and self.scope is not None:
            url = reverse("programme:see-measure", args=[self.scope.key, self.programme.slug, event.measure])
        return EventRow(
            pk=event.pk,
            number=number,
            names=names_of(event.title),
            first=first,
            last=last,
            when=weekday(first) if first == last else f"{weekday(first)}–{weekday(last)}",
            notes=tuple(self._notes(event, first)),
            measure=rows.names(measure.names).text if measure is not None else "",
            measure_url=url,
        )

    def _notes(self, event: ClockEvent, first: date) -> Iterator[str]:
        days = (first - self.today).days
        yield name_of(self.items, event.owner) if event.owner else _("Nobody is named")
        yield _("every year") if event.year is None else str(event.year)
        if 0 < days <= SOON:
            yield ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}
        elif days <= 0:
            yield _("going on")
        if first in {reminder.on for reminder in event.reminders.all()}:
            yield _("reminded")
        else:
            words = ngettext("reminds %(n)s day before", "reminds %(n)s days before", event.remind_days)
            yield words % {"n": event.remind_days}
        if event.note:
            yield event.note


def event_initial(event: ClockEvent) -> dict[str, Any]:
    """Return what the form of an event begins with."""
    words = names_of(event.title)
    plain = ("day", "month", "until_day", "until_month", "year", "owner", "measure", "remind_days", "note")
    return {f"title_{code}": str(getattr(words, code)) for code in ORDER} | {
        name: getattr(event, name) for name in plain
    }
