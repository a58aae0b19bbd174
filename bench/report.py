"""The table of a run: every figure with its goal beside it, and the same as JSON for comparison."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

# Goals of whole processes: figure, words, unit, goal (None = told for comparison).
GOALS = (
    ("cold_start_s", "`make run` from a clone to the sign-in page", "s", None),
    ("warm_start_s", "`make run` again to the sign-in page", "s", 5.0),
    ("memory_rss_mb", "memory of web and worker after 200 pages, RSS", "MB", 350.0),
    ("memory_pss_mb", "the same, shared pages counted once (PSS)", "MB", 350.0),
    ("python_start_s", "a Python that does nothing", "s", None),
    ("import_luotsi_s", "`import luotsi`", "s", 1.0),
    ("django_setup_s", "`django.setup()` with all of Luotsi", "s", 1.0),
)
PAGE_MS, PAGE_QUERIES = 50, 12


def machine() -> dict[str, str]:
    """Return what was measured on."""
    told = Path("/proc/meminfo")
    memory = int(told.read_text().split()[1]) // 1024**2 + 1 if told.exists() else 0
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        system = platform.platform(terse=True)
    return {
        "cores": str(os.cpu_count()),
        "memory": f"{memory} GiB",
        "system": system,
        "python": platform.python_version(),
        "load": f"{os.getloadavg()[0]:.1f} at the start",
    }


def verdict(value: float, goal: float | None) -> str:
    """Return whether a figure meets its goal."""
    if goal is None:
        return ""
    return "met" if value <= goal else "missed"


def lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the tables, in Markdown."""
    yield ", ".join(f"{name} {value}" for name, value in found["machine"].items())
    yield from ("", "| what | measured | goal | |", "|---|---:|---:|---|")
    for key, words, unit, goal in GOALS:
        if key in found:
            wanted = f"≤ {goal:g} {unit}" if goal is not None else ""
            yield f"| {words} | {found[key]:g} {unit} | {wanted} | {verdict(found[key], goal)} |"
    for engine, pages in found.get("pages", {}).items():
        yield from ("", f"{engine}, {found['size']}", "")
        yield f"| who | page | median ms (≤ {PAGE_MS}) | p95 ms | cpu ms | queries (≤ {PAGE_QUERIES}) | kB | |"
        yield "|---|---|---:|---:|---:|---:|---:|---|"
        yield from (page_line(page) for page in pages)


def page_line(page: Mapping[str, Any]) -> str:
    """Return the line of one page."""
    missed = [
        word
        for word, value, goal in (
            ("time", page["median_ms"], PAGE_MS),
            ("queries", page["queries"], PAGE_QUERIES),
        )
        if value > goal
    ]
    told = f"missed: {', '.join(missed)}" if missed else "met"
    cells = [page[key] for key in ("who", "name", "median_ms", "p95_ms", "cpu_ms", "queries", "kilobytes")]
    return f"| {' | '.join(str(cell) for cell in cells)} | {told} |"
