"""What is still wrong with a response: errors of answers, what waits for a decision, findings of the rule set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.questionnaires.queries.error_words import words_of
from luotsi.questionnaires.queries.places import Places
from luotsi.questionnaires.queries.versions import definition_of

if TYPE_CHECKING:
    from luotsi.questionnaires.models import QuestionnaireVersion, Response
    from luotsi.questionnaires.rules.evaluation import Outcome

MISSING = frozenset({"required", "required.panel", "rows.required"})


@dataclass(frozen=True)
class Blocked:
    """One thing that keeps a response from being handed in.

    Attributes:
        name: Whole name of the question, "" = none.
        label: What the question is called.
        words: What is wrong.
        page: Number of its page, 0 = none.
        anchor: Id of its element.
        missing: True where an answer is not there yet, which is no mistake.
    """

    name: str
    label: str
    words: str
    page: int
    anchor: str
    missing: bool = False


def blocked(
    version: QuestionnaireVersion, outcome: Outcome, response: Response, language: str
) -> tuple[Blocked, ...]:
    """Return everything that keeps a response from being handed in, in the order of the questionnaire."""
    places = Places(definition_of(version), language)
    return (*_undecided(response, places), *_errors(outcome, places))


def _undecided(response: Response, places: Places) -> Iterator[Blocked]:
    for name in response.pending:
        place = places.of(name)
        words = _("Two versions have been written. Decide which one stands.")
        yield Blocked(name, place.label, words, place.page, place.anchor)


def _errors(outcome: Outcome, places: Places) -> Iterator[Blocked]:
    for error in outcome.errors:
        place = places.of(error.name)
        missing = error.code in MISSING
        yield Blocked(error.name, place.label, words_of(error), place.page, place.anchor, missing)
