"""Sums: rounding to cents, and adding up what was given."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import money

AMOUNTS = st.decimals(min_value=-(10**11), max_value=10**11, places=6, allow_nan=False)


class TestRoundingToCents:
    @pytest.mark.parametrize(
        ("amount", "rounded"),
        [("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("2.674999", "2.67"), ("3", "3.00")],
    )
    def test_it_rounds_half_a_cent_away_from_zero(self, amount: str, rounded: str) -> None:
        assert str(money.cents(Decimal(amount))) == rounded

    @given(AMOUNTS)
    def test_it_moves_a_sum_by_half_a_cent_at_most(self, amount: Decimal) -> None:
        rounded = money.cents(amount)
        assert rounded.as_tuple().exponent == -2
        assert abs(Fraction(rounded) - Fraction(amount)) <= Fraction(1, 200)

    @given(AMOUNTS)
    def test_it_changes_nothing_the_second_time(self, amount: Decimal) -> None:
        assert money.cents(money.cents(amount)) == money.cents(amount)


class TestAddingUp:
    def test_nothing_given_is_not_zero(self) -> None:
        assert money.total([]) is None
        assert money.total([None, None]) is None
        assert money.total([Decimal(0), None]) == 0

    @given(st.lists(st.none() | st.decimals(min_value=-(10**9), max_value=10**9, places=2)))
    def test_it_adds_exactly_what_was_given(self, amounts: list[Decimal | None]) -> None:
        given = [amount for amount in amounts if amount is not None]
        expected = sum((Fraction(amount) for amount in given), Fraction(0)) if given else None
        found = money.total(amounts)
        assert (None if found is None else Fraction(found)) == expected
