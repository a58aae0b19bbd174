"""Numbers, sums, shares, days and moments are written as each language writes them; missing is never zero."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from luotsi.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = st.sampled_from(["fi", "sv", "en"])
FRIDAY = date(2026, 11, 27)
AFTERNOON = datetime(2026, 11, 23, 12, 32, tzinfo=UTC)  # 14.32 in Helsinki
WRITERS = [
    formatting.number,
    formatting.percent,
    formatting.euros,
    formatting.day,
    formatting.weekday,
    formatting.full_day,
    formatting.moment,
]


def in_each(write: Callable[..., str], *values: object) -> tuple[str, str, str]:
    """Return what is written in Finnish, Swedish and English, no-break spaces as underscores."""
    found = []
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            found.append(write(*values).replace(formatting.NBSP, "_"))
    return found[0], found[1], found[2]


class TestWhatIsMissing:
    @pytest.mark.parametrize("write", WRITERS)
    def test_it_is_a_dash_and_never_zero(self, write: Callable[..., str]) -> None:
        assert in_each(write, None) == ("–", "–", "–")

    def test_zero_is_a_zero(self) -> None:
        assert in_each(formatting.number, 0) == ("0", "0", "0")
        assert in_each(formatting.percent, 0) == ("0_%", "0_%", "0%")
        assert in_each(formatting.euros, 0) == ("0_€", "0_€", "€0")


class TestNumbers:
    def test_thousands_are_parted_and_the_decimal_mark_is_the_language_s_own(self) -> None:
        assert in_each(formatting.number, 3071) == ("3_071", "3_071", "3,071")
        assert in_each(formatting.number, 1234567.25, 2) == ("1_234_567,25", "1_234_567,25", "1,234,567.25")

    def test_a_whole_number_has_no_decimals_and_others_have_one(self) -> None:
        assert in_each(formatting.number, Decimal("4.00"))[0] == "4"
        assert in_each(formatting.number, 1.25)[0] == "1,3"

    def test_less_than_zero_has_a_true_minus(self) -> None:
        assert in_each(formatting.number, -6.5) == ("−6,5", "−6,5", "−6.5")

    def test_what_rounds_to_zero_has_no_minus(self) -> None:
        assert in_each(formatting.number, -0.04)[0] == "0,0"

    def test_halves_are_rounded_away_from_zero(self) -> None:
        assert [formatting.number(Decimal(value), 0) for value in ("0.5", "1.5", "-2.5")] == ["1", "2", "−3"]

    def test_a_number_that_is_none_is_missing(self) -> None:
        assert formatting.number(float("nan")) == "–"

    @given(LANGUAGES, st.integers(-(10**15), 10**15))
    def test_a_whole_number_is_written_whole(self, language: str, value: int) -> None:
        with translation.override(language):
            text = formatting.number(value)
        assert int(text.replace("−", "-").replace(formatting.NBSP, "").replace(",", "")) == value

    @given(LANGUAGES, st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False), st.integers(0, 4))
    def test_a_decimal_is_written_to_half_of_its_last_place(self, language: str, value: Decimal, places: int) -> None:
        with translation.override(language):
            text = formatting.number(value, places)
        plain = text.replace("−", "-").replace(formatting.NBSP, "")
        plain = plain.replace(",", "") if language == "en" else plain.replace(",", ".")
        assert abs(Decimal(plain) - value) <= Decimal(5).scaleb(-places - 1)
        assert " " not in text  # a number never breaks over lines


class TestSharesAndSums:
    def test_a_share_stands_before_a_no_break_space_and_the_sign(self) -> None:
        assert in_each(formatting.percent, 0.79) == ("79_%", "79_%", "79%")
        assert in_each(formatting.percent, Decimal("0.7949"), 1) == ("79,5_%", "79,5_%", "79.5%")
        assert in_each(formatting.percent, Fraction(1, 3), 1)[0] == "33,3_%"

    def test_euros_follow_the_sum_and_cents_show_when_there_are_any(self) -> None:
        assert in_each(formatting.euros, Decimal(1480000)) == ("1_480_000_€", "1_480_000_€", "€1,480,000")
        assert in_each(formatting.euros, Decimal("680000.50")) == ("680_000,50_€", "680_000,50_€", "€680,000.50")

    def test_a_debt_has_its_minus_before_everything(self) -> None:
        assert in_each(formatting.euros, Decimal(-12)) == ("−12_€", "−12_€", "−€12")


class TestDaysAndMoments:
    def test_a_day_is_written_in_full(self) -> None:
        assert in_each(formatting.day, FRIDAY) == ("27.11.2026", "27.11.2026", "27 Nov 2026")

    def test_a_day_in_a_list_has_its_weekday(self) -> None:
        assert in_each(formatting.weekday, FRIDAY) == ("pe_27.11.", "fre_27.11.", "Fri 27 Nov")

    def test_the_head_of_a_working_day_has_its_week(self) -> None:
        assert in_each(formatting.full_day, date(2026, 11, 23)) == (
            "Maanantai 23.11.2026, viikko 48",
            "Måndag 23.11.2026, vecka 48",
            "Monday 23 Nov 2026, week 48",
        )

    def test_a_moment_is_in_finnish_time(self) -> None:
        assert in_each(formatting.moment, AFTERNOON) == (
            "23.11.2026 klo_14.32",
            "23.11.2026 kl._14.32",
            "23 Nov 2026 at 14:32",
        )

    def test_the_day_of_a_moment_is_the_day_in_finland(self) -> None:
        assert in_each(formatting.day, datetime(2026, 11, 22, 22, 30, tzinfo=UTC))[0] == "23.11.2026"

    @given(LANGUAGES, st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
    def test_no_day_is_without_a_name(self, language: str, moment: datetime) -> None:
        with translation.override(language):
            assert formatting.weekday(moment)
            assert str(moment.year)[:2] in formatting.moment(moment) or moment.year in (1999, 2099)
