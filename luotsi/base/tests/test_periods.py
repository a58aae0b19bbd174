"""Periods: their bounds, order and keys."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import periods
from luotsi.base.periods import NotAPeriod, Period, PeriodKind

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
KINDS = st.sampled_from(PeriodKind)
PERIODS = st.builds(periods.containing, DAYS, KINDS)
A_DAY = timedelta(days=1)


class TestFindingAPeriod:
    @pytest.mark.parametrize(
        ("day", "kind", "start", "end"),
        [
            (date(2026, 11, 23), PeriodKind.DAY, date(2026, 11, 23), date(2026, 11, 23)),
            (date(2024, 2, 3), PeriodKind.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
            (date(2026, 12, 31), PeriodKind.MONTH, date(2026, 12, 1), date(2026, 12, 31)),
            (date(2026, 11, 23), PeriodKind.CALENDAR_YEAR, date(2026, 1, 1), date(2026, 12, 31)),
            (date(2026, 8, 1), PeriodKind.SCHOOL_YEAR, date(2026, 8, 1), date(2027, 7, 31)),
            (date(2026, 7, 31), PeriodKind.SCHOOL_YEAR, date(2025, 8, 1), date(2026, 7, 31)),
        ],
    )
    def test_it_knows_the_first_and_the_last_day(self, day: date, kind: PeriodKind, start: date, end: date) -> None:
        assert periods.containing(day, kind) == Period(kind, start, end)

    @given(DAYS, KINDS)
    def test_each_day_lies_in_exactly_one_period_of_a_kind(self, day: date, kind: PeriodKind) -> None:
        period = periods.containing(day, kind)
        assert day in period
        assert periods.containing(period.start, kind) == periods.containing(period.end, kind) == period
        assert day not in period.next()
        assert day not in period.previous()

    def test_it_refuses_days_that_are_not_the_bounds_of_a_period(self) -> None:
        with pytest.raises(ValueError, match="not a period"):
            Period(PeriodKind.MONTH, date(2026, 11, 1), date(2026, 11, 29))


class TestOrder:
    @given(PERIODS)
    def test_next_and_previous_undo_each_other_and_leave_no_gap(self, period: Period) -> None:
        assert period.next().previous() == period == period.previous().next()
        assert period.next().start == period.end + A_DAY
        assert period.previous().end == period.start - A_DAY

    @given(PERIODS, PERIODS)
    def test_overlapping_means_sharing_a_day(self, one: Period, other: Period) -> None:
        shares = max(one.start, other.start) <= min(one.end, other.end)
        assert one.overlaps(other) is other.overlaps(one) is shares

    @given(PERIODS, KINDS)
    def test_the_parts_of_a_period_lie_inside_it_in_order(self, period: Period, kind: PeriodKind) -> None:
        parts = list(period.split(kind))
        assert all(part.start in period and part.end in period for part in parts)
        assert all(before.next() == after for before, after in pairwise(parts))

    def test_a_school_year_has_twelve_months_and_no_calendar_year(self) -> None:
        year = periods.school_year(2026)
        months = [month.key for month in year.split(PeriodKind.MONTH)]
        assert (len(months), months[0], months[-1]) == (12, "2026-08", "2027-07")
        assert list(year.split(PeriodKind.CALENDAR_YEAR)) == []

    @given(PERIODS)
    def test_its_days_are_counted_with_both_ends(self, period: Period) -> None:
        assert period.days == sum(1 for _day in period.split(PeriodKind.DAY))


class TestKeys:
    @pytest.mark.parametrize(
        ("key", "kind", "start"),
        [
            ("2026-11-23", PeriodKind.DAY, date(2026, 11, 23)),
            ("2026-11", PeriodKind.MONTH, date(2026, 11, 1)),
            ("2026", PeriodKind.CALENDAR_YEAR, date(2026, 1, 1)),
            ("2026-27", PeriodKind.SCHOOL_YEAR, date(2026, 8, 1)),
            ("1999-00", PeriodKind.SCHOOL_YEAR, date(1999, 8, 1)),
            ("2010-11", PeriodKind.MONTH, date(2010, 11, 1)),
            ("2010-2011", PeriodKind.SCHOOL_YEAR, date(2010, 8, 1)),
        ],
    )
    def test_each_kind_has_its_form(self, key: str, kind: PeriodKind, start: date) -> None:
        period = periods.parse(key)
        assert (period.kind, period.start, period.key) == (kind, start, key)

    @given(PERIODS)
    def test_a_key_leads_back_to_its_period(self, period: Period) -> None:
        assert periods.parse(period.key) == period

    @given(PERIODS, PERIODS)
    def test_two_periods_never_share_a_key(self, one: Period, other: Period) -> None:
        assert (one.key == other.key) is (one == other)

    @pytest.mark.parametrize(
        "key", ["", "x", "2026-13", "2026-28", "2026-2028", "2026-02-30", "0000", "9999-00", "2026-27 ", "٢٠٢٦"]
    )
    def test_it_refuses_what_names_no_period(self, key: str) -> None:
        with pytest.raises(NotAPeriod):
            periods.parse(key)

    @given(st.text() | st.from_regex(r"\d{4}(-\d{2}){0,2}", fullmatch=True))
    def test_any_text_is_a_period_or_is_refused(self, text: str) -> None:
        try:
            found = periods.parse(text)
        except NotAPeriod:
            return
        assert found.key == text or found.key[:4] == text[:4]


class TestTheStatisticsDay:
    def test_it_is_the_twentieth_of_september(self) -> None:
        assert periods.school_year(2026).statistics_day == date(2026, 9, 20)
        assert periods.parse("2026").statistics_day == date(2026, 9, 20)

    def test_a_month_has_none(self) -> None:
        with pytest.raises(ValueError, match="no statistics day"):
            _ = periods.parse("2026-09").statistics_day
