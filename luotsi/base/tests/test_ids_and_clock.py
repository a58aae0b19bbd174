"""Identifiers and time."""

from datetime import date

import time_machine

from luotsi.base import clock, ids
from luotsi.base.names import Names


class TestIdentifiers:
    def test_they_are_version_seven_and_sort_by_the_time_they_were_made(self) -> None:
        made = [ids.new_id() for _ in range(200)]
        assert {identifier.version for identifier in made} == {7}
        assert sorted(made) == made
        assert len(set(made)) == len(made)


class TestToday:
    @time_machine.travel("2026-07-31T21:30:00Z", tick=False)
    def test_it_is_the_day_in_finland(self) -> None:
        assert clock.now().date() == date(2026, 7, 31)
        assert clock.today() == date(2026, 8, 1)


class TestNames:
    def test_a_missing_language_falls_back_and_says_so(self) -> None:
        names = Names(fi="Koulu", en="School")
        assert names.best("sv") == ("Koulu", "fi")
        assert names.best("en-GB") == ("School", "en")
        assert names.missing == ("sv",)
        assert Names().best("sv") == ("", "sv")
