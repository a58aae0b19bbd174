"""The student of the demo who has an account: one of the college's learners, in the second year and somewhat late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from luotsi.learning.engine.college.deliveries import College, Group
from luotsi.learning.engine.college.lives import Life
from luotsi.learning.engine.college.people import CAMPUSES
from luotsi.learning.rules import hoks, koski
from luotsi.learning.rules.progress import lines_of, progress_on

SEED = 2026
LOOKED_AT, OF_FEW = 600, 150  # a life and its group do not depend on those that come after it
LATE = range(3, 16)


@dataclass(frozen=True)
class Hero:
    """Who it is among the learners, and the group."""

    oid: str
    number: int
    group: Group


@cache
def hero_of(today: date, learners: int) -> Hero:
    """Return the learner whose studies are neither fine nor lost; of none such, the first of the main campus.

    In a college of fewer than six hundred it is one of the first 150.
    """
    college = College(LOOKED_AT if learners >= LOOKED_AT else OF_FEW, SEED, today)
    running = [life for life in college.lives if _may_be(life, today, college)]
    best = next((life for life in running if _weeks_late(life, today, college) in LATE), running[0])
    return Hero(best.person.oid, best.person.number, college.groups[best.rights[-1].group])


def _may_be(life: Life, today: date, college: College) -> bool:
    """Return True for a young learner at the main campus who studies since the last school year, without a fault."""
    right = life.rights[-1]
    return (
        len(life.rights) == 1
        and right.campus == CAMPUSES[0]
        and not right.is_tuva
        and right.state_on(today) == "lasna"
        and 300 < (today - right.starts_on).days < 720
        and not life.person.is_adult
        and life.person.number not in college.planted
    )


def _weeks_late(life: Life, today: date, college: College) -> int:
    learner, plans = college.documents(life, today)
    right, plan = koski.read(learner).rights[0], hoks.read(plans).plans[0]
    return int(progress_on(today, lines_of(right, plan)).weeks_late)
