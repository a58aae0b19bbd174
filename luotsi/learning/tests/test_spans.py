"""Time cut into spans: how late by the plan of the day, how fresh a plan."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.learning.rules.progress import Line, progress_on
from luotsi.learning.rules.spans import Freshness, Told, freshness, paces

FIRST = date(2024, 8, 12)
DAYS = st.dates(FIRST, date(2026, 12, 31))
LINES = st.lists(
    st.builds(
        Line,
        key=st.uuids().map(str),
        amount=st.none() | st.integers(1, 45).map(Decimal),
        planned_until=st.none() | DAYS,
        done_on=st.none() | DAYS,
        recognised=st.booleans(),
    ),
    max_size=6,
)


class TestPaces:
    @settings(max_examples=60, deadline=None)
    @given(lines=LINES, day=DAYS)
    def test_each_day_is_in_one_span_that_tells_what_progress_tells(self, lines: list[Line], day: date) -> None:
        found = [one for one in paces(FIRST, None, [Told(line) for line in lines]) if one.starts_on <= day]
        held = [one for one in found if one.ends_on is None or one.ends_on >= day]
        told = progress_on(day, lines)
        assert len(held) == 1
        assert (held[0].planned, held[0].done) == (told.planned, told.done)
        assert held[0].behind == max(told.behind, Decimal(0))

    def test_putting_off_a_day_that_has_passed_does_not_undo_the_delay(self) -> None:
        asked, moved = date(2025, 1, 31), date(2025, 3, 1)
        before = Told(Line("1", amount=Decimal(30), planned_until=asked), None, moved)
        after = Told(Line("1", amount=Decimal(30), planned_until=date(2025, 6, 1)), moved, None)
        told = {(one.starts_on, one.ends_on): one.behind for one in paces(FIRST, None, [before, after])}
        assert told == {
            (FIRST, asked - timedelta(days=1)): 0,
            (asked, moved - timedelta(days=1)): 30,
            (moved, date(2025, 5, 31)): 0,
            (date(2025, 6, 1), None): 30,
        }

    def test_a_day_put_off_in_time_was_never_late(self) -> None:
        before = Told(Line("1", amount=Decimal(30), planned_until=date(2025, 1, 31)), None, date(2025, 1, 10))
        after = Told(Line("1", amount=Decimal(30), planned_until=date(2025, 6, 1)), date(2025, 1, 10), None)
        found = list(paces(FIRST, date(2025, 5, 1), [before, after]))
        assert {one.behind for one in found} == {Decimal(0)}
        assert found[-1].ends_on == date(2025, 5, 1)

    def test_what_was_recognised_later_is_asked_for_once_by_the_day_it_counts(self) -> None:
        asked, counts, known = date(2025, 1, 31), date(2025, 2, 10), date(2025, 3, 1)
        line = Line("1", amount=Decimal(30), planned_until=asked)
        done = Line("1", amount=Decimal(30), planned_until=asked, done_on=counts, recognised=True)
        found = paces(FIRST, None, [Told(line, None, known), Told(done, known, None)])
        told = {one.starts_on: (one.planned, one.done) for one in found}
        assert told[asked] == (Decimal(30), Decimal(0))
        assert told[counts] == (Decimal(30), Decimal(30))
        assert known not in told


class TestFreshness:
    @settings(max_examples=80, deadline=None)
    @given(
        touched=st.lists(st.dates(date(2024, 1, 1), date(2027, 6, 1)), max_size=5),
        last=st.none() | DAYS,
        day=DAYS,
    )
    def test_each_day_is_told_once_and_by_the_rule(self, touched: list[date], last: date | None, day: date) -> None:
        held = [
            how for start, end, how in freshness(FIRST, last, touched) if start <= day and (end is None or end >= day)
        ]
        if last is not None and day > last:
            assert held == []
            return
        known = [one for one in touched if one <= day]
        is_fresh = any(day - one < timedelta(days=90) for one in known)
        assert held == [Freshness.FRESH if is_fresh else Freshness.OLD if known else Freshness.NONE]
