"""The geometry of the annual clock and of the field of marks."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from luotsi.programme.rules.field import field
from luotsi.programme.rules.ring import CENTRE, EVENTS, ring

AUTUMN = date(2026, 8, 1)
TODAY = date(2026, 11, 25)


class TestTheMonths:
    def test_they_go_round_from_the_first_of_the_year(self) -> None:
        drawn = ring(AUTUMN, TODAY, [])
        assert [arc.month for arc in drawn.arcs] == [8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7]

    def test_the_present_one_stands_out_and_those_before_it_are_past(self) -> None:
        states = [arc.state for arc in ring(AUTUMN, TODAY, []).arcs]
        assert states == ["past"] * 3 + ["now"] + ["next"] * 8

    def test_there_is_no_hand_when_today_is_in_another_year(self) -> None:
        assert ring(AUTUMN, date(2025, 11, 25), []).hand is None
        assert ring(AUTUMN, TODAY, []).hand is not None

    def test_the_first_month_begins_at_the_top(self) -> None:
        spot = ring(AUTUMN, TODAY, [AUTUMN]).spots[0]
        assert (spot.x, spot.y) == (CENTRE, CENTRE - EVENTS)


class TestTheEvents:
    def test_they_keep_their_order_and_are_numbered_from_one(self) -> None:
        days = [date(2026, 12, 9), date(2026, 9, 1), date(2027, 5, 1)]
        assert [spot.number for spot in ring(AUTUMN, TODAY, days).spots] == [1, 2, 3]

    @given(st.lists(st.integers(0, 364), max_size=25))
    def test_their_marks_never_cover_each_other(self, offsets: list[int]) -> None:
        spots = ring(AUTUMN, TODAY, [AUTUMN + timedelta(days=days) for days in offsets]).spots
        for first in spots:
            for second in spots:
                if first.number < second.number:
                    assert hypot(first.x - second.x, first.y - second.y) > 19

    @given(st.lists(st.integers(0, 364), min_size=2, max_size=12, unique=True))
    def test_they_stand_around_the_ring_in_the_order_of_their_days(self, offsets: list[int]) -> None:
        from math import atan2, pi

        days = sorted(AUTUMN + timedelta(days=days) for days in offsets)
        spots = ring(AUTUMN, TODAY, days).spots
        turns = [(atan2(spot.y - CENTRE, spot.x - CENTRE) + pi / 2) % (2 * pi) for spot in spots]
        drops = sum(after < before for before, after in pairwise(turns))
        assert drops <= 1  # once around at most


class TestTheField:
    def test_it_has_a_row_for_each_period_and_a_mark_for_each_milestone(self) -> None:
        drawn = field([("2024–25", [["done", "late"], ["run"]]), ("2025–26", [["none"], []])])
        assert [len(row.marks) for row in drawn.rows] == [3, 1]
        assert drawn.rows[0].marks[1].state == "late"

    def test_sections_are_set_apart(self) -> None:
        marks = field([("2024–25", [["done", "done"], ["done"]])]).rows[0].marks
        assert marks[2].x - marks[1].x > marks[1].x - marks[0].x

    @given(st.lists(st.lists(st.sampled_from(["done", "run", "late"]), max_size=20), max_size=6))
    def test_every_mark_lies_inside_the_drawing(self, sections: list[list[str]]) -> None:
        drawn = field([("2024–25", sections)])
        for row in drawn.rows:
            assert all(mark.x + 9.5 <= drawn.width and mark.y + 9.5 <= drawn.height for mark in row.marks)
