"""How studies have begun in a group, for its teacher: whose start is judged, and the band with its reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

from luotsi.learning.models import Judgement
from luotsi.learning.queries.guidance.seen import rights_of
from luotsi.learning.queries.guidance.using import ruling_at, said_by, scores_ruling
from luotsi.learning.queries.guidance.words import MARKS, ReasonWords, reason_words, source_words
from luotsi.learning.rules.caseload import monday_of
from luotsi.learning.rules.guiding import Asked, judging
from luotsi.learning.rules.using import why_unused
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from luotsi.learning.models import Learner, Score
    from luotsi.learning.models.learners import LearnerQuerySet
    from luotsi.people.models import Person, Unit
    from luotsi.ui.lists import Ask


@dataclass(frozen=True)
class StartRow:
    """A learner of the group; `url` leads to the judgement where one can be given, `learner_url` to their progress."""

    name: str
    learner_url: str
    begun: date | None
    judgement: str
    judged_on: date | None
    is_asked: bool
    url: str
    mark: str
    word: str
    reasons: tuple[ReasonWords, ...]


@dataclass(frozen=True)
class StartsPage:
    """The rows that were asked for; `waiting` are all who are asked for, `scores` those shown."""

    rows: Rows
    waiting: int
    source: str
    scores: tuple[Score, ...]


@dataclass(frozen=True)
class Start:
    """A learner of the group before their score is read."""

    learner: Learner
    begun: date | None
    mine: Judgement | None
    asked: Asked

    @property
    def is_asked(self) -> bool:
        """True when the teacher is asked for a judgement now."""
        return self.asked is Asked.NOW and self.mine is None


ORDER: dict[str, Callable[[Start], Any]] = {
    "learner": lambda one: (one.learner.family_name, one.learner.given_name),
    "begun": lambda one: one.begun or date.min,
    "judgement": lambda one: (not one.is_asked, one.mine.value if one.mine else 0, one.learner.family_name),
}


def starts_page(learners: LearnerQuerySet, person: Person, scope: Unit, ask: Ask, today: date) -> StartsPage:
    """Return the starts of a group as its teacher sees them; ten queries. Scores are read of those shown only."""
    held = list(learners.select_related("provider"))
    rights = rights_of(learners, today)
    judged = Judgement.objects.filter(learner__in=learners.order_by().values("pk"), by=person).order_by("on")
    mine = {one.learner_id: one for one in judged}
    starts = [
        Start(one, right.begun, mine.get(one.pk), judging(right.begun, today))
        for one in held
        if (right := rights.get(one.pk.hex))
    ]
    waiting = sum(one.is_asked for one in starts)
    kept = [one for one in starts if _is_wanted(one, ask)]
    kept.sort(key=ORDER[ask.sort], reverse=ask.descending)
    shown = kept[ask.offset : None if ask.limit is None else ask.offset + ask.limit]
    scores = _scores([one.learner for one in shown], today)
    told = tuple(scores.values())
    return StartsPage(
        rows=Rows([_row(one, scores.get(one.learner.pk), scope) for one in shown], len(kept)),
        waiting=waiting,
        source=source_words(told[0]) if told else "",
        scores=told,
    )


def _is_wanted(one: Start, ask: Ask) -> bool:
    text = str(ask.filters.get("q", "")).casefold()
    state = ask.filters.get("state", "")
    is_state = {"": True, "asked": one.is_asked, "judged": one.mine is not None, "not": one.mine is None}[state]
    return is_state and all(word in str(one.learner).casefold() for word in text.split())


def _scores(held: list[Learner], today: date) -> dict[UUID, Score]:
    """Return this week's scores of the learners that may be used."""
    if not held:
        return {}
    ruling, keys = ruling_at(held[0].provider), [one.pk for one in held]
    said = said_by(keys)
    found = scores_ruling(ruling, today).filter(learner__in=keys, week=monday_of(today)).select_related("model")
    known = {one.pk: one for one in held}
    return {
        one.learner_id: one
        for one in found
        if why_unused(said.standing(known[one.learner_id]), one.made_at, ruling.mode, today) is None
    }


def _row(one: Start, score: Score | None, scope: Unit) -> StartRow:
    may = one.asked in {Asked.NOW, Asked.STILL}
    return StartRow(
        name=str(one.learner),
        learner_url=reverse("learning:see-progress", args=[scope.key, one.learner.pk]),
        begun=one.begun,
        judgement=one.mine.get_value_display() if one.mine else "",
        judged_on=one.mine.on if one.mine else None,
        is_asked=one.is_asked,
        url=reverse("learning:judge-start", args=[scope.key, one.learner.pk]) if may else "",
        mark=MARKS[score.band] if score else "",
        word=score.get_band_display() if score else "",
        reasons=reason_words(score.reasons) if score else (),
    )
