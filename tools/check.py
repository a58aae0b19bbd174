"""Runs every gate but the tests, two at a time; one line for each that holds, the whole output of each that does not.

Usage: python -m tools.check [GATE …]; without names, all of them.
"""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = (sys.executable, "-m")
BIN = Path(sys.executable).parent
OURS = [name for name in ("luotsi", "tools", "bench", "conftest.py", "manage.py") if (ROOT / name).exists()]
DEMO = {"LUOTSI_DEMO": "1"}
ALL_DATA = "TESTS_OF_LUOTSI"  # where tools.settings_for_tests makes its folder; mypy reads those settings
PRODUCTION = {
    "LUOTSI_DEMO": "",
    "LUOTSI_DEBUG": "",
    "LUOTSI_SITE_URL": "https://luotsi.example",
    "LUOTSI_HOSTS": "luotsi.example",
    "LUOTSI_MAIL_HOST": "mail.luotsi.example",
    "LUOTSI_MAIL_FROM": "Luotsi <luotsi@luotsi.example>",
}


@dataclass(frozen=True)
class Gate:
    """One proof: its name, the command, what it proves when it exits with 0, and settings of its own."""

    name: str
    command: Sequence[str | Path]
    proves: str
    settings: dict[str, str] = field(default_factory=lambda: DEMO)


def templates() -> list[Path]:
    """Return the HTML templates of all rooms."""
    return sorted((ROOT / "luotsi").glob("**/templates/**/*.html"))


def gates() -> list[Gate]:
    """Return all gates, the slowest first."""
    luotsi = [sys.executable, "manage.py"]
    return [
        Gate("types", [*PYTHON, "mypy", *OURS], "mypy strict"),
        Gate("lint", [*PYTHON, "ruff", "check", "--quiet", "."], "ruff's rules"),
        Gate("format", [*PYTHON, "ruff", "format", "--check", "--quiet", "."], "ruff's form"),
        Gate("contracts", [BIN / "lint-imports", "--no-logo"], "floors, rooms, pure rules, no cycles"),
        Gate("house", [*PYTHON, "tools.house_rules"], "house rules"),
        Gate("templates", [BIN / "djade", "--check", "--target-version", "6.1", *templates()], "djade's form"),
        Gate("migrations", [*luotsi, "makemigrations", "--check", "--dry-run"], "no model without its migration"),
        Gate("settings", [*luotsi, "check", "--fail-level", "WARNING"], "system checks with the demo's settings"),
        Gate(
            "deploy",
            [*luotsi, "check", "--deploy", "--fail-level", "WARNING"],
            "system checks with production settings",
            PRODUCTION,
        ),
        Gate("wheel", [*PYTHON, "tools.wheel"], "the wheel carries pages and catalogues"),
    ]


@dataclass(frozen=True)
class Outcome:
    """How a gate ended."""

    gate: Gate
    held: bool
    seconds: float
    said: str


def run(gate: Gate) -> Outcome:
    """Run one gate with a data folder of its own and none of the caller's settings."""
    began = time.monotonic()
    env = {name: value for name, value in os.environ.items() if not name.startswith("LUOTSI_")}
    env |= {"LUOTSI_SECRET_KEY": secrets.token_urlsafe(50), "DATABASE_URL": ""} | gate.settings
    with tempfile.TemporaryDirectory(prefix="luotsi-check-") as data:
        (Path(data) / "static").mkdir()
        env |= {"LUOTSI_DATA": data, ALL_DATA: data}
        done = subprocess.run(gate.command, cwd=ROOT, env=env, check=False, capture_output=True, text=True)
    return Outcome(gate, done.returncode == 0, time.monotonic() - began, f"{done.stdout}{done.stderr}".strip())


def main(names: Sequence[str]) -> int:
    """Run the named gates, or all; return 1 when any does not hold."""
    known = gates()
    if unknown := set(names) - {gate.name for gate in known}:
        print(f"No such gate: {', '.join(sorted(unknown))}. There are {', '.join(gate.name for gate in known)}.")
        return 2
    fallen = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for future in as_completed([pool.submit(run, gate) for gate in known if not names or gate.name in names]):
            outcome = future.result()
            verdict = "ok  " if outcome.held else "FAIL"
            print(f"{verdict} {outcome.gate.name:<11}{outcome.gate.proves} ({outcome.seconds:.1f} s)", flush=True)
            if not outcome.held:
                fallen.append(outcome.gate.name)
                print(outcome.said, flush=True)
    if fallen:
        print(f"{len(fallen)} of {len(names) or len(known)} gates fell: {', '.join(sorted(fallen))}")
    return bool(fallen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
