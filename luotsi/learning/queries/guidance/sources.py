"""What a need is opened by: the list of the week, with the reasons told there, or the counsellor's own view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from luotsi.learning.models import Need, Turn
from luotsi.learning.queries.guidance.using import score_in_use

if TYPE_CHECKING:
    from luotsi.learning.models import Learner


def source_of(learner: Learner, today: date) -> tuple[str, Sequence[Mapping[str, Any]]]:
    """Return what opens a need of a learner today, and the reasons that were told with it."""
    score = score_in_use(learner, today).score
    if score is None or not Turn.objects.filter(score=score, is_listed=True).exists():
        return Need.Source.COUNSELLOR, ()
    return (Need.Source.RULES if score.model_id is None else Need.Source.MODEL), score.reasons
