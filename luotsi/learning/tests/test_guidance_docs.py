"""The chapter on the week tells the steps of the index as they are."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from luotsi.learning.rules.effects import LEAST_DECIDED, LEAST_EACH
from luotsi.learning.rules.index import FIRST_FROM, SOON_FROM, STEPS

CHAPTER = (Path(__file__).parents[3] / "docs" / "guidance-week.md").read_text(encoding="utf-8")


def test_it_tells_every_step_and_no_other() -> None:
    rows = re.findall(r"^\| (\w+) \| [^|]+ \| (\d[^|]+: [^|]+) \|$", CHAPTER, re.MULTILINE)
    told = {fact: tuple(_step(one) for one in steps.split(", ")) for fact, steps in rows}
    assert told == {why.value: steps for why, steps in STEPS.items()}


def test_it_tells_where_bands_begin_and_how_few_are_too_few() -> None:
    assert (FIRST_FROM, SOON_FROM, LEAST_EACH, LEAST_DECIDED) == (6, 3, 30, 20)
    for words in ("Six\npoints or more", "three or more", "than 30 on either side", "twenty needs or more"):
        assert words in CHAPTER


def _step(told: str) -> tuple[Decimal, int]:
    least, points = told.split(": ")
    return Decimal(least), int(points)
