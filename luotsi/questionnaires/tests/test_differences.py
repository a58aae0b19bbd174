"""Where Luotsi answers otherwise than SurveyJS on purpose: each line of the docs, on the side of Luotsi."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from luotsi.questionnaires.rules.definition import read
from luotsi.questionnaires.rules.evaluation import evaluate
from luotsi.questionnaires.tests.asking import NOW, TODAY, asked, codes
from luotsi.questionnaires.tests.ticking import differs

NUMBER = {"type": "text", "inputType": "number", "name": "a"}
DOUBLED: list[dict[str, Any]] = [
    {"name": "x", "cellType": "text", "inputType": "number"},
    {"name": "p", "cellType": "expression", "expression": "{row.x} * 2"},
]


def worked(expression: str, answers: dict[str, Any]) -> Any:
    """Return what an expression comes to over answers to questions a and b."""
    more = {"calculatedValues": [{"name": "k", "expression": expression}]}
    return asked(answers, NUMBER, {"type": "text", "name": "b"}, **more).calculated["k"]


class TestNumbers:
    @differs("exact-decimals")
    def test_numbers_are_exact_decimals(self) -> None:
        assert worked("{a} * 3", {"a": 1.1}) == Decimal("3.3")
        assert worked("10 % {a}", {"a": 0.1}) == 0

    @differs("exact-decimals")
    def test_a_third_has_34_digits(self) -> None:
        assert str(worked("{a} / 3", {"a": 1})) == "0." + "3" * 34

    @differs("nothing-is-nothing")
    def test_what_cannot_be_worked_out_is_nothing_and_equal_to_nothing(self) -> None:
        assert worked("round({b}) = {nothing}", {"b": "x"}) is True

    @differs("words-in-sums")
    def test_words_count_for_nothing_in_sums(self) -> None:
        assert worked("sum({a}, {b})", {"a": 1, "b": "x"}) == 1

    @differs("iso-days")
    def test_days_are_those_of_iso_8601(self) -> None:
        assert worked("year({b})", {"b": "3 Feb 2025"}) is None
        assert worked("dateAdd({b}, 1)", {"b": "2025-02-03"}) == "2025-02-04"


class TestExpressions:
    @pytest.mark.parametrize("text", ["(1", "{a} contains", "{a} empty)", "nobody(1)", "isContainerReady('p')"])
    @differs("whole-expressions")
    def test_what_is_not_whole_is_refused_rather_than_guessed(self, text: str) -> None:
        assert not read({"elements": [NUMBER | {"visibleIf": text}]}).ok

    @differs("enabled-by-nothing")
    def test_a_condition_that_comes_to_nothing_is_false_for_enabling_too(self) -> None:
        assert asked({}, NUMBER, {"type": "text", "name": "b", "enableIf": "{a}"}).read_only == ("b",)

    @differs("worked-out-when-locked")
    def test_values_are_worked_out_where_nothing_can_be_changed(self) -> None:
        more = {"type": "expression", "name": "e", "expression": "{a} + 1", "enableIf": "1 = 2"}
        assert asked({"a": 1}, NUMBER, more).calculated["e"] == 2


class TestLimits:
    @differs("enforced-limits")
    def test_a_text_longer_than_allowed_is_an_error(self) -> None:
        field = {"type": "comment", "name": "t", "maxLength": 3}
        assert codes(asked({"t": "abcd"}, field)) == {"t": "length.max"}
        assert codes(asked({"t": "a\r\n\U0001f642"}, field)) == {}

    @differs("enforced-limits")
    def test_what_cannot_be_chosen_is_an_error(self) -> None:
        choice = {"type": "radiogroup", "name": "r", "choices": ["a", {"value": "b", "visibleIf": "{a} = 1"}]}
        assert codes(asked({"r": "b"}, NUMBER, choice)) == {"r": "choice.unknown"}
        assert codes(asked({"r": "b", "a": 1}, NUMBER, choice)) == {}

    @differs("enforced-limits")
    def test_choosing_more_than_allowed_is_an_error(self) -> None:
        choice = {"type": "checkbox", "name": "c", "choices": ["a", "b", "c"], "maxSelectedChoices": 1}
        assert codes(asked({"c": ["a", "b"]}, choice)) == {"c": "count.max"}

    @differs("wrong-answers")
    def test_an_answer_of_the_wrong_kind_is_an_error(self) -> None:
        assert codes(asked({"a": "abc"}, NUMBER)) == {"a": "type"}
        assert codes(asked({"zzz": 1}, NUMBER)) == {"zzz": "unknown"}

    @differs("digits-anywhere")
    def test_digits_anywhere_are_digits(self) -> None:
        field = {"type": "text", "name": "t", "validators": [{"type": "text", "allowDigits": False}]}
        assert codes(asked({"t": "a1b"}, field)) == {"t": "text.digits"}

    @differs("least-rows")
    def test_a_table_never_shows_fewer_rows_than_it_must_have(self) -> None:
        table = {"type": "matrixdynamic", "name": "m", "minRowCount": 2, "rowCount": 0}
        assert asked({}, table | {"columns": [{"name": "x", "cellType": "text"}]}).rows == {"m": 2}

    @differs("hidden-doubles")
    def test_hidden_cells_are_nobody_s_double(self) -> None:
        columns = [
            {"name": "x", "cellType": "text", "inputType": "number"},
            {"name": "w", "cellType": "text", "visibleIf": "{row.x} > 2"},
        ]
        table = {"type": "matrixdynamic", "name": "m", "keyName": "w", "columns": columns}
        assert codes(asked({"m": [{"x": 1, "w": "k"}, {"x": 3, "w": "k"}]}, table)) == {}

    @differs("plain-patterns")
    def test_patterns_that_look_ahead_or_back_are_refused(self) -> None:
        for pattern in (r"(?=a)b", r"(a)\1", r"(?<!a)b"):
            field = {"type": "text", "name": "t", "validators": [{"type": "regex", "regex": pattern}]}
            assert not read({"elements": [field]}).ok

    @differs("never-required")
    def test_words_to_read_and_values_worked_out_are_never_required(self) -> None:
        html = {"type": "html", "name": "h", "html": "x", "isRequired": True}
        assert asked({}, html).required == ()


class TestHandingIn:
    @differs("hidden-not-handed-in")
    def test_hidden_answers_are_left_out_whatever_the_definition_says(self) -> None:
        field = {"type": "text", "name": "b", "visibleIf": "{a} = 1", "clearIfInvisible": "none"}
        found = asked({"a": 2, "b": "kept in the draft"}, NUMBER, field, clearInvisibleValues="none")
        assert found.submission == {"a": 2}

    @differs("handed-in-alone")
    def test_what_is_worked_out_counts_only_what_is_handed_in(self) -> None:
        fields = [
            NUMBER,
            {"type": "text", "inputType": "number", "name": "b", "visibleIf": "{a} = 1"},
            {"type": "expression", "name": "e", "expression": "{a} + {b}"},
        ]
        found = asked({"a": 2, "b": 40}, *fields)
        assert found.calculated["e"] == 42
        assert found.submission == {"a": 2, "e": 2}

    @differs("clearing-by-answers")
    def test_hidden_answers_count_as_none_at_once_where_the_definition_hides_values(self) -> None:
        fields = [
            NUMBER,
            {"type": "text", "inputType": "number", "name": "b", "visibleIf": "{a} = 1"},
            {"type": "expression", "name": "e", "expression": "{a} + {b}"},
        ]
        assert asked({"a": 2, "b": 40}, *fields, clearInvisibleValues="onHidden").calculated["e"] == 2

    @differs("clearing-by-answers")
    def test_an_answer_that_was_hidden_is_back_with_its_question(self) -> None:
        fields = [NUMBER, {"type": "text", "inputType": "number", "name": "b", "visibleIf": "{a} = 1"}]
        more = {"calculatedValues": [{"name": "k", "expression": "{b} + 1"}], "clearInvisibleValues": "onHidden"}
        assert [asked({"a": a, "b": 40}, *fields, **more).calculated["k"] for a in (1, 2, 1)] == [41, 1, 41]

    @differs("hollow-repetitions")
    def test_a_repetition_of_nothing_but_empty_answers_is_none(self) -> None:
        panels = {"type": "paneldynamic", "name": "p", "isRequired": True, "templateElements": [NUMBER]}
        assert codes(asked({"p": [{"a": ""}, {}]}, panels)) == {"p": "required"}
        assert codes(asked({"p": [{"a": 0}]}, panels)) == {}

    @differs("rows-inside")
    def test_a_table_inside_a_repetition_begins_with_its_rows(self) -> None:
        columns = [{"name": "x", "cellType": "text"}]
        rows = {"type": "matrixdynamic", "name": "i", "rowCount": 1, "columns": columns}
        panels = {"type": "paneldynamic", "name": "p", "panelCount": 1, "templateElements": [NUMBER, rows]}
        assert asked({"p": [{"a": 1}]}, panels).visible == ("p", "p[0].a", "p[0].i", "p[0].i[0].x")

    @differs("self-hiding")
    def test_an_answer_that_hides_its_own_question_counts(self) -> None:
        field = {"type": "text", "name": "b", "visibleIf": "{b} empty"}
        assert asked({"b": "x"}, NUMBER, field, clearInvisibleValues="onHidden").visible == ("a",)

    @differs("self-hiding")
    def test_so_does_one_that_hides_its_page(self) -> None:
        second = {"name": "two", "visibleIf": "{b} empty", "elements": [{"type": "text", "name": "b"}]}
        pages = [{"name": "one", "elements": [NUMBER]}, second]
        definition = read({"pages": pages, "clearInvisibleValues": "onHiddenContainer"}).definition
        assert definition is not None
        assert evaluate(definition, {"b": "x"}, today=TODAY, now=NOW).visible == ("a",)


class TestComingAndGoing:
    @differs("rows-looked-at")
    def test_what_is_worked_out_in_hidden_rows_counts_whether_they_were_on_view_or_not(self) -> None:
        more = {"calculatedValues": [{"name": "k", "expression": "{m} empty"}]}
        for kind in ({"type": "matrixdynamic", "rowCount": 2}, {"type": "matrixdropdown", "rows": ["r"]}):
            table = kind | {"name": "m", "visibleIf": "{a} = 1", "columns": DOUBLED}
            assert [asked({"a": a}, NUMBER, table, **more).calculated["k"] for a in (2, 1, 2)] == [False] * 3

    @differs("panel-around")
    def test_rows_are_on_view_by_what_the_panel_around_them_says_now(self) -> None:
        cell = {"name": "x", "cellType": "text", "visibleIf": "{panel.a} > 2"}
        rows = {"type": "matrixdynamic", "name": "i", "rowCount": 0, "columns": [cell]}
        panels = {"type": "paneldynamic", "name": "p", "templateElements": [NUMBER, rows]}
        found = [asked({"p": [{"a": a, "i": [{"x": "k"}]}]}, panels).visible for a in (1, 3)]
        assert ["p[0].i[0].x" in visible for visible in found] == [False, True]

    @differs("least-rows")
    def test_a_table_that_is_answered_with_fewer_rows_shows_as_many_as_it_must_have(self) -> None:
        table = {"type": "matrixdynamic", "name": "m", "rowCount": 2, "minRowCount": 2, "columns": DOUBLED}
        assert asked({"m": [{"x": 3}]}, table).rows == {"m": 2}

    @differs("clearing-by-answers")
    def test_hidden_tables_and_what_is_worked_out_in_them_count_as_none(self) -> None:
        table = {"type": "matrixdynamic", "name": "m", "rowCount": 1, "visibleIf": "{a} = 1", "columns": DOUBLED}
        summed = [{"name": "k", "expression": "sumInArray({m}, 'p')"}]
        more = {"calculatedValues": summed, "clearInvisibleValues": "onHidden"}
        found = [asked({"a": a, "m": [{"x": 3}, {"x": 4}]}, NUMBER, table, **more) for a in (1, 2, 1)]
        assert [one.calculated["k"] for one in found] == [14, 0, 14]

    @differs("clearing-by-answers")
    def test_a_hidden_cell_counts_as_none_whenever_it_was_answered(self) -> None:
        table = {"type": "matrixdynamic", "name": "m", "columns": [DOUBLED[0] | {"visibleIf": "{a} = 1"}]}
        summed = [{"name": "k", "expression": "sumInArray({m}, 'x')"}]
        more = {"calculatedValues": summed, "clearInvisibleValues": "onHidden"}
        assert [asked({"a": a, "m": [{"x": 3}]}, NUMBER, table, **more).calculated["k"] for a in (1, 2)] == [3, 0]
