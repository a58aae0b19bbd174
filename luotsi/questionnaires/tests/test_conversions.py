"""SurveyJS there and back, and JSON Schema of what is handed in."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.convert import (
    from_surveyjs,
    to_json_schema,
    to_surveyjs,
)
from luotsi.questionnaires.rules.definition import canonical, read
from luotsi.questionnaires.rules.evaluation import evaluate
from luotsi.questionnaires.tests.making import clean, definition, one, packaged, pages

DAY = datetime.date(2026, 1, 1)


class TestSurveyJS:
    @given(clean())
    def test_what_goes_out_comes_in_as_it_was(self, data: dict[str, Any]) -> None:
        out = to_surveyjs(data)
        again = from_surveyjs(out.result)
        assert (out.losses, again.losses) == ((), ())
        assert canonical(again.result) == canonical(data)

    @given(clean())
    def test_our_semantics_may_stand_apart(self, data: dict[str, Any]) -> None:
        out = to_surveyjs(data, apart=True)
        assert "x-luotsi" not in values.dumps(out.result)
        assert canonical(from_surveyjs(out.result, out.side_car).result) == canonical(data)

    def test_the_ministrys_form_comes_back_whole(self) -> None:
        data = packaged("strategy-form")
        out = to_surveyjs(data, apart=True)
        assert len(out.side_car) == 60
        assert canonical(from_surveyjs(out.result, out.side_car).result) == canonical(data)

    def test_keys_stand_in_one_order(self) -> None:
        out = to_surveyjs(
            {"pages": [{"elements": [{"maxLength": 5, "name": "a", "type": "text"}], "name": "p"}], "title": "t"}
        )
        assert list(out.result) == ["title", "pages"]
        assert list(out.result["pages"][0]["elements"][0]) == ["type", "name", "maxLength"]

    def test_what_is_refused_is_left_out_and_told(self) -> None:
        data = pages(
            {"type": "text", "name": "a", "setValueIf": "{b} = 1"},
            {"type": "signaturepad", "name": "s"},
            {"type": "text", "name": "a"},
            {"type": "text", "name": "b", "visibleIf": "{a} >", "hasComment": True},
            triggers=[{"type": "complete", "expression": "{a} = 1"}],
        )
        made = from_surveyjs(data)
        assert read(made.result).ok
        assert [question.name for question in definition(made.result).questions] == ["a", "b"]
        assert {(loss.at, loss.what, loss.detail) for loss in made.losses} == {
            ("/pages/0/elements/0/setValueIf", "key", "setValueIf"),
            ("/pages/0/elements/1", "element", "signaturepad"),
            ("/pages/0/elements/2", "element", "a"),
            ("/pages/0/elements/3/visibleIf", "expression", "visibleIf"),
            ("/triggers", "key", "triggers"),
        }
        assert made.result["pages"][0]["elements"][1]["showCommentArea"] is True


class TestJsonSchema:
    @given(clean())
    def test_it_is_a_schema_by_its_own_rules(self, data: dict[str, Any]) -> None:
        schema, _losses = to_json_schema(definition(data))
        Draft202012Validator.check_schema(plain(schema))

    @pytest.mark.parametrize(
        ("question", "good", "bad"),
        [
            ({"maxLength": 3}, "abc", "abcd"),
            ({"inputType": "number", "min": 1, "max": 5}, 5, 6),
            ({"type": "radiogroup", "choices": ["a", 2]}, 2, "b"),
            ({"type": "checkbox", "choices": ["a", "b"], "maxSelectedChoices": 1}, ["a"], ["a", "b"]),
            ({"type": "boolean"}, True, "true"),
            ({"type": "rating", "rateMax": 3}, 3, 4),
            ({"type": "matrix", "columns": ["a"], "rows": ["r"]}, {"r": "a"}, {"s": "a"}),
            (
                {"type": "matrixdynamic", "columns": [{"name": "c", "cellType": "text"}], "maxRowCount": 1},
                [{"c": "x"}],
                [{}, {}],
            ),
            (
                {"type": "paneldynamic", "templateElements": [{"type": "text", "name": "z"}]},
                [{"z": "x"}],
                [{"y": "x"}],
            ),
            ({"validators": [{"type": "regex", "regex": "^a"}]}, "ab", "b"),
        ],
    )
    def test_it_takes_what_fits_and_nothing_else(self, question: dict[str, Any], good: Any, bad: Any) -> None:
        schema, losses = to_json_schema(one(**question))
        validator = Draft202012Validator(plain(schema))
        assert losses == ()
        assert validator.is_valid({"asked": good})
        assert not validator.is_valid({"asked": bad})
        assert not validator.is_valid({"unknown": 1})

    def test_what_may_be_hidden_is_not_required_and_the_condition_is_told(self) -> None:
        schema, losses = to_json_schema(one(isRequired=True, visibleIf="{n} > 1"))
        assert "required" not in schema
        assert [(loss.what, loss.name, loss.detail) for loss in losses] == [("condition", "asked", "visibleIf")]
        assert to_json_schema(one(isRequired=True))[0]["required"] == ["asked"]

    def test_what_the_evaluator_hands_in_fits(self) -> None:
        made = definition(packaged("strategy-form"))
        answers = {
            "provider": "Esimerkkilän koulutuskuntayhtymä",
            "contact_name": "Etunimi Sukunimi",
            "contact_job_title": "Suunnittelija",
            "contact_phone": "-",
            "contact_email": "nobody@example.invalid",
            "areas": ["quality"],
            "quality_costs": {"staff": {"amount": 10}},
        }
        handed_in = evaluate(made, answers, today=DAY).submission
        Draft202012Validator(plain(to_json_schema(made)[0])).validate(handed_in)


def plain(schema: Any) -> Any:
    """Return a schema with floats where the product has exact numbers."""
    if isinstance(schema, dict):
        return {key: plain(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [plain(value) for value in schema]
    return float(schema) if isinstance(schema, Decimal) else schema
