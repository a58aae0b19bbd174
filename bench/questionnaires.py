"""A form of 24 questions with every rule, evaluated here and, on the same definition and answers, by survey-core.

`python -m bench.questionnaires` prints the table; --json the figures. Five areas of which the answers open three,
seven tables of money with totals, conditions, duties, limits, validators over several questions.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bench import report
from luotsi.questionnaires.rules import evaluation
from luotsi.questionnaires.rules.definition import Definition, read

SCRIPT = Path(__file__).with_name("questionnaires.mjs")
AREAS = ("quality", "environments", "skills", "guidance", "data")
CHOSEN = ("quality", "environments", "data")
TODAY = date(2026, 11, 25)
GOAL = 5.0
GOALS = (
    ("evaluate_ms", "evaluating all answers, the definition read", "ms", GOAL),
    ("evaluate_cpu_ms", "the same, time of the processor", "ms", GOAL),
    ("read_ms", "reading the definition, expressions known", "ms", None),
    ("oracle_ms", "survey-core in Node: answers set and checked, the model kept", "ms", None),
    ("oracle_new_ms", "survey-core in Node: a model made for the answers", "ms", None),
    ("ratio", "survey-core with the model kept, times ours", "", None),
)


def money(name: str, condition: str, rows: Sequence[str]) -> dict[str, Any]:
    """Return a table of euros with a total."""
    column = {"name": "eur", "cellType": "text", "inputType": "number", "min": 0, "totalType": "sum"}
    return {"type": "matrixdropdown", "name": name, "rows": list(rows), "columns": [column], "visibleIf": condition}


def area(name: str) -> list[dict[str, Any]]:
    """Return the questions of one area: what is done, when, and in two areas in three what it costs."""
    when = f"{{areas}} contains '{name}'"
    found: list[dict[str, Any]] = [
        {"type": "comment", "name": f"{name}_what", "maxLength": 2_500, "visibleIf": when, "requiredIf": when},
        {"type": "text", "name": f"{name}_from", "inputType": "date", "min": "2026-01-01", "visibleIf": when},
        {
            "type": "text",
            "name": f"{name}_to",
            "inputType": "date",
            "visibleIf": when,
            "validators": [{"type": "expression", "expression": f"{{{name}_to}} >= {{{name}_from}}"}],
        },
    ]
    if name in AREAS[:3]:
        costs, funds = money(f"{name}_costs", when, ["staff", "services", "rooms", "travel"]), f"{name}_funds"
        balance = f"{{{name}_costs-total.eur}} = {{{name}_funds-total.eur}}"
        own = {"validators": [{"type": "expression", "expression": balance}]}
        found += [costs, money(funds, when, ["grant", "own", "others"]) | own]
    return found


def definition() -> dict[str, Any]:
    """Return the form: 24 questions on three pages, and four named values."""
    first = [
        {"type": "text", "name": "applicant", "isRequired": True, "maxLength": 200},
        {"type": "checkbox", "name": "areas", "choices": list(AREAS), "isRequired": True},
    ]
    parts = [question for name in AREAS for question in area(name)]
    last = money("summary", "{areas} notempty", AREAS)
    pages = [{"name": "who", "elements": first}, {"name": "areas", "elements": parts}]
    sums = {name: f"{{{name}_costs-total.eur}}" for name in AREAS[:3]}
    calculated = [
        {"name": "costs", "expression": " + ".join(sums.values())},
        {"name": "grants", "expression": " + ".join(f"{{{name}_funds.grant.eur}}" for name in sums)},
        {"name": "share", "expression": "round({grants} / {costs} * 100, 2)"},
        {"name": "days", "expression": "dateDiff({quality_from}, {quality_to})"},
    ]
    return {"pages": [*pages, {"name": "end", "elements": [last]}], "calculatedValues": calculated}


def answers() -> dict[str, Any]:
    """Return answers that open three areas."""
    found: dict[str, Any] = {"applicant": "Esimerkkilän koulutusyhtymä", "areas": list(CHOSEN)}
    for name in CHOSEN:
        found |= {f"{name}_what": "Words to read. " * 160, f"{name}_from": "2026-06-01", f"{name}_to": "2027-12-31"}
        if name in AREAS[:3]:
            found[f"{name}_costs"] = {"staff": {"eur": 12_000.5}, "services": {"eur": 800}, "travel": {"eur": 0.1}}
            found[f"{name}_funds"] = {"grant": {"eur": 11_520.54}, "own": {"eur": 1_280.06}}
    return found | {"summary": {name: {"eur": 12_800.6} for name in CHOSEN}}


def made() -> Definition:
    """Return the form, read."""
    found = read(definition())
    if found.definition is None or not found.ok:
        raise AssertionError(found.faults)
    return found.definition


def ours(repeat: int) -> dict[str, float]:
    """Return milliseconds of the evaluator: the median of rounds."""
    form, given = made(), answers()
    evaluation.evaluate(form, given, today=TODAY)
    clocks: dict[str, list[float]] = {"evaluate_ms": [], "evaluate_cpu_ms": [], "read_ms": []}
    for _round in range(repeat):
        wall, cpu = time.perf_counter(), time.process_time()
        evaluation.evaluate(form, given, today=TODAY)
        clocks["evaluate_ms"].append((time.perf_counter() - wall) * 1000)
        clocks["evaluate_cpu_ms"].append((time.process_time() - cpu) * 1000)
        wall = time.perf_counter()
        read(definition())
        clocks["read_ms"].append((time.perf_counter() - wall) * 1000)
    return {name: statistics.median(told) for name, told in clocks.items()}


def theirs(repeat: int) -> dict[str, float]:
    """Return milliseconds of survey-core, and how many questions it had on view; nothing where Node is missing."""
    node = shutil.which("node")
    if not node:
        return {}
    told = json.dumps({"definition": definition(), "answers": answers(), "repeat": repeat})
    done = subprocess.run([node, str(SCRIPT)], input=told, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure(*, repeat: int) -> dict[str, Any]:
    """Measure both; return the figures."""
    outcome = evaluation.evaluate(made(), answers(), today=TODAY)
    found: dict[str, Any] = {"questions": len(list(made().questions)), "visible": len(outcome.visible)}
    found |= ours(repeat) | theirs(repeat)
    if "oracle_ms" in found:
        found["ratio"] = found["oracle_ms"] / found["evaluate_ms"]
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in found.items()}


def lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the table, in Markdown."""
    yield f"A form of {found['questions']} questions, {found['visible']} fields on view"
    yield from ("", "| what | measured | goal | |", "|---|---:|---:|---|")
    for key, words, unit, goal in GOALS:
        if key in found:
            wanted = f"≤ {goal:g} {unit}" if goal is not None else ""
            value = f"{float(f'{found[key]:.3g}'):g} {unit}".strip()
            yield f"| {words} | {value} | {wanted} | {report.verdict(found[key], goal)} |"


def main(arguments: Sequence[str]) -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="bench.questionnaires", description=__doc__)
    parser.add_argument("--repeat", type=int, default=100, help="How often each is evaluated: the median.")
    parser.add_argument("--json", action="store_true", help="Print JSON instead of a table.")
    chosen = parser.parse_args(arguments)
    found = measure(repeat=chosen.repeat)
    print(json.dumps(found, indent=2) if chosen.json else "\n".join(lines(found)))


if __name__ == "__main__":
    main(sys.argv[1:])
