"""A made-up country to compute in: its units, sixty indicators, and what was measured, as one Parquet file.

The same seed makes the same figures; they are hashes and stand for nothing. Half of the indicators are told with their
total, half only by their splits; some figures are missing, some do not apply, some are only about; some providers tell
a total themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from luotsi.base import periods
from luotsi.indicators.engine import Place, Tree, measurements
from luotsi.indicators.rules.values import Definition, Operator, Rollup

COUNTRY = "f" * 32
LIMIT = Decimal(500)
MIXED = {
    Rollup.SUM: 18,
    Rollup.RATIO: 20,
    Rollup.WEIGHTED_MEAN: 6,
    Rollup.LAST: 5,
    Rollup.MIN: 4,
    Rollup.MAX: 4,
    Rollup.SHARE_OF_UNITS: 3,
}
PERCENT = Decimal(100)

MEASURED = """
COPY (
    WITH keyed AS (
        SELECT indicator, rollup, unit, period, last_day, split,
               hash({seed} || indicator || unit || period || split) AS h
        FROM indicators, periods, splits, units
        WHERE CASE WHEN institution THEN totals OR split <> '' ELSE tells AND split = '' END
    ), marked AS (
        SELECT *, CASE WHEN h % 53 = 0 THEN 'missing' WHEN h % 103 = 0 THEN 'not_applicable' ELSE '' END AS mark,
               h // 64 % 500 AS part, h // 64 % 500 + h // 65536 % 500 AS whole
        FROM keyed
    )
    SELECT indicator, CAST(1 AS INTEGER) AS version, unit, period,
           CAST(last_day - 1 - CAST(h % 20 AS INTEGER) AS DATE) AS "on", split,
           CAST(CASE WHEN mark = '' AND rollup IN ('sum', 'ratio', 'last') THEN part END
                AS DECIMAL(18, 4)) AS numerator,
           CAST(CASE WHEN mark = '' AND rollup IN ('ratio', 'last') THEN whole END AS DECIMAL(18, 4)) AS denominator,
           CAST(CASE WHEN mark = '' AND rollup = 'weighted_mean' THEN whole END AS DECIMAL(18, 4)) AS weight,
           CAST(CASE WHEN mark = '' AND rollup IN ('min', 'max', 'weighted_mean', 'share_of_units')
                     THEN h // 64 % 100000 END / 100 AS DECIMAL(18, 4)) AS "value",
           h % 101 = 0 AS approximate, mark,
           CAST(CASE WHEN mark = '' AND rollup IN ('ratio', 'last') THEN whole END AS BIGINT) AS persons
    FROM marked ORDER BY indicator, period, unit, split
) TO '{path}' (FORMAT parquet)
"""


@dataclass(frozen=True)
class Size:
    """How large the country is."""

    regions: int = 18
    providers: int = 308
    institutions: int = 2_500
    periods: int = 12
    splits: int = 8


SMALL = Size(regions=4, providers=31, institutions=250)


def key(kind: str, number: int) -> str:
    """Return the key of a unit."""
    return f"{kind}{number:0{32 - len(kind)}x}"


def places(size: Size) -> Iterator[Place]:
    """Yield the units: the country, its regions, providers and institutions."""
    yield Place(unit=COUNTRY, kind="country")
    for number in range(size.regions):
        yield Place(unit=key("a", number), parent=COUNTRY, kind="region")
    for number in range(size.providers):
        yield Place(unit=key("b", number), parent=key("a", number % size.regions), kind="provider")
    for number in range(size.institutions):
        yield Place(unit=key("c", number), parent=key("b", number % size.providers), kind="institution")


def tree(size: Size) -> Tree:
    """Return the units as a tree; institutions tell."""
    return Tree.of(places(size), told_by="institution")


def definitions() -> list[Definition]:
    """Return the indicators, of every rule."""
    rules = [rollup for rollup, number in MIXED.items() for _ in range(number)]
    shares = (Rollup.RATIO, Rollup.SHARE_OF_UNITS)
    return [
        Definition(
            indicator=f"indicator_{number:02}",
            rollup=rollup,
            factor=PERCENT if rollup in shares else Decimal(1),
            limit=(Operator.GTE, LIMIT) if rollup is Rollup.SHARE_OF_UNITS else None,
            dimensions=("split",),
        )
        for number, rollup in enumerate(rules)
    ]


def measure(size: Size, path: Path, seed: int = 2026) -> dict[str, Any]:
    """Write what was measured into a Parquet file; return how much it is."""
    listed = [(one.indicator, str(one.rollup), number % 2 == 0) for number, one in enumerate(definitions())]
    with duckdb.connect() as con:
        con.execute("CREATE TABLE indicators (indicator VARCHAR, rollup VARCHAR, totals BOOLEAN)")
        con.executemany("INSERT INTO indicators VALUES (?, ?, ?)", listed)
        con.execute("CREATE TABLE units (unit VARCHAR, institution BOOLEAN, tells BOOLEAN)")
        told = [
            (place.unit, place.kind == "institution", number % 20 == 0)
            for number, place in enumerate(places(size))
            if place.kind in ("provider", "institution")
        ]
        con.executemany("INSERT INTO units VALUES (?, ?, ?)", told)
        con.execute(
            "CREATE TABLE periods AS SELECT strftime(day, '%Y-%m') AS period, last_day(day) AS last_day "
            "FROM (SELECT CAST(make_date(2026, 1, 1) + to_months(CAST(range AS INTEGER)) AS DATE) AS day "
            "FROM range(?))",
            [size.periods],
        )
        con.execute(
            "CREATE TABLE splits AS SELECT CASE range WHEN 0 THEN '' ELSE 'group ' || range END AS split "
            "FROM range(?)",
            [size.splits],
        )
        con.execute(MEASURED.format(seed=seed, path=path))
        rows = con.execute(f"SELECT count(*) FROM '{path}'").fetchone()  # noqa: S608 - a path of our own
    return {"measurements": rows[0] if rows else 0, "megabytes": round(path.stat().st_size / 1e6, 1)}


def new(definition: Definition, unit: str, period: str) -> pa.Table:
    """Return one new measurement of the unit, from the last day of the period, later than all others."""
    amounts = {"numerator": 7, "denominator": 9, "weight": 2, "value": 5}
    row = {"indicator": definition.indicator, "unit": unit, "period": period, "on": periods.parse(period).end}
    told = measurements([row | {name: Decimal(number) for name, number in amounts.items()}], ["split"])
    return told.select([name for name in told.column_names if name != "whole"])
