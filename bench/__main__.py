"""`python -m bench`: runs every measure, prints the tables and writes the figures to a JSON file.

--quick leaves out the start from a clone and PostgreSQL, and measures with a tenth of the city and the country.
"""

from __future__ import annotations

import argparse
import json
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import funding, indicators, learning, processes, questionnaires, report, surveys
from tools import with_postgres


def said(message: str) -> None:
    """Tell on standard error what is being measured; standard output holds the tables only."""
    print(message, file=sys.stderr, flush=True)


def asked(env: Mapping[str, str], *arguments: str) -> Any:
    """Run `bench.pages` in a process of its own and return the JSON it prints."""
    command = [sys.executable, "-m", "bench.pages", *arguments]
    done = subprocess.run(command, cwd=processes.ROOT, env=env, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command[1:])} failed.")
    return json.loads(done.stdout)


def with_city(data: Path, url: str, *, quick: bool, repeat: int) -> dict[str, Any]:
    """Load the city into the database at `url` and measure every page; on SQLite also the memory."""
    env = processes.clean(
        {
            "LUOTSI_DATA": str(data),
            "LUOTSI_SECRET_KEY": secrets.token_urlsafe(50),
            "DJANGO_SETTINGS_MODULE": "luotsi.config.settings",
            "DATABASE_URL": url,
        }
    )
    loaded = asked(env, "load", *(["--small"] if quick else []))
    size = loaded["size"]
    words = (
        f"{size['units']:,} institutions, {size['staff']:,} staff, {size['pupils']:,} pupils, {size['log']:,} log rows"
    )
    found = {"size": words, "pages": asked(env, "measure", "--repeat", str(repeat))}
    if not url:
        found |= processes.memory(data, env, loaded["paths"], loaded["cookie"])
    return found


def pages(*, quick: bool) -> dict[str, Any]:
    """Measure the pages on SQLite, and on a throw-away PostgreSQL where there is one."""
    repeat = 10 if quick else 30
    said("Pages and memory on SQLite …")
    with tempfile.TemporaryDirectory(prefix="luotsi-bench-") as data:
        found = with_city(Path(data), "", quick=quick, repeat=repeat)
    listed = {"SQLite": found.pop("pages")}
    bin_folder = with_postgres.programs()
    if bin_folder and not quick:
        said("Pages on PostgreSQL …")
        with tempfile.TemporaryDirectory(prefix="luotsi-bench-") as data, with_postgres.cluster(bin_folder) as url:
            listed["PostgreSQL"] = with_city(Path(data), url, quick=quick, repeat=repeat)["pages"]
    return found | {"pages": listed}


def main(arguments: Sequence[str]) -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="A smaller city, no clone, no PostgreSQL.")
    parser.add_argument("--json", type=Path, default=processes.ROOT / "var" / "bench.json", metavar="FILE")
    chosen = parser.parse_args(arguments)
    found: dict[str, Any] = {"machine": report.machine()}
    said("Imports …")
    found |= processes.imports(repeat=3 if chosen.quick else 7)
    said("Starts …")
    found |= processes.starts(cold=not chosen.quick, repeat=1 if chosen.quick else 3)
    found |= pages(quick=chosen.quick)
    said("Indicators …")
    found["indicators"] = indicators.measure(quick=chosen.quick, repeat=1 if chosen.quick else 3)
    said("Questionnaires …")
    found["questionnaires"] = questionnaires.measure(repeat=20 if chosen.quick else 100)
    said("Surveys …")
    found["surveys"] = surveys.measure(quick=chosen.quick)
    said("Funding …")
    found["funding"] = funding.measure(quick=chosen.quick)
    said("Learning …")
    found["learning"] = learning.measure(quick=chosen.quick)
    tables = [
        report.lines(found),
        indicators.lines(found["indicators"]),
        questionnaires.lines(found["questionnaires"]),
        surveys.lines(found["surveys"]),
        funding.lines(found["funding"]),
        learning.lines(found["learning"]),
    ]
    print("\n\n".join("\n".join(table) for table in tables))
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    said(f"Written to {chosen.json}")


if __name__ == "__main__":
    main(sys.argv[1:])
