"""What becomes of a question that is given another kind, told before anything is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.base.errors import Refused
from luotsi.questionnaires.queries.authoring.kinds import KINDS
from luotsi.questionnaires.queries.authoring.labels import label_of
from luotsi.questionnaires.queries.authoring.refusal_words import sentence
from luotsi.questionnaires.rules import shaping
from luotsi.questionnaires.rules.shaping import ShapingRefused, Spot

if TYPE_CHECKING:
    from luotsi.questionnaires.models import QuestionnaireVersion


@dataclass(frozen=True)
class TurnLine:
    """A key in words, with what stands or stood under it."""

    label: str
    words: str


@dataclass(frozen=True)
class Turn:
    """What is lost and what comes with another kind, and the expressions that may mean something else then."""

    kind: str
    words: str
    lost: tuple[TurnLine, ...]
    gained: tuple[TurnLine, ...]
    named: tuple[str, ...]


class TurnRefused(Refused):
    """A question that cannot be given a kind."""


def kinds_to(spot: Spot | None) -> list[tuple[str, str]]:
    """Return the kinds that a question can be given, as choices of a form; none for what is no question."""
    if spot is None or spot.level != "question":
        return []
    return [(kind, str(KINDS[kind])) for kind in shaping.turns(spot.kind)]


def kinds_or_none(spot: Spot | None) -> list[tuple[str, str]]:
    """Return the kinds that a question can be given. Raises Http404 where there are none."""
    if not (found := kinds_to(spot)):
        raise Http404(_("This element cannot be given another kind."))
    return found


def turn_of(draft: QuestionnaireVersion, at: str, kind: str) -> Turn:
    """Return what becomes of the question at a place under another kind.

    Raises:
        TurnRefused: the result could not be read.
    """
    try:
        made = shaping.turned(draft.definition, at, kind)
    except ShapingRefused as refusal:
        raise TurnRefused(sentence(refusal)) from None
    lost = tuple(TurnLine(label_of(one.key), one.words) for one in made.lost)
    gained = tuple(TurnLine(label_of(one.key), one.words) for one in made.gained)
    return Turn(kind, str(KINDS[kind]), lost, gained, made.named)
