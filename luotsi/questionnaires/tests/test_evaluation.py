"""What follows from answers, question by question, and for whatever answers anybody may send."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.definition import canonical, read, sha256_of
from luotsi.questionnaires.rules.evaluation import Outcome, evaluate
from luotsi.questionnaires.rules.expressions import Budget
from luotsi.questionnaires.tests.asking import NOW, TODAY, asked, codes, defined, plain
from luotsi.questionnaires.tests.generating import case

NUMBER = {"type": "text", "inputType": "number", "name": "a"}
MONEY = {
    "type": "matrixdynamic",
    "name": "costs",
    "columns": [
        {"name": "what", "cellType": "text", "isRequired": True},
        {"name": "eur", "cellType": "text", "inputType": "number", "totalType": "sum"},
        {"name": "share", "cellType": "expression", "expression": "{row.eur} * 0.1", "totalType": "sum"},
    ],
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=20)
    | st.sampled_from(["a", "other", "2025-02-30", "1e999", "\x00", "\ud800", "-", "0x10", "{a}"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["x", "w", "n", "s", "r1", "name", "zzz", ""]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
CASES = [plain(case(seed)) for seed in range(12)]
DEFINITIONS = [read(one["definition"]).definition for one in CASES]
NAMES = [*(f"q{number}" for number in range(18)), "q1-Comment", "nobody"]


class TestTables:
    def test_money_is_added_up_exactly(self) -> None:
        rows = [{"what": "pay", "eur": Decimal("0.10")}, {"what": "trip", "eur": "0.20"}, {"eur": 1000}]
        found = asked({"costs": rows}, MONEY)
        assert found.totals == {"costs.eur": Decimal("1000.3"), "costs.share": Decimal("100.03")}
        assert codes(found) == {"costs[2].what": "required"}
        assert found.rows == {"costs": 3}

    def test_a_total_is_read_by_others(self) -> None:
        limit = {"type": "expression", "name": "left", "expression": "1500 - {costs-total.eur}"}
        assert asked({"costs": [{"what": "a", "eur": 250}]}, MONEY, limit).calculated["left"] == 1250

    def test_a_row_with_the_key_of_another_is_told(self) -> None:
        found = asked({"costs": [{"what": "Pay"}, {"what": "pay "}]}, MONEY | {"keyName": "what"})
        assert codes(found) == {"costs[0].what": "key.twice", "costs[1].what": "key.twice"}

    def test_more_rows_than_allowed_are_told(self) -> None:
        found = asked({"costs": [{"what": str(number)} for number in range(5)]}, MONEY | {"maxRowCount": 3})
        assert codes(found) == {"costs": "rows.max"}


class TestDependence:
    def test_a_name_that_leads_back_to_itself_is_nothing(self) -> None:
        circle = [{"name": "k", "expression": "{l} + 1"}, {"name": "l", "expression": "{k} + 1"}]
        assert asked({}, NUMBER, calculatedValues=circle).calculated == {"k": 1, "l": 2}

    def test_a_question_whose_visibility_leads_back_to_itself_is_on_view(self) -> None:
        field = {"type": "text", "name": "b", "visibleIf": "{b} empty"}
        assert asked({}, field, clearInvisibleValues="onHidden").visible == ("b",)

    def test_a_long_chain_is_worked_out(self) -> None:
        chain = [{"name": "k0", "expression": "{a}"}] + [
            {"name": f"k{number}", "expression": f"{{k{number - 1}}} + 1"} for number in range(1, 400)
        ]
        assert asked({"a": 1}, NUMBER, calculatedValues=chain).calculated["k399"] == 400
        assert asked({"a": 1}, NUMBER, calculatedValues=chain[::-1]).calculated["k399"] == 400

    def test_a_panel_without_anything_on_view_is_not_on_view(self) -> None:
        panel = {"type": "panel", "name": "p", "elements": [{"type": "text", "name": "b", "visibleIf": "{a} = 1"}]}
        assert asked({"a": 2}, NUMBER, panel).containers == ("page1",)
        assert asked({"a": 1}, NUMBER, panel).containers == ("page1", "p")


class TestWords:
    def test_the_definition_s_own_words_come_in_the_language_asked_for(self) -> None:
        field = {"type": "text", "name": "b", "isRequired": True}
        definition = defined(field | {"requiredErrorText": {"fi": "Vastaa", "sv": "Svara"}})
        said = [evaluate(definition, {}, today=TODAY, language=code).errors[0].message for code in ("fi", "sv")]
        assert said == ["Vastaa", "Svara"]

    def test_what_is_shown_for_a_choice_can_be_joined(self) -> None:
        choice = {"type": "dropdown", "name": "c", "choices": [{"value": 1, "text": {"fi": "Yksi", "sv": "Ett"}}]}
        more = {"calculatedValues": [{"name": "k", "expression": "'= ' + displayValue('c')"}]}
        assert asked({"c": 1}, choice, **more).calculated["k"] == "= Yksi"


class TestDays:
    def test_the_day_is_told_not_taken(self) -> None:
        definition = defined({"type": "text", "name": "b", "visibleIf": "today() > '2030-01-01'"})
        assert evaluate(definition, {}, today=date(2030, 1, 2)).visible == ("b",)
        assert evaluate(definition, {}, today=date(2029, 1, 2)).visible == ()


class TestHostileAnswers:
    @pytest.mark.parametrize(
        "answers",
        [
            None, [], "x", 7, {"a": float("nan")}, {"a": "x" * 200_000}, {"a": "\x00\x07"}, {"a": "\ud800"},
            {"m": [{}] * 5_000}, {"a": {"a": {"a": {}}}}, {1: 2}, {"x" * 1_000: 1}, {"a": 10**400}, {"": 1},
        ],
    )  # fmt: skip
    def test_they_are_told_and_never_raise(self, answers: Any) -> None:
        found = asked(answers, NUMBER, MONEY | {"name": "m"})
        assert found.errors or answers is None

    def test_a_bottomless_answer_is_told(self) -> None:
        deep: Any = "x"
        for _level in range(5_000):
            deep = [deep]
        assert codes(asked({"a": deep}, NUMBER)) != {}

    @given(st.integers(0, len(CASES) - 1), st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=10))
    def test_whatever_they_are_the_outcome_is_the_same_twice(self, number: int, answers: Any) -> None:
        definition = DEFINITIONS[number]
        assert definition is not None
        found = evaluate(definition, answers, today=TODAY, now=NOW)
        assert found == evaluate(definition, answers, today=TODAY, now=NOW)
        values.dumps(found.submission).encode()
        values.dumps(found.calculated | dict(found.totals)).encode()

    @given(st.integers(0, len(CASES) - 1), st.integers(0, 50), st.dictionaries(st.sampled_from(NAMES), ANYTHING))
    def test_hidden_answers_are_never_handed_in(self, number: int, seed: int, more: dict[str, Any]) -> None:
        definition = DEFINITIONS[number]
        assert definition is not None
        given_ = CASES[number]["answers"]
        answers = {name: value for name, value in given_.items() if Random(seed).random() < 0.7} | more  # noqa: S311
        found = evaluate(definition, answers, today=TODAY, now=NOW)
        again: Outcome = evaluate(definition, dict.fromkeys(answers) | found.submission, today=TODAY, now=NOW)
        shown = set(found.visible) & set(again.visible) | {one.name for one in definition.calculated}
        assert {name.removesuffix("-Comment") for name in found.submission} <= shown


class TestHostileDefinitions:
    def test_work_past_the_budget_is_an_error_of_the_whole(self) -> None:
        table = {"type": "matrixdynamic", "name": "m", "columns": [
            {"name": "x", "cellType": "expression", "expression": "sumInArray({big}, 'y') + sumInArray({big}, 'y')"}
        ]}  # fmt: skip
        big = {"type": "matrixdynamic", "name": "big", "columns": [{"name": "y", "cellType": "text"}]}
        found = asked({"m": [{"x": 1}] * 1_000, "big": [{"y": 1}] * 1_000}, table, big)
        assert codes(found) == {"": "budget"}

    @given(st.integers(0, len(CASES) - 1), st.integers(0, 400))
    def test_a_small_budget_never_raises(self, number: int, steps: int) -> None:
        definition = DEFINITIONS[number]
        assert definition is not None
        evaluate(definition, CASES[number]["answers"], today=TODAY, budget=Budget(steps))

    @given(ANYTHING)
    def test_any_json_is_read_or_refused(self, data: Any) -> None:
        read(data)
        read({"elements": data, "pages": data, "calculatedValues": data, "title": data})
        read({"elements": [{"type": "matrixdynamic", "name": "m", "columns": data, "rows": data, "min": data}]})

    def test_panels_in_panels_without_end_are_refused(self) -> None:
        inner: dict[str, Any] = {"type": "text", "name": "q"}
        for level in range(12):
            inner = {"type": "panel", "name": f"p{level}", "elements": [inner]}
        assert "limit.depth" in {fault.code for fault in read({"elements": [inner]}).faults}

    def test_more_to_read_than_allowed_is_refused(self) -> None:
        long = " + ".join(["{a}"] * 90)
        fields = [{"type": "text", "name": f"q{number}", "visibleIf": f"{long} > {number}"} for number in range(500)]
        assert "limit.expressions" in {fault.code for fault in read({"elements": fields}).faults}

    def test_more_elements_than_allowed_are_refused(self) -> None:
        many = [{"type": "text", "name": f"q{number}"} for number in range(2_100)]
        assert not read({"elements": many}).ok
        pages = [{"name": f"p{number}", "elements": many[number : number + 1]} for number in range(1_500)]
        assert read({"pages": pages}).definition is None


class TestTheHash:
    @given(st.randoms(use_true_random=False))
    def test_it_does_not_depend_on_the_order_of_keys(self, random: Random) -> None:
        def shuffled(value: Any) -> Any:
            if isinstance(value, dict):
                keys = sorted(value)
                random.shuffle(keys)
                return {key: shuffled(value[key]) for key in keys}
            return [shuffled(item) for item in value] if isinstance(value, list) else value

        definition = CASES[0]["definition"]
        assert sha256_of(shuffled(definition)) == sha256_of(definition)

    def test_it_depends_on_everything_else(self) -> None:
        assert sha256_of({"a": [1, 2]}) != sha256_of({"a": [2, 1]})
        assert canonical({"b": Decimal("1.50"), "a": 1.0}) == b'{"a":1,"b":1.5}'
        assert json.loads(canonical(CASES[1]["definition"])) == CASES[1]["definition"]
