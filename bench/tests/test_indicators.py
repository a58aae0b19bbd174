"""The made-up country is always the same, and all ways to its figures lead to the same figures."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from bench import by_hand, measured, one_by_one
from bench.indicators import compared, lines
from luotsi.indicators import engine
from luotsi.indicators.rules.values import Rollup

TINY = measured.Size(regions=2, providers=21, institutions=60, periods=1, splits=4)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with measurements of a tiny country and its figures by the engine and by hand."""
    place = tmp_path_factory.mktemp("country")
    measured.measure(TINY, place / "measured.parquet")
    for name in ("engine", "hand"):
        (place / name).mkdir()
    with engine.connect(threads=1) as con:
        told = con.read_parquet(str(place / "measured.parquet"))
        engine.store(con, measured.tree(TINY), measured.definitions(), told, place / "engine", unique=True)
    by_hand.make(TINY, place / "measured.parquet", place / "hand", memory="1GB")
    return place


class TestTheCountry:
    def test_it_has_indicators_of_every_rule(self) -> None:
        assert len(measured.definitions()) == 60
        assert {one.rollup for one in measured.definitions()} == set(Rollup)

    def test_the_same_seed_makes_the_same_figures(self, tmp_path: Path) -> None:
        sizes = [measured.measure(TINY, tmp_path / f"{run}.parquet", seed=run // 2) for run in range(3)]
        files = [(tmp_path / f"{run}.parquet").read_bytes() for run in range(3)]
        assert sizes[0] == sizes[1]
        assert files[0] == files[1] != files[2]


class TestTheWaysToAFigure:
    def test_the_engine_and_sql_by_hand_make_the_same_cells(self, folder: Path) -> None:
        assert compared(folder) > 60 * TINY.institutions

    def test_a_difference_is_told(self, folder: Path, tmp_path: Path) -> None:
        import duckdb

        (tmp_path / "engine").symlink_to(folder / "engine")
        (tmp_path / "hand").mkdir()
        with duckdb.connect() as con:
            con.execute(
                f"COPY (SELECT * REPLACE (n + 1 AS n) FROM '{folder}/hand/sum.parquet') "  # noqa: S608
                f"TO '{tmp_path}/hand/sum.parquet'"
            )
        with pytest.raises(SystemExit, match="differ"):
            compared(tmp_path)

    def test_one_question_for_each_cell_answers_the_same(self, folder: Path) -> None:
        _seconds, asked = one_by_one.measure(TINY, folder / "measured.parquet", folder / "engine")
        assert asked == 2 * 2 * len(measured.tree(TINY).stays)


class TestTheTable:
    def test_a_figure_stands_beside_its_goal(self) -> None:
        figures = dict.fromkeys(
            ("engine_s", "engine_cpu_s", "engine_gb", "hand_s", "hand_cpu_s", "hand_gb", "ratio", "cpu_ratio"), 1.25
        )
        figures |= dict.fromkeys(
            ("orm_hours", "orm_ratio", "orm_ms", "first_branch_s", "branch_s", "worst_branch_s"), 1.5
        )
        counts = {"measurements": 1, "megabytes": 1, "cells": 1, "orm_sample": 1}
        told = list(lines({"size": asdict(TINY), **counts, **figures}))
        assert "| all figures by the engine | 1.25 s | ≤ 60 s | met |" in told
        assert "| a new measurement at all levels, median | 1.5 s | ≤ 1 s | missed |" in told
