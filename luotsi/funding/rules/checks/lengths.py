"""T1: how long texts are by the counting that the call declares, and which are near their limit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from luotsi.funding.rules.application import Application, TextAnswer
from luotsi.funding.rules.call import Call, Counting, Question
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Field, Finding, Percent, Severity, Value, of, of_call
from luotsi.funding.rules.register import Register
from luotsi.questionnaires.rules.counting import characters, normalised

NEAR = Decimal(95)  # per cent of the limit


def length(text: str, counting: Counting | None) -> int:
    """Return how many characters a text has; where the call does not say how, as this house counts."""
    if counting is Counting.UTF16:
        return len(text.replace("\r\n", "\n").encode("utf-16-le", "surrogatepass")) // 2
    if counting is Counting.CRLF:
        return characters(text) + normalised(text).count("\n")
    return characters(text)


def text_names(text: TextAnswer) -> tuple[str, ...]:
    """Return what a text is called: the number of its question, and what it asks."""
    return (f"{text.question} {text.label}".strip(),)


def texts_fit(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """T1: no text is longer than its limit; from 95 per cent on it is told, and how long it is by other countings."""
    questions = {question.number: question for question in call.questions}
    for text in application.texts:
        question = questions.get(text.question)
        field = of(text, "text", *text_names(text))
        if question is not None and question.limit is not None:
            other = of_call(question, "limit", "@call", text.question, "@limit")
            yield from _fit(text, question.limit, question, field, other)
        elif text.limit is not None:
            yield from _fit(text, text.limit, question, field, of(text, "limit", *text_names(text), "@limit"))
        elif any(one.limit is not None for one in call.questions):
            other = of_call(question or call, "limit" if question else "questions", "@call", "@limit")
            params: dict[str, Value] = {"question": text_names(text), "count": length(text.text, None)}
            yield Finding("T1", "T1.no_limit", Severity.INFO, (field, other), params["count"], None, params)


def _fit(text: TextAnswer, limit: int, question: Question | None, field: Field, other: Field) -> Iterator[Finding]:
    counting = question.counting if question is not None else None
    count = length(text.text, counting)
    if count * 100 < limit * NEAR and length(text.text, Counting.CRLF) <= limit:
        return
    strict = max(length(text.text, how) for how in Counting)
    params: dict[str, Value] = {
        "question": text_names(text),
        "count": count,
        "limit": limit,
        "share": Percent(figures.share(Decimal(count), Decimal(limit)), 1),
        "counting": f"@counting.{counting or Counting.CHARACTERS}",
        "strict": strict,
        "over": count - limit,
    }
    if count > limit:
        yield Finding("T1", "T1.over", Severity.BLOCK, (field, other), count, limit, params)
    elif strict > limit and counting is not Counting.CHARACTERS:
        yield Finding("T1", "T1.over_if_strict", Severity.WARN, (field, other), count, limit, params)
    elif count * 100 >= limit * NEAR:
        code = "T1.near_over_if_strict" if strict > limit else "T1.near"
        yield Finding("T1", code, Severity.WARN, (field, other), count, limit, params)
