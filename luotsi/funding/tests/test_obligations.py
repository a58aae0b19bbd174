"""What a decision obliges to, and on which days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.obligations import (
    Asked,
    Duty,
    Notice,
    Obligation,
    Obligations,
    ReportDue,
    Terms,
    municipal_correction,
    obligations,
    state_correction,
)
from luotsi.funding.rules.workdays import Shift, easter_day, is_day_off, shifted

TODAY = date(2024, 1, 1)
days = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def one_of(found: Obligations, duty: Duty) -> Obligation:
    (one,) = [one for one in found.listed if one.duty == duty]
    return one


class TestDaysOff:
    @pytest.mark.parametrize(("year", "month", "day"), [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)])
    def test_easter(self, year: int, month: int, day: int) -> None:
        assert easter_day(year) == date(year, month, day)

    @pytest.mark.parametrize(
        "day", ["2026-06-19", "2026-06-20", "2026-10-31", "2026-12-24", "2026-05-14", "2026-01-06", "2027-12-06"]
    )
    def test_feasts_are_days_off(self, day: str) -> None:
        assert is_day_off(date.fromisoformat(day))

    @given(days, st.sampled_from([Shift.NEXT, Shift.PREVIOUS]))
    def test_a_shift_ends_on_the_nearest_working_day(self, day: date, shift: Shift) -> None:
        found = shifted(day, shift)
        between = [min(day, found) + timedelta(days=n) for n in range(abs((found - day).days) + 1)]
        assert not is_day_off(found)
        assert all(is_day_off(one) for one in between if one != found)
        assert found >= day if shift == Shift.NEXT else found <= day


class TestAppeals:
    def test_two_clocks_run_apart(self) -> None:
        sent = date(2024, 5, 6)
        terms = Terms(appeals=(municipal_correction(Notice.ELECTRONIC, sent), state_correction(Notice.LETTER, sent)))
        found = obligations(terms, today=TODAY)
        assert one_of(found, Duty.MUNICIPAL_CORRECTION).due_on == date(2024, 5, 23)
        assert one_of(found, Duty.STATE_CORRECTION).due_on == date(2024, 6, 12)

    def test_a_last_day_on_a_saturday_moves_to_monday(self) -> None:
        terms = Terms(appeals=(municipal_correction(Notice.HANDED_OVER, date(2024, 5, 4)),))
        one = one_of(obligations(terms, today=TODAY), Duty.MUNICIPAL_CORRECTION)
        assert (one.due_on, one.moved_from) == (date(2024, 5, 20), date(2024, 5, 18))

    def test_what_is_not_checked_in_the_statute_book_is_not_settled(self) -> None:
        terms = Terms(appeals=(state_correction(Notice.LETTER, TODAY),), period_end=date(2024, 7, 31))
        unsettled = {one.duty for one in obligations(terms, today=TODAY).listed if not one.is_settled}
        assert unsettled == {Duty.STATE_CORRECTION, Duty.KEEP_VOUCHERS}

    @given(days, st.sampled_from(Notice), st.integers(min_value=1, max_value=60))
    def test_the_time_is_never_shorter_than_the_law_gives(self, day: date, notice: Notice, length: int) -> None:
        terms = Terms(appeals=(municipal_correction(notice, day, days=length),))
        one = one_of(obligations(terms, today=day), Duty.MUNICIPAL_CORRECTION)
        assert (one.due_on - day).days >= length
        assert not is_day_off(one.due_on)


class TestPeriod:
    TERMS = Terms(
        period_start=date(2022, 8, 1),
        period_end=date(2024, 7, 31),
        reports=(
            ReportDue(key="v", is_final=False, due_on=date(2023, 9, 30)),
            ReportDue(key="l", is_final=True, due_on=date(2024, 10, 31)),
        ),
        payment_requests=(Asked(key="2", due_on=date(2023, 12, 1)),),
        change_days=30,
    )

    def test_all_days_in_order(self) -> None:
        found = obligations(self.TERMS, today=date(2022, 8, 1))
        assert [(one.duty, one.due_on.isoformat()) for one in found.listed] == [
            (Duty.INTERIM_REPORT, "2023-09-30"),
            (Duty.PAYMENT_REQUEST, "2023-12-01"),
            (Duty.CHANGE_REQUEST, "2024-07-01"),
            (Duty.PERIOD_ENDS, "2024-07-31"),
            (Duty.FINAL_REPORT, "2024-10-31"),
            (Duty.KEEP_VOUCHERS, "2030-12-31"),
        ]
        assert found.reasons == ()

    def test_reports_move_to_a_working_day_and_the_period_never(self) -> None:
        found = obligations(self.TERMS, today=TODAY, shift=Shift.NEXT)
        assert one_of(found, Duty.INTERIM_REPORT).due_on == date(2023, 10, 2)
        assert one_of(found, Duty.PERIOD_ENDS).due_on == date(2024, 7, 31)

    def test_a_change_request_never_moves_later(self) -> None:
        terms = Terms(period_end=date(2024, 6, 30))  # a Sunday
        assert one_of(obligations(terms, today=TODAY, shift=Shift.NEXT), Duty.CHANGE_REQUEST).due_on.day == 30
        assert one_of(obligations(terms, today=TODAY, shift=Shift.PREVIOUS), Duty.CHANGE_REQUEST).due_on.day == 28

    def test_nobody_is_reminded_of_the_past(self) -> None:
        found = obligations(self.TERMS, today=date(2024, 10, 18))
        assert one_of(found, Duty.FINAL_REPORT).reminders == (date(2024, 10, 28),)
        assert one_of(found, Duty.INTERIM_REPORT).reminders == ()

    def test_an_end_before_the_start_is_told_and_kept(self) -> None:
        found = obligations(
            Terms(period_start=date(2020, 10, 1), period_end=date(2020, 7, 31)), today=date(2020, 1, 1)
        )
        (reason,) = [one for one in found.reasons if one.code == "ends_before_start"]
        assert reason.params["days"] == 62
        assert one_of(found, Duty.PERIOD_ENDS).due_on == date(2020, 7, 31)

    def test_what_a_decision_does_not_say_is_told(self) -> None:
        terms = Terms(
            reports=(ReportDue(key="l", is_final=True, due_on=None),), payment_requests=(Asked(key="1", due_on=None),)
        )
        found = obligations(terms, today=TODAY)
        assert found.listed == ()
        assert [one.code for one in found.reasons] == ["no_period_end", "report_undated", "request_undated"]

    def test_a_final_report_before_the_end_is_told(self) -> None:
        terms = Terms(
            period_end=date(2024, 7, 31), reports=(ReportDue(key="l", is_final=True, due_on=date(2024, 6, 1)),)
        )
        assert [one.code for one in obligations(terms, today=TODAY).reasons] == ["report_before_end"]
