"""Goes on with the college until all is there: deliveries of its registers, what its people did, groups that ended.

The worker takes each delivery in as it does with anybody's; after that it comes back here for the next step, so that
mails and other work find their turn in between. First come the learners of the guests, then whatever their guidance
rests on, then the guidance itself, and at last the other campuses. Whatever stops, `sweep` lets it go on.
"""

from __future__ import annotations

import gc
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation

from luotsi.base import audit, background, clock
from luotsi.base.models import AuditEntry
from luotsi.learning.actions.demo.engagement import ask_learners
from luotsi.learning.actions.demo.groups import add_groups, end_groups
from luotsi.learning.actions.demo.guiding import guide_next_week
from luotsi.learning.actions.demo.load import BEGUN, DELIVERED, GO_ON
from luotsi.learning.actions.demo.sending import send
from luotsi.learning.actions.demo.telling import tell
from luotsi.learning.actions.scoring import score_week
from luotsi.learning.engine.college.deliveries import College
from luotsi.learning.engine.college.hero import hero_of
from luotsi.learning.engine.college.parts import Part, Stage, is_central, over, parts_of
from luotsi.learning.models import Learner, Score, StudyImport
from luotsi.learning.rules.caseload import monday_of
from luotsi.people.models import Unit
from luotsi.people.queries.demo import COLLEGE

DAY, QUIET = timedelta(days=1), timedelta(minutes=2)
AHEAD = 2  # deliveries that wait or are taken in at once, so that the list of imports tells what comes next
OPEN = (StudyImport.State.WAITING, StudyImport.State.RUNNING)


def go_on(pk: UUID) -> None:
    """Take the next step and come back after it; when there is none left, note that all is done."""
    provider = Unit.objects.filter(pk=pk).first()
    plan = _plan_of(pk)
    if provider is None or plan is None:
        return
    college, parts = _college(plan["learners"], plan["seed"], date.fromisoformat(plan["day"]))
    with translation.override("fi"):
        with transaction.atomic():
            add_groups(provider, college.groups.values())
        tell(provider, college)
        for part in parts:
            if _sends(provider, college, part):
                return
            if _imports(provider).filter(state__in=OPEN).exists():
                return  # the step after these is taken when they are in
            if _follows(provider, college, part.stage):
                _come_back(provider)
                return
        _finish(provider, college)


def sweep() -> None:
    """Go on where nobody does any more; the worker looks all the time, in the demo only."""
    provider = Unit.objects.filter(key=COLLEGE).first() if settings.DEMO else None
    if provider is None or _plan_of(provider.pk) is None or _imports(provider).filter(state__in=OPEN).exists():
        return
    began = AuditEntry.objects.filter(verb=BEGUN, unit_id=provider.pk).order_by("-seq").values_list("at", flat=True)[0]
    latest = _imports(provider).order_by("-finished_at").values_list("finished_at", flat=True).first() or began
    if latest < clock.now() - QUIET:
        background.later(GO_ON, provider.pk)


def _plan_of(pk: UUID) -> dict[str, Any] | None:
    """Return day, seed and number of learners of a college that is not delivered to the end."""
    begun = AuditEntry.objects.filter(verb=BEGUN, unit_id=pk).order_by("-seq").first()
    if begun is None or AuditEntry.objects.filter(verb=DELIVERED, unit_id=pk).exists():
        return None
    return dict(begun.after)


@lru_cache(maxsize=1)
def _college(learners: int, seed: int, today: date) -> tuple[College, tuple[Part, ...]]:
    """Return the college and its parts. It stays as it is for minutes: nobody has to look for waste in it."""
    found = College(learners, seed, today)
    gc.freeze()
    return found, parts_of(found, hero_of(today, learners).group.since)


def _imports(provider: Unit) -> Any:
    return StudyImport.objects.filter(unit__parent=provider)


@transaction.atomic
def _come_back(provider: Unit) -> None:
    background.later(GO_ON, provider.pk)


def _sends(provider: Unit, college: College, part: Part) -> bool:
    """Send the next deliveries of a part in, and come back after each; return False when there is none left."""
    own = _imports(provider).filter(filename__contains=f"-{part.stage.value}-")
    last = own.order_by("-extract_on").values_list("extract_on", flat=True).first()
    room = AHEAD - own.filter(state__in=OPEN).values("extract_on").distinct().count()
    sent = 0
    for delivery in college.deliveries(last + DAY if last else date.min, part.lives, part.days):
        with transaction.atomic():
            if send(provider, part.stage, delivery):
                background.later(GO_ON, provider.pk)
                sent += 1
        if sent >= max(room, 1):
            break
    return bool(sent)


def _follows(provider: Unit, college: College, stage: Stage) -> bool:
    """Do what follows when a part is in; return True when there may be more of it."""
    match stage:
        case Stage.RECENT:
            if not Score.objects.filter(learner__provider=provider).exists():
                score_week(provider=provider, on=clock.today())
        case Stage.CENTRE:
            if guide_next_week(provider, college):
                return True
            end_groups(provider, over(college, [life for life in college.lives if is_central(life)]))
        case Stage.OTHERS:
            end_groups(provider, over(college, college.lives))
    return False


def _finish(provider: Unit, college: College) -> None:
    """Score the week anew, since half of the data was still to come when it was scored; note that all is done."""
    with transaction.atomic():
        Score.objects.filter(learner__provider=provider, week=monday_of(clock.today())).delete()
        score_week(provider=provider, on=clock.today())
        told = {"learners": Learner.objects.filter(provider=provider).count()}
        audit.record(by=None, verb=DELIVERED, target=provider, after=told, unit_id=provider.pk)
    ask_learners(provider)
    _college.cache_clear()
    gc.unfreeze()
