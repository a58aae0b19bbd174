"""Each rule of roll-up, against SQL written by hand beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luotsi.indicators.engine import Connection, ToldTwice, compute
from luotsi.indicators.rules.values import Mark, Operator, Rollup
from luotsi.indicators.tests.measured import YEAR, country, defined, figures, row, told

LINKS = """
    links(above, unit) AS (VALUES ('city', 'a'), ('city', 'b'), ('city', 'c'), ('town', 'd'),
                                  ('land', 'a'), ('land', 'b'), ('land', 'c'), ('land', 'd'))
"""
ROWS = [
    row("a", numerator=10, denominator=40, weight=3, value="25.5", on=date(2026, 5, 1)),
    row("b", numerator=30, denominator=50, weight=5, value="60", on=date(2026, 9, 20)),
    row("c", numerator=7, value="7", on=date(2026, 12, 1)),
    row("d", numerator=0, denominator=20, weight=2, value="0", on=date(2026, 2, 1)),
]
BY_HAND = {
    Rollup.SUM: "sum(numerator)",
    Rollup.RATIO: """sum(CASE WHEN denominator IS NOT NULL THEN numerator END)
                     / sum(CASE WHEN numerator IS NOT NULL THEN denominator END) * 100""",
    Rollup.WEIGHTED_MEAN: "sum(value * weight) / sum(CASE WHEN value IS NOT NULL THEN weight END)",
    Rollup.LAST: 'arg_max(value, "on")',
    Rollup.MIN: "min(value)",
    Rollup.MAX: "max(value)",
    Rollup.SHARE_OF_UNITS: "count(*) FILTER (coalesce(numerator / denominator * 100, value) >= 25) / count(*) * 100",
}


def by_hand(table: Any, figure: str) -> dict[str, Decimal]:
    import duckdb

    with duckdb.connect() as other:
        other.register("told", table)
        found = other.execute(
            f"WITH {LINKS} SELECT above, CAST({figure} AS DECIMAL(18, 6)) FROM told JOIN links USING (unit) GROUP BY 1"  # noqa: S608
        )
        return dict(found.fetchall())


class TestEveryRule:
    @pytest.mark.parametrize("rollup", list(Rollup))
    def test_it_makes_the_figures_that_sql_by_hand_makes(self, con: Connection, rollup: Rollup) -> None:
        definition = defined(rollup)
        if rollup is Rollup.SHARE_OF_UNITS:
            definition = defined(rollup, limit=(Operator.GTE, Decimal(25)))
        found = figures(con, definition, ROWS)
        expected = by_hand(told(definition, ROWS), BY_HAND[rollup])
        assert {unit: found[unit].value for unit in ("city", "town", "land")} == expected

    @pytest.mark.parametrize("rollup", list(Rollup))
    def test_nothing_told_is_missing_everywhere_and_no_zero(self, con: Connection, rollup: Rollup) -> None:
        found = figures(con, defined(rollup), [row("a", mark="missing")])
        for unit in ("a", "b", "d", "city", "town", "land"):
            assert found[unit].value is None
            assert found[unit].mark is Mark.MISSING
            assert found[unit].reporting == 0

    @pytest.mark.parametrize("rollup", list(Rollup))
    def test_not_applicable_below_is_not_applicable_above(self, con: Connection, rollup: Rollup) -> None:
        found = figures(con, defined(rollup), [row("d", mark="not_applicable")])
        assert found["town"].mark is Mark.NOT_APPLICABLE
        assert (found["town"].reporting, found["town"].expected) == (0, 0)
        assert found["land"].mark is Mark.NOT_APPLICABLE
        assert found["city"].mark is Mark.MISSING

    @pytest.mark.parametrize("rollup", list(Rollup))
    def test_one_approximate_figure_makes_those_above_approximate(self, con: Connection, rollup: Rollup) -> None:
        rows = [row("a", numerator=1, denominator=2, value=50), row("d", numerator=1, denominator=4, value=25)]
        rows[0]["approximate"] = True
        found = figures(con, defined(rollup), rows)
        assert [found[unit].approximate for unit in ("a", "city", "land", "d", "town")] == [True] * 3 + [False] * 2


class TestASum:
    def test_zero_is_a_figure(self, con: Connection) -> None:
        found = figures(con, defined(Rollup.SUM), [row("a", numerator=0)])
        assert (found["city"].value, found["city"].mark, found["city"].reporting) == (0, Mark.FIGURE, 1)

    def test_who_told_nothing_adds_nothing_but_is_expected(self, con: Connection) -> None:
        found = figures(con, defined(Rollup.SUM), [row("a", numerator=2), row("b", value="1.25")])
        assert (found["city"].value, found["city"].reporting, found["city"].expected) == (Decimal("3.25"), 2, 3)

    def test_persons_behind_it_add_up(self, con: Connection) -> None:
        found = figures(con, defined(Rollup.SUM), [row("a", value=1, persons=4), row("d", value=1)])
        assert (found["city"].persons, found["town"].persons, found["land"].persons) == (4, None, 4)


class TestARatio:
    def test_it_is_the_ratio_of_sums_and_no_mean_of_percentages(self, con: Connection) -> None:
        rows = [row("a", numerator=1, denominator=100), row("b", numerator=9, denominator=10)]
        city = figures(con, defined(Rollup.RATIO), rows)["city"]
        assert (city.numerator, city.denominator) == (10, 110)
        assert city.value == Decimal("9.090909")

    def test_who_lacks_a_part_counts_in_neither(self, con: Connection) -> None:
        rows = [row("a", numerator=1, denominator=4), row("b", denominator=96), row("c", numerator=50)]
        found = figures(con, defined(Rollup.RATIO), rows)
        assert (found["city"].value, found["city"].reporting, found["city"].expected) == (25, 1, 3)
        assert found["b"].mark is found["c"].mark is Mark.MISSING

    def test_a_percentage_without_parts_stands_where_it_was_told_and_rolls_up_nowhere(self, con: Connection) -> None:
        rows = [row("a", value="33.3"), row("b", numerator=1, denominator=4)]
        found = figures(con, defined(Rollup.RATIO), rows)
        assert found["a"].value == Decimal("33.3")
        assert (found["city"].value, found["city"].reporting) == (25, 1)

    def test_a_share_of_nothing_is_not_applicable(self, con: Connection) -> None:
        found = figures(con, defined(Rollup.RATIO), [row("d", numerator=0, denominator=0)])
        assert (found["d"].value, found["d"].mark) == (None, Mark.NOT_APPLICABLE)
        assert (found["town"].value, found["town"].mark) == (None, Mark.NOT_APPLICABLE)

    @pytest.mark.parametrize(
        ("numerator", "denominator", "factor", "value"),
        [
            ("1", "3", "100", "33.333333"),
            ("2", "3", "1", "0.666667"),
            ("0.0005", "1000", "1", "0.000001"),  # in the middle: away from zero
            ("-0.0005", "1000", "1", "-0.000001"),
            ("7", "128", "1", "0.054688"),
            ("99999999999999", "7", "1000", "14285714285714142.857143"),
        ],
    )
    def test_it_is_exact_to_the_sixth_decimal(
        self, con: Connection, numerator: str, denominator: str, factor: str, value: str
    ) -> None:
        definition = defined(Rollup.RATIO, factor=Decimal(factor))
        found = figures(con, definition, [row("a", numerator=numerator, denominator=denominator)])
        assert found["land"].value == Decimal(value)


class TestAWeightedMean:
    def test_the_denominator_weighs_where_no_weight_is_told(self, con: Connection) -> None:
        rows = [row("a", value=4, denominator=1), row("b", numerator=6, denominator=3)]
        city = figures(con, defined(Rollup.WEIGHTED_MEAN), rows)["city"]
        assert (city.value, city.numerator, city.denominator) == (Decimal("2.5"), 10, 4)

    def test_a_value_without_weight_stands_and_rolls_up_nowhere(self, con: Connection) -> None:
        found = figures(con, defined(Rollup.WEIGHTED_MEAN), [row("a", value=4), row("b", value=2, weight=9)])
        assert (found["a"].value, found["city"].value, found["city"].reporting) == (4, 2, 1)


class TestTheLast:
    def test_the_latest_day_holds_with_its_parts(self, con: Connection) -> None:
        rows = [
            row("a", numerator=1, denominator=2, on=date(2026, 9, 20)),
            row("b", value=9, on=date(2026, 9, 19)),
            row("d", value=5, on=date(2026, 9, 21)),
        ]
        found = figures(con, defined(Rollup.LAST, factor=Decimal(100)), rows)
        assert (found["city"].value, found["city"].numerator, found["city"].denominator) == (50, 1, 2)
        assert (found["land"].value, found["land"].numerator, found["land"].denominator) == (5, None, None)


class TestAShareOfUnits:
    def test_it_counts_the_units_that_meet_the_limit_of_those_that_have_a_value(self, con: Connection) -> None:
        found = figures(
            con, defined(Rollup.SHARE_OF_UNITS), [row("a", value=49), row("b", value=50), row("d", value=9)]
        )
        assert (found["city"].numerator, found["city"].denominator, found["city"].value) == (1, 2, 50)
        assert (found["land"].numerator, found["land"].denominator) == (1, 3)
        assert (found["land"].reporting, found["land"].expected) == (3, 4)

    @pytest.mark.parametrize(
        ("operator", "met"),
        [(Operator.GTE, 2), (Operator.GT, 1), (Operator.LTE, 2), (Operator.LT, 1), (Operator.EQ, 1)],
    )
    def test_the_limit_has_an_operator(self, con: Connection, operator: Operator, met: int) -> None:
        definition = defined(Rollup.SHARE_OF_UNITS, limit=(operator, Decimal(50)))
        rows = [row("a", value=40), row("b", value=50), row("c", value=60)]
        assert figures(con, definition, rows)["city"].numerator == met

    def test_a_value_a_hair_below_the_limit_does_not_meet_it(self, con: Connection) -> None:
        near = row("a", numerator=Decimal("49.9999"), denominator=100, value=50)
        assert figures(con, defined(Rollup.SHARE_OF_UNITS), [near])["city"].numerator == 0

    def test_numbers_of_units_told_higher_up_add_up(self, con: Connection) -> None:
        rows = [row("a", value=90), row("town", numerator=3, denominator=4)]
        found = figures(con, defined(Rollup.SHARE_OF_UNITS), rows)
        assert (found["town"].value, found["land"].numerator, found["land"].denominator) == (75, 4, 5)

    def test_it_needs_a_limit(self, con: Connection) -> None:
        with pytest.raises(ValueError, match="limit"):
            figures(con, defined(Rollup.SHARE_OF_UNITS, limit=None), [])


class TestWhatWasToldHigherUp:
    def test_it_stands_and_is_not_added_to_what_rolls_up(self, con: Connection) -> None:
        rows = [row("a", numerator=1), row("b", numerator=2), row("city", numerator=10), row("d", numerator=5)]
        found = figures(con, defined(Rollup.SUM), rows)
        city = found["city"]
        assert (city.value, city.told, city.below) == (10, True, 3)
        assert (found["land"].value, found["land"].told, found["land"].below) == (15, False, None)

    def test_it_speaks_for_all_units_below(self, con: Connection) -> None:
        found = figures(con, defined(Rollup.SUM), [row("a", numerator=1), row("city", numerator=10)])
        assert (found["city"].reporting, found["city"].expected) == (3, 3)
        assert (found["land"].reporting, found["land"].expected) == (3, 4)

    def test_a_percentage_without_parts_stands_but_the_parts_below_count_further_up(self, con: Connection) -> None:
        rows = [row("a", numerator=1, denominator=4), row("city", value=30, approximate=True)]
        found = figures(con, defined(Rollup.RATIO), rows)
        assert (found["city"].value, found["city"].below, found["city"].approximate) == (30, 25, True)
        assert (found["land"].value, found["land"].approximate) == (25, False)

    def test_that_it_is_missing_does_not_hide_what_rolls_up(self, con: Connection) -> None:
        found = figures(con, defined(Rollup.SUM), [row("a", numerator=1), row("city", mark="missing")])
        assert (found["city"].value, found["city"].mark, found["city"].told) == (1, Mark.FIGURE, False)

    def test_it_stands_alone_where_nothing_was_told_below(self, con: Connection) -> None:
        found = figures(con, defined(Rollup.SUM), [row("village", numerator=4)])
        assert (found["village"].value, found["village"].below, found["land"].value) == (4, None, 4)


class TestSplits:
    def test_each_split_rolls_up_by_itself(self, con: Connection) -> None:
        rows = [row("a", numerator=1, grade="1"), row("a", numerator=2, grade="2"), row("b", numerator=4, grade="1")]
        found = figures(con, defined(Rollup.SUM), rows)
        assert (found["city", "1"].value, found["city", "2"].value) == (5, 2)

    def test_a_total_that_nobody_told_is_made_of_them(self, con: Connection) -> None:
        rows = [row("a", numerator=1, denominator=2, grade="1"), row("a", numerator=2, denominator=8, grade="2")]
        found = figures(con, defined(Rollup.RATIO), rows)
        assert (found["a"].value, found["city"].value) == (30, 30)

    def test_a_told_total_wins(self, con: Connection) -> None:
        rows = [row("a", numerator=1, grade="1"), row("a", numerator=9), row("b", numerator=2, grade="1")]
        found = figures(con, defined(Rollup.SUM), rows)
        assert (found["a"].value, found["b"].value, found["city"].value) == (9, 2, 11)

    def test_a_missing_split_leaves_no_total(self, con: Connection) -> None:
        rows = [row("a", numerator=1, grade="1"), row("a", mark="missing", grade="2")]
        assert figures(con, defined(Rollup.SUM), rows)["a"].mark is Mark.MISSING

    def test_a_split_that_does_not_exist_there_does_not_disturb_the_total(self, con: Connection) -> None:
        rows = [row("a", numerator=1, grade="1"), row("a", mark="not_applicable", grade="2")]
        assert figures(con, defined(Rollup.SUM), rows)["a"].value == 1

    def test_a_total_told_as_missing_is_made_all_the_same(self, con: Connection) -> None:
        rows = [row("a", numerator=1, grade="1"), row("a", mark="missing")]
        assert figures(con, defined(Rollup.SUM), rows)["a"].value == 1


class TestWhatWasToldTwice:
    def test_the_latest_day_holds(self, con: Connection) -> None:
        rows = [row("a", numerator=1, on=date(2026, 3, 1)), row("a", numerator=2, on=date(2026, 4, 1))]
        assert figures(con, defined(Rollup.SUM), rows)["city"].value == 2

    def test_twice_on_one_day_is_refused(self, con: Connection) -> None:
        with pytest.raises(ToldTwice, match="a, 2026"):
            figures(con, defined(Rollup.SUM), [row("a", numerator=1), row("a", numerator=2)])


class TestVersions:
    def test_figures_of_two_versions_stay_apart(self, con: Connection) -> None:
        first, second = defined(Rollup.SUM), defined(Rollup.SUM, version=2)
        rows = told(first, [row("a", numerator=1), row("b", numerator=2, version=2)])
        table = compute(con, country(), [first, second], rows, units=["city"])
        assert sorted((found["version"], found["value"]) for found in table.to_pylist()) == [(1, 1), (2, 2)]

    def test_what_is_not_asked_for_is_passed_over(self, con: Connection) -> None:
        rows = told(defined(Rollup.SUM), [row("a", numerator=1), row("b", numerator=2, version=2)])
        table = compute(con, country(), [defined(Rollup.SUM)], rows, periods=[YEAR], units=["b", "land"])
        assert {(found["unit"], found["value"]) for found in table.to_pylist()} == {("b", None), ("land", 1)}

    def test_a_version_defined_twice_is_refused(self, con: Connection) -> None:
        with pytest.raises(ValueError, match="twice"):
            compute(con, country(), [defined(Rollup.SUM), defined(Rollup.SUM)], told(defined(Rollup.SUM), []))
