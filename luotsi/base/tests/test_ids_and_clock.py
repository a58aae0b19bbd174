"""Identifiers and time."""

from datetime import UTC, date, datetime
from threading import Thread
from uuid import RFC_4122

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from luotsi.base import clock, ids
from luotsi.base.names import Names


class TestIdentifiers:
    def test_they_are_version_seven_and_sort_by_the_time_they_were_made(self) -> None:
        made = [ids.new_id() for _ in range(200)]
        assert {identifier.version for identifier in made} == {7}
        assert sorted(made) == made
        assert len(set(made)) == len(made)

    @given(st.lists(st.integers(0, 60), max_size=9))
    def test_many_at_once_are_as_those_one_by_one(self, counts: list[int]) -> None:
        made = [one for count in counts for one in (*ids.new_ids(count), ids.new_id())]
        assert {(one.version, one.variant) for one in made} <= {(7, RFC_4122)}
        assert sorted(made) == made
        assert len(set(made)) == len(made) == sum(counts) + len(counts)

    @time_machine.travel("2026-07-31T21:30:00Z", tick=False)
    def test_their_bits_are_drawn(self) -> None:
        bits = [one.int & one_bit for one in ids.new_ids(4_000) for one_bit in (1, 1 << 61, 1 << 64, 1 << 75)]
        for place in range(4):
            ones = sum(bool(bit) for bit in bits[place::4])
            assert 1_700 < ones < 2_300  # ten times the deviation of a fair coin


class TestToday:
    @time_machine.travel("2026-07-31T21:30:00Z", tick=False)
    def test_it_is_the_day_in_finland(self) -> None:
        assert clock.now().date() == date(2026, 7, 31)
        assert clock.today() == date(2026, 8, 1)


class TestHolding:
    MOMENT = datetime(2026, 3, 3, 7, 15, tzinfo=UTC)

    def test_it_stands_still_within_and_goes_on_after(self) -> None:
        before = clock.now()
        with clock.held_at(self.MOMENT):
            assert clock.now() == self.MOMENT
            assert clock.today() == date(2026, 3, 3)
        assert clock.now() >= before

    def test_it_goes_on_after_a_fault(self) -> None:
        with pytest.raises(KeyError), clock.held_at(self.MOMENT):
            raise KeyError
        assert clock.now() != self.MOMENT

    def test_nobody_else_is_held(self) -> None:
        found = []
        with clock.held_at(self.MOMENT):
            other = Thread(target=lambda: found.append(clock.now()))
            other.start()
            other.join()
        assert found != [self.MOMENT]

    def test_outside_the_demo_it_is_refused(self, settings: Settings) -> None:
        settings.DEMO = False
        with pytest.raises(RuntimeError), clock.held_at(self.MOMENT):
            pytest.fail("The clock was held.")


class TestNames:
    def test_a_missing_language_falls_back_and_says_so(self) -> None:
        names = Names(fi="Koulu", en="School")
        assert names.best("sv") == ("Koulu", "fi")
        assert names.best("en-GB") == ("School", "en")
        assert names.missing == ("sv",)
        assert Names().best("sv") == ("", "sv")
