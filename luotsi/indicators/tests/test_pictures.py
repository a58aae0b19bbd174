"""Pictures of an indicator: what is drawn, what is left out, and that lines break where the definition changes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from luotsi.base.names import Names
from luotsi.indicators.queries.lines import Dot, breaks_of, runs_of
from luotsi.indicators.queries.minis import Mini
from luotsi.indicators.queries.pictures import Picture, chart_of, rows_of, spec_of
from luotsi.indicators.queries.sparks import Spark, spark_of
from luotsi.indicators.queries.words import Measure, Said
from luotsi.indicators.rules.forecast import Aim, Forecast, Point, forecast
from luotsi.indicators.rules.targets import TargetPath
from luotsi.indicators.rules.values import Operator

SHARE = Measure("percent", 1)
PATH = TargetPath(
    operator=Operator.GTE,
    value=Decimal(100),
    due_on=date(2028, 7, 31),
    baseline=Decimal(20),
    baseline_on=date(2021, 7, 31),
)


def dots(*values: float, version: int = 1, first: int = 2022) -> list[Dot]:
    return [
        Dot(date(first + place, 7, 31), Decimal(str(value)), version, approximate=False, period=str(first + place))
        for place, value in enumerate(values)
    ]


def foreseen(known: list[Dot]) -> Forecast:
    points = [Point(day=dot.day, value=dot.value) for dot in known]
    return forecast(points, Aim(operator=PATH.operator, value=PATH.value, day=PATH.due_on), share=True)


def picture(known: list[Dot]) -> Picture:
    return Picture("Title", known, PATH, foreseen(known), SHARE, date(2026, 11, 23))


KNOWN = dots(40, 50, 58, 70, 79.5)


class TestLines:
    def test_they_are_never_drawn_from_one_version_to_another(self) -> None:
        both = [*dots(40, 50), *dots(30, 35, version=2, first=2024)]
        assert [len(run) for run in runs_of(both)] == [2, 2]
        assert breaks_of(both) == [(date(2024, 1, 30), 2)]


class TestTheSpark:
    def spark(self, known: list[Dot]) -> Spark:
        drawn = spark_of(known, PATH, foreseen(known), SHARE)
        assert drawn is not None
        return drawn

    def test_it_has_a_line_a_band_a_target_and_words_at_its_end(self) -> None:
        drawn = self.spark(KNOWN)
        assert len(drawn.lines) == 1
        assert drawn.band.endswith("z")
        assert drawn.target_mark
        assert drawn.naive
        assert [label.strong for label in drawn.labels] == [True, False]

    def test_its_words_stand_apart(self) -> None:
        upper, lower = self.spark(KNOWN).labels
        assert lower.y - upper.y >= 13.9

    def test_it_draws_no_forecast_of_too_little(self) -> None:
        drawn = self.spark(KNOWN[-1:])
        assert not drawn.band
        assert not drawn.forecast
        assert drawn.now is not None

    def test_it_marks_a_figure_that_was_told_approximately(self) -> None:
        known = [replace(KNOWN[0], approximate=True), *KNOWN[1:]]
        assert self.spark(known).dots[0][2] is True

    def test_there_is_none_without_a_figure_and_a_target(self) -> None:
        assert spark_of([], None, None, SHARE) is None

    def test_the_mini_is_well_formed_and_has_no_style(self) -> None:
        said = Said("risk", "At risk", "The target is at risk.")
        mini = Mini("key", Names(fi="Nimi"), "79,5 %", "", "2026", "", "100 %", "", said, "Viesti", self.spark(KNOWN))
        text = render_to_string("indicators/mini.html", {"mini": mini}).strip()
        ElementTree.fromstring(text.replace("&nbsp;", " "))  # noqa: S314 - our own drawing
        assert "style=" not in text


class TestTheLargePicture:
    def test_it_is_drawn_wide_and_narrow_with_its_numbers(self) -> None:
        chart = chart_of(picture(KNOWN), "It grows.")
        assert chart is not None
        assert "It grows." in chart.wide
        assert chart.wide != chart.narrow
        assert len(chart.rows) > len(KNOWN)

    def test_the_table_tells_what_is_foreseen_and_aimed_at(self) -> None:
        when, actual, centre, between, aim = rows_of(picture(KNOWN))[-1]
        assert actual is None
        assert None not in (when, centre, between, aim)

    def test_the_table_names_the_version_where_there_are_several(self) -> None:
        rows = rows_of(picture([*dots(40, 50), *dots(30, 35, version=2, first=2024)]))
        assert str(rows[0][0]).endswith("1")
        assert str(rows[2][0]).endswith("2")

    @pytest.mark.parametrize("narrow", [False, True])
    def test_each_version_has_a_line_of_its_own(self, narrow: bool) -> None:
        both = [*dots(40, 50), *dots(30, 35, version=2, first=2024)]
        layers = spec_of(picture(both), narrow=narrow)["layer"]
        actual = [layer for layer in layers if layer["mark"].get("style") == "actual"]
        assert [len(layer["data"]["values"]) for layer in actual] == [2, 2]

    def test_there_is_none_without_a_figure_and_a_target(self) -> None:
        assert chart_of(Picture("Title", [], None, None, SHARE, date(2026, 11, 23)), "Nothing.") is None
