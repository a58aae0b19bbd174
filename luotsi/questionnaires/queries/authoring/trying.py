"""A draft as those who answer would see it, with what follows from test answers; nothing is stored."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.questionnaires.queries.checks import MISSING
from luotsi.questionnaires.queries.error_words import words_of
from luotsi.questionnaires.queries.parts import Group, Shown, Words
from luotsi.questionnaires.queries.places import Places
from luotsi.questionnaires.queries.shown.building import Building
from luotsi.questionnaires.queries.told import told
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.checks import findings, read_rules
from luotsi.questionnaires.rules.evaluation import evaluate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.questionnaires.models import QuestionnaireVersion

MOST = 300


@dataclass(frozen=True)
class TryStep:
    """A page among the steps of a preview."""

    number: int
    place: int
    words: Words
    current: bool


@dataclass(frozen=True)
class Told:
    """A name and what is told of it."""

    name: str
    words: str


@dataclass(frozen=True)
class Tried:
    """A page of a preview with what follows from the answers.

    Attributes:
        number: Of the page, from 1; 0 where no page is on view.
        items: What is drawn.
        previous: Number of the page before, 0 = none; `next` likewise.
        handed_in: What would be handed in, as JSON.
        answers: What was typed so far, as JSON for the next request.
    """

    number: int
    title: Words
    help: Words
    items: tuple[Shown | Group, ...]
    steps: tuple[TryStep, ...]
    previous: int
    next: int
    visible: tuple[str, ...]
    required: tuple[str, ...]
    errors: tuple[Told, ...]
    worked_out: tuple[Told, ...]
    findings: tuple[Told, ...]
    handed_in: str
    answers: str


def tried(
    draft: QuestionnaireVersion, definition: d.Definition, answers: Mapping[str, Any], number: int, language: str
) -> Tried:
    """Return a page of a draft as it is answered in a language, and what follows from the answers today."""
    now = clock.now().astimezone(clock.HELSINKI).replace(tzinfo=None)
    outcome = evaluate(definition, answers, today=now.date(), now=now, language=language)
    places = Places(definition, language)
    words: dict[str, list[str]] = defaultdict(list)
    for error in outcome.errors:
        if error.code in MISSING:
            continue  # told at the question when somebody wants to hand in, not before
        words[error.name].append(words_of(error))
    building = Building(draft.pk, answers, outcome, {name: tuple(said) for name, said in words.items()}, language)
    shown = [place for place, page in enumerate(definition.pages, 1) if page.name in outcome.containers]
    number = number if number in shown else (shown[0] if shown else 0)
    at = shown.index(number) if number else 0
    page = definition.pages[number - 1] if number else None
    return Tried(
        number=number,
        title=_title(building, page, at) if page else Words(""),
        help=building.words(page.description) if page else Words(""),
        items=building.elements(page.elements) if page else (),
        steps=tuple(
            TryStep(one, place + 1, _title(building, definition.pages[one - 1], place), one == number)
            for place, one in enumerate(shown)
        ),
        previous=shown[at - 1] if at else 0,
        next=shown[at + 1] if at + 1 < len(shown) else 0,
        visible=outcome.visible[:MOST],
        required=outcome.required[:MOST],
        errors=tuple(Told(places.of(one.name).label or "–", words_of(one)) for one in outcome.errors[:MOST]),
        worked_out=tuple(
            Told(name, told(value) or "–")
            for name, value in [*outcome.calculated.items(), *outcome.totals.items()][:MOST]
        ),
        findings=_findings(draft, definition, answers, language, outcome.calculated),
        handed_in=values.dumps(outcome.submission, indent=2),
        answers=values.dumps(dict(answers)),
    )


def _title(building: Building, page: d.Page, place: int) -> Words:
    return building.words(page.title, _("Page %(number)s") % {"number": place + 1})


def _findings(
    draft: QuestionnaireVersion,
    definition: d.Definition,
    answers: Mapping[str, Any],
    language: str,
    worked_out: Mapping[str, Any],
) -> tuple[Told, ...]:
    rule_set = read_rules(draft.rule_set).rule_set if draft.rule_set is not None else None
    if rule_set is None:
        return ()
    now = clock.now().astimezone(clock.HELSINKI).replace(tzinfo=None)
    found = findings(rule_set, definition, answers, now=now, language=language, worked_out=worked_out)
    return tuple(
        Told(one.rule, " ".join([one.message, *(f"{side.name}: {told(side.value) or '–'}" for side in one.evidence)]))
        for one in found[:MOST]
    )
