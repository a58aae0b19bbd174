"""`luotsi questionnaire evaluate`: answers in words and in JSON, and what it says of files that it cannot use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from luotsi.questionnaires.queries import fault_words
from luotsi.questionnaires.queries.error_words import words_of
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.definition import read
from luotsi.questionnaires.rules.evaluation import evaluate
from luotsi.questionnaires.tests.asking import NOW, TODAY
from luotsi.questionnaires.tests.generating import case

DEFINITION: Mapping[str, Any] = {
    "elements": [
        {"type": "text", "inputType": "number", "name": "a", "isRequired": True},
        {"type": "text", "name": "b", "visibleIf": "{a} > 2", "maxLength": 3},
        {
            "type": "matrixdynamic",
            "name": "m",
            "columns": [{"name": "x", "cellType": "text", "inputType": "number", "totalType": "sum"}],
        },
    ],
    "calculatedValues": [{"name": "k", "expression": "{a} * 0.0000001"}],
}


@pytest.fixture
def definition(tmp_path: Path) -> str:
    """A file with the questionnaire above."""
    path = tmp_path / "form.json"
    path.write_text(json.dumps(DEFINITION))
    return str(path)


def ran(definition: str, answers: str, *options: str) -> tuple[str, CommandError | None]:
    """Return what the command writes to standard output, and what it fails with."""
    out, file = StringIO(), Path(definition).with_name("answers.json")
    file.write_text(answers, encoding="utf-8")
    try:
        call_command("questionnaire", "evaluate", definition, str(file), *options, stdout=out)
    except CommandError as failed:
        return out.getvalue(), failed
    return out.getvalue(), None


class TestEvaluating:
    def test_the_json_is_exactly_as_promised(self, definition: str) -> None:
        told, failed = ran(definition, '{"a": 3, "m": [{"x": 0.10}, {"x": 1e2}]}', "--json", "--language", "en")
        assert failed is None
        assert values.loads(told) == {
            "visible": ["a", "b", "m", "m[0].x", "m[1].x"],
            "required": ["a"],
            "errors": [],
            "calculated": {"k": Decimal("0.0000003")},
            "totals": {"m.x": Decimal("100.1")},
        }
        assert "0.0000003" in told

    def test_an_error_ends_with_1_and_is_told_in_each_language(self, definition: str) -> None:
        said = set()
        for language in ("fi", "sv", "en"):
            told, failed = ran(definition, '{"b": "hidden"}', "--json", "--language", language)
            assert failed is not None
            assert failed.returncode == 1
            [error] = values.loads(told)["errors"]
            assert (error["name"], error["code"]) == ("a", "required")
            said.add(error["message"])
        assert len(said) == 3

    def test_a_person_reads_it_too(self, definition: str) -> None:
        told, _failed = ran(definition, '{"a": 3, "b": "long"}', "--language", "en")
        assert "  a *\n  b\n" in told
        assert "Errors: 1" in told

    def test_it_is_evaluated_as_on_the_day_asked_for(self, tmp_path: Path) -> None:
        path = tmp_path / "form.json"
        path.write_text('{"elements": [{"type": "text", "name": "b", "visibleIf": "year(today()) = 2031"}]}')
        assert values.loads(ran(str(path), "{}", "--json", "--on", "2031-05-01")[0])["visible"] == ["b"]
        assert values.loads(ran(str(path), "{}", "--json", "--on", "2030-05-01")[0])["visible"] == []


class TestFilesThatCannotBeUsed:
    @pytest.mark.parametrize("answers", ["{", "[" * 5_000, '{"a": NaN}', '{"a": 1, "a": 2}', '{"a": 1e999}'])
    def test_answers_that_are_no_json_end_with_2(self, definition: str, answers: str) -> None:
        failed = ran(definition, answers)[1]
        assert failed is not None
        assert failed.returncode == 2

    def test_a_definition_with_errors_ends_with_2_and_tells_their_places(self, tmp_path: Path) -> None:
        path = tmp_path / "form.json"
        path.write_text('{"elements": [{"type": "text", "name": "b", "visibleIf": "{a} >"}, {"type": "spell"}]}')
        failed = ran(str(path), "{}", "--language", "en")[1]
        assert failed is not None
        assert failed.returncode == 2
        assert "form.json#/elements/0/visibleIf: The expression makes no sense from sign" in str(failed)
        assert "#/elements/1: There is no kind of question “spell”." in str(failed)

    def test_a_missing_file_ends_with_2(self, definition: str) -> None:
        with pytest.raises(CommandError) as failed:
            call_command("questionnaire", "evaluate", definition, "nowhere.json")
        assert failed.value.returncode == 2


class TestWords:
    def test_every_error_of_made_up_answers_has_words(self) -> None:
        told = 0
        for seed in range(40):
            made = case(seed)
            definition = read(made["definition"]).definition
            assert definition is not None
            wrong = {name: [value, "\x07"] for name, value in made["answers"].items()} | {"nobody": 1}
            for answers in (made["answers"], wrong):
                for error in evaluate(definition, answers, today=TODAY, now=NOW).errors:
                    assert words_of(error)
                    told += 1
        assert told > 200

    def test_every_fault_has_words(self) -> None:
        broken = [
            {"type": "text", "name": "a{", "validators": [{"type": "x"}, {"type": "regex", "regex": "(?=a)"}], "z": 1},
            {"type": "text", "name": "a", "visibleIf": "nobody(1)", "min": 1, "maxLength": -7, "title": 3},
            {"type": "text", "name": "a", "visibleIf": "iif(1)", "enableIf": "!" * 200 + "1", "isRequired": "x"},
            {"type": "rating", "name": "r", "rateMin": 5, "rateMax": 1, "valueName": "x"},
            {"type": "dropdown", "name": "d", "choices": [None, "a", "a"]},
            {"type": "matrixdynamic", "name": "m", "minRowCount": 5, "maxRowCount": 2, "columns": [1]},
            {"type": "dropdown", "name": "e"}, {"type": "expression", "name": "f"}, {"type": "text"},
            {"type": "text", "name": "g", "inputType": "q", "visibleIf": "{$a.b} = 1", "requiredIf": "x" * 10_001},
        ]  # fmt: skip
        faults = [*read({"elements": broken}).faults, *read({}).faults, *read(7).faults, *read({1: 2}).faults]
        assert all(fault_words.sentence(fault) for fault in faults)
        assert len({fault.code for fault in faults}) > 20
