"""Calls in the annual clock and on the home page: of those that concern the unit, and of no others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.actions.obligations import do_obligation
from luotsi.funding.actions.own_calls import publish_call, withdraw_call
from luotsi.funding.queries.clock_days import clock_days
from luotsi.funding.tests.calling import make_draft, own_details
from luotsi.funding.tests.making import make_call, make_officer
from luotsi.funding.tests.reporting import make_running, pay
from luotsi.funding.waiting import tasks_for
from luotsi.programme.tests.programmes import region_programme

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.tests.cast import Cast


class TestDays:
    def test_a_watched_call_closes_and_an_own_call_opens_and_closes(self, cast: Cast) -> None:
        today = clock.today()
        make_call(cast.tampere, closes_on=today + timedelta(days=5))
        officer, now = make_officer(cast.region), clock.now().replace(microsecond=0)
        details = own_details(cast.region, opens_at=now + timedelta(days=2), closes_at=now + timedelta(days=9))
        publish_call(call=make_draft(cast.region, officer, details), by=officer)
        with CaptureQueriesContext(connection) as asked:
            found = clock_days(cast.eeva, cast.tampere, today, today + timedelta(days=30))
        assert sorted((one.on - today).days for one in found) == [2, 5, 9]
        assert len(asked) <= 6

    def test_it_is_told_only_within_the_days_asked_for(self, cast: Cast) -> None:
        today = clock.today()
        make_call(cast.tampere, closes_on=today + timedelta(days=5))
        assert not clock_days(cast.eeva, cast.tampere, today, today + timedelta(days=4))

    def test_a_call_for_units_elsewhere_a_draft_and_a_withdrawn_one_are_not_there(self, cast: Cast) -> None:
        officer, until = make_officer(cast.elsewhere), clock.today() + timedelta(days=30)
        publish_call(call=make_draft(cast.elsewhere, officer), by=officer)
        assert not clock_days(cast.eeva, cast.tampere, clock.today(), until)
        own = make_officer(cast.tampere, "Orvokki")
        draft = make_draft(cast.tampere, own)
        assert not clock_days(cast.eeva, cast.tampere, clock.today(), until)
        call = publish_call(call=draft, by=own)
        assert clock_days(cast.eeva, cast.tampere, clock.today(), until)
        withdraw_call(call=call, because=Names(fi="Rahat loppuivat."), by=own)
        assert not clock_days(cast.eeva, cast.tampere, clock.today(), until)

    def test_those_who_do_not_follow_money_see_none(self, cast: Cast) -> None:
        make_call(cast.tampere, closes_on=clock.today() + timedelta(days=5))
        assert not clock_days(cast.celia, cast.school, clock.today(), clock.today() + timedelta(days=30))

    def test_the_clock_of_a_programme_lists_them(self, client: Client, cast: Cast) -> None:
        programme = region_programme(cast)
        call = make_call(cast.region, closes_on=clock.today())
        client.force_login(cast.aino)
        page = client.get(reverse("programme:see-clock", args=[cast.region.key, programme.slug])).content.decode()
        assert "Days from elsewhere in Luotsi" in page
        assert reverse("funding:see-call", args=[cast.region.key, cast.region.key, call.slug]) in page


class TestGrants:
    """A grant obliges by days, and its money is expected on days: both stand in the annual clock."""

    @staticmethod
    def told(cast: Cast, days: int = 400) -> list[tuple[date, str]]:
        """Return the days with their words, as finance of the city sees them."""
        found = clock_days(cast.eeva, cast.tampere, clock.today(), clock.today() + timedelta(days=days))
        return sorted((one.on, one.words) for one in found)

    @time_machine.travel("2023-08-20 12:00:00+00:00", tick=False)
    def test_what_it_obliges_to_stands_there_until_it_is_done(self, cast: Cast) -> None:
        running = make_running(cast)
        pay(running, 20000, date(2022, 9, 2))
        assert self.told(cast) == [
            (date(2023, 8, 31), "Hand in the interim report"),
            (date(2024, 7, 1), "Ask for changes at the latest"),
            (date(2024, 7, 31), "The period of use ends"),
        ]
        do_obligation(obligation=running.obligations.get(duty="interim_report"), note="", by=cast.eeva)
        assert [words for _on, words in self.told(cast, days=30)] == []

    @time_machine.travel("2023-09-20 12:00:00+00:00", tick=False)
    def test_what_is_late_stands_on_today(self, cast: Cast) -> None:
        running = make_running(cast)
        pay(running, 5000, date(2022, 9, 2))
        assert self.told(cast, days=1) == [
            (date(2023, 9, 20), "Hand in the interim report: late since 31 Aug 2023"),
            (date(2023, 9, 20), "Instalment 1, €15,000 has not come: late since 1 Sep 2022"),
        ]

    @time_machine.travel("2022-08-20 12:00:00+00:00", tick=False)
    def test_money_is_expected_on_its_day_until_it_has_come_whole(self, cast: Cast) -> None:
        running = make_running(cast)
        assert (date(2022, 9, 1), "Instalment 1, €20,000 has not come") in self.told(cast)
        assert not [one for one in self.told(cast) if one[1].startswith("Instalment 2")], "it has no day"
        pay(running, 20000, date(2022, 8, 19))
        assert not [one for one in self.told(cast) if one[1].startswith("Instalment")]

    @time_machine.travel("2023-09-20 12:00:00+00:00", tick=False)
    def test_those_who_do_not_follow_money_see_none(self, cast: Cast) -> None:
        make_running(cast, cast.school)
        assert not clock_days(cast.celia, cast.school, clock.today(), date(2025, 1, 1))
        assert not clock_days(cast.farid, cast.elsewhere, clock.today(), date(2025, 1, 1))

    @time_machine.travel("2023-09-20 12:00:00+00:00", tick=False)
    def test_many_grants_ask_no_more_than_one(self, cast: Cast) -> None:
        for _number in range(5):
            make_running(cast)
        with CaptureQueriesContext(connection) as asked:
            assert len(self.told(cast)) == 20
        assert len(asked) <= 6


class TestWhatWaits:
    def test_a_school_that_is_asked_is_told_of_an_open_call(self, cast: Cast) -> None:
        officer = make_officer(cast.tampere)
        call = publish_call(call=make_draft(cast.tampere, officer), by=officer)
        assert [one.key for one in tasks_for(cast.bilal, cast.school)] == [f"funding.call.{call.pk}"]
        assert not tasks_for(cast.eeva, cast.tampere)

    def test_an_officer_is_told_of_a_draft_whose_opening_has_passed(self, cast: Cast) -> None:
        officer = make_officer(cast.tampere)
        draft = make_draft(cast.tampere, officer)
        (task,) = tasks_for(officer, cast.tampere)
        assert task.key == f"funding.own-call.{draft.pk}"
        publish_call(call=draft, by=officer)
        assert not tasks_for(officer, cast.tampere)
