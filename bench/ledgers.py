"""A ledger export of 100,000 rows read with every fault, and the same file read by DuckDB, which tells none.

DuckDB is told the separator, the decimal comma and the day's format, and gives columns of types; a row that it cannot
read it leaves out without a word (`ignore_errors`). Luotsi finds all that by itself, gives each fault with its row,
corrections with what they take back, fingerprints and the verdict of the funder's rules.
"""

from __future__ import annotations

import csv
import io
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from luotsi.funding.rules.ledger_reading import Settings, fingerprints, read_rows
from luotsi.funding.rules.spending import CostRules, judged

ROWS = 100_000
FIRST = date(2025, 1, 1)
HEADER = "Tosite;Pvm;Tili;Summa;Selite;Kustannuspaikka;Projekti;Henkilö"
BAD_EVERY = 1_000
GOALS = (
    ("ledger_s", "a ledger of {ledger_rows:,} rows read and judged, {ledger_faults:,} faults told", "s", 10.0),
    ("ledger_cpu_s", "the same, time of the processor", "s", 10.0),
    ("duckdb_s", "DuckDB reads the same file into types, {duckdb_lost:,} rows left out untold", "s", None),
)


def ledger(rows: int) -> str:
    """Return a ledger as a Finnish export has it; each thousandth row has no day."""
    lines = [HEADER]
    for number in range(rows):
        day = FIRST + timedelta(days=number % 365)
        told = "puuttuu" if number % BAD_EVERY == 7 else f"{day.day}.{day.month}.{day.year}"
        amount = f"{number % 9_000},{number % 100:02d}"
        lines.append(f"{number // 3};{told};{4001 + number % 50};{amount};Selite {number % 500};4100;P1;{number % 40}")
    return "\n".join(lines)


def ours(text: str) -> tuple[int, int]:
    """Read and judge; return how many rows became entries and how many faults were told."""
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    found = read_rows(header, rows, Settings(classes={"40": "staff"}))
    fingerprints(found.entries)
    judged(found.entries, CostRules(period_start=FIRST, period_end=date(2025, 12, 31), classes=frozenset({"staff"})))
    return len(found.entries), sum(found.by_code.values())


def theirs(text: str) -> int:
    """Read with DuckDB; return how many rows it has."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as base:
        path = Path(folder) / "ledger.csv"
        path.write_text(text, encoding="utf-8")
        types = {"Tosite": "VARCHAR", "Pvm": "DATE", "Tili": "VARCHAR", "Summa": "DECIMAL(14,2)"}
        base.execute(
            "CREATE TABLE ledger AS SELECT * FROM read_csv($path, delim=';', header=true, decimal_separator=',',"
            " dateformat='%d.%m.%Y', types=$types, ignore_errors=true)",
            {"path": str(path), "types": types},
        )
        counted = base.execute("SELECT count(*) FROM ledger").fetchone()
    return int(counted[0]) if counted else 0


def measure(rows: int = ROWS) -> dict[str, float | int]:
    """Measure both on the same file; return the figures."""
    text = ledger(rows)
    wall, cpu = time.perf_counter(), time.process_time()
    entries, faults = ours(text)
    found: dict[str, float | int] = {
        "ledger_s": time.perf_counter() - wall,
        "ledger_cpu_s": time.process_time() - cpu,
        "ledger_rows": rows,
        "ledger_entries": entries,
        "ledger_faults": faults,
    }
    wall = time.perf_counter()
    kept = theirs(text)
    return found | {"duckdb_s": time.perf_counter() - wall, "duckdb_lost": rows - kept}
