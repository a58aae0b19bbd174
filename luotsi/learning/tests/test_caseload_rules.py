"""The order of a week: within the meetings, by the score, equals by lot."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.rules.caseload import RESTS, Candidate, Out, monday_of, nearest, turns_of, why_out
from luotsi.learning.rules.index import Band

WEEK = date(2026, 11, 23)
candidates = st.builds(
    Candidate,
    key=st.uuids().map(lambda key: key.hex),
    value=st.integers(0, 12).map(float),
    band=st.sampled_from(list(Band)),
    has_open_need=st.booleans(),
    ended_on=st.none() | st.dates(date(2026, 9, 1), WEEK),
    is_contested=st.booleans(),
)
many = st.lists(candidates, max_size=60, unique_by=lambda one: one.key)
slots = st.integers(0, 12)


class TestTheWeek:
    @given(many, slots)
    def test_it_is_never_longer_than_the_meetings(self, held: list[Candidate], slots: int) -> None:
        assert sum(one.is_listed for one in turns_of(held, slots, WEEK)) <= slots

    @given(many, slots)
    def test_nobody_beyond_the_meetings_has_a_higher_score(self, held: list[Candidate], slots: int) -> None:
        value = {one.key: one.value for one in held}
        turns = turns_of(held, slots, WEEK)
        assert [one.rank for one in turns] == list(range(1, len(turns) + 1))
        told = [value[one.key] for one in turns]
        assert told == sorted(told, reverse=True)

    @given(many, slots)
    def test_nobody_is_in_it_who_has_no_turn(self, held: list[Candidate], slots: int) -> None:
        out = {one.key for one in held if why_out(one, WEEK)}
        assert not out & {one.key for one in turns_of(held, slots, WEEK)}

    @given(many, slots, st.randoms(use_true_random=False))
    def test_it_does_not_depend_on_the_order_of_the_register(
        self, held: list[Candidate], slots: int, random: Random
    ) -> None:
        mixed = list(held)
        random.shuffle(mixed)
        assert turns_of(mixed, slots, WEEK) == turns_of(held, slots, WEEK)

    @given(many, slots)
    def test_a_meeting_more_takes_nobody_from_the_list(self, held: list[Candidate], slots: int) -> None:
        fewer, more = ({one.key for one in turns_of(held, n, WEEK) if one.is_listed} for n in (slots, slots + 1))
        assert fewer <= more

    def test_equals_take_turns_over_the_weeks(self) -> None:
        held = [Candidate(f"learner-{n}", 6.0, Band.FIRST) for n in range(10)]
        met = Counter(
            one.key for week in range(200) for one in turns_of(held, 3, WEEK + timedelta(weeks=week)) if one.is_listed
        )
        assert set(met) == {one.key for one in held}
        assert max(met.values()) < 2 * min(met.values())


class TestHavingNoTurn:
    somebody = Candidate("learner", 8.0, Band.FIRST)

    def test_a_contest_stops_the_use_before_everything_else(self) -> None:
        assert why_out(replace(self.somebody, is_contested=True, has_open_need=True), WEEK) is Out.CONTESTED

    def test_who_is_guided_already_has_none(self) -> None:
        assert why_out(replace(self.somebody, has_open_need=True), WEEK) is Out.OPEN

    def test_an_ended_need_rests_for_four_weeks(self) -> None:
        assert why_out(replace(self.somebody, ended_on=WEEK - RESTS + timedelta(days=1)), WEEK) is Out.RESTS
        assert why_out(replace(self.somebody, ended_on=WEEK - RESTS), WEEK) is None

    def test_a_free_meeting_is_not_filled_with_who_goes_on_well(self) -> None:
        assert turns_of([replace(self.somebody, band=Band.FINE)], 5, WEEK) == ()


class TestBelonging:
    def test_the_closest_counsellor_counts(self) -> None:
        assert nearest(["a/", "a/b/", "c/"], "a/b/d/") == "a/b/"

    def test_nobody_guides_where_there_is_none(self) -> None:
        assert nearest(["c/"], "a/b/") is None

    @given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    def test_a_week_begins_on_monday(self, day: date) -> None:
        assert monday_of(day).weekday() == 0
        assert timedelta(0) <= day - monday_of(day) < timedelta(weeks=1)
