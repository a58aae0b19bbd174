"""How studies have begun in a group, for its teacher: whose start is judged, and the band with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from luotsi.learning.models import Judgement
from luotsi.learning.queries.guidance.seen import rights_of
from luotsi.learning.queries.guidance.using import ruling_at, said_by, scores_ruling
from luotsi.learning.queries.guidance.words import MARKS, ReasonWords, reason_words, source_words
from luotsi.learning.rules.caseload import monday_of
from luotsi.learning.rules.guiding import Asked, judging
from luotsi.learning.rules.using import why_unused

if TYPE_CHECKING:
    from luotsi.learning.models import Learner, Score
    from luotsi.learning.models.learners import LearnerQuerySet
    from luotsi.people.models import Person, Unit


@dataclass(frozen=True)
class StartRow:
    """A learner of the group; `url` leads to the judgement where one can be given."""

    name: str
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
    """The page; `scores` are those shown on it."""

    rows: tuple[StartRow, ...]
    waiting: int
    source: str
    scores: tuple[Score, ...]


def starts_page(learners: LearnerQuerySet, person: Person, scope: Unit, today: date) -> StartsPage:
    """Return the starts of a group as its teacher sees them: who is asked for first; eight queries."""
    held = list(learners.select_related("provider"))
    rights = rights_of(learners, today)
    mine = {one.learner_id: one for one in Judgement.objects.filter(learner__in=held, by=person).order_by("on")}
    scores = _scores(held, today)
    rows = []
    for one in held:
        if one.pk in rights:
            rows.append(_row(one, rights[one.pk].begun, mine.get(one.pk), scores.get(one.pk), scope, today))
    rows.sort(key=lambda row: (not row.is_asked, row.name))
    told = [score for pk, score in scores.items() if pk in rights]
    return StartsPage(
        rows=tuple(rows),
        waiting=sum(row.is_asked for row in rows),
        source=source_words(told[0]) if told else "",
        scores=tuple(told),
    )


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


def _row(
    learner: Learner, begun: date | None, mine: Judgement | None, score: Score | None, scope: Unit, today: date
) -> StartRow:
    asked = judging(begun, today)
    may = asked in {Asked.NOW, Asked.STILL}
    return StartRow(
        name=str(learner),
        begun=begun,
        judgement=mine.get_value_display() if mine else "",
        judged_on=mine.on if mine else None,
        is_asked=asked is Asked.NOW and mine is None,
        url=reverse("learning:judge-start", args=[scope.key, learner.pk]) if may else "",
        mark=MARKS[score.band] if score else "",
        word=score.get_band_display() if score else "",
        reasons=reason_words(score.reasons) if score else (),
    )
