"""The evaluator agrees with survey-core itself, the program whose format it reads, over made-up cases.

All 300 agreed when they were first looked at; `excluding.py` tells what cases leave out, and docs/questionnaires.md
what parted with other seeds.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from luotsi.questionnaires.rules.definition import read
from luotsi.questionnaires.rules.evaluation import Outcome, evaluate
from luotsi.questionnaires.rules.expressions import FUNCTIONS
from luotsi.questionnaires.tests.asking import NOW, TODAY, plain
from luotsi.questionnaires.tests.comparing import UNSEEN, apart, surveyjs
from luotsi.questionnaires.tests.generating import COMPARING, COUNTING, KINDS, SEARCHING, case

pytestmark = pytest.mark.processes

SEEDS = range(UNSEEN, UNSEEN + 300)
# Functions that the cases need not have: told by a clock, or by what a form shows.
ELSEWHERE = {"currentDate", "currentYear", "displayValue", "getComment", "isDisplayMode", "substring"}


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    """Return the cases, each a definition with answers."""
    return [plain(case(seed)) for seed in SEEDS]


@pytest.fixture(scope="module")
def answered(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what survey-core says to each."""
    return surveyjs(cases)


@pytest.fixture(scope="module")
def ours(cases: list[dict[str, Any]]) -> list[Outcome]:
    """Return what the evaluator says to each."""
    found = []
    for one in cases:
        definition = read(one["definition"]).definition
        assert definition is not None
        found.append(evaluate(definition, one["answers"], today=TODAY, now=NOW))
    return found


def differing(pairs: list[tuple[Any, Any]]) -> list[int]:
    """Return the seeds whose two sides differ."""
    return [seed for seed, (one, other) in zip(SEEDS, pairs, strict=True) if one != other]


class TestAgreeingWithSurveyCore:
    def test_the_cases_have_every_kind_of_question_every_operator_and_every_function(
        self, cases: list[dict[str, Any]]
    ) -> None:
        text = json.dumps(cases)
        kinds = set(KINDS.split()) - {"number", "word", "day"} | {"text"}
        assert [kind for kind in kinds if f'"type": "{kind}"' not in text] == []
        assert [sign for sign in [*COMPARING, *COUNTING, *SEARCHING] if f" {sign} " not in text] == []
        assert [name for name in FUNCTIONS.keys() - ELSEWHERE if f"{name}(" not in text] == []

    def test_no_case_was_too_much_for_either(self, answered: list[dict[str, Any]], ours: list[Outcome]) -> None:
        assert [one["fault"] for one in answered if "fault" in one] == []
        assert [one.errors for one in ours if "budget" in {error.code for error in one.errors}] == []

    def test_the_same_questions_are_on_view(self, answered: list[dict[str, Any]], ours: list[Outcome]) -> None:
        pairs = [(one["visible"], list(other.visible)) for one, other in zip(answered, ours, strict=True)]
        assert differing(pairs) == []
        assert sum(len(one) for one, _other in pairs) > 4_000

    def test_the_same_questions_must_be_answered(self, answered: list[dict[str, Any]], ours: list[Outcome]) -> None:
        pairs = [(one["required"], list(other.required)) for one, other in zip(answered, ours, strict=True)]
        assert differing(pairs) == []

    def test_the_same_questions_cannot_be_changed(self, answered: list[dict[str, Any]], ours: list[Outcome]) -> None:
        pairs = [(one["readOnly"], list(other.read_only)) for one, other in zip(answered, ours, strict=True)]
        assert differing(pairs) == []

    def test_the_same_names_have_errors(self, answered: list[dict[str, Any]], ours: list[Outcome]) -> None:
        pairs = [
            (set(one["errors"]), {error.name for error in other.errors})
            for one, other in zip(answered, ours, strict=True)
        ]
        assert differing(pairs) == []
        assert sum(len(one) for one, _other in pairs) > 400

    def test_the_same_values_are_worked_out(self, answered: list[dict[str, Any]], ours: list[Outcome]) -> None:
        found = [
            apart(one["calculated"] | one["values"], other.calculated)
            for one, other in zip(answered, ours, strict=True)
        ]
        assert [one for one in found if one] == []
        assert sum(len(other.calculated) for other in ours) > 1_000

    def test_the_same_totals_are_counted(self, answered: list[dict[str, Any]], ours: list[Outcome]) -> None:
        found = [apart(one["totals"], other.totals) for one, other in zip(answered, ours, strict=True)]
        assert [one for one in found if one] == []
