"""The weeks of guidance that lie behind the demo: each is scored, then teachers, learners and the counsellor act."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.base import audit, clock
from luotsi.base.models import AuditEntry
from luotsi.learning.actions.demo.guiding.counsellor import Counsellor
from luotsi.learning.actions.demo.guiding.learners import learners_speak
from luotsi.learning.actions.demo.guiding.teachers import judge_starts
from luotsi.learning.actions.demo.load import GUIDED
from luotsi.learning.actions.scoring import score_week
from luotsi.learning.engine.college.terms import monday, week_at
from luotsi.learning.rules.caseload import monday_of

if TYPE_CHECKING:
    from luotsi.learning.engine.college.deliveries import College
    from luotsi.people.models import Unit

WEEKS = 46  # before this one; what is told of after twelve weeks needs many
WEEK = timedelta(days=7)
SCORED_AT = time(5, 40)


def guide_next_week(provider: Unit, college: College) -> bool:
    """Live through the first week that nobody has lived through; return False when there is none left."""
    done = AuditEntry.objects.filter(verb=GUIDED, unit_id=provider.pk).order_by("-seq").first()
    this = monday_of(college.today)
    week = date.fromisoformat(done.after["week"]) + WEEK if done else this - WEEKS * WEEK
    if week >= this:
        return False
    with clock.held_at(datetime.combine(week, SCORED_AT, clock.HELSINKI)):
        scored = score_week(provider=provider, on=week)
    with transaction.atomic():
        chance = random.Random(f"{college.seed}/guidance/{week}")  # noqa: S311 - no secret: the same every time
        judge_starts(college, week if done else date.min, week + WEEK)
        if is_taught(week):
            Counsellor(college, week, chance).work()
            learners_speak(college, (this - week) // WEEK)
        told = {"week": week.isoformat(), "scored": scored.scored}
        audit.record(by=None, verb=GUIDED, target=provider, after=told, unit_id=provider.pk)
    return True


def is_taught(week: date) -> bool:
    """Return True for the Monday of a week with teaching."""
    return monday(week_at(week)) == week
