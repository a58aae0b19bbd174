"""The college as a whole: groups, what is planted where, and what its registers delivered on which day."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from luotsi.learning.engine.college.coming import lives
from luotsi.learning.engine.college.defects import DEFECTS, RARE, Defect, Documents
from luotsi.learning.engine.college.lives import Life
from luotsi.learning.engine.college.people import Campus
from luotsi.learning.engine.college.plans import plan_documents
from luotsi.learning.engine.college.registers import register_document
from luotsi.learning.engine.college.terms import delivery_days

type Json = dict[str, Any]
GROUP_SIZE = 22
FAULTY = 0.08


@dataclass(frozen=True)
class Group:
    """A group of learners who began together; its key is the address of the unit."""

    key: str
    name: str
    campus: Campus
    since: date


@dataclass(frozen=True)
class Planted:
    """A fault in a learner's documents from one delivery until before another; None = it is there still."""

    defect: Defect
    since: date
    until: date | None

    def is_there(self, day: date) -> bool:
        """Return True on the days on which it is in the documents."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Row:
    """A row of a sheet, and the OID of the school that delivers it."""

    school: str
    row: tuple[str, ...]


@dataclass(frozen=True)
class Delivery:
    """What was delivered on a day: of whom anything was new, with the groups and hours away since the last one.

    Rows of groups: OID of the learner, key of the group, since, until. Rows of hours: OID, Monday, hours, unexcused,
    lessons.
    """

    day: date
    learners: tuple[Json, ...]
    plans: tuple[Json, ...]
    groups: tuple[Row, ...]
    hours: tuple[Row, ...]


class College:
    """An invented college with so many learners in five years, as it stands on a day.

    Args:
        learners: How many people have ever studied here.
        seed: Decides everything; the same seed gives the same documents.
        today: The day of the last delivery; nothing is known of later days.
    """

    def __init__(self, learners: int, seed: int, today: date) -> None:
        self.today, self.seed = today, seed
        self.days = delivery_days(today)
        self.lives = tuple(lives(learners, seed, today))
        self.groups = self._grouped()
        self.planted = {life.person.number: found for life in self.lives if (found := self._fault(life))}
        self._known = {life.person.number: sorted(self._news(life)) for life in self.lives}

    def _grouped(self) -> dict[str, Group]:
        """Fill groups of those who began the same at the same place within two months, in the order of numbers."""
        filled: Counter[tuple[str, str]] = Counter()
        found: dict[str, Group] = {}
        rights = [right for life in self.lives for right in life.rights]
        for right in rights:
            autumn = right.starts_on.month >= 6
            term = f"{right.starts_on:%y}{'' if autumn else 't'}{right.campus.letter}"
            place = (right.programme.key, term)
            number = filled[place] // GROUP_SIZE
            filled[place] += 1
            letters = chr(97 + number) if number < 26 else f"{chr(96 + number // 26)}{chr(97 + number % 26)}"
            key = f"{right.programme.key}{term}{letters}"
            since = date(right.starts_on.year, 8 if autumn else 1, 1)
            found.setdefault(key, Group(key, key.upper(), right.campus, since))
            right.group = key
        return found

    def _fault(self, life: Life) -> Planted | None:
        """Return what is planted in a life: one of the faults that are possible on the day it appears."""
        chance = random.Random(f"{self.seed}/{life.person.number}/fault")  # noqa: S311 - the same every time
        if chance.random() > FAULTY:
            return None
        begins = life.rights[0].starts_on
        ends = life.rights[-1].ends_on or self.today
        days = [day for day in self.days if begins < day <= ends + timedelta(days=120)]
        if not days:
            return None
        since = chance.choice(days)
        later = [day for day in self.days if day > since]
        until = later[min(chance.randint(0, 3), len(later) - 1)] if later and chance.random() < 0.55 else None
        tried = chance.sample(DEFECTS, len(DEFECTS))
        if life.rights[-1].is_tuva or chance.random() < 0.4:
            tried.sort(key=lambda one: one.rule not in RARE)
        for defect in tried:
            told, plans = documents_of(life, since)
            if plant(defect, told, plans, since):
                return Planted(defect, since, until)
        return None

    def documents(self, life: Life, day: date) -> tuple[Json, list[Json]]:
        """Return a learner's document of the register and the plans on a day, with what is planted there."""
        told, plans = documents_of(life, day)
        planted = self.planted.get(life.person.number)
        if planted and planted.is_there(day):
            plant(planted.defect, told, plans, day)
        return told, plans

    def _news(self, life: Life) -> set[date]:
        """Return the days on which a register learnt something, and those on which a fault came and went."""
        planted = self.planted.get(life.person.number)
        faults = (planted.since, planted.until) if planted else ()
        return {*life.days(), *(day for day in faults if day)}

    def changed(self, life: Life, after: date, until: date) -> bool:
        """Return True when a register learnt something of a learner after a day until another."""
        days = self._known[life.person.number]
        return bisect_right(days, after) < bisect_right(days, until)

    def deliveries(
        self, since: date = date.min, among: Sequence[Life] | None = None, on: Sequence[date] = ()
    ) -> Iterator[Delivery]:
        """Yield the deliveries from a day on in their order; each has only what is new since the one before.

        With `among` they tell of some learners only: a college that begins with one school delivers its first. With
        `on` they come on some of the days only, and then tell of more at once.
        """
        lives = self.lives if among is None else among
        for before, day in pairwise((date.min, *(on or self.days))):
            if day < since:
                continue
            told = [self.documents(life, day) for life in lives if self.changed(life, before, day)]
            yield Delivery(
                day=day,
                learners=tuple(learner for learner, _plans in told),
                plans=tuple(plan for _learner, plans in told for plan in plans),
                groups=tuple(_placements(lives, before, day)),
                hours=tuple(_hours(lives, before, day)),
            )


def _placements(lives: Sequence[Life], after: date, until: date) -> Iterator[Row]:
    for life in lives:
        for right in life.rights:
            ends = right.ends_on if right.ends_on and right.ends_on <= until else None
            if after < right.starts_on <= until or (ends and ends > after):
                last = ends.isoformat() if ends else ""
                row = (life.person.oid, right.group, right.starts_on.isoformat(), last)
                yield Row(right.campus.oid, row)


def _hours(lives: Sequence[Life], after: date, until: date) -> Iterator[Row]:
    """Yield the weeks that were over by the day and not by the one before."""
    week = timedelta(days=6)
    for life in lives:
        for right in life.rights:
            for one in right.away:
                if after < one.week + week <= until:
                    figures = (str(one.hours), str(one.unexcused), str(one.lessons))
                    yield Row(right.campus.oid, (life.person.oid, one.week.isoformat(), *figures))


def documents_of(life: Life, day: date) -> tuple[Json, list[Json]]:
    """Return a learner's document of the register and the plans on a day, without a fault."""
    return register_document(life, day), plan_documents(life, day)


def plant(defect: Defect, told: Json, plans: list[Json], day: date) -> bool:
    """Plant a fault in the latest right; return False where it cannot be."""
    right = told["opiskeluoikeudet"][-1]
    plan = next((one for one in plans if one["opiskeluoikeus-oid"] == right["oid"]), None)
    return defect.plant(Documents(right, plan, plans, day))
