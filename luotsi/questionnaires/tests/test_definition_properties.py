"""Linter and conversions held against the evaluator and against definitions with everything drawn at random."""

from __future__ import annotations

import copy
import datetime
from itertools import combinations, product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from luotsi.questionnaires.rules.convert import (
    from_surveyjs,
    from_xlsform,
    printed,
    to_json_schema,
    to_surveyjs,
    to_xlsform,
)
from luotsi.questionnaires.rules.definition import canonical, read
from luotsi.questionnaires.rules.evaluation import evaluate
from luotsi.questionnaires.rules.expressions import Binary, Listed, Literal, Node, Unary, parse
from luotsi.questionnaires.rules.lint import defects
from luotsi.questionnaires.tests.making import CHOICES, LETTERS, MANY, clean, definition, line, pages
from luotsi.questionnaires.tests.test_conversions import plain

DAY = datetime.date(2026, 1, 1)
ONE, SEVERAL = parse("{asked}"), parse("{areas}")
letters = st.sampled_from(LETTERS).map(Literal)
asking = st.one_of(
    st.builds(Binary, st.sampled_from(["equal", "notequal"]), st.just(ONE), letters),
    st.builds(Binary, st.sampled_from(["contains", "notcontains"]), st.just(SEVERAL), letters),
    st.builds(
        Binary,
        st.sampled_from(["anyof", "allof", "noneof"]),
        st.just(SEVERAL),
        st.lists(letters, min_size=1, max_size=2).map(lambda items: Listed(tuple(items))),
    ),
    st.builds(Unary, st.sampled_from(["empty", "notempty"]), st.sampled_from([ONE, SEVERAL])),
)
conditions: st.SearchStrategy[Node] = st.recursive(
    asking,
    lambda inner: st.one_of(
        st.builds(Binary, st.sampled_from(["and", "and", "or"]), inner, inner),
        st.builds(Unary, st.just("negate"), inner),
    ),
    max_leaves=6,
)
ANSWERS = [
    {"asked": one, "areas": list(some)}
    for one, some in product([None, *LETTERS], [some for size in range(4) for some in combinations(LETTERS, size)])
]
EXTRAS: tuple[dict[str, Any], ...] = (
    {"enableIf": "{asked} = 'a'"},
    {"requiredIf": "{asked} notempty"},
    {"visibleIf": "{areas} anyof ['a', 'b']"},
    {"visibleIf": "age({asked}) > 3 or {areas} empty"},
    {"readOnly": True},
    {"placeholder": "…"},
    {"x-luotsi": {"role": "cost"}},
    {"description": {"fi": "ohje", "sv": "råd"}},
    {"validators": [{"type": "expression", "expression": "{asked} notempty", "text": "x"}]},
    {"validators": [{"type": "regex", "regex": 'it\'s "so"'}, {"type": "text", "minLength": 2, "maxLength": 9}]},
    {"validators": [{"type": "numeric", "minValue": 1}, {"type": "numeric", "maxValue": 9}]},
    {"showCommentArea": True, "commentText": "miksi"},
    {"defaultValue": "a"},
    {"isRequired": True, "requiredErrorText": "!"},
    {"inputType": "month"},
    {"showOtherItem": True, "showNoneItem": True},
    {"minSelectedChoices": 1, "maxSelectedChoices": 2},
    {"choicesVisibleIf": "{areas} contains {item}"},
)


@st.composite
def laden(draw: st.DrawFn) -> dict[str, Any]:
    """Return a definition whose questions carry keys of every sort."""
    data = copy.deepcopy(draw(clean()))
    data["pages"].insert(0, {"name": "first", "elements": copy.deepcopy([CHOICES, MANY])})
    for page in data["pages"][1:]:
        for element in (one for one in page["elements"] if one["type"] != "panel"):
            for extra in draw(st.lists(st.sampled_from(EXTRAS), max_size=3)):
                element.update(copy.deepcopy(extra))
    return data


class TestReach:
    @given(conditions, conditions)
    def test_what_is_called_unreachable_is_what_the_evaluator_never_shows(self, outer: Node, inner: Node) -> None:
        inside = line("inside", visibleIf=printed(inner))
        panel = {"type": "panel", "name": "around", "visibleIf": printed(outer), "elements": [inside]}
        read_once = read(pages(CHOICES, MANY, panel))
        assert read_once.definition is not None
        shown = any("inside" in evaluate(read_once.definition, answers, today=DAY).visible for answers in ANSWERS)
        assert (not shown) == ("condition.never" in {defect.code for defect in defects(read_once)})


class TestLadenDefinitions:
    @given(laden())
    def test_the_linter_raises_nothing(self, data: dict[str, Any]) -> None:
        defects(read(data))

    @given(laden())
    def test_surveyjs_there_and_back_loses_nothing(self, data: dict[str, Any]) -> None:
        out = to_surveyjs(data, apart=True)
        back = from_surveyjs(out.result, out.side_car)
        assert (back.losses, canonical(back.result)) == ((), canonical(data))

    @given(laden())
    def test_what_a_spreadsheet_keeps_without_a_loss_means_the_same(self, data: dict[str, Any]) -> None:
        made = definition(data)
        form, losses = to_xlsform(made)
        lost = {loss.name for loss in losses}
        again = read(from_xlsform(form)[0]).definition
        assert again is not None
        for answers in ANSWERS[::5]:
            before, after = (evaluate(one, answers, today=DAY) for one in (made, again))
            kept = {question.name for question in made.questions if question.name not in lost}
            for names in ("visible", "required", "read_only"):
                told = [name for name in getattr(before, names) if name in kept]
                assert told == [name for name in getattr(after, names) if name in kept]

    @given(laden())
    def test_a_loss_names_an_element_of_the_definition_and_a_place_in_it(self, data: dict[str, Any]) -> None:
        for loss in to_xlsform(definition(data))[1]:
            here: Any = data
            for step in loss.at.split("/")[1:-1]:
                here = here[int(step)] if isinstance(here, list) else here[step]
            assert here is not None


ANSWER: dict[str, st.SearchStrategy[Any]] = {
    "text": st.text("abc", max_size=5),
    "comment": st.text("abc", max_size=5),
    "number": st.integers(0, 10),
    "date": st.just("2026-01-01"),
    "radiogroup": st.sampled_from(LETTERS),
    "dropdown": st.sampled_from(LETTERS),
    "checkbox": st.lists(st.sampled_from(LETTERS), unique=True),
    "tagbox": st.lists(st.sampled_from(LETTERS), unique=True),
    "boolean": st.booleans(),
    "rating": st.integers(1, 5),
    "matrix": st.dictionaries(st.sampled_from(LETTERS), st.sampled_from(LETTERS)),
    "matrixdropdown": st.dictionaries(st.sampled_from(LETTERS), st.fixed_dictionaries({"sum": st.integers(0, 9)})),
    "matrixdynamic": st.lists(st.fixed_dictionaries({"what": st.text("ab", min_size=1, max_size=3)}), max_size=3),
    "paneldynamic": st.lists(st.fixed_dictionaries({"inner": st.text("ab", min_size=1, max_size=3)}), max_size=3),
}


class TestJsonSchema:
    @given(clean(kinds=tuple(ANSWER)), st.data())
    def test_what_is_handed_in_without_an_error_fits(self, data: dict[str, Any], draw: st.DataObject) -> None:
        made = definition(data)
        answers = {}
        for question in made.questions:
            input_type = getattr(question, "input_type", "")
            kind = input_type if input_type in ANSWER else str(question.kind)
            answers[question.name] = draw.draw(ANSWER[kind])
        outcome = evaluate(made, answers, today=DAY)
        schema = to_json_schema(made)[0]
        if not outcome.errors:
            Draft202012Validator(plain(schema)).validate(plain(outcome.submission))
