"""What is shown for an answer: the words of a choice, of a step, of yes or no."""

from __future__ import annotations

from typing import Any

from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.expressions.coercion import as_text
from luotsi.questionnaires.rules.expressions.operators import equal


def shown_for(question: d.Question, value: Any, language: str) -> Any:
    """Return the words shown for a value of a question; the value itself where it has no words, None for nothing."""
    if values.is_empty(value):
        return None
    if isinstance(value, list):
        return ", ".join(as_text(shown_for(question, item, language)) for item in value)
    if isinstance(question, d.BooleanQuestion):
        told = question.label_true if values.same(value, question.value_true) else question.label_false
        return told.in_language(language).text or as_text(value)
    choices: tuple[d.Choice, ...] = ()
    if isinstance(question, d.ChoiceQuestion):
        choices = question.choices
    elif isinstance(question, d.RatingQuestion):
        choices = question.steps
    for choice in choices:
        if equal(choice.value, value):
            return choice.text.in_language(language).text or as_text(value)
    return as_text(value)
