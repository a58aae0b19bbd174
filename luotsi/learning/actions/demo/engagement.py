"""Asks the invented learners of the college how engaged they are: last school year and this one."""

from __future__ import annotations

from random import Random
from uuid import UUID

from django.db import transaction

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.learning.access.studies import rights_by_learner
from luotsi.people.models import Account, Unit
from luotsi.people.queries.demo import COLLEGE, GUESTS
from luotsi.people.rules import Role
from luotsi.questionnaires.actions.demo.surveys import Wave, invented_answers, settled_wave
from luotsi.questionnaires.actions.versions import publish_version
from luotsi.questionnaires.models import Questionnaire
from luotsi.questionnaires.queries.authoring.packaged import ENGAGEMENT, packaged
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.questionnaires.rules.surveys.items import items_of

TITLE = Names(**packaged(ENGAGEMENT)["title"])
# How many days ago, how many of a hundred answered, around which mean.
WAVES = ((400, 48, 3.4), (45, 56, 3.6))


@transaction.atomic
def ask_learners(provider: Unit) -> bool:
    """Settle the waves at every campus where somebody studies; return False where they were asked already."""
    if Questionnaire.objects.filter(key=ENGAGEMENT).exists():
        return False
    leader = next(one for one in GUESTS if one.role == Role.COORDINATOR and one.unit == COLLEGE)
    by = Account.objects.filter(email=leader.email).first()
    version = publish_version(owner=provider, definition=packaged(ENGAGEMENT), by=by)
    items, here = items_of(definition_of(version)), _studying(provider)
    for days, rate, mean in WAVES:
        draw = Random(f"luotsi engagement {days}")  # noqa: S311 - invented answers
        answered = {
            unit: list(invented_answers(items, count * rate // 100, mean, draw)) for unit, count in here.items()
        }
        settled_wave(Wave(version, provider, TITLE, days), answered, here, draw, by)
    return True


def _studying(provider: Unit) -> dict[Unit, int]:
    """Return how many study today at each unit below the provider."""
    today, found = clock.today(), dict[UUID, int]()
    for rights in rights_by_learner(provider.path):
        running = [one for one in rights if one.stay.runs_on(today)]
        if running:
            found[running[-1].unit] = found.get(running[-1].unit, 0) + 1
    units = Unit.objects.filter(pk__in=found, path__startswith=provider.path).order_by("path")
    return {unit: found[unit.pk] for unit in units}
