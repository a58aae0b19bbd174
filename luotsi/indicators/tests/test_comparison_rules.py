"""Which figures can stand in one order, and what stands beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.indicators.rules.comparison import Comparison, Row, compare
from luotsi.indicators.rules.values import PERCENT, Cell, Definition, Direction, Mark, Rollup

SHARE = Definition(indicator="share", rollup=Rollup.RATIO, unit=PERCENT, factor=Decimal(100))
DAY = date(2025, 9, 20)


def row(unit: str, numerator: int | None, denominator: int = 100, *, population: str = "all", **more: object) -> Row:
    parts = {}
    if numerator is not None:
        parts = {"numerator": Decimal(numerator), "denominator": Decimal(denominator)}
        parts["value"] = Decimal(numerator) * 100 / denominator
    cell = replace(Cell(indicator="share", unit=unit, period="2025", **parts), **more)  # type: ignore[arg-type]
    return Row(cell=cell, population=population, day=DAY)


def ranks(found: Comparison) -> dict[str, int | None]:
    return {placed.row.cell.unit: placed.rank for placed in found.placed}


def reasons(found: Comparison, unit: str) -> list[str]:
    return [item.code for placed in found.placed if placed.row.cell.unit == unit for item in placed.remarks]


class TestRanking:
    def test_the_better_stands_first_and_equals_share_a_place(self) -> None:
        found = compare([row("a", 10), row("b", 40), row("c", 40), row("d", 5)], SHARE)

        assert ranks(found) == {"b": 1, "c": 1, "a": 3, "d": 4}
        assert [placed.row.cell.unit for placed in found.placed] == ["b", "c", "a", "d"]

    def test_less_is_better_where_the_definition_says_so(self) -> None:
        assert ranks(compare([row("a", 10), row("b", 40)], replace(SHARE, direction=Direction.FALLING))) == {
            "a": 1,
            "b": 2,
        }

    def test_nothing_is_ranked_where_figures_should_stay(self) -> None:
        found = compare([row("a", 10), row("b", 40)], replace(SHARE, direction=Direction.STEADY))

        assert ranks(found) == {"a": None, "b": None}

    @given(st.lists(st.integers(0, 100), max_size=12))
    def test_a_rank_is_one_more_than_how_many_are_better(self, values: list[int]) -> None:
        found = compare([row(str(place), value) for place, value in enumerate(values)], SHARE)

        assert ranks(found) == {
            str(place): 1 + sum(other > value for other in values) for place, value in enumerate(values)
        }


class TestUnlikeRows:
    @pytest.mark.parametrize(
        ("other", "reason"),
        [
            (row("x", 90, version=2), "row.version"),
            (row("x", 90, population="permanent"), "row.population"),
            (row("x", 90, period="2024"), "row.period"),
            (row("x", 90, split=(("language", "sv"),)), "row.split"),
            (replace(row("x", 90), day=date(2025, 1, 1)), "row.day"),
            (row("x", None, mark=Mark.MISSING), "row.missing"),
            (row("x", None, mark=Mark.PROTECTED), "row.protected"),
            (row("x", None, mark=Mark.NOT_APPLICABLE), "row.not_applicable"),
        ],
    )
    def test_they_are_marked_and_not_ranked(self, other: Row, reason: str) -> None:
        found = compare([other, row("a", 10), row("b", 40)], SHARE)

        assert ranks(found) == {"b": 1, "a": 2, "x": None}
        assert reason in reasons(found, "x")
        assert (found.high, found.low) == (Decimal(40), Decimal(10))

    def test_the_four_populations_of_the_handbook_are_never_one_ranking(self) -> None:
        rows = [
            row("a", 4, population="permanent teachers"),
            row("b", 16, population="permanent teachers"),
            row("c", 24, population="basic and upper secondary"),
            row("d", 74, population="all teaching staff"),
        ]

        assert ranks(compare(rows, SHARE)) == {"b": 1, "a": 2, "c": None, "d": None}

    def test_a_basis_can_be_asked_for(self) -> None:
        rows = [row("a", 10), row("b", 40), row("c", 50, population="permanent")]

        assert ranks(compare(rows, SHARE, basis=rows[2].basis)) == {"c": 1, "a": None, "b": None}


class TestBesideThem:
    def test_the_weighted_value_is_the_ratio_of_sums(self) -> None:
        found = compare([row("a", 90, 100), row("b", 150, 300), row("c", 10, 100)], SHARE)

        assert [found.median, found.low, found.high, found.weighted] == [50, 10, 90, 50]

    def test_it_is_unknown_where_parts_are(self) -> None:
        bare = row("b", None, value=Decimal(20))

        assert compare([row("a", 90), bare], SHARE).weighted is None
        assert compare([], SHARE).median is None

    def test_notes_are_told_of_approximate_and_partial_figures(self) -> None:
        found = compare([row("a", 90, approximate=True), row("b", 10, reporting=3, expected=5)], SHARE)

        assert reasons(found, "a") == ["row.approximate"]
        assert reasons(found, "b") == ["row.partial"]
        assert [item.code for item in found.remarks] == ["comparison.approximate"]

    def test_the_whole_is_summed_up(self) -> None:
        rows = [
            row("a", 9),
            row("b", 8, version=2),
            row("c", None, mark=Mark.PROTECTED),
            row("d", None, mark=Mark.MISSING),
        ]
        found = compare(rows, SHARE)

        assert [(item.code, item.params.get("count")) for item in found.remarks] == [
            ("comparison.unlike", 1),
            ("comparison.protected", 1),
            ("comparison.missing", 1),
            ("comparison.too_few", None),
        ]
