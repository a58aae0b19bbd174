"""The pages on which a survey is answered: what it is, one page after the other, and the thanks at the end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.questionnaires.models import Sheet
from luotsi.questionnaires.queries.error_words import words_of
from luotsi.questionnaires.queries.shown.building import Building
from luotsi.questionnaires.queries.versions import definition_of, outcome_of
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.surveys.items import Coding, items_of
from luotsi.questionnaires.rules.surveys.secrets import sheet_id

if TYPE_CHECKING:
    from luotsi.questionnaires.access import Door
    from luotsi.questionnaires.queries.parts import Group, Shown, Words
    from luotsi.questionnaires.rules.evaluation import Outcome


@dataclass(frozen=True)
class FirstScreen:
    """What somebody is told before the first question."""

    title: Words
    about: Words
    questions: int
    pages: int


@dataclass(frozen=True)
class SheetPage:
    """One page of questions; `kept` is what was answered on the other pages, carried by the page itself."""

    title: Words
    help: Words
    items: tuple[Shown | Group, ...]
    place: int
    count: int
    kept: str
    wrong: int

    @property
    def is_last(self) -> bool:
        """True where the answers are sent from this page."""
        return self.place == self.count


def first_screen(door: Door, language: str) -> FirstScreen:
    """Return what is told first."""
    version = door.collection.version
    definition = definition_of(version)
    building = Building(door.collection.pk, {}, outcome_of(version, {}, language=language), {}, language)
    items = items_of(definition)
    return FirstScreen(
        building.words(definition.title), building.words(definition.description), len(items), len(definition.pages)
    )


def sheet_page(
    door: Door, answers: Mapping[str, Any], place: int, language: str, *, strict: bool = False
) -> SheetPage:
    """Return a page of questions.

    Args:
        door: the survey.
        answers: everything answered until now.
        place: of the page among those on view, from 1; what is outside is taken to the nearest.
        language: of the page.
        strict: True to tell what is wrong at each question.
    """
    definition = definition_of(door.collection.version)
    outcome = outcome_of(door.collection.version, answers, language=language)
    told = _told(definition, outcome, language) if strict else {}
    building = Building(door.collection.pk, answers, outcome, told, language)
    shown = [page for page in definition.pages if page.name in outcome.containers] or list(definition.pages[:1])
    place = min(max(place, 1), len(shown))
    page = shown[place - 1]
    here = {element.name for element in d.walk((page,))}
    kept = {name: value for name, value in answers.items() if name.removesuffix("-Comment") not in here}
    return SheetPage(
        title=building.words(page.title, _("Page %(number)s") % {"number": place}),
        help=building.words(page.description),
        items=building.elements(page.elements),
        place=place,
        count=len(shown),
        kept=values.dumps(kept),
        wrong=sum(len(words) for words in told.values()),
    )


def _told(definition: d.Definition, outcome: Outcome, language: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for error in outcome.errors:
        found[error.name] = (*found.get(error.name, ()), words_of(error))
    return found


@dataclass(frozen=True)
class Checked:
    """What is kept of the answers, and the place of the first page with something wrong, 0 where nothing is."""

    submission: dict[str, Any]
    wrong: int


def checked(door: Door, answers: Mapping[str, Any], language: str) -> Checked:
    """Return what would be kept of the answers, those on view, and where something is wrong."""
    definition = definition_of(door.collection.version)
    outcome = outcome_of(door.collection.version, answers, language=language)
    shown = [page for page in definition.pages if page.name in outcome.containers]
    wrong = {error.name for error in outcome.errors}
    for place, page in enumerate(shown, 1):
        names = {element.name for element in d.walk((page,))}
        if any(re.split(r"[\[.]", name)[0].removesuffix("-Comment") in names or name in names for name in wrong):
            return Checked(outcome.submission, place)
    return Checked(outcome.submission, len(shown) if wrong else 0)


@dataclass(frozen=True)
class OwnLevel:
    """The mean of one's own answers on one page, where they are numbers, and the words of the nearest option."""

    title: Words
    mean: Decimal
    words: Words


def own_levels(version: Any, answers: Mapping[str, Any], language: str) -> list[OwnLevel]:
    """Return one's own means, page by page; made for the page and kept nowhere."""
    definition = definition_of(version)
    building = Building(version.pk, {}, outcome_of(version, {}, language=language), {}, language)
    items, found = items_of(definition), []
    coding = Coding(items)
    for page in definition.pages:
        numbers: list[Decimal] = []
        scale = None
        for place, item in enumerate(items):
            if item.page == page.name and item.numbers:
                chosen = coding.choices(place, answers)
                numbers += [item.numbers[one] for one in chosen]
                scale = scale or item
        if numbers and scale is not None:
            mean = sum(numbers, Decimal(0)) / len(numbers)
            nearest = min(range(len(scale.numbers)), key=lambda one: abs(scale.numbers[one] - mean))
            words = building.words(scale.options[nearest][1])
            found.append(OwnLevel(building.words(page.title), round(mean, 1), words))
    return found


def was_taken(nonce: str) -> bool:
    """Return True where a page has been sent already, as a double click does."""
    return bool(nonce) and Sheet.objects.filter(pk=sheet_id(nonce)).exists()


@dataclass(frozen=True)
class OwnSheet:
    """What the visitor answered to one survey."""

    sheet: Sheet
    levels: list[OwnLevel]


def own_history(sheets: list[Sheet], language: str) -> list[OwnSheet]:
    """Return one's own answers with their levels, the latest first."""
    ordered = sorted(sheets, key=lambda one: one.collection.opens_at, reverse=True)
    return [OwnSheet(one, own_levels(one.collection.version, one.answers, language)) for one in ordered]
