"""Figures as a whole: what is expected and missing, cells, files, one cell alone, a new measurement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from luotsi.indicators.engine import Connection, cells, compute, connect, recompute, recompute_branch, store
from luotsi.indicators.rules.values import Definition, Mark, Rollup
from luotsi.indicators.tests.measured import LAST_DAY, YEAR, country, defined, figures, row, told

SUM = defined(Rollup.SUM)


class TestWhatIsExpected:
    def test_without_periods_only_what_was_told_has_cells(self, con: Connection) -> None:
        assert set(figures(con, SUM, [row("a", numerator=1)], periods=None)) == {"a", "city", "land"}

    def test_with_periods_everyone_who_should_tell_has_one(self, con: Connection) -> None:
        found = figures(con, SUM, [row("a", numerator=1)], periods=[YEAR])
        assert {unit for unit, cell in found.items() if cell.mark is Mark.MISSING} == {"b", "c", "d", "town"}

    def test_a_period_that_nothing_was_told_of_is_missing_everywhere(self, con: Connection) -> None:
        found = figures(con, SUM, [row("a", numerator=1)], periods=["2025"])
        assert {cell.mark for cell in found.values()} == {Mark.MISSING}
        assert found["land"].expected == 4

    def test_a_definition_may_say_who_tells(self, con: Connection) -> None:
        found = figures(con, defined(Rollup.SUM, told_by="provider"), [row("city", numerator=1)])
        assert (found["land"].reporting, found["land"].expected) == (1, 3)
        assert found["village"].mark is Mark.MISSING

    def test_only_the_units_that_are_asked_for(self, con: Connection) -> None:
        assert set(figures(con, SUM, [row("a", numerator=1)], units=["city"])) == {"city"}


class TestWhatIsProtected:
    def test_a_protected_figure_adds_nothing(self, con: Connection) -> None:
        found = figures(con, SUM, [row("a", mark="protected"), row("b", numerator=2)])
        assert (found["city"].value, found["city"].reporting) == (2, 1)

    def test_nothing_but_protected_is_protected(self, con: Connection) -> None:
        assert figures(con, SUM, [row("d", mark="protected")])["town"].mark is Mark.PROTECTED


class TestCells:
    def test_numbers_carry_no_zeros_that_only_fill_a_column(self, con: Connection) -> None:
        cell = figures(con, SUM, [row("a", numerator="12.5000")])["a"]
        assert (str(cell.numerator), str(cell.value)) == ("12.5", "12.5")
        assert str(figures(con, SUM, [row("a", numerator=1200)])["a"].value) == "1200"

    def test_nothing_to_compute_is_refused(self, con: Connection) -> None:
        with pytest.raises(ValueError, match="no definition"):
            compute(con, country(), [], told(SUM, []))

    def test_columns_that_are_left_out_are_filled(self, con: Connection) -> None:
        few = told(SUM, [row("a", numerator=1)]).select(["indicator", "version", "unit", "period", "on", "numerator"])
        (cell,) = cells(compute(con, country(), [SUM], few, units=["land"]))
        assert (cell.value, cell.split, cell.persons) == (Decimal(1), (), None)


class TestFiles:
    def test_they_hold_what_is_computed(self, con: Connection, tmp_path: Path) -> None:
        import pyarrow.parquet as pq

        definitions = [SUM, defined(Rollup.RATIO)]
        rows = told(
            SUM, [row("a", numerator=1, denominator=2), row("d", indicator="ratio", numerator=1, denominator=3)]
        )
        paths = store(con, country(), definitions, rows, tmp_path)
        assert [path.name for path in paths] == ["sum.parquet", "ratio.parquet"]
        stored = [cell for path in paths for cell in cells(pq.read_table(path))]
        computed = cells(compute(con, country(), definitions, rows))
        assert sorted(stored, key=repr) == sorted(computed, key=repr)

    def test_measurements_may_stay_in_them(self, con: Connection, tmp_path: Path) -> None:
        import pyarrow.parquet as pq

        pq.write_table(told(SUM, [row("a", numerator=3)]), tmp_path / "told.parquet")
        table = con.read_parquet(str(tmp_path / "told.parquet"))
        assert {cell.value for cell in cells(compute(con, country(), [SUM], table))} == {Decimal(3)}


class TestOneCell:
    def test_a_split(self, con: Connection) -> None:
        rows = told(SUM, [row("a", numerator=1, grade="1"), row("b", numerator=2, grade="2")])
        cell = recompute(con, country(), SUM, rows, unit="city", period=YEAR, split={"grade": "2"})
        assert cell is not None
        assert (cell.value, cell.split) == (Decimal(2), (("grade", "2"),))

    def test_none_where_there_is_none(self, con: Connection) -> None:
        rows = told(SUM, [row("a", numerator=1, grade="1")])
        assert recompute(con, country(), SUM, rows, unit="city", period=YEAR, split={"grade": "9"}) is None


class TestANewMeasurement:
    def test_it_is_seen_at_all_levels_above_it(self, con: Connection) -> None:
        old = [row("a", numerator=1, on=date(2026, 5, 1)), row("b", numerator=10)]
        rows = told(SUM, [*old, row("a", numerator=2, on=LAST_DAY)])
        found = {
            cell.unit: cell.value for cell in cells(recompute_branch(con, country(), SUM, rows, unit="a", period=YEAR))
        }
        assert found == {"a": 2, "city": 12, "land": 12}


class TestConnections:
    def test_another_backend_is_refused(self) -> None:
        with pytest.raises(ValueError, match="duckdb or pyspark"):
            connect("abacus")

    def test_the_kinds_of_columns_do_not_depend_on_what_was_told(self, con: Connection) -> None:
        schemas = []
        for definition in (SUM, defined(Rollup.LAST), defined(Rollup.SHARE_OF_UNITS)):
            rows = [row("a", numerator=1, value=1), row("city", value=1)]
            schemas.append(compute(con, country(), [definition], told(definition, rows)).schema)
        assert schemas[0] == schemas[1] == schemas[2]


def test_a_definition_without_a_dimension_needs_no_split(con: Connection) -> None:
    definition = Definition(indicator="sum", rollup=Rollup.SUM)
    assert figures(con, definition, [row("a", numerator=1)])["land"].value == 1
