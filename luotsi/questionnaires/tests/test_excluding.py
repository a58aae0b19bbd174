"""What made-up cases leave out is left out by the rule of a difference that the docs list, and nothing beside it."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import pytest

from luotsi.questionnaires.tests import excluding, ticking

BY_ITSELF: dict[str, Any] = {"name": "q1", "type": "text", "visibleIf": "{q1} empty"}
BY_OTHERS: dict[str, Any] = {"name": "q2", "type": "text", "visibleIf": "{q0} empty"}


def whole(mode: str, *elements: dict[str, Any], **page: Any) -> dict[str, Any]:
    """Return a definition of one page with a value worked out of its first two questions."""
    pages = [{"name": "one", "elements": [{"name": "q0", "type": "text"}, *elements], **page}]
    calculated = [{"name": "k1", "expression": "{q0} + {q1}"}]
    return deepcopy({"clearInvisibleValues": mode, "pages": pages, "calculatedValues": calculated})


def conditions(definition: dict[str, Any]) -> list[str]:
    """Return the conditions that are left."""
    excluding.straight(definition)
    page = definition["pages"][0]
    return [one["visibleIf"] for one in (page, *page["elements"]) if "visibleIf" in one]


class TestSelfHiding:
    @pytest.mark.parametrize("mode", ["onHidden", "onHiddenContainer"])
    def test_a_question_that_hides_itself_is_always_on_view(self, mode: str) -> None:
        assert conditions(whole(mode, BY_ITSELF, BY_OTHERS)) == ["{q0} empty"]

    @pytest.mark.parametrize("mode", ["none", "onComplete"])
    def test_where_nothing_is_cleared_it_may_hide_itself(self, mode: str) -> None:
        assert conditions(whole(mode, BY_ITSELF)) == ["{q1} empty"]

    def test_a_page_that_is_hidden_by_what_is_on_it_counts_where_pages_clear(self) -> None:
        assert conditions(whole("onHiddenContainer", visibleIf="{k1} > 2")) == []
        assert conditions(whole("onHidden", visibleIf="{k1} > 2")) == ["{k1} > 2"]


class TestRowsLookedAt:
    @pytest.mark.parametrize(
        ("more", "answers", "left"),
        [
            ({"visibleIf": "{q0} empty"}, {}, 0),
            ({"visibleIf": "{q0} empty"}, {"q1": [{}]}, 1),
            ({"visibleIf": "{q0} empty", "rowCount": 0}, {}, 1),
            ({}, {}, 1),
        ],
    )
    def test_only_a_table_that_may_be_hidden_with_rows_nobody_answered_works_nothing_out(
        self, more: dict[str, Any], answers: dict[str, Any], left: int
    ) -> None:
        column = {"name": "p", "cellType": "expression", "expression": "{row.x} * 2"}
        definition = whole("none", {"name": "q1", "type": "matrixdynamic", "rowCount": 2, "columns": [column]} | more)
        excluding.unlooked(definition, answers)
        assert len(definition["pages"][0]["elements"][1]["columns"]) == left


class TestItsRules:
    def test_each_names_a_difference_that_is_listed(self) -> None:
        listed = ticking.listed(ticking.PAGE.read_text(encoding="utf-8"))
        rules = [excluding.unlooked, excluding.shortened, excluding.steady, excluding.straight]
        told = [re.findall(r"`([a-z]+(?:-[a-z]+)+)`", rule.__doc__ or "") for rule in rules]
        assert all(told)
        assert {one for of in told for one in of} <= {*listed}
