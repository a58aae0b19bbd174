"""A plan becomes a tree fit for JSON and comes back unchanged."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.programme.queries.plan_files import packaged_keys, read_file
from luotsi.programme.rules.documents import NotADocument, from_json, to_json
from luotsi.programme.rules.plan import Observation
from luotsi.programme.rules.values import Figure, ObservationKind, Operator, Text, span
from luotsi.programme.tests.sound import SOUND, plan_of

WORDS = st.text("abcåö 0:#-'\"\n", max_size=12).map(str.strip)
TEXTS = st.builds(Text, fi=WORDS, sv=WORDS, en=WORDS)
NUMBERS = st.none() | st.decimals(-(10**9), 10**9, places=3)
SPANS = st.none() | st.sampled_from(["2017", "2017-08", "2024-25", "2016/2019", "2017/", "2026-08-01"]).map(span)
FIGURES = st.none() | st.builds(Figure, value=st.decimals(0, 100, places=1)) | st.just(Figure(code="F1"))
OBSERVATIONS = st.builds(
    Observation,
    code=st.just("F1"),
    kind=st.sampled_from(ObservationKind),
    text=TEXTS,
    operator=st.sampled_from(Operator),
    value=NUMBERS,
    low=NUMBERS,
    words=TEXTS,
    numerator=FIGURES,
    period=SPANS,
    items=st.lists(TEXTS, max_size=3).map(tuple),
    happened=st.none() | st.booleans(),
)


class TestRoundTrip:
    @pytest.mark.parametrize("key", packaged_keys())
    def test_packaged_plans_come_back_equal(self, key: str) -> None:
        plan = read_file(key).plan
        assert plan
        assert from_json(json.loads(json.dumps(to_json(plan)))) == plan

    @given(OBSERVATIONS)
    def test_any_observation_comes_back_equal(self, item: Observation) -> None:
        plan = replace(plan_of(SOUND), observations=(item,))
        assert from_json(json.loads(json.dumps(to_json(plan)))) == plan

    def test_every_digit_and_every_day_is_kept(self) -> None:
        plan = from_json(to_json(plan_of(SOUND)))
        assert str(plan.budget[0].amount) == "1000.00"
        assert plan.findings[0].due == date(2025, 12, 31)
        assert plan.sections[0].measures[0].milestones[0].number == Decimal(10)

    def test_what_was_not_given_is_left_out(self) -> None:
        tree: Any = to_json(plan_of(SOUND))
        assert "evaluated" not in tree
        tree = to_json(plan_of(SOUND.replace('"600.00"', "null")))
        assert "amount" not in tree["budget"][2]


class TestRefusing:
    @pytest.mark.parametrize(
        "change",
        [{"unknown": "x"}, {"period": "soon"}, {"names": "text"}, {"sections": {}}, {"key": 5}, {"budget": [{}]}],
    )
    def test_a_tree_that_is_no_plan_is_refused(self, change: dict[str, Any]) -> None:
        with pytest.raises(NotADocument):
            from_json({**to_json(plan_of(SOUND)), **change})
