"""The log of who saw whose score, when and for what; it is written before the page is sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.base import audit, clock
from luotsi.learning.models import Score, ScoreView

if TYPE_CHECKING:
    from luotsi.people.models import Account, Person, Unit


def looked_at(*, scores: Iterable[Score], person: Person, purpose: str) -> int:
    """Write down that a person saw scores; returns how many.

    The log is itself what is kept of looking, so that no row of the log of changes stands beside it.
    """
    now = clock.now()
    rows = [
        ScoreView(
            person=person,
            learner_id=one.learner_id,
            week=one.week,
            model_id=one.model_id,
            purpose=purpose,
            at=now,
        )
        for one in scores
    ]
    ScoreView.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def took_log(*, scope: Unit, rows: int, by: Account) -> None:
    """Write down that somebody took the log of a unit away as a file, and how many rows."""
    audit.record(by=by, verb="learning.log.taken", target=scope, unit_id=scope.pk, after={"rows": rows})
