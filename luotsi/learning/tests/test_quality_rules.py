"""The quality of study data in figures: shares over time, and what is hidden from who sees no persons."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.rules.quality import SMALL, Fault, Known, Share, days_back, hidden_of, share_on, trend

TODAY = date(2026, 11, 26)
DAY = date(2026, 10, 1)


class TestShares:
    def test_a_fault_counts_from_its_day_until_it_is_gone(self) -> None:
        rights = [Known("a", "1", date(2026, 1, 1), None), Known("b", "1", date(2026, 1, 1), None)]
        faults = [Fault("a", "1", date(2026, 9, 1), DAY)]
        assert share_on(date(2026, 8, 31), rights, faults) == Share(2, 2)
        assert share_on(date(2026, 9, 1), rights, faults) == Share(2, 1)
        assert share_on(DAY, rights, faults) == Share(2, 2)

    def test_a_fault_of_the_learner_counts_for_every_right(self) -> None:
        rights = [Known("a", "1", DAY, None), Known("a", "2", DAY, None), Known("b", "1", DAY, None)]
        assert share_on(DAY, rights, [Fault("a", "", DAY, None)]) == Share(3, 1)
        assert share_on(DAY, rights, [Fault("a", "2", DAY, None), Fault("a", "2", DAY, None)]) == Share(3, 2)

    def test_a_right_counts_while_it_is_known(self) -> None:
        rights = [Known("a", "1", date(2026, 9, 1), DAY)]
        assert [share_on(day, rights, []).rights for day in (date(2026, 8, 31), date(2026, 9, 1), DAY)] == [0, 1, 0]

    def test_a_share_of_nothing_is_none(self) -> None:
        assert Share(0, 0).part is None
        assert Share(4, 3).part == Decimal("0.75")

    def test_the_year_is_first_days_of_months_and_today(self) -> None:
        days = days_back(TODAY)
        assert (days[0], days[-2], days[-1], len(days)) == (date(2025, 12, 1), date(2026, 11, 1), TODAY, 13)
        assert days_back(date(2026, 1, 1))[-1] == date(2026, 1, 1)
        assert len(days_back(date(2026, 1, 1))) == 12

    def test_a_trend_begins_when_something_was_known(self) -> None:
        told = trend(TODAY, [Known("a", "1", DAY, None)], [Fault("a", "1", date(2026, 11, 20), None)])
        assert told == [(DAY, Share(1, 1)), (date(2026, 11, 1), Share(1, 1)), (TODAY, Share(1, 0))]

    @given(
        st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("12"), st.integers(0, 30), st.integers(0, 30))),
        st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["1", "2", ""]), st.integers(0, 30))),
        st.integers(0, 60),
    )
    def test_never_more_without_fault_than_there_are(
        self, told: list[tuple[str, str, int, int]], found: list[tuple[str, str, int]], day: int
    ) -> None:
        rights = [Known(a, b, DAY + timedelta(c), DAY + timedelta(c + d)) for a, b, c, d in told]
        faults = [Fault(a, b, DAY + timedelta(c), None) for a, b, c in found]
        share = share_on(DAY + timedelta(day), rights, faults)
        assert 0 <= share.sound <= share.rights <= len(rights)
        assert share_on(DAY + timedelta(day), rights, []).sound == share.rights


class TestHiding:
    def test_few_are_hidden_and_so_is_the_next_that_would_give_them_away(self) -> None:
        assert hidden_of({"a": 30, "b": 12}) == frozenset()
        assert hidden_of({"a": 30, "b": 12, "c": 2}) == {"b", "c"}
        assert hidden_of({"a": 30, "b": 12, "c": 2, "d": 3}) == {"c", "d"}
        assert hidden_of({"a": 30, "c": 0}) == frozenset()

    @given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 40), max_size=8))
    def test_what_is_hidden_is_together_of_five_or_everything(self, persons: dict[str, int]) -> None:
        hidden = hidden_of(persons)
        assert {key for key, count in persons.items() if 0 < count < SMALL} <= hidden
        together = sum(persons[key] for key in hidden)
        assert together == 0 or together >= SMALL or together == sum(persons.values())
