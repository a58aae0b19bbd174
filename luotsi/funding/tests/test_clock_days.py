"""Calls in the annual clock and on the home page: of those that concern the unit, and of no others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.actions.own_calls import publish_call, withdraw_call
from luotsi.funding.queries.clock_days import clock_days
from luotsi.funding.tests.calling import make_draft, own_details
from luotsi.funding.tests.making import make_call, make_officer
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
        assert len(asked) <= 3

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
