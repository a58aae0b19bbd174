"""Asks survey-core itself, and tells where its answers and those of the evaluator part."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from itertools import batched
from pathlib import Path
from typing import Any

from luotsi.questionnaires.rules.evaluation import Outcome
from luotsi.questionnaires.tests.asking import NOW

ORACLE = Path(__file__).parent / "oracle" / "oracle.mjs"
CLOSE = 1e-9
AT_ONCE = 50
# Where the cases and the walks begin with which the suite compares. Both numbers were written down before any of them
# had been looked at, after the evaluator and after every rule of `excluding.py`. The evaluator was built with seeds
# below 10,000, compared by hand with those from 5,000,000 on, and looked at with those from 20,261,126 on: what parted
# there was made small and listed as a difference.
UNSEEN, UNSEEN_WALKS = 27_182_818, 31_415_926


def surveyjs(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what survey-core says to each case; a process of Node answers some, because it slows down with many."""
    node = shutil.which("node")
    assert node, "node is missing"
    env = {**os.environ, "TZ": "Europe/Helsinki", "ORACLE_NOW": NOW.isoformat()}
    found: list[dict[str, Any]] = []
    for part in batched(cases, AT_ONCE):
        done = subprocess.run(  # noqa: S603 - our own script
            [node, str(ORACLE)], input=json.dumps(part), capture_output=True, text=True, env=env, check=True
        )
        found += json.loads(done.stdout)["answered"]
    return found


def close(one: Any, other: Any) -> bool:
    """Return True for the same value, a float and an exact number within nine digits."""
    if one is None or other is None or isinstance(one, bool) or isinstance(other, bool):
        return bool(one == other)
    try:
        return abs(float(one) - float(other)) <= CLOSE * max(1, abs(float(one)))
    except (TypeError, ValueError):
        return str(one) == str(other)


def apart(theirs: dict[str, Any], ours: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the values that are not close."""
    names = theirs.keys() | ours.keys()
    return {name: (theirs.get(name), ours.get(name)) for name in names if not close(theirs.get(name), ours.get(name))}


def worked_out_apart(theirs: dict[str, Any], ours: Outcome) -> dict[str, Any]:
    """Return the values worked out and the totals that are not close."""
    return apart(theirs["calculated"] | theirs["values"], ours.calculated) | apart(theirs["totals"], ours.totals)
