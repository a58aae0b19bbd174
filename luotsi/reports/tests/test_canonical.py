"""A report and its JSON are one and the same, and the hash sees every byte."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.reports.queries.writing.compose import compose
from luotsi.reports.rules import canonical
from luotsi.reports.rules.canonical import NotAReport
from luotsi.reports.tests.written import evaluation_material

CONTENT = compose(evaluation_material())
TREE = canonical.to_json(CONTENT)


def leaves(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every text and number in a tree."""
    if isinstance(tree, dict):
        return [found for key, part in tree.items() for found in leaves(part, (*path, key))]
    if isinstance(tree, list):
        return [found for place, part in enumerate(tree) for found in leaves(part, (*path, place))]
    return [path] if isinstance(tree, str) and tree else []


LEAVES = leaves(TREE)


class TestJson:
    def test_it_reads_back_as_the_same_report(self) -> None:
        assert canonical.from_json(TREE) == CONTENT

    def test_it_survives_a_file(self) -> None:
        again = json.loads(json.dumps(TREE, indent=1, ensure_ascii=False))
        assert canonical.hash_of_json(again) == canonical.hash_of(CONTENT)
        assert canonical.from_json(again) == CONTENT

    def test_numbers_are_text_with_every_decimal(self) -> None:
        figure = next(one for one in CONTENT.figures if one.key == "J6")
        assert canonical.to_json(figure)["value"] == format(figure.value or Decimal(0), "f")

    @pytest.mark.parametrize(
        "change",
        [
            {"figures": "none"},
            {"is": "Figure"},
            {"data_on": "yesterday"},
            {"version": True},
            {"nothing": 1},
            {"sections": [{"is": "Section"}]},
        ],
    )
    def test_another_form_is_refused(self, change: dict[str, Any]) -> None:
        with pytest.raises(NotAReport):
            canonical.from_json({**TREE, **change})

    @pytest.mark.parametrize("tree", [None, [], "report", 5, {}])
    def test_anything_else_is_refused(self, tree: Any) -> None:
        with pytest.raises(NotAReport):
            canonical.from_json(tree)


class TestHash:
    @given(st.sampled_from(LEAVES))
    def test_one_letter_more_anywhere_gives_another(self, path: tuple[Any, ...]) -> None:
        changed = deepcopy(TREE)
        place = changed
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] += " "
        assert canonical.hash_of_json(changed) != canonical.hash_of(CONTENT)

    def test_the_same_report_gives_the_same(self) -> None:
        assert canonical.hash_of(compose(evaluation_material())) == canonical.hash_of(CONTENT)

    def test_another_version_gives_another(self) -> None:
        assert canonical.hash_of(replace(CONTENT, version=2)) != canonical.hash_of(CONTENT)
