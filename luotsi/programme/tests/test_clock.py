"""The annual clock: its events, its feed and its reminders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine

from luotsi.base.models import OutboxMail
from luotsi.base.names import Names
from luotsi.people.tests.cast import Cast
from luotsi.programme.actions.clock import EventDetails, add_event, change_event, end_event
from luotsi.programme.actions.refusals import ProgrammeRefused
from luotsi.programme.actions.reminders import due_on, remind_daily
from luotsi.programme.models import ClockReminder, Programme
from luotsi.programme.queries.icalendar import calendar_of
from luotsi.programme.tests.programmes import region_programme

SURVEY = EventDetails(
    title=Names(fi="Osaamiskysely", sv="Kompetensenkät"), month=10, day=1, until_month=10, until_day=31, measure="M21"
)


@pytest.fixture
def programme(cast: Cast) -> Programme:
    """The programme of the region, with Aino to coordinate it and Gunilla in its digital team."""
    return region_programme(cast)


class TestEvents:
    def test_one_is_added_changed_and_taken_off(self, cast: Cast, programme: Programme) -> None:
        event = add_event(programme=programme, details=SURVEY, by=cast.aino)
        change_event(event=event, details=replace(SURVEY, day=5, note="Uusi lomake"), by=cast.aino)
        event.refresh_from_db()
        assert (event.day, event.note) == (5, "Uusi lomake")
        end_event(event=event, by=cast.aino)
        assert event.ended_on is not None
        with pytest.raises(ProgrammeRefused):
            end_event(event=event, by=cast.aino)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"day": 32}, "day"),
            ({"month": 2, "day": 29, "year": 2026, "until_month": None, "until_day": None}, "day"),
            ({"until_day": None}, "until_day"),
            ({"title": Names()}, "title"),
            ({"measure": "M99"}, "measure"),
        ],
    )
    def test_what_does_not_exist_is_refused(
        self, cast: Cast, programme: Programme, change: dict[str, object], field: str
    ) -> None:
        with pytest.raises(ProgrammeRefused) as refused:
            add_event(programme=programme, details=replace(SURVEY, **change), by=None)  # type: ignore[arg-type]
        assert refused.value.reasons[0].field == field

    def test_the_feed_has_every_event_that_goes_on(self, cast: Cast, programme: Programme) -> None:
        add_event(programme=programme, details=SURVEY, by=None)
        ended = add_event(programme=programme, details=replace(SURVEY, title=Names(fi="Vanha")), by=None)
        end_event(event=ended, by=None)
        text = calendar_of(programme, date(2026, 11, 25))
        assert "SUMMARY:Osaamiskysely\r\n" in text
        assert "DTSTART;VALUE=DATE:20241001\r\n" in text
        assert "RRULE:FREQ=YEARLY;UNTIL=20270731\r\n" in text
        assert "Vanha" not in text


class TestReminders:
    @pytest.mark.parametrize(
        ("today", "due"),
        [
            (date(2026, 9, 16), False),
            (date(2026, 9, 17), True),
            (date(2026, 10, 1), True),
            (date(2026, 10, 2), False),
            (date(2027, 9, 20), False),
        ],
    )
    def test_they_are_due_so_many_days_before_while_the_programme_runs(
        self, cast: Cast, programme: Programme, today: date, due: bool
    ) -> None:
        add_event(programme=programme, details=SURVEY, by=None)
        assert bool(due_on(today)) == due

    def test_each_goes_out_once_in_the_language_of_its_reader(self, cast: Cast, programme: Programme) -> None:
        add_event(programme=programme, details=SURVEY, by=None)
        for day in (date(2026, 9, 20), date(2026, 9, 21), date(2026, 10, 1)):
            with time_machine.travel(day):
                remind_daily()
        mails = {mail.to: mail for mail in OutboxMail.objects.filter(key__startswith="programme.clock")}
        assert set(mails) == {cast.aino.email, cast.gunilla.email}
        assert "Osaamiskysely" in mails[cast.aino.email].subject
        assert "Kompetensenkät" in mails[cast.gunilla.email].body
        assert f"/u/{cast.region.key}/programme/{programme.slug}/clock/" in mails[cast.aino.email].body
        assert ClockReminder.objects.count() == 2

    def test_the_next_year_reminds_again(self, cast: Cast, programme: Programme) -> None:
        add_event(programme=programme, details=SURVEY, by=None)
        for year in (2024, 2025, 2026):
            with time_machine.travel(date(year, 9, 20)):
                remind_daily()
        assert OutboxMail.objects.filter(key__startswith="programme.clock", to=cast.aino.email).count() == 3

    def test_what_was_reminded_is_forgotten_after_two_years(self, cast: Cast, programme: Programme) -> None:
        add_event(programme=programme, details=SURVEY, by=None)
        with time_machine.travel(date(2024, 9, 20)):
            remind_daily()
        with time_machine.travel(date(2026, 10, 1) + timedelta(days=1)):
            remind_daily()
        assert not ClockReminder.objects.exists()
