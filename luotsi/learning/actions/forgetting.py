"""Forgetting: learners, hours away, judgements, scores and imports when their retention has ended.

The days are those of `rules.keeping`, as `rules.PERSONAL_DATA` declares them. Figures that were counted stay: nobody
can be found in them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from luotsi.base import audit, clock
from luotsi.base.housekeeping import Forgotten
from luotsi.learning.models import (
    Absence,
    Caseload,
    Judgement,
    Learner,
    Score,
    ScoreView,
    StudyImport,
    StudyRight,
)
from luotsi.learning.rules.keeping import Kept, kept_since

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from luotsi.people.models import Account

WORDS = {
    "learners": "learners whose studies ended long ago",
    "absences": "hours away of long ago",
    "judgements": "judgements of teachers of long ago",
    "scores": "scores of long ago",
    "score-views": "views of scores of long ago",
    "study-imports": "imports of study data of long ago",
    "caseloads": "caseloads that ended long ago",
}


def forgotten(*, dry_run: bool) -> list[Forgotten]:
    """Forget what need not be kept today, for `luotsi forget`; return a line for each kind."""
    counts = forget(today=clock.today(), dry_run=dry_run)
    return [Forgotten(kind, WORDS[kind], count) for kind, count in counts.items()]


def forget_daily() -> None:
    """Forget what need not be kept today; the worker calls this once a day."""
    forget(today=clock.today())


def forget(*, today: date, by: Account | None = None, dry_run: bool = False) -> Mapping[str, int]:
    """Forget whatever need not be kept on the day; return how many of each kind.

    Each kind is one transaction with one row in the log, which has the count and no name. A learner goes with
    everything that is known of them. With `dry_run` everything is counted by doing it and taking it back.
    """
    kept = kept_since(today)
    with transaction.atomic() if dry_run else nullcontext():
        counts = {kind: _forget(kind, found(kept), by) for kind, found in KINDS.items()}
        if dry_run:
            transaction.set_rollback(True)
    return counts


@transaction.atomic
def _forget(kind: str, old: QuerySet[Model], by: Account | None) -> int:
    count = old.count()
    if count:
        old.delete()
        audit.record(by=by, verb=f"learning.{kind}.forgotten", target=Learner(), after={"count": count})
    return count


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), clock.HELSINKI)


def _learners(kept: Kept) -> QuerySet[Learner]:
    """Return who had a right once and none that runs or ended since; of whom nothing came, by the day they came."""
    known = StudyRight.objects.known().filter(learner=OuterRef("pk"))
    going_on = known.filter(Q(ends_on=None) | Q(ends_on__gte=kept.studies))
    came_long_ago = Q(created_at__lt=_begin(kept.studies))
    return Learner.objects.filter(~Exists(going_on), Exists(known) | came_long_ago)


KINDS: dict[str, Callable[[Kept], QuerySet[Model]]] = {
    "learners": _learners,
    "absences": lambda kept: Absence.objects.filter(week__lt=kept.absences),
    "judgements": lambda kept: Judgement.objects.filter(on__lt=kept.absences),
    "scores": lambda kept: Score.objects.filter(week__lt=kept.scores),
    "score-views": lambda kept: ScoreView.objects.filter(at__lt=_begin(kept.scores)),
    "study-imports": lambda kept: StudyImport.objects.filter(uploaded_at__lt=_begin(kept.imports)),
    "caseloads": lambda kept: Caseload.objects.filter(until__lt=kept.studies),
}
