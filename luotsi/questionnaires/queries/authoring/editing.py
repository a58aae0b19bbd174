"""One element of a draft for the page that changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.questionnaires.queries import defect_words
from luotsi.questionnaires.queries.authoring.kinds import kind_words
from luotsi.questionnaires.queries.authoring.names import NameLine, names_for
from luotsi.questionnaires.queries.authoring.outline import MARKS, defects_of, title_of
from luotsi.questionnaires.queries.parts import Words
from luotsi.questionnaires.rules import shaping
from luotsi.questionnaires.rules.shaping import ShapingRefused, Spot
from luotsi.questionnaires.rules.shaping.places import value_at
from luotsi.questionnaires.rules.shaping.words import home_language

if TYPE_CHECKING:
    from luotsi.questionnaires.models import QuestionnaireVersion


@dataclass(frozen=True)
class Told:
    """What the linter finds at the element."""

    mark: str
    words: str
    fix: str


@dataclass(frozen=True)
class Edited:
    """An element, what it is called, where it may move, which names it may use, and what is wrong with it."""

    at: str
    spot: Spot | None
    item: Mapping[str, Any]
    title: Words
    kind: str
    holders: tuple[tuple[str, str], ...]
    names: tuple[NameLine, ...]
    defects: tuple[Told, ...]


def edited(draft: QuestionnaireVersion, at: str, language: str) -> Edited:
    """Return an element by its pointer, "" for the questionnaire as a whole. Raises Http404."""
    data, home = draft.definition, home_language(draft.definition)
    spot = spot_at(draft, at)
    item = value_at(data, at)
    inside = [one.at for one in shaping.spots(data) if one.at.startswith(f"{at}/")]
    defects = [
        Told(MARKS[one.severity], defect_words.sentence(one), defect_words.fix(one.code))
        for one in defects_of(draft)
        if at and (one.at == at or one.at.startswith(f"{at}/")) and not any(_within(one.at, other) for other in inside)
    ]
    return Edited(
        at,
        spot,
        item,
        title_of(item, home, language) if spot else Words(_("The questionnaire as a whole")),
        kind_words(spot.level, spot.kind) if spot else "",
        tuple(_holders(data, spot, home, language)) if spot else (),
        names_for(data, spot, language),
        tuple(defects),
    )


def _within(at: str, other: str) -> bool:
    return at == other or at.startswith(f"{other}/")


def _holders(data: Mapping[str, Any], spot: Spot, home: str, language: str) -> list[tuple[str, str]]:
    """Return the pages, sections and parts to which an element may move, as choices."""
    if spot.level not in {"panel", "question"}:
        return []
    now = spot.held_in.rpartition("/")[0]
    found = []
    for one in shaping.spots(data):
        owner = one.owner if one.holds == "elements" else one.key
        if one.holds not in {"elements", "templateElements"} or one.at == now or _within(one.at, spot.at):
            continue
        if owner == spot.owner:
            title = title_of(value_at(data, one.at), home, language).text[:80]
            found.append((one.at, f"{kind_words(one.level, one.kind)}: {title}"))
    return found


def spot_at(draft: QuestionnaireVersion, at: str) -> Spot | None:
    """Return the element at a pointer, None for the questionnaire as a whole. Raises Http404."""
    try:
        return shaping.found_at(draft.definition, at) if at else None
    except ShapingRefused:
        raise Http404(_("The element is no longer there. Open the draft again.")) from None


def holder_at(draft: QuestionnaireVersion, at: str) -> tuple[str, Spot | None]:
    """Return an element to which others can be added. Raises Http404 for one that holds nothing."""
    spot = spot_at(draft, at)
    if spot is not None and not spot.holds:
        raise Http404(_("Nothing can be added there."))
    return at, spot
