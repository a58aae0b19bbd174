"""Sums as people type them."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import amounts, money
from luotsi.base.amounts import NotMoney

CENTS = st.integers(min_value=0, max_value=10**14 - 1)


class TestReadingASum:
    @pytest.mark.parametrize(
        ("typed", "amount"),
        [
            ("1 234,50", "1234.50"),
            ("1234.5", "1234.50"),
            ("1 234 €", "1234.00"),
            ("€ 12", "12.00"),
            ("1\u00a0234,50\u202f€", "1234.50"),
            ("12 euroa", "12.00"),
            ("12 EUR", "12.00"),
            ("1.234,50", "1234.50"),
            ("1,234.50", "1234.50"),
            ("1.234.567", "1234567.00"),
            ("1 234 567,8", "1234567.80"),
            ("12,", "12.00"),
            ("007", "7.00"),
            ("0", "0.00"),
            ("999999999999,99", "999999999999.99"),
        ],
    )
    def test_it_understands_the_forms_in_use(self, typed: str, amount: str) -> None:
        assert str(amounts.parse(typed)) == amount

    @pytest.mark.parametrize("typed", ["", "  ", "\u00a0"])
    def test_nothing_typed_is_no_answer(self, typed: str) -> None:
        assert amounts.parse(typed) is None

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("abc", "Write the sum in euros"),
            ("12e3", "Write the sum in euros"),
            ("NaN", "Write the sum in euros"),
            ("€", "Write the sum in euros"),
            ("1,2,3", "Write the sum in euros"),
            ("1.23.456", "Write the sum in euros"),
            ("--1", "Write the sum in euros"),
            ("١٢", "Write the sum in euros"),
            ("1,2345", "at most two decimals"),
            ("1.234", "not clear whether this means thousands"),
            ("1,234", "not clear whether this means thousands"),
            ("1000000000000", "too large"),
            ("-5", "cannot be negative"),
        ],
    )
    def test_it_refuses_others_with_a_sentence(self, typed: str, words: str) -> None:
        with translation.override("en"), pytest.raises(NotMoney, match=words) as refused:
            amounts.parse(typed, field="granted")
        assert refused.value.reasons[0].field == "granted"

    def test_it_takes_sums_below_zero_where_they_make_sense(self) -> None:
        assert amounts.parse("−1 234,50", negative=True) == Decimal("-1234.50")
        assert str(amounts.parse("-0", negative=True)) == "0.00"

    @given(CENTS, st.sampled_from([" ", "\u00a0", "\u202f", ""]), st.sampled_from([".", ","]), st.booleans())
    def test_it_reads_back_every_sum_that_is_written(self, cents: int, group: str, mark: str, sign: bool) -> None:
        written = f"{cents // 100:,}".replace(",", group) + f"{mark}{cents % 100:02}" + (" €" if sign else "")
        assert amounts.parse(written) == Decimal(cents) / 100

    @given(st.text())
    def test_it_answers_any_text_with_a_sum_or_a_reason(self, typed: str) -> None:
        try:
            amount = amounts.parse(typed, negative=True)
        except NotMoney as refused:
            amount, said = None, str(refused)
        else:
            said = "understood"
        assert said
        assert amount is None or abs(amount) <= money.LARGEST
