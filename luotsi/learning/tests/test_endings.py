"""How rights to study end, and who has dropped out by either definition."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.rules import endings
from luotsi.learning.rules.endings import Ending, Stay, Year

TODAY = date(2026, 11, 26)
END = date(2025, 3, 1)
DAYS = st.dates(date(2019, 1, 1), date(2026, 11, 26))


def stay(state: str = "eronnut", starts: date = date(2023, 8, 10), ends: date | None = END, **more: object) -> Stay:
    return Stay(**{"oid": "1", "starts_on": starts, "ends_on": ends, "state": state} | more)  # type: ignore[arg-type]


class TestTheProvidersOwnDefinition:
    @pytest.mark.parametrize("state", ["eronnut", "katsotaaneronneeksi"])
    def test_who_resigned_or_is_considered_so_has_left(self, state: str) -> None:
        assert endings.has_left(stay(state), [], TODAY)

    def test_a_move_to_renewed_requirements_is_not_leaving(self) -> None:
        assert endings.ending_of(stay("katsotaaneronneeksi", renewed=True), [], TODAY) is Ending.RENEWED

    @pytest.mark.parametrize("apart", [-60, -1, 0, 1, 60])
    def test_another_right_within_sixty_days_is_a_move(self, apart: int) -> None:
        other = stay("lasna", END + timedelta(days=apart), None, oid="2")
        assert endings.ending_of(stay(), [stay(), other], TODAY) is Ending.MOVED

    @pytest.mark.parametrize("apart", [-61, 61])
    def test_another_right_later_or_earlier_is_none(self, apart: int) -> None:
        other = stay("lasna", END + timedelta(days=apart), None, oid="2")
        assert endings.has_left(stay(), [other], TODAY)

    def test_one_does_not_move_to_a_right_that_was_cancelled_or_is_a_part_of_another(self) -> None:
        cancelled = stay("peruutettu", END, END, oid="2")
        bought = stay("lasna", END, None, oid="3", within="1")
        assert endings.has_left(stay(), [cancelled, bought], TODAY)

    def test_a_right_that_begins_after_the_day_is_not_known_yet(self) -> None:
        other = stay("lasna", END + timedelta(days=30), None, oid="2")
        assert endings.ending_of(stay(), [other], END + timedelta(days=10)) is Ending.LEFT
        assert not endings.is_settled(stay(), END + timedelta(days=59))
        assert endings.is_settled(stay(), END + timedelta(days=60))

    def test_cancelled_rights_are_no_studies_and_runs_have_no_ending(self) -> None:
        assert endings.ending_of(stay("peruutettu"), [], TODAY) is Ending.NO_STUDIES
        assert endings.ending_of(stay("mitatoity"), [], TODAY) is Ending.NO_STUDIES
        assert endings.ending_of(stay("lasna", ends=None), [], TODAY) is Ending.RUNNING
        assert endings.ending_of(stay(), [], END - timedelta(days=1)) is Ending.RUNNING

    def test_an_end_that_is_neither_is_told_as_such(self) -> None:
        assert endings.ending_of(stay("paattynyt"), [], TODAY) is Ending.OTHER
        assert endings.ending_of(stay("valmistunut"), [], TODAY) is Ending.COMPLETED

    @given(ends=DAYS, apart=st.integers(-400, 400), state=st.sampled_from(["eronnut", "katsotaaneronneeksi"]))
    def test_left_and_moved_part_at_sixty_days(self, ends: date, apart: int, state: str) -> None:
        other = stay("lasna", ends + timedelta(days=apart), None, oid="2")
        late = ends + timedelta(days=500)
        assert endings.has_left(stay(state, ends=ends), [other], late) is (abs(apart) > 60)


class TestCompleting:
    def test_the_right_that_one_moved_to_completes_the_one_before(self) -> None:
        first = stay()
        second = stay("valmistunut", END + timedelta(days=5), date(2026, 5, 30), oid="2")
        assert endings.completed_on(first, [first, second], TODAY) == date(2026, 5, 30)
        assert endings.completed_on(first, [first, second], date(2026, 1, 1)) is None

    def test_leaving_and_beginning_anew_after_a_year_completes_nothing(self) -> None:
        first = stay()
        later = stay("valmistunut", END + timedelta(days=365), TODAY, oid="2")
        assert endings.completed_on(first, [first, later], TODAY) is None

    def test_two_rights_that_lead_to_each_other_come_to_an_end(self) -> None:
        one, other = stay(starts=END), stay(oid="2", starts=END)
        assert endings.completed_on(one, [one, other], TODAY) is None

    def test_who_moves_begins_once_and_ends_where_they_went(self) -> None:
        first = stay()
        second = stay("eronnut", END + timedelta(days=5), date(2026, 5, 30), oid="2")
        assert endings.entrants([first, second]) == {"1"}
        assert endings.end_of(first, [first, second], TODAY) == (Ending.LEFT, date(2026, 5, 30))
        assert endings.end_of(first, [first, second], date(2026, 1, 1)) is None

    def test_who_comes_back_after_a_year_begins_twice(self) -> None:
        later = stay("lasna", END + timedelta(days=365), None, oid="2")
        assert endings.entrants([stay(), later]) == {"1", "2"}

    def test_years_and_months_are_added(self) -> None:
        assert endings.years_after(date(2024, 2, 29), 3) == date(2027, 2, 28)
        assert endings.years_after(date(2023, 8, 31), 3, 6) == date(2027, 2, 28)
        assert endings.years_after(date(2023, 6, 30), 3, 6) == date(2026, 12, 30)

    @given(day=DAYS, years=st.integers(0, 5), months=st.integers(0, 11))
    def test_more_time_is_never_earlier(self, day: date, years: int, months: int) -> None:
        later = endings.years_after(day, years, months)
        assert (later.year - day.year) * 12 + later.month - day.month == years * 12 + months


class TestSeptemberToSeptember:
    def test_who_studied_and_does_not_any_more_is_gone(self) -> None:
        assert endings.year_of([stay()], 2025) is Year.GONE
        assert endings.year_of([stay()], 2024) is Year.STUDIES
        assert endings.year_of([stay()], 2023) is None

    def test_a_move_counts_as_studying_however_late(self) -> None:
        other = stay("lasna", date(2025, 9, 1), None, oid="2")
        assert endings.year_of([stay(), other], 2025) is Year.STUDIES

    def test_who_completed_in_between_is_not_gone(self) -> None:
        assert endings.year_of([stay("valmistunut")], 2025) is Year.COMPLETED

    def test_a_right_that_ends_on_the_day_has_ended(self) -> None:
        assert endings.year_of([stay(ends=date(2025, 9, 20))], 2025) is Year.GONE

    def test_cancelled_rights_are_no_studies(self) -> None:
        assert endings.year_of([stay("peruutettu")], 2025) is None
