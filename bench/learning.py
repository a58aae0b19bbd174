"""Studies: files checked, learners taken in, weeks scored, a model learnt, and the pages of learner and counsellor.

`python -m bench.learning` prints the table; --json the figures, --quick measures with a tenth of each.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench import guidance, report, study_files, study_import, study_pages, study_week

GOALS = (*study_files.GOALS, *study_import.GOALS, *guidance.GOALS, *study_week.GOALS, *study_pages.GOALS)


def measure(*, quick: bool) -> dict[str, Any]:
    """Return the figures of all parts."""
    share = 10 if quick else 1
    return {
        **study_files.measure(study_files.LEARNERS // share),
        **study_import.measure(study_import.LEARNERS // share),
        **guidance.measure(guidance.LEARNERS // share, guidance.CLOSED),
        **study_week.measure(study_week.LEARNERS // share),
        **study_pages.measure(learners=study_pages.LEARNERS // share),
    }


def lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the table, in Markdown."""
    yield from ("Studies", "", "| what | measured | goal | |", "|---|---:|---:|---|")
    for key, words, unit, goal in GOALS:
        wanted = f"≤ {goal:g} {unit}" if goal is not None else ""
        value = f"{float(f'{found[key]:.3g}'):g} {unit}"
        yield f"| {words.format(**found)} | {value} | {wanted} | {report.verdict(found[key], goal)} |"


def main(arguments: Sequence[str]) -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="bench.learning", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer of each: for a first look.")
    parser.add_argument("--json", action="store_true", help="Print JSON instead of a table.")
    chosen = parser.parse_args(arguments)
    found = measure(quick=chosen.quick)
    print(json.dumps(found, indent=2) if chosen.json else "\n".join(lines(found)))


if __name__ == "__main__":
    main(sys.argv[1:])
