"""docs/funding-files.md tells every key of a funding file and every rule, and no other; its example is true."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from luotsi.funding.rules.checks import RULES, Severity
from luotsi.funding.rules.fields import Shape, keys_of, shapes_in, value_of
from luotsi.funding.rules.reading import SHAPES
from luotsi.funding.tests.budgets import found_in

PAGE = (Path(__file__).parents[3] / "docs" / "funding-files.md").read_text(encoding="utf-8")
ALL = list(dict.fromkeys(shape for whole in SHAPES.values() for shape in shapes_in(whole)))


def rows(heading: str) -> list[list[str]]:
    """Return the rows of the table below a heading, without its head."""
    part = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| `")]


class TestThePageOnFundingFiles:
    @pytest.mark.parametrize("shape", ALL, ids=lambda shape: shape.__name__)
    def test_each_key_of_a_shape_has_its_row(self, shape: type[Shape]) -> None:
        wanted = [
            [f"`{key.name}`", value_of(key), "yes" if key.is_needed else "–", key.about.words]
            for key in keys_of(shape)
        ]
        assert rows(shape.__name__) == wanted

    def test_no_other_shape_has_a_heading(self) -> None:
        named = [name for name in re.findall(r"^## (\w+)$", PAGE, re.MULTILINE) if name[0].isupper()]
        assert named == [shape.__name__ for shape in ALL]

    def test_each_rule_has_its_row(self) -> None:
        told = rows("What is checked")
        assert [row[0].strip("`") for row in told] == list(RULES)
        assert {row[2] for row in told} <= set(Severity)

    def test_its_example_has_one_wrong_summary(self) -> None:
        application, call = (json.loads(code) for code in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))
        found = [one for one in found_in(application, call) if one.severity is not Severity.INFO]
        assert [(one.code, one.found, one.expected) for one in found] == [("M2.differ", 8_000, 9_000)]
