"""Statistics of calls, and open data of grants."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.models import Call
from luotsi.funding.queries.open_grants import COLUMNS, grants_csv, grants_json
from luotsi.funding.queries.statistics import statistics_page
from luotsi.funding.rules.decision_text import Outcome
from luotsi.funding.rules.statistics import Case, spread, statistics
from luotsi.funding.tests.deciding import make_funding, publish
from luotsi.funding.tests.making import make_officer

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.tests.cast import Cast

SUMS = st.decimals(min_value=0, max_value=1_000_000, places=2)
CASES = st.builds(
    Case,
    group=st.sampled_from(["institution", "provider"]),
    applied=SUMS | st.none(),
    outcome=st.sampled_from([Outcome.GRANTED, Outcome.PARTLY, Outcome.REFUSED]) | st.none(),
    granted=SUMS | st.none(),
)


class TestCounting:
    @given(st.lists(CASES, max_size=12))
    def test_groups_and_outcomes_add_up_to_the_whole(self, cases: list[Case]) -> None:
        found = statistics(cases)
        for name in ("count", "decided", "won", "applied", "granted"):
            assert sum(getattr(one, name) for one in found.groups) == getattr(found.whole, name)
        assert sum(one.count for one in found.outcomes) == found.whole.decided
        assert sum(one.granted for one in found.outcomes) == found.whole.granted

    @given(st.lists(SUMS, min_size=1, max_size=20))
    def test_a_spread_is_in_order_and_within_the_values(self, values: list[Decimal]) -> None:
        found = spread(values)
        assert found is not None
        assert min(values) == found.low <= found.lower <= found.middle <= found.upper <= found.high == max(values)
        assert found.low <= found.mean <= found.high

    def test_quarters_lie_on_the_line_between_two_values(self) -> None:
        found = spread([Decimal(1), Decimal(2), Decimal(3), Decimal(4)])
        assert found is not None
        assert (found.lower, found.middle, found.upper) == (Decimal("1.75"), Decimal("2.50"), Decimal("3.25"))
        assert spread([]) is None

    def test_days_out_of_order_are_no_time(self) -> None:
        late = Case(group="", handed_in_on=date(2026, 2, 1), decided_on=date(2026, 1, 1), outcome=Outcome.GRANTED)
        assert statistics([late]).days is None


@pytest.mark.django_db
class TestThePages:
    def test_they_count_what_was_told_and_leave_the_rest_undecided(self, cast: Cast) -> None:
        funding = make_funding(cast)
        batch = funding.decide()
        mine = Call.objects.filter(pk=funding.call.pk)
        assert statistics_page(mine).whole.decided == 0
        funding.send(batch)
        page = statistics_page(mine, by_call=True)
        assert (page.whole.count, page.whole.decided, page.whole.won) == (3, 3, 2)
        assert (page.whole.applied, page.whole.granted) == (Decimal(120000), Decimal(60000))
        assert [(row.count, row.granted) for row in page.kinds] == [(2, Decimal(60000)), (1, Decimal(0))]
        assert [row.label for row in page.calls] == ["School pilots 2027"]

    def test_officers_open_them_and_others_do_not(self, client: Client, cast: Cast) -> None:
        funding = make_funding(cast)
        funding.send(funding.decide())
        one = reverse("funding:see-statistics", args=["tampere", funding.call.slug])
        every = reverse("funding:see-funder-statistics", args=["tampere"])
        client.force_login(make_officer(cast.tampere, "Olga"))
        assert "60,000" in client.get(one).content.decode()
        assert "School pilots 2027" in client.get(every).content.decode()
        client.force_login(cast.aino)
        assert client.get(every).status_code == 403
        assert client.get(one).status_code == 404


@pytest.mark.django_db
class TestOpenData:
    def test_only_grants_of_published_calls_that_were_told(self, cast: Cast) -> None:
        funding = make_funding(cast)
        batch = funding.decide()
        assert json.loads(grants_json())["grants"] == []
        funding.send(batch)
        assert json.loads(grants_json())["grants"] == []
        publish(funding.call)
        told = json.loads(grants_json())["grants"]
        assert [(one["register_number"], one["granted"], one["total_cost"]) for one in told] == [
            ("TRE:100/2026-1", "40000.00", "50000.00"),
            ("TRE:100/2026-2", "20000.00", "25000.00"),
        ]
        assert all(set(one) == set(COLUMNS) for one in told)

    def test_no_person_is_in_it(self, cast: Cast) -> None:
        funding = make_funding(cast)
        funding.send(funding.decide())
        publish(funding.call)
        for text in (grants_json(), grants_csv()):
            assert "Käpytikan" in text
            for name in ("Mallikas", "Näytesaari", "Outi", "luotsi.example"):
                assert name not in text

    def test_no_other_kind_of_file_is_made_up(self, client: Client, cast: Cast) -> None:
        assert client.get(reverse("funding:download-grants", args=["json"]))["Content-Type"] == "application/json"
        assert client.get(reverse("funding:download-grants", args=["xlsx"])).status_code == 404

    def test_as_csv_it_has_the_same_rows_and_points_in_sums(self, client: Client, cast: Cast) -> None:
        funding = make_funding(cast)
        funding.send(funding.decide())
        publish(funding.call)
        answer = client.get(reverse("funding:download-grants", args=["csv"]))
        rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
        assert [row["granted"] for row in rows] == ["40000.00", "20000.00"]
        assert answer["Access-Control-Allow-Origin"] == "*"
