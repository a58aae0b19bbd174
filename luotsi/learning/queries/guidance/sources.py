"""What a need is opened by: the list of the week, with the reasons told there, or the counsellor's own view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from luotsi.learning.models import Need, Turn
from luotsi.learning.queries.guidance.using import latest_score, ruling_at, score_in_use
from luotsi.learning.queries.guidance.words import reason_words

if TYPE_CHECKING:
    from luotsi.learning.models import Learner


def source_of(learner: Learner, today: date) -> tuple[str, Sequence[Mapping[str, Any]]]:
    """Return what opens a need of a learner today, and the reasons that were told with it."""
    score = score_in_use(learner, today).score
    if score is None or not Turn.objects.filter(score=score, is_listed=True).exists():
        return Need.Source.COUNSELLOR, ()
    return (Need.Source.RULES if score.model_id is None else Need.Source.MODEL), score.reasons


def told_reasons(learner: Learner, today: date) -> Sequence[Mapping[str, Any]]:
    """Return the reasons that were told of a learner last, this week or the one before; used or stopped."""
    score = latest_score(learner, ruling_at(learner.provider), today)
    return score.reasons if score else ()


def choices_of(learner: Learner, today: date) -> list[tuple[str, str]]:
    """Return the facts that were told last, each with its words, for who says what of them was wrong."""
    told = told_reasons(learner, today)
    return [(one["why"], words.words) for one, words in zip(told, reason_words(told), strict=True)]
