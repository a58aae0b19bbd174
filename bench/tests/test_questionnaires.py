"""The form that is measured is what it says: 24 questions, three areas open, sums that balance, no errors."""

from __future__ import annotations

from bench import questionnaires
from luotsi.questionnaires.rules.evaluation import evaluate


class TestTheForm:
    def test_it_has_24_questions_and_seven_tables_of_money(self) -> None:
        listed = list(questionnaires.made().questions)
        assert len(listed) == 24
        assert sum(question.kind == "matrixdropdown" for question in listed) == 7

    def test_its_answers_open_three_areas_and_balance(self) -> None:
        found = evaluate(questionnaires.made(), questionnaires.answers(), today=questionnaires.TODAY)
        assert found.errors == ()
        shown = {name.split("_")[0] for name in found.visible if name.endswith("_what")}
        assert shown == set(questionnaires.CHOSEN)
        assert found.totals["quality_costs.eur"] == found.totals["quality_funds.eur"]

    def test_the_figures_are_told_with_their_goal(self) -> None:
        told = "\n".join(questionnaires.lines({"questions": 24, "visible": 33, "evaluate_ms": 2.0, "ratio": 3.0}))
        assert "≤ 5 ms | met" in told
