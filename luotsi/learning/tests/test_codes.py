"""Check digits: what is made by the rule holds, and one sign that is mistyped never does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.rules.codes import (
    BUSINESS_WEIGHTS,
    CHECKS,
    SIGNS,
    birth_in,
    is_artificial,
    is_business_id,
    node_of,
)

numbers = st.integers(2, 999)
days = st.dates(date(1900, 1, 1), date(2029, 12, 31))


def identity_of(born: date, number: int, sign: str) -> str:
    """Make a personal identity code."""
    digits = f"{born:%d%m%y}{number:03d}"
    return f"{digits[:6]}{sign}{digits[6:]}{CHECKS[int(digits) % 31]}"


def business_id_of(number: int) -> str | None:
    """Make a business id; None for a number that has none."""
    digits = f"{number:07d}"
    left = sum(int(digit) * weight for digit, weight in zip(digits, BUSINESS_WEIGHTS, strict=True)) % 11
    return None if left == 1 else f"{digits}-{11 - left if left else 0}"


class TestPersonalIdentityCodes:
    @given(days, numbers, st.data())
    def test_the_day_of_birth_is_read_with_every_sign_of_its_century(
        self, born: date, number: int, data: st.DataObject
    ) -> None:
        century = born.year // 100 * 100
        sign = data.draw(st.sampled_from([one for one, since in SIGNS.items() if since == century]))
        assert birth_in(identity_of(born, number, sign)) == born

    @given(days, numbers, st.integers(0, 5), st.integers(1, 9))
    def test_a_digit_that_is_mistyped_is_found(self, born: date, number: int, place: int, more: int) -> None:
        code = identity_of(born, number, "A" if born.year >= 2000 else "-")
        wrong = code[:place] + str((int(code[place]) + more) % 10) + code[place + 1 :]
        assert birth_in(wrong) is None

    @pytest.mark.parametrize("text", ["", "310299-900A", "nonsense", "010100A90", "\u0660\u06610100A900X"])
    def test_what_is_none_has_no_birth(self, text: str) -> None:
        assert birth_in(text) is None

    @given(days, numbers)
    def test_numbers_from_900_are_given_to_nobody(self, born: date, number: int) -> None:
        sign = "A" if born.year >= 2000 else "-"
        assert is_artificial(identity_of(born, number, sign)) == (number >= 900)


class TestBusinessIds:
    @given(st.integers(0, 9_999_999))
    def test_those_made_by_the_rule_hold_and_their_neighbours_do_not(self, number: int) -> None:
        made = business_id_of(number)
        if made is None:
            assert not any(is_business_id(f"{number:07d}-{digit}") for digit in range(10))
        else:
            assert is_business_id(made)
            assert sum(is_business_id(f"{number:07d}-{digit}") for digit in range(10)) == 1

    @pytest.mark.parametrize("text", ["", "1234567", "1234567-", "12345678-9", "abcdefg-h"])
    def test_what_is_none(self, text: str) -> None:
        assert not is_business_id(text)


class TestObjectIdentifiers:
    @pytest.mark.parametrize(
        ("oid", "node"),
        [
            ("1.2.246.562.24.44651722625", 24),
            ("1.2.246.562.15.76811942028", 15),
            ("1.2.246.562.10.346830761110", 10),
            ("1.2.246.562.24.", None),
            ("1.2.752.562.24.44651722625", None),
            ("", None),
        ],
    )
    def test_the_kind_is_read(self, oid: str, node: int | None) -> None:
        assert node_of(oid) == node
