"""Shaping a definition: whatever is done, it stays readable or is refused, and renaming changes no evaluation."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.questionnaires.rules import shaping, values
from luotsi.questionnaires.rules.definition import read
from luotsi.questionnaires.rules.evaluation import evaluate
from luotsi.questionnaires.rules.shaping import ShapingRefused, Weight
from luotsi.questionnaires.tests.making import clean, packaged, pages

TODAY = date(2026, 11, 25)
ROWS: dict[str, Any] = {
    "type": "matrixdynamic",
    "name": "costs",
    "rowCount": 1,
    "keyName": "what",
    "defaultRowValue": {"what": "x"},
    "columns": [
        {"name": "what", "cellType": "text"},
        {
            "name": "sum",
            "cellType": "text",
            "inputType": "number",
            "totalType": "sum",
            "visibleIf": "{row.what} notempty",
        },
    ],
}
TREE = pages(
    {"type": "text", "name": "age", "inputType": "number"},
    {"type": "text", "name": "age_of_pupil", "inputType": "number"},
    {
        "type": "comment",
        "name": "why",
        "visibleIf": "{AGE} > 17 and {age_of_pupil} < 3 or '{age}' = 'x'",
        "showCommentArea": True,
    },
    ROWS,
    {
        "type": "expression",
        "name": "all",
        "expression": "sumInArray({costs}, 'sum', {what} = 'x') + {costs-total.sum} + {costs[0].sum}",
    },
    calculatedValues=[{"name": "twice", "expression": "{age} * 2"}],
)
DEEDS = st.sampled_from(["up", "down", "copy", "remove", "add", "rename", "change"])


def at_of(data: dict[str, Any], key: str) -> str:
    """Return the place of an element by its key."""
    return next(spot.at for spot in shaping.spots(data) if spot.key == key)


def done(data: dict[str, Any], deed: str, at: str) -> dict[str, Any]:
    """Return the definition after one deed of a builder."""
    match deed:
        case "up" | "down":
            return shaping.moved(data, at, -1 if deed == "up" else 1).data
        case "copy":
            return shaping.copied(data, at).data
        case "remove":
            return shaping.removed(data, at).data
        case "add":
            spot = shaping.found_at(data, at)
            return shaping.added(data, at, "column" if spot.holds == "columns" else "text").data
        case "rename":
            return shaping.renamed(data, at, "renamed").data
    return shaping.changed(data, at, {"title": {"fi": "Uusi"}, "visibleIf": "{nobody} = 1"}).data


class TestEveryDeed:
    @settings(max_examples=40, deadline=None)
    @given(clean(), st.lists(st.tuples(DEEDS, st.integers(0, 50)), min_size=1, max_size=6))
    def test_it_keeps_the_definition_readable_or_refuses_and_leaves_the_old_one_alone(
        self, data: dict[str, Any], deeds: list[tuple[str, int]]
    ) -> None:
        for deed, number in deeds:
            places = [spot.at for spot in shaping.spots(data)]
            if not places:
                return
            before = copy.deepcopy(data)
            try:
                after = done(data, deed, places[number % len(places)])
            except ShapingRefused:
                after = data
            assert data == before
            assert read(after).ok
            data = after

    @settings(max_examples=40, deadline=None)
    @given(clean(), st.integers(0, 50))
    def test_up_and_then_down_is_as_it_was(self, data: dict[str, Any], number: int) -> None:
        places = [spot.at for spot in shaping.spots(data)]
        try:
            there = shaping.moved(data, places[number % len(places)], -1)
        except ShapingRefused:
            return
        assert shaping.moved(there.data, there.at, 1).data == data

    @pytest.mark.parametrize(
        "at", ["/pages/9", "/pages/x", "/pages/-1", "nowhere", "/title", "/pages/0/elements/99999999999"]
    )
    def test_it_refuses_a_place_where_nothing_stands(self, at: str) -> None:
        for deed in ("up", "copy", "remove", "add", "rename", "change"):
            with pytest.raises(ShapingRefused):
                done(TREE, deed, at)

    def test_it_refuses_what_would_not_be_read(self) -> None:
        with pytest.raises(ShapingRefused) as caught:
            shaping.changed(TREE, at_of(TREE, "age"), {"visibleIf": "{age} >"})
        assert caught.value.fault is not None
        assert caught.value.fault.code == "expression.unreadable"


class TestMoving:
    def test_the_first_of_a_page_goes_up_to_the_page_before(self) -> None:
        data = {
            "pages": [
                {"name": "a", "elements": [{"type": "text", "name": "x"}]},
                {"name": "b", "elements": [{"type": "text", "name": "y"}]},
            ]
        }
        there = shaping.moved(data, "/pages/1/elements/0", -1)
        assert there.at == "/pages/0/elements/1"
        assert [spot.name for spot in shaping.spots(there.data)] == ["a", "x", "y", "b"]

    def test_the_very_first_stays(self) -> None:
        with pytest.raises(ShapingRefused) as caught:
            shaping.moved(TREE, "/pages/0/elements/0", -1)
        assert caught.value.code == "edge"

    def test_nothing_is_moved_into_itself(self) -> None:
        data = pages({"type": "panel", "name": "p", "elements": [{"type": "panel", "name": "q", "elements": []}]})
        with pytest.raises(ShapingRefused) as caught:
            shaping.moved_to(data, "/pages/0/elements/0", "/pages/0/elements/0/elements/0")
        assert caught.value.code == "inside"

    def test_it_goes_into_a_panel_behind_it(self) -> None:
        data = pages({"type": "text", "name": "x"}, {"type": "panel", "name": "p", "elements": []})
        assert (
            shaping.moved_to(data, "/pages/0/elements/0", "/pages/0/elements/1").at == "/pages/0/elements/0/elements/0"
        )


class TestCopying:
    def test_names_and_what_names_them_inside_are_new(self) -> None:
        data = pages(
            {
                "type": "panel",
                "name": "p",
                "elements": [{"type": "text", "name": "x"}, {"type": "text", "name": "y", "visibleIf": "{x} = 1"}],
            }
        )
        made = shaping.copied(data, "/pages/0/elements/0").data["pages"][0]["elements"]
        assert [one["name"] for one in made[1]["elements"]] == ["x2", "y2"]
        assert made[1]["elements"][1]["visibleIf"] == "{x2} = 1"
        assert made[0] == data["pages"][0]["elements"][0]


class TestRenaming:
    def test_every_expression_that_names_it_follows_and_no_other(self) -> None:
        made = shaping.renamed(TREE, at_of(TREE, "age"), "years").data
        assert made["pages"][0]["elements"][2]["visibleIf"] == "{years} > 17 and {age_of_pupil} < 3 or '{age}' = 'x'"
        assert made["calculatedValues"][0]["expression"] == "{years} * 2"

    def test_a_column_is_renamed_in_its_rows_and_outside_of_them(self) -> None:
        made = shaping.renamed(TREE, at_of(TREE, "costs.what"), "which").data
        table, total = made["pages"][0]["elements"][3:5]
        assert table["columns"][1]["visibleIf"] == "{row.which} notempty"
        assert (table["keyName"], table["defaultRowValue"]) == ("which", {"which": "x"})
        assert "{which} = 'x'" in total["expression"]
        again = shaping.renamed(made, at_of(made, "costs.sum"), "euros").data["pages"][0]["elements"][4]["expression"]
        assert again == "sumInArray({costs}, 'euros', {which} = 'x') + {costs-total.euros} + {costs[0].euros}"

    def test_the_rule_set_follows(self) -> None:
        rules = {
            "id": "r",
            "rules": [{"id": "a", "when": "{age} > 5", "evidence": ["age", "why"], "texts": {"fi": "Ikä {age}"}}],
        }
        made = shaping.renamed_rules(rules, TREE, at_of(TREE, "age"), "years")
        assert made["rules"][0] == {
            "id": "a",
            "when": "{years} > 5",
            "evidence": ["years", "why"],
            "texts": {"fi": "Ikä {years}"},
        }

    @pytest.mark.parametrize("name", ["", "  ", "a{b}", "x" * 201, "a\nb"])
    def test_it_refuses_what_is_no_name(self, name: str) -> None:
        with pytest.raises(ShapingRefused) as caught:
            shaping.renamed(TREE, at_of(TREE, "age"), name)
        assert caught.value.code == "name.characters"

    def test_it_refuses_a_name_that_is_taken_in_whatever_case(self) -> None:
        for name in ("WHY", "twice"):
            with pytest.raises(ShapingRefused) as caught:
                shaping.renamed(TREE, at_of(TREE, "age"), name)
            assert caught.value.code == "name.taken"

    @settings(max_examples=60, deadline=None)
    @given(clean(kinds=("text", "number", "radiogroup", "checkbox", "comment")), st.data())
    def test_it_changes_no_evaluation(self, data: dict[str, Any], drawn: st.DataObject) -> None:
        asked = [spot for spot in shaping.spots(data) if spot.level == "question"]
        chosen = drawn.draw(st.sampled_from(asked))
        scalar = st.sampled_from(["a", "b", 3, "", None, ["a"]])
        answers = {spot.name: drawn.draw(scalar) for spot in asked}
        after = shaping.renamed(data, chosen.at, "another").data

        def new(name: str) -> str:
            return "another" if name == chosen.name else name

        one = evaluate(read(data).definition, answers, today=TODAY)  # type: ignore[arg-type]
        other = evaluate(read(after).definition, {new(name): value for name, value in answers.items()}, today=TODAY)  # type: ignore[arg-type]
        assert other.visible == tuple(map(new, one.visible))
        assert other.required == tuple(map(new, one.required))
        assert [(error.name, error.code) for error in other.errors] == [(new(e.name), e.code) for e in one.errors]
        assert other.calculated == {new(name): value for name, value in one.calculated.items()}
        assert other.submission == {new(name): value for name, value in one.submission.items()}

    def test_every_question_of_the_ministrys_form_can_be_renamed(self) -> None:
        data = packaged("strategy-form-mended")
        for spot in [one for one in shaping.spots(data) if one.level in {"question", "column"}]:
            assert read(shaping.renamed(data, spot.at, "zzz").data).ok


class TestTranslating:
    def test_a_text_without_a_language_counts_as_that_of_the_whole(self) -> None:
        data = {"locale": "sv", **pages({"type": "text", "name": "a", "title": "Namn"})}
        (text,) = shaping.texts_in(data)
        assert text.texts == {"fi": "", "sv": "Namn", "en": ""}
        assert text.missing == ("fi", "en")
        made = shaping.with_texts(data, {text.at: {**text.texts, "fi": "Nimi"}}).data
        assert made["pages"][0]["elements"][0]["title"] == {"fi": "Nimi", "sv": "Namn"}

    def test_texts_of_choices_and_columns_are_there(self) -> None:
        found = {text.at for text in shaping.texts_in(packaged("strategy-form"))}
        assert any("/choices/" in at for at in found)
        assert any("/columns/" in at for at in found)

    @settings(max_examples=30, deadline=None)
    @given(clean())
    def test_saying_the_same_again_changes_nothing(self, data: dict[str, Any]) -> None:
        texts = {text.at: text.texts for text in shaping.texts_in(data)}
        assert shaping.with_texts(data, texts).data == data


class TestDifferences:
    @settings(max_examples=30, deadline=None)
    @given(clean())
    def test_a_definition_does_not_differ_from_itself(self, data: dict[str, Any]) -> None:
        assert shaping.differences(data, copy.deepcopy(data)) == ()

    @settings(max_examples=30, deadline=None)
    @given(clean(), clean())
    def test_definitions_that_differ_have_differences(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        assert bool(shaping.differences(one, other)) == (not values.same(one, other))

    @pytest.mark.parametrize(
        ("change", "what", "weight", "version"),
        [
            ({"title": {"fi": "Ikä"}}, "words", Weight.PATCH, "1.2.4"),
            ({"isRequired": True}, "key", Weight.MINOR, "1.3.0"),
            ({"visibleIf": "{why} empty"}, "condition", Weight.MINOR, "1.3.0"),
            ({"max": 9}, "limit", Weight.MAJOR, "2.0.0"),
            ({"inputType": "date"}, "kind", Weight.MAJOR, "2.0.0"),
            ({"x-luotsi": {"number": "3"}}, "marks", Weight.PATCH, "1.2.4"),
        ],
    )
    def test_each_weighs_by_what_becomes_of_answers(
        self, change: dict[str, Any], what: str, weight: Weight, version: str
    ) -> None:
        (found,) = shaping.differences(TREE, shaping.changed(TREE, at_of(TREE, "age"), change).data)
        assert (found.what, found.weight, found.name) == (what, weight, "age")
        assert shaping.proposed("1.2.3", (found,)) == version

    def test_a_question_more_is_minor_and_one_less_major(self) -> None:
        more = shaping.added(TREE, "/pages/0", "text", "more").data
        assert [(one.what, one.weight) for one in shaping.differences(TREE, more)] == [("added", Weight.MINOR)]
        assert [(one.what, one.weight) for one in shaping.differences(more, TREE)] == [("removed", Weight.MAJOR)]

    def test_one_that_was_moved_is_told_once(self) -> None:
        after = shaping.moved(TREE, "/pages/0/elements/0", 1).data
        assert [one.what for one in shaping.differences(TREE, after)] == ["moved"]

    def test_another_name_is_told_as_such(self) -> None:
        data = pages({"type": "text", "name": "a", "maxLength": 5})
        (found,) = shaping.differences(data, shaping.renamed(data, "/pages/0/elements/0", "b").data)
        assert (found.what, found.before, found.after, found.weight) == ("renamed", "a", "b", Weight.MAJOR)

    def test_choices_are_told_one_by_one(self) -> None:
        old = pages({"type": "dropdown", "name": "a", "choices": ["x", {"value": "y", "text": {"fi": "Y"}}]})
        new = pages({"type": "dropdown", "name": "a", "choices": [{"value": "y", "text": {"fi": "Yy"}}, "z"]})
        assert [(one.what, one.weight) for one in shaping.differences(old, new)] == [
            ("choice.words", Weight.PATCH),
            ("choice.added", Weight.MINOR),
            ("choice.removed", Weight.MAJOR),
        ]

    def test_without_an_earlier_version_the_first_one_follows(self) -> None:
        assert shaping.proposed("", ()) == "1.0.0"
