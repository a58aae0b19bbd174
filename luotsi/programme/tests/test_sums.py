"""Sums of money and medians: what was not given is not zero, and a median tells nothing of a single unit."""

from __future__ import annotations

from decimal import Decimal
from statistics import median as expected

from hypothesis import given
from hypothesis import strategies as st

from luotsi.programme.rules.medians import median
from luotsi.programme.rules.sums import Sums, sums_by, total_of
from luotsi.programme.rules.values import MoneyKind, span

EUROS = st.decimals(0, 10_000_000, places=2)


class TestSumsBySectionAndTime:
    def test_lines_of_one_kind_are_added_up(self) -> None:
        found = sums_by([("P1", "2017", "need", Decimal(100)), ("P1", "2017", "need", Decimal("50.50"))])
        assert found["P1", "2017"].of(MoneyKind.NEED) == Decimal("150.50")

    def test_a_sum_that_was_not_given_is_not_zero(self) -> None:
        found = sums_by([("P1", "2017", "need", None), ("P1", "2017", "granted", Decimal(0))])
        assert found["P1", "2017"].of(MoneyKind.NEED) is None
        assert found["P1", "2017"].of(MoneyKind.GRANTED) == 0

    def test_the_cover_is_what_is_granted_and_reserved_of_the_need(self) -> None:
        lines = [("P1", "2017", "need", Decimal(1000)), ("P1", "2017", "granted", Decimal(400))]
        assert sums_by(lines)["P1", "2017"].covered == Decimal("0.4")
        lines.append(("P1", "2017", "reserved", Decimal(600)))
        assert sums_by(lines)["P1", "2017"].covered == 1

    def test_without_a_need_or_without_any_cover_there_is_no_share(self) -> None:
        assert sums_by([("P1", "2017", "granted", Decimal(5))])["P1", "2017"].covered is None
        assert sums_by([("P1", "2017", "need", Decimal(5))])["P1", "2017"].covered is None
        assert (
            sums_by([("P1", "2017", "need", Decimal(0)), ("P1", "2017", "granted", Decimal(5))])["P1", "2017"].covered
            is None
        )

    @given(st.lists(st.tuples(st.sampled_from(["P1", "P2"]), st.sampled_from(["2017", "2018"]), EUROS)))
    def test_nothing_is_lost_between_sections_and_times(self, lines: list[tuple[str, str, Decimal]]) -> None:
        found = sums_by((section, period, "need", amount) for section, period, amount in lines)
        total = sum((sums.of("need") or Decimal(0) for sums in found.values()), Decimal(0))
        assert total == sum((amount for _section, _period, amount in lines), Decimal(0))


class TestAllTimesTogether:
    @staticmethod
    def total(*lines: tuple[str, str, str]) -> Sums:
        found = sums_by(("", period, kind, Decimal(amount)) for period, kind, amount in lines)
        return total_of((span(period), sums) for (_section, period), sums in found.items())

    def test_the_need_of_four_years_is_held_against_what_was_given_year_by_year(self) -> None:
        total = self.total(("2016/2019", "need", "37"), ("2016", "granted", "4"), ("2017", "reserved", "9.9"))
        assert total.covered == Decimal("13.9") / 37

    def test_needs_of_times_that_follow_each_other_are_summed_up(self) -> None:
        assert self.total(("2016", "need", "1"), ("2017", "need", "2")).of("need") == 3

    def test_needs_of_times_that_overlap_are_not(self) -> None:
        total = self.total(("2016/2019", "need", "37"), ("2017", "need", "2"), ("2017", "granted", "1"))
        assert total.of("need") is None
        assert total.covered is None


class TestTheMedian:
    @given(st.lists(EUROS, min_size=3))
    def test_it_is_the_value_in_the_middle(self, values: list[Decimal]) -> None:
        assert median(values) == expected(values)

    @given(st.lists(EUROS, max_size=2))
    def test_it_is_not_told_of_fewer_than_three_units(self, values: list[Decimal]) -> None:
        assert median(values) is None
