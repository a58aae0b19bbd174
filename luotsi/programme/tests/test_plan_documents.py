"""docs/plan-files.md tells every key of a plan file, what may stand there and whether it is needed, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from luotsi.programme.queries.keys import is_needed, keys_of, kind_of, shapes_in
from luotsi.programme.rules.plan import Item, Plan

PAGE = (Path(__file__).parents[3] / "docs" / "plan-files.md").read_text(encoding="utf-8")
SHAPES = list(shapes_in(Plan))


def rows(heading: str) -> list[list[str]]:
    """Return the rows of the table below a heading, without its head."""
    part = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| `")]


class TestThePageOnPlanFiles:
    @pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
    def test_each_key_of_a_shape_has_its_row(self, shape: type[Item]) -> None:
        wanted = [
            [f"`{name}`", kind_of(entry, hint), "yes" if is_needed(entry) else "–"]
            for name, (entry, hint) in keys_of(shape).items()
        ]
        assert [row[:3] for row in rows(shape.__name__)] == wanted
        assert all(len(row) == 4 and row[3] for row in rows(shape.__name__))

    def test_no_other_shape_has_a_heading(self) -> None:
        named = [name for name in re.findall(r"^## (\w+)$", PAGE, re.MULTILINE) if name[0].isupper()]
        assert named == [shape.__name__ for shape in SHAPES]
