"""Fields that forms of several rooms share."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base.fields import FIRST_DAY, LAST_DAY, day


class TestADay:
    @given(st.dates())
    def test_a_year_that_was_mistyped_is_told(self, wanted: date) -> None:
        field = day("Day")
        if FIRST_DAY <= wanted <= LAST_DAY:
            assert field.clean(wanted) == wanted
        else:
            with pytest.raises(forms.ValidationError, match="1900"):
                field.clean(wanted)

    @pytest.mark.parametrize("written", ["27.11.2026", "27,11,2026", "27. 11. 2026", "27.11.26", "2026-11-27"])
    def test_a_keyboard_of_numbers_suffices_with_a_point_or_a_comma(self, written: str) -> None:
        assert day("Day").clean(written) == date(2026, 11, 27)

    def test_none_is_none(self) -> None:
        assert day("Day").clean("") is None
        with pytest.raises(forms.ValidationError):
            day("Day", required=True).clean("")
