"""Measures how long a report takes: written, hashed, proved, and set as PDF/UA-1 and as a workbook.

Usage: python -m bench.reports [--repeat N]; prints JSON. The report is the evaluation of the packaged city's plan, of
the plan alone, so no database is needed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence

import django

LANGUAGES = ("fi", "sv")


def measure(*, repeat: int = 5) -> dict[str, float]:
    """Return the median milliseconds of each step, the pages of the PDF's kilobytes and the number of figures."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tools.settings_for_tests")
    django.setup()
    from luotsi.base import periods
    from luotsi.programme.queries.plan_files import read_file
    from luotsi.reports.queries.documents import made
    from luotsi.reports.queries.material_of_plan import material_of_plan
    from luotsi.reports.queries.pdf import About
    from luotsi.reports.queries.shown import shown
    from luotsi.reports.queries.writing.compose import compose
    from luotsi.reports.rules import canonical, recompute

    plan = read_file("HKI-DIGI-2016-2019").plan
    if plan is None:
        raise SystemExit("The packaged plan cannot be read.")
    material = material_of_plan(plan, kind="evaluation", period=periods.parse("2017"))
    content = compose(material)
    about = About(kind="", state="")
    found = {
        "written_ms": timed(lambda: compose(material), repeat),
        "hashed_ms": timed(lambda: canonical.hash_of(content), repeat),
        "proved_ms": timed(lambda: recompute.check(content), repeat),
    }
    for language in LANGUAGES:
        report = shown(content, language)
        started = time.process_time()
        found[f"pdf_{language}_ms"] = timed(lambda report=report: made(report, about, "pdf"), repeat)  # type: ignore[misc]
        found[f"pdf_{language}_cpu_ms"] = round((time.process_time() - started) * 1000 / repeat, 1)
        found[f"pdf_{language}_kb"] = round(len(made(report, about, "pdf")) / 1000, 1)
    found["xlsx_ms"] = timed(lambda: made(shown(content, "fi"), about, "xlsx"), repeat)
    return found | {"figures": len(content.figures)}


def timed(work: Callable[[], object], repeat: int) -> float:
    """Return the median milliseconds of some work."""
    taken = []
    for _time in range(repeat):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(taken), 1)


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    print(json.dumps(measure(repeat=parser.parse_args(arguments).repeat), indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
