"""The same figures as the engine's, by SQL written by hand for exactly this country: one dimension, nobody ever moves.

For each rule a statement of its own reads the measurements, adds the totals that were not told, rolls up to providers,
regions and the country, and writes a Parquet file. The engine's general text is measured against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from bench import measured
from luotsi.indicators.rules.values import Rollup


@dataclass(frozen=True)
class Hand:
    """What differs from rule to rule: n, d, v of a row, of many rows, and the figure."""

    n: str = "CAST(NULL AS DECIMAL(18, 4))"
    d: str = "CAST(NULL AS DECIMAL(18, 4))"
    v: str = "CAST(NULL AS DECIMAL(38, 6))"
    tells: str = "n IS NOT NULL"
    many: str = "sum(n) AS n, sum(d) AS d, CAST(NULL AS DECIMAL(38, 6)) AS v"
    figure: str = "CASE WHEN d <> 0 THEN CAST(n / d AS DECIMAL(38, 6)) END"
    splits_add_up: bool = True


LATEST = """
arg_max(v, CAST("on" AS VARCHAR) || unit) FILTER (v IS NOT NULL) AS v,
arg_max(n, CAST("on" AS VARCHAR) || unit) FILTER (v IS NOT NULL) AS n,
arg_max(d, CAST("on" AS VARCHAR) || unit) FILTER (v IS NOT NULL) AS d
"""
BOTH = "numerator IS NOT NULL AND denominator IS NOT NULL"
RULES = {
    Rollup.SUM: Hand(n="numerator", figure="n"),
    Rollup.RATIO: Hand(
        n=f"CASE WHEN {BOTH} THEN numerator END",
        d=f"CASE WHEN {BOTH} THEN denominator END",
        figure="CASE WHEN d <> 0 THEN CAST(n / d * 100 AS DECIMAL(38, 6)) END",
    ),
    Rollup.WEIGHTED_MEAN: Hand(
        n='"value" * weight',
        d='CASE WHEN "value" IS NOT NULL THEN weight END',
        v='CAST("value" AS DECIMAL(38, 6))',
        figure="coalesce(v, CASE WHEN d <> 0 THEN CAST(n / d AS DECIMAL(38, 6)) END)",
    ),
    Rollup.LAST: Hand(
        n="numerator",
        d="denominator",
        v="CASE WHEN denominator <> 0 THEN CAST(numerator / denominator AS DECIMAL(38, 6)) END",
        tells="v IS NOT NULL",
        many=LATEST,
        figure="v",
    ),
    Rollup.MIN: Hand(
        v='"value"', tells="v IS NOT NULL", many="any_value(n) AS n, any_value(d) AS d, min(v) AS v", figure="v"
    ),
    Rollup.MAX: Hand(
        v='"value"', tells="v IS NOT NULL", many="any_value(n) AS n, any_value(d) AS d, max(v) AS v", figure="v"
    ),
    Rollup.SHARE_OF_UNITS: Hand(
        n=f'CAST("value" >= {measured.LIMIT} AS INTEGER)',
        d='CASE WHEN "value" IS NOT NULL THEN 1 END',
        figure="CASE WHEN d <> 0 THEN CAST(n / d * 100 AS DECIMAL(38, 6)) END",
        splits_add_up=False,
    ),
}
STATEMENT = """
COPY (
    WITH told AS (
        SELECT * EXCLUDE (mark), {tells} AS tells,
               CASE WHEN mark = '' AND nothing THEN 'not_applicable' ELSE mark END AS mark
        FROM (
            SELECT indicator, version, unit, period, split, "on", {n} AS n, {d} AS d, {v} AS v, approximate, mark,
                   persons,
                   coalesce({v} IS NULL AND {n} IS NOT NULL AND denominator = 0, false) AND {chosen} AS nothing
            FROM '{path}' WHERE indicator IN ({indicators})
        )
    ),
    made AS (
        SELECT indicator, version, unit, period, max("on") AS "on", {many},
               bool_or(approximate AND tells) AS approximate, sum(persons) FILTER (tells) AS persons,
               bool_or(tells) AS any_told, bool_or(NOT tells AND mark <> 'not_applicable') AS lacking
        FROM told WHERE split <> '' GROUP BY ALL
    ),
    totals AS (
        SELECT indicator, version, unit, period, '' AS split, "on",
               CASE WHEN any_told AND NOT lacking THEN n END AS n, CASE WHEN any_told AND NOT lacking THEN d END AS d,
               CASE WHEN any_told AND NOT lacking THEN v END AS v,
               approximate, persons, any_told AND NOT lacking AS tells,
               CASE WHEN any_told AND NOT lacking THEN '' WHEN any_told OR lacking THEN 'missing'
                    ELSE 'not_applicable' END AS mark
        FROM made ANTI JOIN (SELECT * FROM told WHERE split = '' AND tells) USING (indicator, version, unit, period)
    ),
    own AS (
        SELECT indicator, version, unit, period, split, "on", n, d, v, approximate, persons, tells, mark
        FROM told WHERE split <> '' OR tells OR NOT {splits_add_up}
        UNION ALL BY NAME
        SELECT * FROM totals WHERE {splits_add_up}
        UNION ALL BY NAME
        SELECT indicator, version, unit, period, split, "on", n, d, v, approximate, persons, tells, mark
        FROM told ANTI JOIN totals USING (indicator, version, unit, period)
        WHERE split = '' AND NOT tells AND {splits_add_up}
    ),
    of_providers AS (SELECT own.*, covers FROM own JOIN covering USING (unit)),
    of_institutions AS (
        SELECT own.*, links.provider, links.region, head.tells IS NOT NULL AS covered
        FROM own JOIN links USING (unit)
        LEFT JOIN (SELECT * FROM of_providers WHERE tells) AS head
               ON head.unit = links.provider AND head.indicator = own.indicator AND head.version = own.version
              AND head.period = own.period AND head.split = own.split
    ),
    pairs AS (
        SELECT * EXCLUDE (provider, region, covered), provider AS above, 1 AS covers FROM of_institutions
        UNION ALL BY NAME
        SELECT * EXCLUDE (provider, region, covered), unnest([region, '{country}']) AS above, 1 AS covers
        FROM of_institutions WHERE NOT covered
        UNION ALL BY NAME
        SELECT of_providers.*, unnest([parents.region, '{country}']) AS above
        FROM of_providers JOIN parents ON parents.provider = of_providers.unit
    ),
    sums AS (
        SELECT indicator, version, above AS unit, period, split, {many}, bool_or(approximate AND tells) AS approximate,
               sum(persons) FILTER (tells) AS persons, coalesce(sum(covers) FILTER (tells), 0) AS reporting,
               coalesce(sum(covers) FILTER (NOT tells AND mark = 'not_applicable'), 0) AS lapsed,
               bool_or(tells OR mark <> 'not_applicable') AS applicable
        FROM pairs GROUP BY ALL
    ),
    rolled AS (
        SELECT sums.* EXCLUDE (lapsed, applicable), {figure} AS figure,
               greatest(within.number - lapsed, reporting) AS expected,
               CASE WHEN {figure} IS NOT NULL THEN '' WHEN reporting > 0 OR NOT applicable THEN 'not_applicable'
                    ELSE 'missing' END AS mark
        FROM sums JOIN within USING (unit)
    ),
    shown AS (
        SELECT indicator, version, unit, period, split, n, d, {figure} AS figure, approximate AND tells AS approximate,
               persons,
               CASE WHEN {figure} IS NOT NULL THEN '' WHEN tells THEN 'not_applicable' WHEN mark <> '' THEN mark
                    ELSE 'missing' END AS mark,
               CAST(tells AS INTEGER) AS reporting, CAST(tells OR mark <> 'not_applicable' AS INTEGER) AS expected,
               tells
        FROM own
    ),
    heads AS (
        SELECT shown.* REPLACE (reporting * covers AS reporting, expected * covers AS expected)
        FROM shown JOIN covering USING (unit)
    )
    SELECT indicator, version, unit, period, split, n, d, figure, approximate, mark, persons, reporting, expected,
           true AS told, NULL AS below FROM shown SEMI JOIN links USING (unit)
    UNION ALL BY NAME
    SELECT indicator, version, unit, period, split, n, d, figure, approximate, mark, persons, reporting, expected,
           false AS told, NULL AS below
    FROM rolled ANTI JOIN (SELECT * FROM heads WHERE tells) USING (indicator, version, unit, period, split)
    UNION ALL BY NAME
    SELECT heads.indicator, heads.version, heads.unit, heads.period, heads.split, heads.n, heads.d, heads.figure,
           heads.approximate, heads.mark, heads.persons, heads.reporting, heads.expected, true AS told,
           CASE WHEN heads.tells THEN rolled.figure END AS below
    FROM heads LEFT JOIN rolled USING (indicator, version, unit, period, split)
    WHERE heads.tells OR rolled.unit IS NULL
) TO '{target}' (FORMAT parquet)
"""


def make(size: measured.Size, source: Path, target: Path, *, memory: str) -> None:
    """Write the figures of each rule into a Parquet file of its name."""
    with duckdb.connect(config={"memory_limit": memory, "preserve_insertion_order": False}) as con:
        con.execute("CREATE TABLE places (unit VARCHAR, parent VARCHAR, kind VARCHAR)")
        rows = [(place.unit, place.parent, place.kind) for place in measured.places(size)]
        con.executemany("INSERT INTO places VALUES (?, ?, ?)", rows)
        con.execute(
            "CREATE TABLE parents AS SELECT unit AS provider, parent AS region FROM places WHERE kind = 'provider'"
        )
        con.execute(
            "CREATE TABLE links AS SELECT unit, provider, region FROM places JOIN parents ON provider = parent "
            "WHERE kind = 'institution'"
        )
        con.execute("CREATE TABLE covering AS SELECT provider AS unit, count(*) AS covers FROM links GROUP BY 1")
        con.execute(
            "CREATE TABLE within AS SELECT unnest([provider, region, ?]) AS unit, count(*) AS number "
            "FROM links GROUP BY 1",
            [measured.COUNTRY],
        )
        listed = measured.definitions()
        for rollup, hand in RULES.items():
            con.execute(
                STATEMENT.format(
                    n=hand.n,
                    d=hand.d,
                    v=hand.v,
                    tells=hand.tells,
                    many=hand.many,
                    figure=hand.figure,
                    splits_add_up=hand.splits_add_up,
                    chosen=hand.tells == "v IS NOT NULL",
                    country=measured.COUNTRY,
                    path=source,
                    target=target / f"{rollup}.parquet",
                    indicators=", ".join(f"'{one.indicator}'" for one in listed if one.rollup is rollup),
                )
            )
