"""All checks on a real application of three areas with ten long texts, once and on a thousand; and more.

`python -m bench.funding` prints the table; --json the figures. The register beside it knows 2,000 grants of others and
300 organisations. With them go a ledger read (`bench.ledgers`) and imported (`bench.imported`), letters of decision
(`bench.letters`), the portfolio page (`bench.portfolio`) and the funder's pages of a large call (`bench.received`).
"""

from __future__ import annotations

import argparse
import copy
import json
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bench import imported, ledgers, letters, portfolio, received, report
from luotsi import funding
from luotsi.funding.rules.application import Application
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks import check
from luotsi.funding.rules.reading import loads, read_application, read_call, read_register
from luotsi.funding.rules.register import Register

DATA = Path(funding.__file__).with_name("data")
TODAY = date(2026, 11, 26)
MANY = 1_000
LETTERS = 500
GRANTS, ORGANISATIONS = 2_000, 300
GOALS = (
    ("check_ms", "all checks on one application", "ms", 50.0),
    ("check_cpu_ms", "the same, time of the processor", "ms", 50.0),
    ("read_ms", "reading that application from JSON", "ms", None),
    ("many_s", "applications read and checked, {many:,} of them", "s", 20.0),
    ("many_cpu_s", "the same, time of the processor", "s", 20.0),
    *ledgers.GOALS,
    *imported.GOALS,
    ("letters_s", "decision letters in Finnish and Swedish as PDF/UA-1, {letters:,} of them", "s", 60.0),
    ("letters_cpu_s", "the same, time of the processor", "s", 60.0),
    ("page_ms", "the portfolio page of {grants:,} grants", "ms", 100.0),
    ("page_cpu_ms", "the same, time of the processor", "ms", 100.0),
    ("found_ms", "the same page, searched", "ms", 100.0),
    ("found_cpu_ms", "that one, time of the processor", "ms", 100.0),
    ("file_ms", "all of it as CSV", "ms", None),
    *received.GOALS,
)


def packaged(kind: str) -> dict[str, Any]:
    """Return a file of the strategy funding as JSON."""
    found: dict[str, Any] = loads((DATA / f"strategy-2021.{kind}.json").read_bytes())
    return found


def the_call() -> Call:
    """Return the call, with a percentage, so that every rule has something to do."""
    share = {"percent": 10, "base": "total_cost", "per": "area"}
    found = read_call(packaged("call") | {"share": share, "cents": "whole_euros"}).found
    if found is None:
        raise AssertionError("The call cannot be read.")
    return found


def the_register() -> Register:
    """Return the register that comes with it, and what is known of others."""
    known = packaged("register")
    others = [
        {"id": f"other-{number}", "name": "Muu hanke", "funder": "Rahoittaja", "holder": f"Kunta {number}"}
        for number in range(GRANTS)
    ]
    named = [{"name": f"Esimerkkijärjestö {number}"} for number in range(ORGANISATIONS)]
    found = read_register(known | {"grants": [*known["grants"], *others], "organisations": named}).found
    if found is None:
        raise AssertionError("The register cannot be read.")
    return found


def variant(data: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Return an application like the packaged one, with sums and texts of its own."""
    copied = copy.deepcopy(dict(data))
    copied["id"] = f"application-{number}"
    for area in copied["areas"]:
        for row in (*area["costs"], *area["financing"]):
            row["amount"] = row["amount"] and row["amount"] + number * 10
    for text in copied["texts"]:
        text["text"] = f"{number} {text['text']}"[:2_490]
    return copied


def read(data: object) -> Application:
    """Return the application that JSON is."""
    found = read_application(data)
    if found.found is None:
        raise AssertionError(found.faults)
    return found.found


def one(call: Call, register: Register, repeat: int) -> dict[str, float]:
    """Return milliseconds of one application: the median of rounds, each on another one, so that nothing is kept."""
    listed = [variant(packaged("application"), number) for number in range(repeat)]
    clocks: dict[str, list[float]] = {"check_ms": [], "check_cpu_ms": [], "read_ms": []}
    for data in listed:
        wall = time.perf_counter()
        application = read(data)
        clocks["read_ms"].append((time.perf_counter() - wall) * 1000)
        wall, cpu = time.perf_counter(), time.process_time()
        check(application, call, register, TODAY)
        clocks["check_ms"].append((time.perf_counter() - wall) * 1000)
        clocks["check_cpu_ms"].append((time.process_time() - cpu) * 1000)
    return {name: statistics.median(told) for name, told in clocks.items()}


def measure(*, quick: bool = False) -> dict[str, Any]:
    """Measure all of it; `quick` = fewer of each. Return the figures."""
    return (
        checks(repeat=20 if quick else 100, many=100 if quick else MANY)
        | ledgers.measure(5_000 if quick else ledgers.ROWS)
        | imported.measure(5_000 if quick else ledgers.ROWS)
        | letters.measure(50 if quick else LETTERS)
        | portfolio.measure(repeat=10 if quick else 30)
        | received.measure(count=100 if quick else received.APPLICATIONS)
    )


def checks(*, repeat: int, many: int = MANY) -> dict[str, Any]:
    """Measure the checks; return the figures."""
    call, register = the_call(), the_register()
    findings = len(check(read(packaged("application")), call, register, TODAY))
    found: dict[str, Any] = {"findings": findings, "many": many} | one(call, register, repeat)
    texts = [json.dumps(variant(packaged("application"), number), default=str) for number in range(many)]
    wall, cpu = time.perf_counter(), time.process_time()
    for text in texts:
        check(read(loads(text)), call, register, TODAY)
    found |= {"many_s": time.perf_counter() - wall, "many_cpu_s": time.process_time() - cpu}
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in found.items()}


def lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the table, in Markdown."""
    beside = f"{GRANTS:,} grants and {ORGANISATIONS} organisations beside it"
    yield f"A grant application with {found['findings']} findings, {beside}"
    yield from ("", "| what | measured | goal | |", "|---|---:|---:|---|")
    for key, words, unit, goal in GOALS:
        if key in found:
            wanted = f"≤ {goal:g} {unit}" if goal is not None else ""
            value = f"{float(f'{found[key]:.3g}'):g} {unit}"
            yield f"| {words.format(**found)} | {value} | {wanted} | {report.verdict(found[key], goal)} |"


def main(arguments: Sequence[str]) -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="bench.funding", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer of each: for a first look.")
    parser.add_argument("--json", action="store_true", help="Print JSON instead of a table.")
    chosen = parser.parse_args(arguments)
    found = measure(quick=chosen.quick)
    print(json.dumps(found, indent=2) if chosen.json else "\n".join(lines(found)))


if __name__ == "__main__":
    main(sys.argv[1:])
