"""A response as it is read: every answer with its question, as summary, receipt, print, PDF and difference show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.questionnaires.queries.parts import Words
from luotsi.questionnaires.queries.told import lines_of
from luotsi.questionnaires.queries.versions import definition_of, outcome_of
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.filling.differences import differences
from luotsi.questionnaires.rules.filling.names import COMMENT, anchor
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.questionnaires.models import QuestionnaireVersion, Response, Submission


@dataclass(frozen=True)
class Answer:
    """A question and its answer in lines of words; none where it was left empty."""

    number: str
    title: Words
    lines: tuple[str, ...]
    remark: str
    anchor: str


@dataclass(frozen=True)
class Section:
    """A page in the summary; `page` is its number for a link back to it."""

    page: int
    title: Words
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Difference:
    """An answer that differs between two submissions, each in lines of words."""

    title: Words
    before: tuple[str, ...]
    after: tuple[str, ...]


def summary_of(version: QuestionnaireVersion, answers: Mapping[str, Any], language: str) -> tuple[Section, ...]:
    """Return the pages on view with their questions and answers; hidden ones are left out."""
    definition = definition_of(version)
    outcome = outcome_of(version, answers, language=language)
    visible, containers = frozenset(outcome.visible), frozenset(outcome.containers)
    found: list[Section] = []
    for number, page in enumerate(definition.pages, 1):
        if page.name not in containers:
            continue
        asked = [
            one for one in d.walk((page,)) if isinstance(one, d.Question) and one.name in visible and one.is_answered
        ]
        told = {**outcome.submission, **outcome.calculated}
        title = _words(page.title.in_language(language), _("Page %(number)s") % {"number": len(found) + 1})
        found.append(Section(number, title, tuple(_answer(one, told, outcome.totals, language) for one in asked)))
    return tuple(found)


def _words(said: Any, otherwise: str) -> Words:
    return Words(said.text, said.language) if said.text else Words(otherwise)


def _answer(question: d.Question, told: Mapping[str, Any], totals: Mapping[str, Any], language: str) -> Answer:
    lines = lines_of(question, told.get(question.name), language)
    if isinstance(question, d.TableQuestion) and question.has_totals:
        lines += list(_totals(question, totals, language))
    return Answer(
        str(question.x.get("number", "")),
        _words(question.title.in_language(language), question.name),
        tuple(lines),
        str(told.get(question.name + COMMENT) or ""),
        anchor(question.name),
    )


def _totals(question: d.TableQuestion, totals: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield what stands below the columns of a table."""
    word = question.total_text.in_language(language).text or _("Total")
    for column in question.columns:
        value = totals.get(f"{question.name}.{column.name}")
        if column.has_total and value is not None:
            title = column.title.in_language(language).text or column.name
            yield f"{word}, {title}: {' '.join(lines_of(column.cell, value, language))}"


def changes_between(before: Submission, after: Submission, language: str) -> tuple[Difference, ...]:
    """Return what differs between two submissions of a response, in the order of the questionnaire."""
    definition = definition_of(after.version)
    known = {question.name: question for question in definition.questions}
    found = differences(known, before.content["answers"], after.content["answers"])
    result = []
    for change in found:
        question = known.get(change.name) or known.get(change.name.removesuffix(COMMENT))
        said = question.title.in_language(language) if question else None
        title = _words(said, change.name) if said else Words(change.name)
        if change.name.endswith(COMMENT) and change.name not in known:
            title = Words(f"{title.text}: {_('comment')}", title.lang)
        lines = [
            tuple(lines_of(known.get(change.name), value, language)) or (formatting.MISSING,)
            for value in (change.before, change.after)
        ]
        result.append(Difference(title, lines[0], lines[1]))
    return tuple(result)


def draft_differs(response: Response, submission: Submission) -> bool:
    """Return True when what would be handed in now differs from what was."""
    outcome = outcome_of(response.collection.version, response.values)
    return not values.same(outcome.submission, submission.content["answers"])
