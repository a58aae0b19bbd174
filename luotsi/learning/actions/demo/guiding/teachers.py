"""Teachers judge starts in weeks two and three; they know their learners somewhat, and somewhat not."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from luotsi.base import clock
from luotsi.learning.actions.demo.guiding.people import moment
from luotsi.learning.actions.judgements import judge
from luotsi.learning.engine.college.hero import hero_of
from luotsi.learning.engine.college.lives import RUNNING
from luotsi.learning.engine.college.parts import is_central
from luotsi.learning.engine.college.people import GIVEN, SURNAMES
from luotsi.learning.models import Learner
from luotsi.people.actions.roles import give_role
from luotsi.people.models import Account, Person, RoleAssignment, Unit
from luotsi.people.queries.demo import CAMPUS
from luotsi.people.rules import Role

if TYPE_CHECKING:
    from luotsi.learning.engine.college.deliveries import College
    from luotsi.learning.engine.college.lives import Life, Right

JUDGED, SPREAD = 0.86, 0.8
EARLIEST, LATEST, FRIDAY = 10, 20, 4
STEPS = (-0.1, -1.1, -2.0)  # above them it is 4, 3 and 2

type Teacher = tuple[Person, Account | None]


def judge_starts(college: College, since: date, until: date) -> None:
    """Let teachers judge the starts whose day lies from one day until before another."""
    due = [one for one in _due(college) if since <= one[2] < until]
    teachers = _teachers(college, {right.group for _life, right, _day, _value in due})
    oids = [life.person.oid for life, *_rest in due]
    known = {one.oid: one for one in Learner.objects.filter(oid__in=oids).select_related("unit")}
    for life, right, day, value in due:
        learner = known.get(life.person.oid)
        if learner is not None and (teacher := teachers.get(right.group)):
            person, account = teacher
            with clock.held_at(moment(day, 9 + life.person.number % 6, life.person.number % 60)):
                judge(learner=learner, begun=right.starts_on, value=value, person=person, by=account)


def _due(college: College) -> Iterator[tuple[Life, Right, date, int]]:
    """Yield who is judged: the first rights of the last two school years at the central campus."""
    since = hero_of(college.today, len(college.lives)).group.since
    for life in college.lives:
        right = life.rights[0]
        if not is_central(life) or right.starts_on < since:
            continue
        chance = random.Random(f"{college.seed}/{life.person.number}/start")  # noqa: S311 - the same every time
        day = right.starts_on + timedelta(days=chance.randint(EARLIEST, LATEST))
        day -= timedelta(days=max(day.weekday() - FRIDAY, 0))
        seen = life.person.fit + chance.gauss(0, SPREAD)
        value = 4 - sum(seen < step for step in STEPS)
        if chance.random() < JUDGED and day < college.today and right.state_on(day) in RUNNING:
            yield life, right, day, value


def _teachers(college: College, groups: Iterable[str]) -> dict[str, Teacher]:
    """Return the teachers of groups, by their keys; those who are not there yet are invented."""
    units = {unit.key: unit for unit in Unit.objects.filter(key__in=list(groups), parent__key=CAMPUS)}
    held = RoleAssignment.objects.filter(role=Role.TEACHER, unit__in=units.values()).order_by("valid_from", "pk")
    found: dict[str, Teacher] = {}
    for one in held.select_related("person__account", "unit"):
        found.setdefault(one.unit.key, (one.person, one.person.account))
    for key in sorted(units.keys() - found.keys()):
        found[key] = (_invented(college, units[key]), None)
    return found


def _invented(college: College, group: Unit) -> Person:
    chance = random.Random(f"{college.seed}/teacher/{group.key}")  # noqa: S311 - no secret: the same every time
    language = chance.choice(("FI", "FI", "FI", "SV", "ET", "RU"))
    given, family = chance.choice(GIVEN[language][chance.random() < 0.6]), chance.choice(SURNAMES)
    person = Person(given_name=given, family_name=family, language="sv" if language == "SV" else "fi")
    person.save(force_insert=True)
    give_role(person=person, role=Role.TEACHER, unit=group, valid_from=group.valid_from, by=None)
    return person
