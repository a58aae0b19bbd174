"""The tree of units: closure, life spans, units that move."""

from __future__ import annotations

from datetime import date

import pytest

from luotsi.base.periods import NotAPeriod
from luotsi.indicators.engine import Connection, Place, Tree, compute, measurements
from luotsi.indicators.rules.values import Rollup
from luotsi.indicators.tests.measured import country, defined, figures, row

YEAR_ENDS = date(2026, 7, 31)


def moving() -> Tree:
    """Return a school that goes from one town to the other at the turn of the school year, under one region."""
    return Tree.of(
        [
            Place(unit="region"),
            Place(unit="east", parent="region"),
            Place(unit="west", parent="region"),
            Place(unit="school", parent="east", kind="school", valid_from=date(2020, 8, 1), valid_to=YEAR_ENDS),
            Place(unit="school", parent="west", kind="school", valid_from=date(2026, 8, 1)),
        ],
        told_by="school",
    )


class TestTheClosure:
    def test_every_unit_stands_under_itself_and_all_above_it(self) -> None:
        links = {(link.ancestor, link.unit, link.depth) for link in country().links if link.unit in ("a", "city")}
        assert links == {("a", "a", 0), ("city", "a", 1), ("land", "a", 2), ("city", "city", 0), ("land", "city", 1)}

    def test_it_is_a_table(self) -> None:
        table = country().closure(["land"])
        assert table.column_names == ["ancestor", "unit", "depth", "valid_from", "valid_to", "wanted"]
        assert table.num_rows == len(country().links)
        assert {link["ancestor"] for link in table.to_pylist() if link["wanted"]} == {"land"}

    def test_above_goes_up_and_below_goes_down(self) -> None:
        assert country().above("a") == ["a", "city", "land"]
        assert sorted(country().below("city")) == ["a", "b", "c", "city"]

    def test_a_circle_is_refused(self) -> None:
        with pytest.raises(ValueError, match="below itself"):
            Tree.of([Place(unit="a", parent="b"), Place(unit="b", parent="a")])

    def test_a_part_of_a_tree_is_a_tree(self) -> None:
        assert Tree.of([{"unit": "a", "parent": "elsewhere"}]).above("a") == ["a"]


class TestWhoIsExpectedToTell:
    def test_the_units_of_a_kind_in_force_on_the_last_day(self) -> None:
        tree = Tree.of(
            [
                Place(unit="city", kind="provider"),
                Place(unit="closed", parent="city", kind="school", valid_to=date(2026, 7, 30)),
                Place(unit="closing", parent="city", kind="school", valid_to=YEAR_ENDS),
                Place(unit="opening", parent="city", kind="school", valid_from=date(2026, 8, 1)),
                Place(unit="group", parent="opening", kind="group"),
            ],
            told_by="school",
        )
        assert tree.expected("", "2025-26") == {"city": 1, "closing": 1}
        assert tree.expected("", "2026-08") == {"city": 1, "opening": 1}
        assert tree.expected("provider", "2026") == {"city": 1}

    def test_the_lowest_units_where_no_kind_is_told(self) -> None:
        tree = Tree.of([Place(unit="city"), Place(unit="a", parent="city"), Place(unit="b", parent="city")])
        assert tree.expected("", "2026") == {"city": 2, "a": 1, "b": 1}

    def test_a_period_must_be_one(self) -> None:
        with pytest.raises(NotAPeriod):
            country().expected("", "2026-13")

    def test_a_unit_without_data_changes_nothing_but_the_expected(self, con: Connection) -> None:
        rows = [row("a", numerator=1, denominator=4), row("d", numerator=1, denominator=2)]
        more = Tree.of(
            [place for stays in country().stays.values() for place in stays]
            + [Place(unit="e", parent="town", kind="institution")],
            told_by="institution",
        )
        before, after = (figures(con, defined(Rollup.RATIO), rows, tree) for tree in (country(), more))
        assert (before["land"].expected, after["land"].expected) == (4, 5)
        assert {unit: cell.value for unit, cell in before.items()} == {
            unit: cell.value for unit, cell in after.items() if unit != "e"
        }


class TestAUnitThatMoved:
    def figures(self, con: Connection, *days: date) -> dict[str, int]:
        rows = [
            {"indicator": "sum", "unit": "school", "period": day.isoformat()[:7], "on": day, "numerator": 1}
            for day in days
        ]
        table = compute(con, moving(), [defined(Rollup.SUM)], measurements(rows))
        return {found["unit"]: int(found["value"]) for found in table.to_pylist()}

    def test_its_figure_belongs_to_those_above_it_on_the_day(self, con: Connection) -> None:
        assert self.figures(con, YEAR_ENDS) == {"school": 1, "east": 1, "region": 1}
        assert self.figures(con, date(2026, 8, 1)) == {"school": 1, "west": 1, "region": 1}

    def test_a_figure_from_before_its_first_day_still_belongs_somewhere(self, con: Connection) -> None:
        assert self.figures(con, date(2019, 1, 31)) == {"school": 1, "east": 1, "region": 1}

    def test_it_is_expected_where_it_stands(self) -> None:
        assert moving().expected("", "2025-26") == {"school": 1, "east": 1, "region": 1}
        assert moving().expected("", "2026-08") == {"school": 1, "west": 1, "region": 1}
