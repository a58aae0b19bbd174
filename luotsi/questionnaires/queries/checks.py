"""What is still wrong with a response: errors of answers, what waits for a decision, findings of the rule set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.questionnaires.queries.error_words import words_of
from luotsi.questionnaires.queries.places import Places
from luotsi.questionnaires.queries.told import told as told_as
from luotsi.questionnaires.queries.versions import definition_of, findings_of
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.checks import Finding, Severity
from luotsi.questionnaires.rules.filling import numbers
from luotsi.ui import formatting

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


@dataclass(frozen=True)
class Side:
    """One side of a finding's evidence: what it is called, what it says, and where it is asked."""

    label: str
    words: str
    page: int
    anchor: str


@dataclass(frozen=True)
class Found:
    """What the rule set found: its words, both sides, a suggestion and its source; a block keeps from handing in."""

    rule: str
    blocks: bool
    mark: str
    words: str
    sides: tuple[Side, ...]
    fix: str
    source: str


def blocked(version: QuestionnaireVersion, outcome: Outcome, response: Response, language: str) -> tuple[Blocked, ...]:
    """Return everything that keeps a response from being handed in, in the order of the questionnaire."""
    places = Places(definition_of(version), language)
    return (*_undecided(response, places), *_errors(outcome, places))


def found_by_rules(
    version: QuestionnaireVersion, outcome: Outcome, response: Response, language: str
) -> tuple[Found, ...]:
    """Return what the rule set of the version finds, what blocks first."""
    places = Places(definition_of(version), language)
    told = findings_of(version, response.values, outcome, language=language)
    found = [_found(one, places, language) for one in told]
    return tuple(sorted(found, key=lambda one: ("bad", "warn", "info").index(one.mark)))


def _found(finding: Finding, places: Places, language: str) -> Found:
    marks = {Severity.BLOCK: "bad", Severity.WARN: "warn", Severity.INFO: "info"}
    sides = []
    for one in finding.evidence:
        place = places.of(one.fields[0]) if one.fields else None
        label = place.label if place else one.name
        words = numbers.shown(one.value, language) if values.is_number(one.value) else told_as(one.value)
        sides.append(
            Side(label, words or formatting.MISSING, place.page if place else 0, place.anchor if place else "")
        )
    mark = marks[finding.severity]
    return Found(finding.rule, mark == "bad", mark, finding.message, tuple(sides), finding.fix, finding.source)


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
