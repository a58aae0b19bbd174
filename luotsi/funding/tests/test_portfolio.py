"""The portfolio: who sees what, what it adds up to, and that it asks no more for many than for one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.models import Application
from luotsi.funding.queries.portfolio import portfolio_of, totals_of
from luotsi.funding.rules.next_step import Next, Step, next_of
from luotsi.funding.rules.portfolio import DECIDED, OPEN, WON, Standing, joined, middle, summed
from luotsi.funding.tests.making import make_application, make_call, make_form_application, write
from luotsi.ui.lists import Ask

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.models import Unit
    from luotsi.people.tests.cast import Cast

sums = st.lists(st.none() | st.decimals(0, 10**9, places=2))


class TestAddingUp:
    """Totals are counted from what is known, and say of how many."""

    @given(sums)
    def test_every_sum_counts_once(self, found: list[Decimal | None]) -> None:
        told = summed(found)
        known = [one for one in found if one is not None]
        assert told.amount == (sum(known, Decimal("0.00")) if known else None)
        assert told.count == len(found)

    @given(sums, sums)
    def test_two_sums_joined_are_the_sum_of_all(
        self, first: list[Decimal | None], second: list[Decimal | None]
    ) -> None:
        assert joined(summed(first), summed(second)) == summed([*first, *second])

    @given(st.lists(st.integers(-10, 1000)))
    def test_the_median_leaves_mistakes_out(self, days: list[int]) -> None:
        known = sorted(one for one in days if one >= 0)
        found, timed = middle(days)
        assert timed == len(known)
        if known:
            assert found is not None
            assert known[0] <= found <= known[-1]
        else:
            assert found is None

    def test_the_database_adds_up_as_python_does(self, cast: Cast) -> None:
        call = make_call(cast.tampere)
        states = [state for state in Application.State for _twice in range(3)]
        for number, state in enumerate(states):
            made = make_application(call, cast.tampere, cast.eeva, f"H{number}", own_share=Decimal(number * 10))
            decided_on = date(2026, 3, 1) + timedelta(days=number) if number % 5 else None
            Application.objects.filter(pk=made.pk).update(
                state=state,
                submitted_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
                own_share=None if number % 3 == 0 else made.own_share,
                granted=Decimal(number) if number % 2 else None,
                decided_on=decided_on,
            )
        seen = Application.objects.filter(unit=cast.tampere)
        found = list(seen)
        decided = [one for one in found if one.state in DECIDED]
        totals = totals_of(seen, {})
        assert totals.exposure == summed(one.own_share for one in found if one.state in OPEN)
        assert totals.asked == summed(one.applied for one in found if one.state in OPEN)
        assert totals.granted == summed(one.granted for one in found if one.state in WON)
        assert (totals.won, totals.decided) == (6, 9)
        days = sorted(one.decided_on for one in decided if one.decided_on)
        assert (totals.first_on, totals.last_on, totals.timed) == (days[0], days[-1], len(days))

    def test_nothing_known_is_not_zero(self, cast: Cast) -> None:
        make_application(make_call(cast.tampere), cast.tampere, cast.eeva, own_share=None)
        totals = totals_of(Application.objects.all(), {})
        assert (totals.exposure.amount, totals.exposure.unknown) == (None, 1)

    @pytest.mark.parametrize(
        ("submitted_at", "days"),
        [
            (datetime(2026, 3, 1, 21, 59, 59, tzinfo=UTC), 61),
            (datetime(2026, 3, 1, 22, tzinfo=UTC), 60),
            (datetime(2026, 4, 1, 20, 59, 59, 500, tzinfo=UTC), 30),
            (datetime(2026, 4, 1, 21, tzinfo=UTC), 29),
        ],
    )
    def test_the_wait_is_counted_in_days_of_finland(self, cast: Cast, submitted_at: datetime, days: int) -> None:
        made = make_application(make_call(cast.tampere), cast.tampere, cast.eeva)
        _decided(made, Application.State.GRANTED, submitted_at)
        assert totals_of(Application.objects.all(), {}).days == days


class TestTheOrder:
    """The list by the day on which calls close, whether they state a time of the clock or not."""

    MOMENTS: tuple[dict[str, date | datetime], ...] = (
        {"closes_on": date(2026, 5, 14)},
        {"closes_at": datetime(2026, 5, 14, 20, 59, 59, tzinfo=UTC)},
        {"closes_at": datetime(2026, 5, 14, 21, tzinfo=UTC)},
        {"closes_on": date(2026, 5, 15)},
        {"closes_at": datetime(2026, 12, 15, 21, 59, 59, tzinfo=UTC)},
        {"closes_at": datetime(2026, 12, 15, 22, tzinfo=UTC)},
        {"closes_on": date(2026, 12, 16)},
        {},
    )

    @pytest.mark.parametrize("descending", [False, True])
    def test_days_stand_in_their_order_and_what_states_none_last(self, cast: Cast, descending: bool) -> None:
        for number, moment in enumerate(self.MOMENTS):
            call = make_call(cast.tampere, name=Names(fi=f"Haku {number}"), **_closing(moment))
            make_application(call, cast.tampere, cast.eeva)
        asked = Ask({}, "closes", descending, 0, 50)
        rows = portfolio_of(Application.objects.all(), cast.tampere, asked).rows.items
        days = [row.closes_on for row in rows if row.closes_on]
        assert len(days) == len(self.MOMENTS) - 1
        assert days == sorted(days, reverse=descending)
        assert rows[-1].closes_on is None


class TestWhatIsNext:
    """The next step follows from where it stands and from the day."""

    TODAY = date(2026, 11, 26)

    def test_one_being_prepared_is_handed_in_by_the_closing(self) -> None:
        closes = self.TODAY
        assert next_of(Standing.PREPARING, closes, None, None, self.TODAY) == Next(Step.HAND_IN, closes)

    def test_after_the_closing_somebody_tells_what_became_of_it(self) -> None:
        closes = self.TODAY - timedelta(days=1)
        assert next_of(Standing.PREPARING, closes, None, None, self.TODAY) == Next(Step.TELL, closes)

    def test_a_decision_that_is_late_is_asked_for(self) -> None:
        expected = self.TODAY - timedelta(days=1)
        assert next_of(Standing.SUBMITTED, None, expected, None, self.TODAY).step == Step.ASK
        assert next_of(Standing.SUBMITTED, None, None, None, self.TODAY) == Next(Step.WAIT)

    @pytest.mark.parametrize("standing", [Standing.DROPPED, Standing.REFUSED, Standing.WITHDRAWN])
    def test_what_is_over_needs_nothing(self, standing: Standing) -> None:
        assert next_of(standing, self.TODAY, self.TODAY, self.TODAY, self.TODAY).step == Step.NOTHING


def _page(client: Client, account: object, unit: Unit, query: str = "") -> str:
    client.force_login(account)  # type: ignore[arg-type]
    response = client.get(reverse("funding:list-portfolio", args=[unit.key]) + query)
    assert response.status_code == 200
    return response.content.decode()


class TestWhoSees:
    """An applicant unit never sees another's application."""

    def test_the_applicant_and_those_above_see_it(self, client: Client, cast: Cast) -> None:
        make_application(make_call(cast.tampere), cast.school, cast.bilal, "Koulun paja")
        for account, unit in ((cast.bilal, cast.school), (cast.eeva, cast.tampere), (cast.aino, cast.region)):
            assert "Koulun paja" in _page(client, account, unit)

    def test_another_municipality_sees_nothing_of_it(self, client: Client, cast: Cast) -> None:
        made = make_application(make_call(cast.tampere), cast.school, cast.bilal, "Koulun paja")
        assert "Koulun paja" not in _page(client, cast.farid, cast.elsewhere)
        for name in ("see-application", "list-findings", "see-export", "edit-application"):
            address = reverse(f"funding:{name}", args=[cast.elsewhere.key, made.pk])
            assert client.get(address).status_code == 404

    def test_a_teacher_outside_the_team_sees_nothing(self, client: Client, cast: Cast) -> None:
        made = make_application(make_call(cast.tampere), cast.school, cast.bilal, "Koulun paja")
        assert "Koulun paja" not in _page(client, cast.celia, cast.school)
        address = reverse("funding:see-application", args=[cast.school.key, made.pk])
        assert client.get(address).status_code == 404


class TestThePage:
    """What stands above the list, and the list."""

    def test_sums_of_a_form_are_counted_as_it_is_written(self, client: Client, cast: Cast) -> None:
        made = make_form_application(make_call(cast.tampere), cast.tampere, cast.eeva)
        assert "€90,000" in _page(client, cast.eeva, cast.tampere)
        write(made, {"funding": {"grant": {"amount": 77000}}}, cast.eeva)
        assert "€77,000" in _page(client, cast.eeva, cast.tampere)

    def test_a_rate_is_told_as_a_number_of_a_number(self, client: Client, cast: Cast) -> None:
        call = make_call(cast.tampere)
        states = [Application.State.GRANTED, Application.State.REFUSED, Application.State.REFUSED]
        for number, state in enumerate(states):
            _decided(make_application(call, cast.tampere, cast.eeva, f"H{number}"), state)
        page = _page(client, cast.eeva, cast.tampere)
        assert "1 / 3" in page
        assert "%" not in page.split("<table", 1)[0].split("lu-facts", 1)[1].split("</dl>", 1)[0]

    def test_filters_and_export_are_one_list(self, client: Client, cast: Cast) -> None:
        call = make_call(cast.tampere)
        make_application(call, cast.tampere, cast.eeva, "Äänipaja")
        make_application(call, cast.tampere, cast.eeva, "Muu")
        page = _page(client, cast.eeva, cast.tampere, "?q=äänipaja")
        assert "Äänipaja" in page
        assert "Muu</a>" not in page
        file = _page(client, cast.eeva, cast.tampere, "?format=csv&q=äänipaja")
        assert file.count("\r\n") == 2
        assert "90000" in file

    def test_it_asks_no_more_for_many_than_for_one(
        self, client: Client, cast: Cast, django_assert_max_num_queries: object
    ) -> None:
        call = make_call(cast.tampere)
        make_application(call, cast.tampere, cast.eeva)
        for number in range(60):
            make_application(call, cast.tampere, cast.eeva, f"Hanke {number}")
        client.force_login(cast.eeva)
        address = reverse("funding:list-portfolio", args=[cast.tampere.key])
        client.get(address)
        with django_assert_max_num_queries(40):  # type: ignore[operator]
            client.get(address)


def _closing(moment: dict[str, date | datetime]) -> dict[str, Any]:
    return {"closes_on": None, **moment}


def _decided(
    application: Application, state: Application.State, submitted_at: datetime = datetime(2026, 3, 1, tzinfo=UTC)
) -> None:
    application.state, application.submitted_at = state, submitted_at
    application.decided_on, application.granted = date(2026, 5, 1), Decimal(1000)
    application.save(update_fields=["state", "submitted_at", "decided_on", "granted"])
    assert clock.today() > date(2026, 1, 1)
