"""Measures the indicator engine on a whole country: alone by `python -m bench.indicators`, or with all of `bench`.

In one run: all figures by the engine; the same by SQL written by hand, compared cell by cell; the same in the manner
of an ORM, one question for each cell, on a sample; and how long one new measurement takes to be seen at all levels.
Each of the first two runs in a process of its own, so that its memory can be told.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import by_hand, measured, one_by_one, processes, report
from luotsi.indicators import engine

MEMORY = "2500MB"  # what DuckDB may hold; the process holds more
GOALS = (
    ("engine_s", "all figures by the engine", "s", 60.0),
    ("engine_cpu_s", "time of processors for that", "s", None),
    ("engine_gb", "memory of it at its highest, RSS", "GB", 4.0),
    ("hand_s", "the same by SQL written by hand", "s", None),
    ("hand_cpu_s", "time of processors for that", "s", None),
    ("hand_gb", "memory of it at its highest, RSS", "GB", None),
    ("ratio", "engine by hand", "×", 1.3),
    ("cpu_ratio", "engine by hand, time of processors", "×", 1.3),
    ("orm_hours", "one question for each cell in SQLite, extrapolated from the sample", "h", None),
    ("orm_ratio", "that by the engine", "×", None),
    ("first_branch_s", "a new measurement at all levels, the first of its kind", "s", 1.0),
    ("branch_s", "a new measurement at all levels, median", "s", 1.0),
    ("worst_branch_s", "a new measurement at all levels, the slowest", "s", 1.0),
)


def size_of(*, quick: bool) -> measured.Size:
    """Return how large a country is measured."""
    return measured.SMALL if quick else measured.Size()


def by_engine(folder: Path, *, quick: bool) -> dict[str, float]:
    """Make all figures with the engine; return seconds and gigabytes."""
    began = time.perf_counter()
    with engine.connect(memory=MEMORY) as con:
        told = con.read_parquet(str(folder / "measured.parquet"))
        target = folder / "engine"
        target.mkdir(exist_ok=True)
        engine.store(con, measured.tree(size_of(quick=quick)), measured.definitions(), told, target, unique=True)
    return {"engine_s": time.perf_counter() - began, "engine_cpu_s": time.process_time(), "engine_gb": highest()}


def by_the_hand(folder: Path, *, quick: bool) -> dict[str, float]:
    """Make all figures by hand-written SQL; return seconds and gigabytes."""
    began = time.perf_counter()
    target = folder / "hand"
    target.mkdir(exist_ok=True)
    by_hand.make(size_of(quick=quick), folder / "measured.parquet", target, memory=MEMORY)
    return {"hand_s": time.perf_counter() - began, "hand_cpu_s": time.process_time(), "hand_gb": highest()}


def highest() -> float:
    """Return the most memory that this process has held, in GB; 0 where the system does not tell."""
    return processes.megabytes(os.getpid(), "status", "VmHWM") * 1024**2 / 1e9


PARTS = {"engine": by_engine, "hand": by_the_hand}


def alone(part: str, folder: Path, *, quick: bool) -> dict[str, float]:
    """Run one part in a process of its own and return what it measured."""
    command = [sys.executable, "-m", "bench.indicators", "--part", part, "--folder", str(folder)]
    done = subprocess.run(
        [*command, *(["--quick"] if quick else [])],
        cwd=processes.ROOT,
        env=processes.clean({}),
        check=False,
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command[1:])} failed.")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def branches(folder: Path, size: measured.Size) -> dict[str, float]:
    """Tell one new figure after another; return how long each took to be seen in its unit and all above it."""
    tree, definitions = measured.tree(size), measured.definitions()
    period = f"2026-{size.periods:02}"
    taken = []
    with engine.connect(memory=MEMORY) as con:
        for number, definition in enumerate(definitions):
            unit = measured.key("c", number % size.institutions)
            told = con.read_parquet(str(folder / "measured.parquet"))
            began = time.perf_counter()
            new = measured.new(definition, unit, period)
            table = told.union(con.table(new.select(told.columns), "new"))
            seen = engine.cells(engine.recompute_branch(con, tree, definition, table, unit=unit, period=period))
            taken.append(time.perf_counter() - began)
            latest = [cell for cell in seen if cell.unit == unit and not cell.split]
            if {cell.unit for cell in seen} != set(tree.above(unit)) or latest[0].value is None or latest[0].mark:
                sys.exit(f"The new figure of {definition.indicator} was not seen everywhere.")
    return {
        "first_branch_s": max(taken[:1]),
        "branch_s": statistics.median(taken),
        "worst_branch_s": max(taken),
    }


DIFFERENT = """
SELECT count(*) FROM (SELECT indicator, unit, period, split, CAST(numerator AS DECIMAL(38, 8)) AS n,
    CAST(denominator AS DECIMAL(38, 8)) AS d, "value", approximate, mark, persons, reporting, expected, told,
    below_value
    FROM '{engine}/*.parquet') AS one
FULL JOIN '{hand}/*.parquet' AS other USING (indicator, unit, period, split)
WHERE one.told IS NULL OR other.told IS NULL OR one.n IS DISTINCT FROM CAST(other.n AS DECIMAL(38, 8))
   OR one.d IS DISTINCT FROM CAST(other.d AS DECIMAL(38, 8)) OR one.approximate <> other.approximate
   OR one.mark <> other.mark OR one.persons IS DISTINCT FROM other.persons OR one.reporting <> other.reporting
   OR one.expected <> other.expected OR one.told <> other.told
   OR (one."value" IS NULL) <> (other.figure IS NULL) OR abs(one."value" - other.figure) > 0.000001
   OR (one.below_value IS NULL) <> (other.below IS NULL) OR abs(one.below_value - other.below) > 0.000001
"""


def compared(folder: Path) -> int:
    """Return how many cells there are; all are equal in both ways, to the last decimal that a float can tell.

    Raises:
        SystemExit: some differ.
    """
    import duckdb

    with duckdb.connect(config={"memory_limit": "6GB", "temp_directory": str(folder / "spill")}) as con:
        text = DIFFERENT.format(engine=folder / "engine", hand=folder / "hand")
        (differing,) = con.execute(text).fetchone() or (0,)
        (cells,) = con.execute(f"SELECT count(*) FROM '{folder}/engine/*.parquet'").fetchone() or (0,)  # noqa: S608
    if differing or not cells:
        sys.exit(f"{differing} of {cells} cells differ between the engine and the SQL by hand.")
    return int(cells)


def measure(*, quick: bool, repeat: int) -> dict[str, Any]:
    """Measure everything; return the figures."""
    size = size_of(quick=quick)
    with tempfile.TemporaryDirectory(prefix="luotsi-bench-") as place:
        folder = Path(place)
        found: dict[str, Any] = {"size": asdict(size), **measured.measure(size, folder / "measured.parquet")}
        runs = [alone("engine", folder, quick=quick) | alone("hand", folder, quick=quick) for _ in range(repeat)]
        for name in ("engine_s", "engine_cpu_s", "hand_s", "hand_cpu_s"):
            found[name] = statistics.median(run[name] for run in runs)
        for name in ("engine_gb", "hand_gb"):
            found[name] = max(run[name] for run in runs)
        found["ratio"] = found["engine_s"] / found["hand_s"]
        found["cpu_ratio"] = found["engine_cpu_s"] / found["hand_cpu_s"]
        found["cells"] = compared(folder)
        seconds, asked = one_by_one.measure(size, folder / "measured.parquet", folder / "engine")
        found |= {"orm_sample": asked, "orm_ms": seconds * 1000, "orm_hours": seconds * found["cells"] / 3600}
        found["orm_ratio"] = found["orm_hours"] * 3600 / found["engine_s"]
        found |= branches(folder, size)
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in found.items()}


def lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the table, in Markdown."""
    size = found["size"]
    yield (
        f"{size['providers']:,} providers, {size['institutions']:,} institutions, 60 indicators, "
        f"{size['periods']} periods, {size['splits']} splits: {found['measurements']:,} measurements "
        f"({found['megabytes']} MB of Parquet) make "
        f"{found['cells']:,} cells; the sample has {found['orm_sample']:,}, {found['orm_ms']:.2f} ms each"
    )
    yield from ("", "| what | measured | goal | |", "|---|---:|---:|---|")
    for key, words, unit, goal in GOALS:
        value = float(f"{found[key]:.3g}")
        wanted = f"≤ {goal:g} {unit}" if goal is not None else ""
        yield f"| {words} | {value:g} {unit} | {wanted} | {report.verdict(found[key], goal)} |"


def main(arguments: Sequence[str]) -> None:
    """Measure, print; or run one part and print it as JSON."""
    parser = argparse.ArgumentParser(prog="bench.indicators", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="A tenth of the country.")
    parser.add_argument(
        "--repeat", type=int, default=3, help="How often engine and hand make all figures: the median."
    )
    parser.add_argument("--json", action="store_true", help="Print JSON instead of a table.")
    parser.add_argument("--part", choices=sorted(PARTS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.part:
        print(json.dumps(PARTS[chosen.part](chosen.folder, quick=chosen.quick)))
        return
    found = measure(quick=chosen.quick, repeat=chosen.repeat)
    print(json.dumps(found, indent=2) if chosen.json else "\n".join(lines(found)))


if __name__ == "__main__":
    main(sys.argv[1:])
