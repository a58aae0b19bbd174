"""Numbers, sums, shares, days and moments in three languages; what is missing never looks like zero."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.utils import formats, translation
from hypothesis import given
from hypothesis import strategies as st

from luotsi.ui import formatting

LANGUAGES = st.sampled_from(["fi", "sv", "en"])
DAY = date(2026, 11, 23)
MOMENT = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)  # 14.05 in Finland


def parsed(text: str, language: str) -> Decimal:
    """Read a formatted number back."""
    plain = text.replace(formatting.MINUS, "-").replace(formatting.NBSP, "")
    return Decimal(plain.replace(",", "") if language == "en" else plain.replace(",", "."))


class TestNumbers:
    @pytest.mark.parametrize(
        ("language", "thousands", "decimals"),
        [("fi", "3\u00a0071", "79,5"), ("sv", "3\u00a0071", "79,5"), ("en", "3,071", "79.5")],
    )
    def test_they_follow_the_language(self, language: str, thousands: str, decimals: str) -> None:
        with translation.override(language):
            assert formatting.number(3071) == thousands
            assert formatting.number(Decimal("79.5")) == decimals
            assert formatting.number(-2) == "−2"

    @given(LANGUAGES, st.decimals(min_value=-(10**12), max_value=10**12, places=2))
    def test_a_written_number_can_be_read_back(self, language: str, value: Decimal) -> None:
        with translation.override(language):
            assert parsed(formatting.number(value, 2), language) == value

    @given(LANGUAGES, st.integers(min_value=-(10**15), max_value=10**15))
    def test_a_whole_number_stays_whole(self, language: str, value: int) -> None:
        with translation.override(language):
            assert parsed(formatting.number(value), language) == value

    @given(LANGUAGES, st.floats(min_value=-0.0049, max_value=0.0049))
    def test_nothing_is_minus_zero(self, language: str, value: float) -> None:
        with translation.override(language):
            assert formatting.MINUS not in formatting.number(value, 2)

    def test_halves_are_rounded_away_from_zero(self) -> None:
        with translation.override("fi"):
            assert formatting.number(Decimal("0.125"), 2) == "0,13"
            assert formatting.percent(0.125) == "13\u00a0%"


class TestShares:
    def test_the_sign_stands_as_the_language_has_it(self) -> None:
        with translation.override("fi"):
            assert formatting.percent(0.795, 1) == "79,5\u00a0%"
        with translation.override("en"):
            assert formatting.percent(0.795, 1) == "79.5%"

    @given(LANGUAGES, st.integers(min_value=0, max_value=1000))
    def test_a_share_can_be_read_back(self, language: str, thousandths: int) -> None:
        with translation.override(language):
            text = formatting.percent(thousandths / 1000, 1).rstrip("%").rstrip(formatting.NBSP)
            assert parsed(text, language) == Decimal(thousandths) / 10


class TestSums:
    @pytest.mark.parametrize(
        ("language", "text"),
        [("fi", "1\u00a0565\u00a0000\u00a0€"), ("sv", "1\u00a0565\u00a0000\u00a0€"), ("en", "€1,565,000")],
    )
    def test_euros_stand_where_the_language_has_them(self, language: str, text: str) -> None:
        with translation.override(language):
            assert formatting.euros(Decimal(1565000)) == text

    def test_cents_are_shown_when_there_are_any(self) -> None:
        with translation.override("fi"):
            assert formatting.euros(Decimal("10.50")) == "10,50\u00a0€"


class TestMissing:
    @given(LANGUAGES)
    def test_it_never_looks_like_zero(self, language: str) -> None:
        with translation.override(language):
            for write in (formatting.number, formatting.percent, formatting.euros):
                assert write(None) == formatting.MISSING
                assert "0" in write(0)
            for tell in (formatting.day, formatting.weekday, formatting.full_day, formatting.moment):
                assert tell(None) == formatting.MISSING


class TestTime:
    @pytest.mark.parametrize(
        ("language", "day", "weekday", "moment"),
        [
            ("fi", "23.11.2026", "ma\u00a023.11.", "23.11.2026 klo\u00a014.05"),
            ("sv", "23.11.2026", "mån\u00a023.11.", "23.11.2026 kl.\u00a014.05"),
            ("en", "23 Nov 2026", "Mon 23 Nov", "23 Nov 2026 at 14:05"),
        ],
    )
    def test_it_is_told_in_finnish_time_in_the_words_of_the_language(
        self, language: str, day: str, weekday: str, moment: str
    ) -> None:
        with translation.override(language):
            assert (formatting.day(DAY), formatting.weekday(DAY), formatting.moment(MOMENT)) == (day, weekday, moment)

    def test_a_late_evening_in_greenwich_is_the_next_day_in_finland(self) -> None:
        with translation.override("fi"):
            assert formatting.day(datetime(2026, 11, 23, 22, 30, tzinfo=UTC)) == "24.11.2026"

    def test_a_working_day_has_its_week(self) -> None:
        with translation.override("fi"):
            assert formatting.full_day(DAY) == "Maanantai 23.11.2026, viikko 48"


class TestReadingDays:
    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    @pytest.mark.parametrize("text", ["23.11.2026", "23.11.26", "23. 11. 2026", "2026-11-23"])
    def test_they_are_read_alike_in_every_language(self, language: str, text: str) -> None:
        with translation.override(language):
            assert forms.DateField().clean(text) == DAY

    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_an_american_day_is_refused_and_not_turned_around(self, language: str) -> None:
        with translation.override(language), pytest.raises(forms.ValidationError):
            forms.DateField().clean("11/12/2026")

    @pytest.mark.parametrize(
        ("language", "decimal", "thousand"),
        [("fi", ",", "\u00a0"), ("sv", ",", "\u00a0"), ("en", ".", ",")],
    )
    def test_forms_separate_as_pages_do(self, language: str, decimal: str, thousand: str) -> None:
        with translation.override(language):
            assert formats.get_format("DECIMAL_SEPARATOR") == decimal
            assert formats.get_format("THOUSAND_SEPARATOR") == thousand
            assert formats.date_format(DAY, "SHORT_DATE_FORMAT") == formatting.day(DAY)
