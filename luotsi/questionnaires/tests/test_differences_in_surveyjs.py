"""Where Luotsi answers otherwise on purpose: what survey-core does there, asked of survey-core itself."""

from __future__ import annotations

from typing import Any

import pytest

from luotsi.questionnaires.tests.comparing import surveyjs
from luotsi.questionnaires.tests.ticking import differs

pytestmark = pytest.mark.processes

NUMBER: dict[str, Any] = {"type": "text", "inputType": "number"}
A, B = NUMBER | {"name": "a"}, {"type": "text", "name": "b"}
CHOICES = ["a", "b", "c"]


def named(expression: str) -> dict[str, Any]:
    """Return the questions a and b, and a value k worked out."""
    return form(A, B, calculatedValues=[{"name": "k", "expression": expression}])


def form(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a definition."""
    return {"elements": list(elements), **more}


def coming_and_going(mode: str) -> dict[str, Any]:
    """Return a question that comes and goes, and a sum that counts it."""
    total = {"type": "expression", "name": "e", "expression": "{a} + {b}"}
    return form(A, NUMBER | {"name": "b", "visibleIf": "{a} = 1"}, total, clearInvisibleValues=mode)


def checked(name: str, **validator: Any) -> dict[str, Any]:
    """Return a line of text with a validator."""
    return {"type": "text", "name": name, "validators": [validator]}


CELLS = [
    {"name": "x", "cellType": "text", "inputType": "number"},
    {"name": "w", "cellType": "text", "visibleIf": "{row.x} > 2"},
]
DOUBLES = {"type": "matrixdynamic", "name": "m", "keyName": "w", "columns": CELLS}
PANELS = {"type": "paneldynamic", "name": "p", "isRequired": True, "templateElements": [B]}
ROWS = {
    "type": "matrixdynamic",
    "name": "i",
    "rowCount": 1,
    "columns": [
        {"name": "x", "cellType": "text"},
        {"name": "y", "cellType": "expression", "expression": "{row.x} * 2"},
    ],
}
ROWS_INSIDE = {"type": "paneldynamic", "name": "p", "panelCount": 1, "templateElements": [B, ROWS]}
CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "left over": (named("10 % {a}"), {"a": 0.1}),
    "third": (named("{a} / 3"), {"a": 1}),
    "nan": (named("round({b}) = {nothing}"), {"b": "x"}),
    "words": (named("sum({a}, {b})"), {"a": 1, "b": "x"}),
    "day": (named("year({b})"), {"b": "3 Feb 2025"}),
    "day after": (named("dateAdd({b}, 1)"), {"b": "2025-02-03"}),
    "half": (form(A, B | {"visibleIf": "{a} empty)"}), {}),
    "nobody": (form(A, B | {"visibleIf": "nobody(1)"}), {}),
    "enabled": (form(A, B | {"enableIf": "{a}"}), {}),
    "locked": (form(A, {"type": "expression", "name": "e", "expression": "{a} + 1", "enableIf": "1 = 2"}), {"a": 1}),
    "limits": (
        form(
            {"type": "comment", "name": "t", "maxLength": 3},
            {"type": "checkbox", "name": "c", "choices": CHOICES, "maxSelectedChoices": 1},
            {"type": "radiogroup", "name": "r", "choices": ["a", {"value": "b", "visibleIf": "{a} = 1"}]},
        ),
        {"t": "abcd", "c": ["a", "b"], "r": "b"},
    ),
    "wrong": (form(A), {"a": "abc", "zzz": 1}),
    "digits": (
        form(checked("t", type="text", allowDigits=False), checked("u", type="text", allowDigits=False)),
        {"t": "a1b", "u": "ab1"},
    ),
    "rows": (form({"type": "matrixdynamic", "name": "m", "minRowCount": 2, "rowCount": 0, "columns": CELLS}), {}),
    "doubles": (form(DOUBLES), {"m": [{"x": 1, "w": "k"}, {"x": 3, "w": "k"}]}),
    "pattern": (
        form(checked("t", type="regex", regex=r"(a)\1"), checked("u", type="regex", regex=r"(a)\1")),
        {"t": "aa", "u": "ab"},
    ),
    "read": (form({"type": "html", "name": "h", "html": "x", "isRequired": True}), {}),
    "hollow": (form(PANELS), {"p": [{"b": ""}]}),
    "empty": (form(PANELS), {"p": [{}]}),
    "rows inside": (form(ROWS_INSIDE), {"p": [{"b": "k"}]}),
}
HIDDEN_CELL = form(
    A, {"type": "matrixdynamic", "name": "m", "columns": [{"name": "n", "cellType": "text", "visibleIf": "{a} = 1"}]}
)
DOUBLED = [CELLS[0], {"name": "p", "cellType": "expression", "expression": "{row.x} * 2"}]
HIDING = {"name": "m", "visibleIf": "{a} = 1", "columns": DOUBLED}
GROWING = HIDING | {"type": "matrixdynamic", "rowCount": 2}
FIXED = HIDING | {"type": "matrixdropdown", "rows": ["r"]}
COMING = form(A, GROWING, calculatedValues=[{"name": "k", "expression": "{m} empty"}])
COMING_FIXED = form(A, FIXED, calculatedValues=[{"name": "k", "expression": "{m} empty"}])
ASKED_FOR = COMING | {"calculatedValues": [*COMING["calculatedValues"], {"name": "l", "expression": "{m[0].p}"}]}
SUMMED = {"calculatedValues": [{"name": "k", "expression": "sumInArray({m}, 'p')"}]}
CELL = {"type": "matrixdynamic", "name": "m", "columns": [CELLS[0] | {"visibleIf": "{a} = 1"}]}
BY_PANEL = {"name": "x", "cellType": "text", "visibleIf": "{panel.a} > 2"}
AROUND = {"type": "matrixdynamic", "name": "i", "rowCount": 0, "columns": [BY_PANEL]}
PANEL_AROUND = form({"type": "paneldynamic", "name": "p", "panelCount": 1, "templateElements": [A, AROUND]})
LEAST = form({"type": "matrixdynamic", "name": "m", "rowCount": 2, "minRowCount": 2, "columns": DOUBLED})
OWN_PAGE = [{"name": "one", "elements": [A]}, {"name": "two", "visibleIf": "{b} empty", "elements": [B]}]
WALKS: dict[str, tuple[dict[str, Any], list[list[Any]]]] = {
    "none": (coming_and_going("none"), [["a", 1], ["b", 40], ["a", 2]]),
    "onComplete": (coming_and_going("onComplete"), [["a", 1], ["b", 40], ["a", 2]]),
    "onHidden": (coming_and_going("onHidden"), [["a", 1], ["b", 40], ["a", 2], ["a", 1]]),
    "self": (form(A, B | {"visibleIf": "{b} empty"}, clearInvisibleValues="onHidden"), [["b", "x"]]),
    "own page": ({"pages": OWN_PAGE, "clearInvisibleValues": "onHiddenContainer"}, [["b", "x"]]),
    "coming": (COMING, [["a", 2], ["a", 1], ["a", 2]]),
    "coming fixed": (COMING_FIXED, [["a", 2], ["a", 1], ["a", 2]]),
    "asked for": (ASKED_FOR, [["a", 2]]),
    "around": (PANEL_AROUND, [["p", [{"a": 1, "i": [{"x": "k"}]}]], ["p", [{"a": 3, "i": [{"x": "k"}]}]]]),
    "around at once": (PANEL_AROUND, [["p", [{"a": 3, "i": [{"x": "k"}]}]]]),
    "least": (LEAST, [["m", [{"x": 3}]]]),
    "worked out": (
        form(A, GROWING, clearInvisibleValues="onHidden", **SUMMED),
        [["a", 1], ["m", [{"x": 3}]], ["a", 2], ["a", 1]],
    ),
    "begun rows": (
        form(A, GROWING | {"columns": CELLS[:1], "rowCount": 1}, clearInvisibleValues="onHidden"),
        [["a", 1], ["m", [{"x": 3}, {"x": 4}]], ["a", 2], ["a", 1]],
    ),
    "cell before": (form(A, CELL, clearInvisibleValues="onHidden"), [["a", 1], ["m", [{"x": 3}]], ["a", 2]]),
    "cell after": (form(A, CELL, clearInvisibleValues="onHidden"), [["a", 2], ["m", [{"x": 3}]]]),
    "cell": (HIDDEN_CELL, [["a", 1], ["m", [{"n": "k"}]], ["a", 2]]),
}


@pytest.fixture(scope="module")
def theirs() -> dict[str, Any]:
    """Return what survey-core says to each case and walk."""
    cases: list[dict[str, Any]] = [{"definition": one, "answers": answers} for one, answers in CASES.values()]
    cases += [{"definition": one, "steps": steps} for one, steps in WALKS.values()]
    return dict(zip([*CASES, *WALKS], surveyjs(cases), strict=True))


class TestNumbersAndWords:
    @differs("exact-decimals")
    def test_numbers_are_binary(self, theirs: dict[str, Any]) -> None:
        assert theirs["left over"]["calculated"]["k"] == 10 % 0.1 != 0
        assert theirs["third"]["calculated"]["k"] == 1 / 3

    @differs("nothing-is-nothing")
    def test_a_nan_is_equal_to_nothing_else(self, theirs: dict[str, Any]) -> None:
        assert theirs["nan"]["calculated"]["k"] is False

    @differs("words-in-sums")
    def test_words_are_joined_to_the_sum(self, theirs: dict[str, Any]) -> None:
        assert theirs["words"]["calculated"]["k"] == "1x"

    @differs("iso-days")
    def test_days_are_what_javascript_takes_for_one(self, theirs: dict[str, Any]) -> None:
        assert theirs["day"]["calculated"]["k"] == 2025
        assert theirs["day after"]["calculated"]["k"] == "2025-02-03T22:00:00.000Z"

    @differs("whole-expressions")
    def test_half_an_expression_is_guessed_and_an_unknown_function_is_nothing(self, theirs: dict[str, Any]) -> None:
        assert theirs["half"]["visible"] == ["a", "b"]
        assert theirs["nobody"]["visible"] == ["a"]


class TestChecks:
    @differs("enabled-by-nothing")
    def test_a_condition_that_comes_to_nothing_leaves_a_question_open(self, theirs: dict[str, Any]) -> None:
        assert theirs["enabled"]["readOnly"] == []

    @differs("worked-out-when-locked")
    def test_nothing_is_worked_out_where_nothing_can_be_changed(self, theirs: dict[str, Any]) -> None:
        assert theirs["locked"]["values"] == {"e": None}

    @differs("enforced-limits")
    def test_only_the_page_sees_to_limits(self, theirs: dict[str, Any]) -> None:
        assert theirs["limits"]["errors"] == {}

    @differs("wrong-answers")
    def test_wrong_answers_are_kept_silently(self, theirs: dict[str, Any]) -> None:
        assert theirs["wrong"]["errors"] == {}

    @differs("digits-anywhere")
    def test_digits_are_forbidden_at_the_end_alone(self, theirs: dict[str, Any]) -> None:
        assert set(theirs["digits"]["errors"]) == {"u"}

    @differs("least-rows")
    def test_a_table_may_have_fewer_rows_than_its_minimum(self, theirs: dict[str, Any]) -> None:
        assert theirs["rows"]["visible"] == ["m"]

    @differs("hidden-doubles")
    def test_a_hidden_cell_is_somebody_s_double(self, theirs: dict[str, Any]) -> None:
        assert set(theirs["doubles"]["errors"]) == {"m[1].w"}

    @differs("plain-patterns")
    def test_patterns_that_refer_back_run(self, theirs: dict[str, Any]) -> None:
        assert set(theirs["pattern"]["errors"]) == {"u"}

    @differs("never-required")
    def test_words_to_read_can_be_required(self, theirs: dict[str, Any]) -> None:
        assert theirs["read"]["requiredToRead"] == ["h"]

    @differs("hollow-repetitions")
    def test_an_empty_text_makes_a_repetition_answered(self, theirs: dict[str, Any]) -> None:
        assert theirs["empty"]["errors"] == {"p": ["required"]}
        assert theirs["hollow"]["errors"] == {}

    @differs("rows-inside")
    def test_a_table_inside_a_repetition_loses_its_first_row(self, theirs: dict[str, Any]) -> None:
        assert theirs["rows inside"]["visible"] == ["p", "p[0].b", "p[0].i"]


class TestHidden:
    @differs("clearing-by-answers")
    def test_what_was_hidden_is_gone_when_its_question_comes_back(self, theirs: dict[str, Any]) -> None:
        assert [step["data"].get("b") for step in theirs["onHidden"]["steps"]] == [None, 40, None, None]

    @differs("self-hiding")
    def test_an_answer_that_hides_its_question_is_gone_and_the_question_is_back(self, theirs: dict[str, Any]) -> None:
        (step,) = theirs["self"]["steps"]
        assert (step["visible"], step["data"]) == (["a", "b"], {})

    @differs("self-hiding")
    def test_so_is_one_that_hides_its_page(self, theirs: dict[str, Any]) -> None:
        (step,) = theirs["own page"]["steps"]
        assert (step["visible"], step["data"]) == (["a", "b"], {})

    @differs("hidden-not-handed-in")
    def test_hidden_answers_are_handed_in_with_none_and_hidden_cells_too(self, theirs: dict[str, Any]) -> None:
        assert theirs["none"]["handed"]["b"] == 40
        assert "b" not in theirs["onComplete"]["handed"]
        assert theirs["cell"]["handed"]["m"] == [{"n": "k"}]

    @differs("handed-in-alone")
    def test_what_hidden_answers_came_to_is_handed_in(self, theirs: dict[str, Any]) -> None:
        assert theirs["onComplete"]["handed"] == {"a": 2, "e": 42}


class TestComingAndGoing:
    """The same answers come to something else by what had been on view before."""

    @differs("rows-looked-at")
    def test_hidden_rows_are_worked_out_once_they_have_been_on_view(self, theirs: dict[str, Any]) -> None:
        for name in ("coming", "coming fixed"):
            assert [step["calculated"]["k"] for step in theirs[name]["steps"]] == [True, False, False]

    @differs("rows-looked-at")
    def test_or_once_an_expression_asks_for_a_cell(self, theirs: dict[str, Any]) -> None:
        assert theirs["asked for"]["steps"][0]["calculated"] == {"k": False, "l": 0}

    @differs("panel-around")
    def test_rows_stay_hidden_when_all_panels_are_set_at_once(self, theirs: dict[str, Any]) -> None:
        found = [theirs["around"]["steps"][1]["visible"], theirs["around at once"]["steps"][0]["visible"]]
        assert ["p[0].i[0].x" in visible for visible in found] == [False, True]

    @differs("least-rows")
    def test_a_table_on_view_can_be_answered_with_fewer_rows(self, theirs: dict[str, Any]) -> None:
        assert theirs["least"]["steps"][0]["visible"] == ["m", "m[0].x", "m[0].p"]

    @differs("clearing-by-answers")
    def test_what_is_worked_out_in_rows_is_worked_out_again_after_they_are_cleared(
        self, theirs: dict[str, Any]
    ) -> None:
        steps = theirs["worked out"]["steps"]
        assert [step["calculated"]["k"] for step in steps] == [0, 6, 0, 0]
        assert [step["data"].get("m") for step in steps[2:]] == [[{"p": 0}], [{"p": 0}]]

    @differs("clearing-by-answers")
    def test_a_cleared_table_has_as_many_rows_as_it_had(self, theirs: dict[str, Any]) -> None:
        steps = theirs["begun rows"]["steps"]
        assert [len(step["visible"]) - 2 for step in steps] == [1, 2, -1, 2]
        assert "m" not in steps[3]["data"]

    @differs("clearing-by-answers")
    def test_an_answer_set_to_a_cell_that_is_hidden_already_is_kept(self, theirs: dict[str, Any]) -> None:
        assert "m" not in theirs["cell before"]["steps"][2]["data"]
        assert theirs["cell after"]["steps"][1]["data"] == {"a": 2, "m": [{"x": 3}]}
