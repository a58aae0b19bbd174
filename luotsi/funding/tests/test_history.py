"""What became of applications to a funder before: on the page of its call, and beside one's own chance."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luotsi.funding.models import Application
from luotsi.funding.queries.history import MOST, history_of
from luotsi.funding.tests.granting import make_application
from luotsi.funding.tests.making import make_call

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.funding.models import Call
    from luotsi.people.models import Unit
    from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


def past(unit: Unit, call: Call, **values: Any) -> Application:
    """Return an application to the funder of the call that was decided."""
    told = {"state": "granted", "granted": Decimal(20000), "decided_on": date(2022, 5, 13), **values}
    application = make_application(unit, **told).application
    application.call.funder = call.funder
    application.call.save(update_fields=["funder"])
    return application


class TestTheHistoryOfAFunder:
    def test_it_counts_what_was_decided_with_sums_and_days(self, cast: Cast) -> None:
        call = make_call(cast.tampere)
        past(cast.tampere, call)
        past(cast.school, call, state="refused", granted=None, decided_on=date(2022, 5, 23))
        past(cast.tampere, call, state="submitted", granted=None, decided_on=None)
        make_application(cast.tampere, state="granted", granted=Decimal(7))
        found = history_of(cast.eeva, cast.tampere, call)
        assert (found.totals.won, found.totals.decided) == (1, 2)
        assert found.totals.granted.amount == 20000
        assert (found.totals.days, found.totals.timed) == (Decimal(35), 2)
        assert [row.decided_on for row in found.rows] == [date(2022, 5, 23), date(2022, 5, 13)]

    def test_the_latest_stand_first_and_those_without_a_day_last(self, cast: Cast) -> None:
        call = make_call(cast.tampere)
        for day in (None, date(2021, 1, 1), date(2023, 1, 1), date(2022, 1, 1)):
            past(cast.tampere, call, decided_on=day)
        found = history_of(cast.eeva, cast.tampere, call)
        assert [row.decided_on for row in found.rows] == [date(2023, 1, 1), date(2022, 1, 1), date(2021, 1, 1), None]

    def test_what_the_visitor_may_not_see_does_not_count(self, cast: Cast) -> None:
        call = make_call(cast.tampere)
        past(cast.tampere, call)
        assert history_of(cast.bilal, cast.school, call).totals.decided == 0
        assert history_of(cast.farid, cast.elsewhere, call).rows == ()

    def test_many_ask_no_more_than_one(self, cast: Cast) -> None:
        call = make_call(cast.tampere)
        for _number in range(MOST + 3):
            past(cast.tampere, call, submitted_at=datetime(2022, 4, 1, tzinfo=UTC))
        with CaptureQueriesContext(connection) as asked:
            assert len(history_of(cast.eeva, cast.tampere, call).rows) == MOST
        assert len(asked) <= 5

    def test_the_pages_of_the_call_and_of_the_application_show_it(self, client: Client, cast: Cast) -> None:
        call = make_call(cast.tampere)
        client.force_login(cast.eeva)
        address = reverse("funding:see-call", args=[cast.tampere.key, call.owner.key, call.slug])
        assert "has decided none of your applications" in client.get(address).content.decode()
        one = past(cast.tampere, call)
        page = client.get(address).content.decode()
        assert "This funder so far" in page
        assert "30 days" in page
        assert reverse("funding:see-application", args=[cast.tampere.key, one.pk]) in page
        own = client.get(reverse("funding:see-application", args=[cast.tampere.key, one.pk])).content.decode()
        assert "1 of 1 granted" in own
        portfolio = reverse("funding:list-portfolio", args=[cast.tampere.key])
        listed = client.get(portfolio, {"funder": str(call.funder_id)})
        assert one.names.text in listed.content.decode()
