"""The manner of an ORM: for each cell one question to SQLite, all rows below a unit found by its path.

The statement is the one that Django writes for `Value.objects.filter(unit__path__startswith=…, …).aggregate(Sum(…))`.
Measured on a sample: of one indicator by sum and one by ratio the first period and two splits, for all units, with
rows of nothing but these two indicators and that period in the table, which favours it. Amounts are kept in
ten-thousandths, so that SQLite adds them up exactly.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb

from bench import measured
from luotsi.indicators.engine import Tree
from luotsi.indicators.rules.values import Rollup

SCHEMA = """
CREATE TABLE unit (id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE value (
    id INTEGER PRIMARY KEY, unit_id TEXT NOT NULL REFERENCES unit (id), indicator TEXT NOT NULL, period TEXT NOT NULL,
    split TEXT NOT NULL, numerator INTEGER, denominator INTEGER, UNIQUE (indicator, period, split, unit_id)
);
"""
QUESTION = """
SELECT SUM("value"."numerator"), SUM("value"."denominator") FROM "value"
INNER JOIN "unit" ON ("value"."unit_id" = "unit"."id")
WHERE ("value"."indicator" = ? AND "value"."period" = ? AND "value"."split" = ? AND "unit"."path" LIKE ? ESCAPE '\\')
"""
SPLITS = ("group 1", "group 2")
SAMPLED = (1, 19)  # told by splits only, so that nothing but sums is asked for: a sum and a ratio
UNIT = 10_000

Cells = dict[tuple[str, str, str], tuple[Decimal | None, Decimal | None]]


def paths(tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield units with their path from the top."""
    for unit in tree.stays:
        yield unit, "".join(f"{above}/" for above in reversed(tree.above(unit)))


def sampled() -> list[str]:
    """Return the keys of the indicators of the sample."""
    chosen = [measured.definitions()[number] for number in SAMPLED]
    if [one.rollup for one in chosen] != [Rollup.SUM, Rollup.RATIO]:
        raise ValueError("The sample is meant to be one sum and one ratio.")
    return [one.indicator for one in chosen]


def fill(con: sqlite3.Connection, tree: Tree, source: Path, period: str) -> None:
    """Write the units and the sampled rows."""
    con.executescript(SCHEMA)
    con.executemany("INSERT INTO unit VALUES (?, ?)", paths(tree))
    with duckdb.connect() as other:
        rows = other.execute(
            f"""SELECT unit, indicator, period, split, CAST(numerator * {UNIT} AS BIGINT),
                       CAST(denominator * {UNIT} AS BIGINT)
                FROM '{source}' WHERE list_contains(?, indicator) AND period = ? AND split <> ''""",  # noqa: S608
            [sampled(), period],
        ).fetchall()
    con.executemany(
        "INSERT INTO value (unit_id, indicator, period, split, numerator, denominator) VALUES (?, ?, ?, ?, ?, ?)", rows
    )
    con.execute("ANALYZE")


def ask(con: sqlite3.Connection, tree: Tree, period: str) -> Cells:
    """Ask for each cell of the sample."""
    found: Cells = {}
    where = dict(paths(tree))
    for indicator in sampled():
        for split in SPLITS:
            for unit, path in where.items():
                sums = con.execute(QUESTION, [indicator, period, split, f"{path}%"]).fetchone()
                numerator, denominator = (None if one is None else Decimal(one) / UNIT for one in sums)
                found[indicator, unit, split] = numerator, denominator
    return found


def measure(size: measured.Size, source: Path, figures: Path) -> tuple[float, int]:
    """Return the seconds that a cell of the sample took, and how many there are; they are those of the engine.

    Raises:
        ValueError: a cell differs from the engine's.
    """
    tree, period = measured.tree(size), "2026-01"
    con = sqlite3.connect(":memory:")
    fill(con, tree, source, period)
    began = time.perf_counter()
    found = ask(con, tree, period)
    taken = time.perf_counter() - began
    con.close()
    with duckdb.connect() as other:
        rows = other.execute(
            f"""SELECT indicator, unit, split, numerator, denominator FROM '{figures}/*.parquet'
                WHERE list_contains(?, indicator) AND period = ? AND split <> ''""",  # noqa: S608
            [sampled(), period],
        ).fetchall()
    engine: Cells = {(indicator, unit, split): (n, d) for indicator, unit, split, n, d in rows}
    wrong = [key for key, parts in found.items() if parts != engine.get(key, (None, None))]
    if wrong:
        raise ValueError(f"{len(wrong)} cells of the sample differ from the engine's, the first is {wrong[0]}.")
    return taken / len(found), len(found)
