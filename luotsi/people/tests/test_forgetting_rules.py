"""Since when records are kept, as pure dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base.periods import months_before
from luotsi.people.rules import kept_since

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
months = st.integers(0, 240)
DAY = timedelta(days=1)


class TestMonthsBefore:
    @pytest.mark.parametrize(
        ("day", "count", "earlier"),
        [
            (date(2026, 11, 23), 12, date(2025, 11, 23)),
            (date(2026, 1, 31), 1, date(2025, 12, 31)),
            (date(2026, 3, 31), 1, date(2026, 2, 28)),
            (date(2028, 2, 29), 12, date(2027, 2, 28)),
            (date(2028, 2, 29), 48, date(2024, 2, 29)),
            (date(2026, 11, 23), 0, date(2026, 11, 23)),
        ],
    )
    def test_it_is_the_same_day_of_the_month_or_its_last(self, day: date, count: int, earlier: date) -> None:
        assert months_before(day, count) == earlier

    @given(days, months)
    def test_the_months_lie_between(self, day: date, count: int) -> None:
        earlier = months_before(day, count)
        assert (day.year - earlier.year) * 12 + day.month - earlier.month == count
        assert earlier.day == day.day or (earlier.day < day.day and (earlier + DAY).day == 1)

    @given(days, days, months)
    def test_a_later_day_is_never_earlier(self, one: date, other: date, count: int) -> None:
        first, second = sorted((one, other))
        assert months_before(first, count) <= months_before(second, count)


class TestKeptSince:
    def test_the_days_are_those_that_are_declared(self) -> None:
        kept = kept_since(date(2026, 11, 23))
        assert (kept.invitations, kept.persons, kept.roles) == (
            date(2026, 8, 25),
            date(2025, 11, 23),
            date(2021, 11, 23),
        )

    @given(days)
    def test_nothing_is_forgotten_too_early(self, today: date) -> None:
        kept = kept_since(today)
        assert (today - kept.invitations).days == 90
        assert (today - kept.persons).days >= 365
        assert (today - kept.roles).days >= 5 * 365 + 1

    @given(days)
    def test_everything_is_forgotten_in_the_end(self, today: date) -> None:
        kept = kept_since(today)
        assert (today - kept.persons).days <= 366
        assert (today - kept.roles).days <= 5 * 366

    @given(days)
    def test_what_was_forgotten_once_is_forgotten_the_next_day_too(self, today: date) -> None:
        now, tomorrow = kept_since(today), kept_since(today + DAY)
        assert now.invitations <= tomorrow.invitations
        assert now.persons <= tomorrow.persons
        assert now.roles <= tomorrow.roles
