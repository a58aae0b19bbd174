"""How learners come to the college, and what they go on with when a right to study has ended."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from luotsi.learning.engine.college.lives import CANCELLED, GRADUATED, RUNNING, Life, Right, Start
from luotsi.learning.engine.college.people import CAMPUSES, Registry
from luotsi.learning.engine.college.programmes import PROGRAMMES, TUVA
from luotsi.learning.engine.college.studying import study
from luotsi.learning.engine.college.terms import COHORTS, first_year, monday, week_at

MOST_RIGHTS = 4


def first_start(today: date, chance: random.Random) -> Start:
    """Return when and what somebody begins to study; one in eight in January."""
    year = first_year(today) + chance.randrange(COHORTS)
    in_spring = chance.random() < 0.125 and date(year + 1, 1, 10) < today
    day = monday(week_at(date(year + 1, 1, 7) if in_spring else date(year, 8, 7)))
    is_tuva = chance.random() < 0.09 and not in_spring
    programme = TUVA if is_tuva else chance.choices(PROGRAMMES, [one.share for one in PROGRAMMES])[0]
    return Start(day, programme, CAMPUSES[chance.choice(programme.campuses)])


def next_start(right: Right, today: date, chance: random.Random) -> Start | None:
    """Return what somebody goes on with after a right, at the same campus; None when they do not, or not yet."""
    day, state = right.states[-1]
    if state in RUNNING or state == CANCELLED:
        return None
    if right.is_renewed:
        return _begun(Start(day, right.programme, right.campus, dict(right.done)), today)
    if right.is_tuva:
        moves = chance.random() < (0.78 if state == GRADUATED else 0.3)
        autumn = monday(week_at(max(date(day.year, 8, 7), day)))
        starts_on = autumn if state == GRADUATED else day + timedelta(days=chance.randint(3, 40))
    else:
        moves = state != GRADUATED and chance.random() < 0.16
        starts_on = day + timedelta(days=chance.randint(5, 50))
    if not moves:
        return None
    here = CAMPUSES.index(right.campus)
    others = [one for one in PROGRAMMES if one is not right.programme and here in one.campuses]
    programme = chance.choices(others, [one.share for one in others])[0]
    return _begun(Start(starts_on, programme, right.campus), today)


def _begun(start: Start, today: date) -> Start | None:
    return start if start.day <= today - timedelta(days=1) else None


def lives(learners: int, seed: int, today: date) -> Iterator[Life]:
    """Yield so many invented lives as they are known today, each in its standing order."""
    registry = Registry(seed)
    for number in range(learners):
        chance = registry.chance(number)
        start = first_start(today, chance)
        person = registry.person(number, start.day, chance)
        rights = [study(person, start, 0, today, chance)]
        while len(rights) < MOST_RIGHTS and (going_on := next_start(rights[-1], today, chance)):
            rights.append(study(person, going_on, len(rights), today, chance))
        yield Life(person, tuple(rights))
