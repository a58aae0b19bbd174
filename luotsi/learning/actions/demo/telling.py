"""Lets the learners of the college be told how their data are used."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import batched
from typing import TYPE_CHECKING
from uuid import UUID

from luotsi.learning.actions.demo.words import VERSION
from luotsi.learning.models import Learner

if TYPE_CHECKING:
    from luotsi.learning.engine.college.deliveries import College
    from luotsi.people.models import Unit

BATCH = 500
UNTOLD, OBJECTED = 37, 61  # of so many learners one has not been told, one has objected
TOLD_AFTER, OBJECTED_AFTER = timedelta(days=7), timedelta(days=30)


def tell(provider: Unit, college: College) -> None:
    """Let new learners be told, a week after they began; a few are not, a few object. Most began on the same days."""
    begun = {life.person.oid: (life.person.number, life.rights[0].starts_on) for life in college.lives}
    told: dict[tuple[date, bool], list[UUID]] = defaultdict(list)
    for pk, oid in Learner.objects.filter(provider=provider, told_on=None).values_list("pk", "oid"):
        number, day = begun.get(oid, (0, None))
        if day is not None and number % UNTOLD:
            told[day, number % OBJECTED == 1].append(pk)
    for (day, has_objected), keys in told.items():
        objected_on = day + OBJECTED_AFTER if has_objected else None
        for some in batched(keys, BATCH):
            Learner.objects.filter(pk__in=some).update(
                told_version=VERSION, told_on=day + TOLD_AFTER, objected_on=objected_on
            )
