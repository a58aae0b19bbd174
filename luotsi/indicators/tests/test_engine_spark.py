"""DuckDB and Spark make equal figures. Run by `make test-spark`; needs the extra `spark` and Java 17."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from luotsi.indicators.engine import Connection, Place, Tree, cells, compute, connect, count, measurements, records
from luotsi.indicators.rules.values import Cell, Count, Counting, Definition, Mark, Rollup
from luotsi.indicators.tests.measured import LAST_DAY, YEAR, country, defined

pytestmark = pytest.mark.spark
UNITS = ("a", "b", "c", "d", "city", "town")


@pytest.fixture(scope="module")
def spark() -> Iterator[Connection]:
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", False)
        .config("spark.sql.shuffle.partitions", 1)
        .config("spark.sql.adaptive.enabled", False)
        .config("spark.sql.codegen.wholeStage", False)
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    with connect("pyspark", session=session) as opened:
        yield opened


def drawn(seed: int) -> list[dict[str, Any]]:
    """Return measurements of every rule, with nulls, zeros, marks, splits and figures told higher up."""
    chance = random.Random(seed)  # noqa: S311 - made-up figures

    def amount() -> Decimal | None:
        return chance.choice(
            [None, Decimal(0), Decimal(chance.randrange(10**9)).scaleb(-4), Decimal(chance.randrange(9))]
        )

    return [
        {
            "indicator": str(rollup),
            "unit": unit,
            "period": YEAR,
            "on": LAST_DAY - timedelta(chance.randrange(300)),
            "grade": grade,
            "mark": chance.choice(["", "", "", str(Mark.MISSING), str(Mark.NOT_APPLICABLE)]),
            "approximate": chance.random() < 0.2,
            "persons": chance.choice([None, chance.randrange(100)]),
            **{name: amount() for name in ("numerator", "denominator", "weight", "value")},
        }
        for rollup in Rollup
        for unit in UNITS
        for grade in ("", "1", "2")
        if chance.random() < 0.7
    ]


def ordered(found: list[Cell]) -> list[Cell]:
    return sorted(found, key=lambda cell: (cell.indicator, cell.unit, cell.period, cell.split))


class TestDuckdbAndSpark:
    @pytest.mark.parametrize("rollup", list(Rollup))
    def test_every_rule_makes_equal_figures(self, con: Connection, spark: Connection, rollup: Rollup) -> None:
        told, definitions = measurements(drawn(len(rollup)), ["grade"]), [defined(rollup)]
        here, there = (
            ordered(cells(compute(place, country(), definitions, told, periods=[YEAR]))) for place in (con, spark)
        )
        assert len(here) > len(UNITS)
        assert here == there

    def test_quotients_are_rounded_alike(self, con: Connection, spark: Connection) -> None:
        parts = [(1, 3), (2, 3), (7, 128), (-7, 128), (Decimal("0.0005"), 1000), (Decimal("-0.0005"), 1000), (0, 5)]
        rows: list[dict[str, Any]] = [
            {
                "indicator": "ratio",
                "unit": f"u{place}",
                "period": YEAR,
                "on": LAST_DAY,
                "numerator": n,
                "denominator": d,
            }
            for place, (n, d) in enumerate(parts)
        ]
        tree = Tree.of(Place(unit=row["unit"]) for row in rows)
        definition = defined(Rollup.RATIO, factor=Decimal(1))
        here, there = (
            ordered(cells(compute(place, tree, [definition], measurements(rows)))) for place in (con, spark)
        )
        assert here == there

    def test_records_are_counted_alike(self, con: Connection, spark: Connection) -> None:
        import pyarrow as pa

        facts = pa.table(
            {
                "record": ["r1", "r2", "r3", "r4"],
                "unit": ["a", "b", "b", "d"],
                "person": ["x", "x", "y", None],
                "grade": ["1", "1", "2", ""],
                "done": [True, None, False, True],
                "valid_from": pa.array([None, date(2025, 8, 1), date(2026, 8, 1), None], pa.date32()),
                "valid_to": pa.array([date(2026, 12, 31), None, None, date(2026, 12, 30)], pa.date32()),
            }
        )
        definition = Definition(
            indicator="counted",
            factor=Decimal(100),
            dimensions=("grade",),
            counting=Counting(
                table="facts",
                numerator=Count(column="person", where=(("done", "=", True), ("grade", "in", ("1", "it's")))),
                denominator=Count(column="person"),
            ),
        )
        here, there = (
            ordered(
                cells(
                    compute(
                        place,
                        country(),
                        [definition],
                        count(place, facts, definition, [YEAR, "2025-26"], country(), person="person"),
                    )
                )
            )
            for place in (con, spark)
        )
        assert here == there
        traced = [
            records(place, facts, definition, unit="city", period=YEAR, tree=country(), part="denominator")
            for place in (con, spark)
        ]
        assert traced[0] == traced[1] == ["r1", "r2", "r3"]
