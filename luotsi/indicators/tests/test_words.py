"""Figures, verdicts and marks in the words of the page."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from luotsi.indicators.queries import words
from luotsi.indicators.queries.words import Measure
from luotsi.indicators.rules.forecast import Aim, Forecast, Point, forecast
from luotsi.indicators.rules.targets import TargetPath
from luotsi.indicators.rules.values import Cell, Mark, Operator

SHARE = Measure("percent", 1)
DUE = date(2028, 7, 31)


def path(value: str = "90", operator: Operator = Operator.GTE) -> TargetPath:
    return TargetPath(operator=operator, value=Decimal(value), due_on=DUE)


def foreseen(*values: float, aim: TargetPath | None = None, share: bool = True) -> Forecast:
    """Return the forecast of figures told each year until 2026."""
    aim = aim or path()
    first = 2027 - len(values)
    points = [Point(day=date(first + place, 7, 31), value=Decimal(str(one))) for place, one in enumerate(values)]
    return forecast(points, Aim(operator=aim.operator, value=aim.value, day=aim.due_on), share=share)


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


class TestWritingFigures:
    @pytest.mark.parametrize(
        ("measure", "value", "expected"),
        [
            (SHARE, "79.46", "79.5%"),
            (SHARE, "80.0000", "80%"),
            (Measure("percent", 0), "79.5", "80%"),
            (Measure("€", 0), "3200", "€3,200"),
            (Measure("devices", 2), "1.257", "1.26"),
        ],
    )
    def test_it_writes_as_many_decimals_as_the_definition_shows(
        self, measure: Measure, value: str, expected: str
    ) -> None:
        assert measure.write(Decimal(value)) == expected

    def test_it_marks_what_was_told_approximately(self) -> None:
        assert measure_text(Decimal(33)) == "≈\u00a033%"

    def test_it_writes_a_missing_figure_as_missing_and_zero_as_zero(self) -> None:
        assert SHARE.write(None) == "–"
        assert SHARE.write(Decimal(0)) == "0%"

    def test_it_writes_changes_with_their_sign(self) -> None:
        assert [SHARE.change(Decimal(one)) for one in ("1.94", "-2", "0")] == ["+1.9", "−2", "0"]

    def test_it_writes_finnish_as_finnish_is_written(self) -> None:
        with translation.override("fi"):
            assert SHARE.write(Decimal("79.5")) == "79,5\u00a0%"
            assert SHARE.range(Decimal(90), Decimal("97.2")) == "90–97,2\u00a0%"


def measure_text(value: Decimal) -> str:
    return SHARE.write(value, approximate=True)


class TestTheVerdict:
    def test_it_says_when_there_is_no_target(self) -> None:
        assert words.verdict(None, None, SHARE).mark == "none"

    def test_it_says_from_how_many_points_no_forecast_can_be_made(self) -> None:
        said = words.verdict(foreseen(40), path(), SHARE)
        assert said.sentence == "No forecast can be made: there are figures of one point in time."
        said = words.verdict(foreseen(40, 50), path(), SHARE)
        assert said.sentence == "No forecast can be made: there are figures of 2 points in time."

    def test_it_says_that_the_target_is_met_already_when_it_is(self) -> None:
        assert words.verdict(foreseen(95), path(), SHARE).sentence.endswith("The target is met now.")

    def test_it_says_that_the_target_will_be_reached(self) -> None:
        said = words.verdict(foreseen(49, 59, 69, 79, 89), path(), SHARE)
        assert said.mark == "ok"
        assert said.sentence.startswith("The target will be reached: forecast ")

    def test_it_says_how_much_is_missing_from_a_target_that_will_not_be_reached(self) -> None:
        said = words.verdict(foreseen(10, 11, 12, 13, 14), path(), SHARE)
        assert said.mark == "late"
        assert said.sentence == "By the forecast, 74 percentage points will be missing from the target."

    def test_it_says_above_for_a_target_that_asks_for_less(self) -> None:
        aim = path("1", Operator.LTE)
        forecast_of = foreseen(3.0, 2.9, 2.8, 2.7, 2.6, aim=aim, share=False)
        said = words.verdict(forecast_of, aim, Measure("devices", 1))
        assert said.sentence == "By the forecast, the figure stays 1.4 above the target."

    def test_it_says_what_came_of_a_target_that_is_past(self) -> None:
        past = TargetPath(operator=Operator.GTE, value=Decimal(90), due_on=date(2026, 7, 31))
        assert words.verdict(foreseen(80, 85, aim=past), past, SHARE).sentence == "The target was not reached: 85%."
        assert words.verdict(foreseen(80, 95, aim=past), past, SHARE).mark == "done"


class TestTheMark:
    def test_missing_protected_and_not_applicable_are_three_different_words(self) -> None:
        cells = [
            Cell(indicator="x", unit="u", period="2026", mark=mark)
            for mark in (Mark.MISSING, Mark.PROTECTED, Mark.NOT_APPLICABLE)
        ]
        assert [words.mark(cell) for cell in cells] == ["missing", "hidden", "does not apply"]

    def test_a_figure_has_none(self) -> None:
        assert words.mark(Cell(indicator="x", unit="u", period="2026", value=Decimal(0))) == ""


class TestPeriods:
    @pytest.mark.parametrize(
        ("key", "expected"),
        [("2026-27", "2026–27"), ("2026-11", "11/2026"), ("2026", "2026"), ("2026-11-23", "23 Nov 2026")],
    )
    def test_they_are_written_as_they_are_read(self, key: str, expected: str) -> None:
        assert words.period(key) == expected
