"""Counting from records: who counts on which day, persons who count once, the way back to the records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luotsi.indicators.engine import Connection, Place, Tree, cells, compute, count, records
from luotsi.indicators.rules.values import Count, Counting, Definition, Mark, Operator, Rollup, Semantics

YEAR_BEGINS, YEAR_ENDS = date(2025, 8, 1), date(2026, 7, 31)
AS_OF, DURING = Semantics.AS_OF, Semantics.DURING
PERSON, ROWS = Count(column="person"), Count()


def city() -> Tree:
    """Return a city with two schools, one of them with a group."""
    rows = [("city", None, "provider"), ("a", "city", "school"), ("b", "city", "school"), ("1A", "a", "group")]
    return Tree.of((Place(unit=unit, parent=parent, kind=kind) for unit, parent, kind in rows), told_by="school")


def counted(numerator: Count = ROWS, denominator: Count | None = None, **fields: Any) -> Definition:
    semantics = fields.pop("semantics", AS_OF)
    counting = Counting(table="roles", semantics=semantics, numerator=numerator, denominator=denominator)
    rollup = Rollup.RATIO if denominator else Rollup.SUM
    return Definition(**{"indicator": "counted", "rollup": rollup, "counting": counting, **fields})


def fact(record: str, unit: str, person: str = "", **fields: Any) -> dict[str, Any]:
    empty = {"valid_from": None, "valid_to": None, "day": None, "grade": "", "done": None, "hours": None}
    return {"record": record, "unit": unit, "person": person or record, **empty, **fields}


def facts(*rows: Mapping[str, Any]) -> Any:
    import pyarrow as pa

    texts = {name: pa.string() for name in ("record", "unit", "person", "grade")}
    days = {name: pa.date32() for name in ("valid_from", "valid_to", "day")}
    schema = pa.schema({**texts, **days, "done": pa.bool_(), "hours": pa.decimal128(9, 2)})
    return pa.Table.from_pylist([dict(row) for row in rows], schema=schema)


def counts(con: Connection, table: Any, definition: Definition, period: str = "2025-26", **wanted: Any) -> Any:
    """Return (numerator, denominator) by unit; of a split by (unit, grade)."""
    found = count(con, table, definition, [period], city(), **wanted).to_pylist()
    return {
        (one["unit"], one["grade"]) if one.get("grade") else one["unit"]: (one["numerator"], one["denominator"])
        for one in found
    }


class TestAsOfTheLastDay:
    @pytest.mark.parametrize(
        ("valid_from", "valid_to", "number"),
        [
            (None, None, 1),
            (YEAR_ENDS, None, 1),
            (date(2026, 8, 1), None, 0),
            (YEAR_BEGINS, YEAR_ENDS, 1),
            (YEAR_BEGINS, date(2026, 7, 30), 0),
        ],
    )
    def test_what_is_in_force_on_it_counts(
        self, con: Connection, valid_from: date | None, valid_to: date | None, number: int
    ) -> None:
        table = facts(fact("r", "a", valid_from=valid_from, valid_to=valid_to))
        assert counts(con, table, counted())["a"] == (number, None)

    def test_another_day_can_be_told(self, con: Connection) -> None:
        table = facts(fact("r", "a", valid_from=YEAR_BEGINS, valid_to=date(2025, 9, 20)))
        assert counts(con, table, counted())["a"] == (0, None)
        assert counts(con, table, counted(), days={"2025-26": date(2025, 9, 20)})["a"] == (1, None)


class TestDuringThePeriod:
    @pytest.mark.parametrize(
        ("day", "number"),
        [(date(2025, 7, 31), 0), (YEAR_BEGINS, 1), (YEAR_ENDS, 1), (date(2026, 8, 1), 0), (None, 0)],
    )
    def test_what_happened_from_its_first_to_its_last_day_counts(
        self, con: Connection, day: date | None, number: int
    ) -> None:
        assert counts(con, facts(fact("r", "a", day=day)), counted(semantics=DURING))["city"] == (number, None)

    def test_a_day_lies_in_its_month_and_its_year(self, con: Connection) -> None:
        table, definition = facts(fact("r", "a", day=YEAR_ENDS)), counted(semantics=DURING)
        found = {
            period: counts(con, table, definition, period)["city"][0] for period in ("2026-07", "2026-08", "2026")
        }
        assert found == {"2026-07": 1, "2026-08": 0, "2026": 1}


class TestLevels:
    def test_a_record_of_a_group_counts_in_its_school_and_city(self, con: Connection) -> None:
        found = counts(con, facts(fact("r", "1A")), counted())
        assert {unit: numbers[0] for unit, numbers in found.items()} == {"1A": 1, "a": 1, "b": 0, "city": 1}

    def test_a_person_in_two_schools_is_one_person_in_the_city(self, con: Connection) -> None:
        table = facts(fact("r1", "1A", "x"), fact("r2", "b", "x"), fact("r3", "b", "y"))
        found = counts(con, table, counted(PERSON))
        assert {unit: found[unit][0] for unit in ("a", "b", "city")} == {"a": 1, "b": 2, "city": 2}

    def test_as_a_figure_too(self, con: Connection) -> None:
        definition = counted(Count(column="person", where=(("done", "=", True),)), PERSON, factor=Decimal(100))
        table = facts(fact("r1", "1A", "x", done=True), fact("r2", "b", "x"), fact("r3", "b", "y"))
        measured = count(con, table, definition, ["2025-26"], city(), person="person")
        found: dict[str, Any] = {cell.unit: cell for cell in cells(compute(con, city(), [definition], measured))}
        assert {unit: cell.value for unit, cell in found.items()} == {"1A": 100, "a": 100, "b": 0, "city": 50}
        assert (found["city"].persons, found["city"].told, found["city"].below) == (2, False, None)
        assert (found["city"].reporting, found["city"].expected) == (2, 2)


class TestZeroAndNull:
    def test_a_register_without_records_counts_zero(self, con: Connection) -> None:
        found = counts(con, facts(), counted(ROWS, ROWS))
        assert found == {"a": (0, 0), "b": (0, 0), "city": (0, 0)}

    def test_a_share_of_nobody_is_not_applicable(self, con: Connection) -> None:
        definition = counted(ROWS, ROWS)
        table = compute(con, city(), [definition], count(con, facts(), definition, ["2025-26"], city()))
        assert {cell.mark for cell in cells(table)} == {Mark.NOT_APPLICABLE}

    def test_a_null_is_not_counted_as_distinct_nor_added(self, con: Connection) -> None:
        table = facts(fact("r1", "a", hours=Decimal("1.50")), fact("r2", "a"))
        assert counts(con, table, counted(Count(column="hours", sum=True)))["a"] == (Decimal("1.5"), None)
        assert counts(con, table, counted(Count(column="hours")))["a"] == (1, None)


class TestConditions:
    @pytest.mark.parametrize(
        ("condition", "kept"),
        [
            (("grade", "=", "1"), {"r1"}),
            (("grade", "!=", "1"), {"r2", "r3"}),
            (("grade", "in", ("1", "2")), {"r1", "r2"}),
            (("grade", "in", ()), set()),
            (("hours", ">", 2), {"r3"}),
            (("hours", ">=", Decimal(2)), {"r2", "r3"}),
            (("hours", "<", 2), set()),
            (("hours", "<=", 2), {"r2"}),
            (("hours", "is", None), {"r1"}),
            (("done", "=", True), {"r2"}),
            (("done", "!=", True), {"r3"}),
        ],
    )
    def test_each_operator(self, con: Connection, condition: tuple[str, str, object], kept: set[str]) -> None:
        table = facts(
            fact("r1", "a", grade="1"),
            fact("r2", "a", grade="2", hours=Decimal(2), done=True),
            fact("r3", "a", grade="3", hours=Decimal(3), done=False),
        )
        definition = counted(Count(where=(condition,)))
        assert set(records(con, table, definition, unit="a", period="2025-26", tree=city())) == kept
        assert counts(con, table, definition)["a"][0] == len(kept)

    @pytest.mark.parametrize("text", ["'; DROP TABLE x; --", "1' OR '1'='1", 'a"b', "\\' OR 1=1 --", "%", "ä'ö"])
    def test_a_value_stays_a_value(self, con: Connection, text: str) -> None:
        table = facts(fact("r1", "a", grade=text), fact("r2", "a", grade="1"))
        assert counts(con, table, counted(Count(where=(("grade", "=", text),))))["a"][0] == 1

    @pytest.mark.parametrize("condition", [("grade", "like", "x"), ("grade", "=", None), ("grade", "in", "x")])
    def test_what_is_no_condition_is_refused(self, con: Connection, condition: tuple[str, str, object]) -> None:
        with pytest.raises(ValueError, match="no condition"):
            counts(con, facts(), counted(Count(where=(condition,))))

    def test_a_column_that_is_not_there_is_named(self, con: Connection) -> None:
        with pytest.raises(ValueError, match="roles has no column nowhere"):
            counts(con, facts(), counted(Count(column="nowhere")))


class TestSplits:
    def test_totals_and_splits_are_counted_apart(self, con: Connection) -> None:
        table = facts(fact("r1", "a", "x", grade="1"), fact("r2", "a", "x", grade="2"), fact("r3", "a", "y"))
        found = counts(con, table, counted(PERSON, dimensions=("grade",)))
        assert {key: numbers[0] for key, numbers in found.items() if "a" in key} == {
            "a": 2,
            ("a", "1"): 1,
            ("a", "2"): 1,
        }


class TestAShareOfUnits:
    def test_it_is_counted_where_it_is_told_and_rolls_up(self, con: Connection) -> None:
        definition = counted(
            Count(where=(("done", "=", True),)),
            ROWS,
            rollup=Rollup.SHARE_OF_UNITS,
            factor=Decimal(100),
            limit=(Operator.GTE, Decimal(50)),
        )
        table = facts(fact("r1", "1A", done=True), fact("r2", "a"), fact("r3", "b"))
        measured = count(con, table, definition, ["2025-26"], city())
        assert {(one["unit"], one["value"]) for one in measured.to_pylist()} == {("a", 50), ("b", 0)}
        found: dict[str, Any] = {cell.unit: cell for cell in cells(compute(con, city(), [definition], measured))}
        assert (found["city"].numerator, found["city"].denominator, found["city"].value) == (1, 2, 50)


class TestTheWayBack:
    def test_the_records_behind_each_part(self, con: Connection) -> None:
        table = facts(fact("r1", "1A", done=True, grade="1"), fact("r2", "a", grade="1"), fact("r3", "b", done=True))
        definition = counted(Count(where=(("done", "=", True),)), ROWS, dimensions=("grade",))

        def behind(unit: str, part: str, **split: str) -> list[str]:
            return records(con, table, definition, unit=unit, period="2025-26", tree=city(), part=part, split=split)

        assert behind("city", "numerator") == ["r1", "r3"]
        assert behind("city", "denominator") == ["r1", "r2", "r3"]
        assert behind("a", "denominator") == ["r1", "r2"]
        assert behind("city", "numerator", grade="1") == ["r1"]

    def test_a_part_that_does_not_exist_is_refused(self, con: Connection) -> None:
        with pytest.raises(ValueError, match="no denominator"):
            records(con, facts(), counted(), unit="a", period="2025-26", tree=city(), part="denominator")

    def test_what_is_observed_has_no_records(self, con: Connection) -> None:
        with pytest.raises(ValueError, match="not counted"):
            records(con, facts(), Definition(indicator="told"), unit="a", period="2025-26", tree=city())
