"""Studying week by week: parts begin by the plan and end when they are done, the plan is moved, somebody leaves.

How well studies suit somebody drives both how late they become and whether they leave; hours away grow before that.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from datetime import date, timedelta

from luotsi.learning.engine.college.lives import (
    AWAY,
    CANCELLED,
    CONSIDERED,
    GRADUATED,
    PRESENT,
    RESIGNED,
    Away,
    Passed,
    Right,
    Start,
    Version,
    Window,
)
from luotsi.learning.engine.college.people import Person
from luotsi.learning.engine.college.programmes import APPRENTICE, COMMON, TUVA, WORK, Module
from luotsi.learning.engine.college.terms import friday, monday, week_at

LONGEST = 38 * 5
RENEWED_ON, RENEWED = date(2024, 8, 12), frozenset({"sot", "tvt"})
PERMITS = {"ammatillinen": 80, "perusopetus": 14, "lukio": 6}


@dataclass
class Planned:
    """A part in weeks of teaching: when it is planned, how much it takes and how much of that is behind."""

    module: Module
    first: int
    last: int
    at_work: int | None
    needs: float
    effort: float = 0.0

    def window(self, *, until: date | None = None) -> Window:
        """Return it in days; ended early by `until` it is not shown any more."""
        ends = friday(self.last)
        work = monday(self.at_work) if self.at_work is not None else None
        if until is not None and until < ends:
            begins = monday(self.first)
            return Window(begins, max(until, begins), work if work and work <= until else None, is_shown=False)
        return Window(monday(self.first), ends, work, is_shown=self.module.group != COMMON)


class Walk:
    """A learner on the way through one right to study."""

    def __init__(self, person: Person, start: Start, right: Right, chance: random.Random) -> None:
        self.person, self.right, self.chance = person, right, chance
        self.begins = week_at(start.day)
        self.parts = self._laid_out(start)
        self.closed: dict[str, Window] = {}
        self.mood = 0.0
        self.fading: int | None = None
        self.away = 0
        self.is_diligent = chance.random() < 0.72
        self.end = friday(max(one.last for one in self.parts.values())) + timedelta(days=chance.choice((0, 0, 7, 14)))
        self.approved_on = start.day + timedelta(days=chance.randint(8, 27))
        self.review = self.begins + self._until_review()

    def _laid_out(self, start: Start) -> dict[str, Planned]:
        """Return the parts that are not passed yet, closer together the more is passed, for adults denser."""
        left = [one for one in start.programme.modules if one.code not in start.carried]
        scale = 0.82 if self.person.is_adult and not self.right.is_tuva else 1.0
        spared = sum(one.amount for one in start.programme.modules if one.code in start.carried)
        spared_weeks = round(spared * 114 / 180 * 0.8)
        found = {}
        for one in left:
            length = max(round((one.last - one.first) * scale), 2)
            first = self.begins + max(round(one.first * scale) - spared_weeks, 0)
            work = None if one.at_work is None else first + min(round(one.at_work * scale), length - 1)
            found[one.code] = Planned(one, first, first + length, work, float(length + 1))
        return found

    def _until_review(self) -> int:
        return self.chance.randint(8, 13) if self.is_diligent else self.chance.randint(17, 42)

    def week(self, number: int) -> bool:
        """Live through a week of teaching; return False when the right has ended."""
        if self.away:
            return self._week_away(number)
        if self._moves_to_renewed(number):
            return False
        if not self.right.versions and friday(number) >= self.approved_on:
            self._write(max(self.approved_on, self.right.starts_on))
        self.mood = 0.86 * self.mood + self.chance.gauss(0, 0.3)
        fit = self.person.fit + self.mood + self.right.programme.pull
        missed = self._missed(number, fit)
        self._work_on(number, fit, missed)
        if not self.parts:
            self._graduate(number)
            return False
        if number >= self.review:
            self._look_at_the_plan(number)
        return self._stays(number, fit)

    def _missed(self, number: int, fit: float) -> float:
        mean = 0.045 + 0.035 * max(-fit, 0.0) + (0.38 if self.fading is not None else 0.0)
        share = min(max(self.chance.gauss(mean, 0.07), 0.0), 1.0)
        lessons = 18 if self.person.is_adult else 27
        hours = round(lessons * share)
        if hours:
            unexcused = round(hours * min(self.chance.random() * (0.95 if fit < -0.5 else 0.5), 1.0))
            self.right.away.append(Away(monday(number), hours, unexcused, lessons))
        return share

    def _work_on(self, number: int, fit: float, missed: float) -> None:
        running = [one for one in self.parts.values() if one.first <= number]
        crowd = min(1.0, 4 / len(running)) if running else 1.0
        for one in running:
            pace = math.exp(0.1 * fit + 0.07) * (1 - 0.9 * missed) * self.chance.gauss(1, 0.2) * crowd
            one.effort += max(pace, 0.0)
            if one.effort >= one.needs:
                self._pass(one, number, fit)

    def _pass(self, one: Planned, number: int, fit: float) -> None:
        on = monday(number) + timedelta(days=self.chance.randint(0, 4))
        shown = None
        if one.module.group != COMMON and not self.right.is_tuva:
            shown = max(on - timedelta(days=self.chance.randint(0, 9)), monday(one.first))
        grade = str(min(max(round(3.2 + 0.8 * fit + self.chance.gauss(0, 0.6)), 1), 5))
        code = one.module.code
        self.right.done[code] = Passed(on, "Hyväksytty" if self.right.is_tuva else grade, shown)
        self.closed[code] = one.window()
        del self.parts[code]

    def _look_at_the_plan(self, number: int) -> None:
        """Move what is late, and half as much of what is not begun."""
        moved = 0
        for one in self.parts.values():
            if one.first <= number and one.last <= number:
                later = number + max(2, math.ceil((one.needs - one.effort) * 1.1) + 1)
                moved, one.last = max(moved, later - one.last), later
        if moved >= 3:
            self._shift(number, math.ceil(moved * 0.5))
        self._write(monday(number) + timedelta(days=self.chance.randint(0, 4)))
        self.review = number + self._until_review()

    def _shift(self, number: int, weeks: int) -> None:
        for one in self.parts.values():
            if one.first > number:
                one.first, one.last = one.first + weeks, one.last + weeks
                one.at_work = None if one.at_work is None else one.at_work + weeks

    def _write(self, day: date, *, until: date | None = None) -> None:
        """Write the plan as it is from a day on; one that is closed has no part that was not begun."""
        left = {
            code: one.window(until=until)
            for code, one in self.parts.items()
            if until is None or monday(one.first) <= until
        }
        windows = self.closed | left
        self.end = max([self.end, *(one.until for one in windows.values())])
        if self.right.versions and self.right.versions[-1].day >= day:
            day = self.right.versions[-1].day + timedelta(days=1)
        self.right.versions.append(Version(day, windows, self.end))

    def _stays(self, number: int, fit: float) -> bool:
        """Decide whether somebody stays, goes away for a while or begins to leave."""
        if self.fading is not None:
            self.fading -= 1
            if self.fading <= 0:
                self._leave(number)
                return False
            return True
        late = max((number - one.last for one in self.parts.values() if one.first <= number), default=0)
        risk = math.exp(-6.15 - 0.75 * fit + 0.035 * min(max(late, 0), 26) + 0.5 * (number - self.begins < 10))
        drawn = self.chance.random()
        if drawn < risk or number - self.begins > LONGEST:
            self.fading = self.chance.randint(2, 7)
        elif self.right.versions and not self.right.is_tuva and drawn > 1 - 0.0009:
            self._go_away(number)
        return True

    def _moves_to_renewed(self, number: int) -> bool:
        if self.right.programme.key not in RENEWED or monday(number) != RENEWED_ON or self.begins == number:
            return False
        if self.chance.random() > 0.14:
            return False
        self.right.is_renewed = True
        self._end(friday(number), CONSIDERED)
        return True

    def _go_away(self, number: int) -> None:
        self.away = self.chance.randint(12, 34)
        day = friday(number)
        self.right.states.append((day, AWAY))
        for one in self.parts.values():
            if one.first <= number:
                one.last += self.away
                if one.at_work is not None and one.at_work > number:
                    one.at_work += self.away
        self._shift(number, self.away)
        if self.right.versions:
            self._write(day)

    def _week_away(self, number: int) -> bool:
        self.away -= 1
        if self.away:
            return True
        if self.chance.random() < 0.12:
            self._end(monday(number), CONSIDERED)
            return False
        self.right.states.append((friday(number), PRESENT))
        return True

    def _leave(self, number: int) -> None:
        state = CONSIDERED if self.right.is_tuva or self.chance.random() < 0.45 else RESIGNED
        day = monday(number) + timedelta(days=self.chance.randint(0, 4))
        self._end(max([day, *(one.on for one in self.right.done.values())]), state)

    def _graduate(self, number: int) -> None:
        last = max(one.on for one in self.right.done.values())
        self._end(max(last, monday(number)) + timedelta(days=self.chance.randint(3, 10)), GRADUATED)

    def _end(self, day: date, state: str) -> None:
        self.right.states.append((day, state))
        if self.right.versions:
            self._write(day, until=day)


def study(person: Person, start: Start, place: int, today: date, chance: random.Random) -> Right:
    """Return a right to study as it has gone until today; nothing in it is of a later day."""
    right = Right(
        oid=f"1.2.246.562.15.9{person.number:08d}{place:02d}",
        programme=start.programme,
        campus=start.campus,
        starts_on=start.day,
        way=APPRENTICE if person.is_adult and chance.random() < 0.35 else WORK,
        states=[(start.day, PRESENT)],
    )
    if start.programme is TUVA:
        right.permit = chance.choices(list(PERMITS), list(PERMITS.values()))[0]
    carried = start.carried or _recognised(person, start, chance)
    right.done = {code: Passed(one.on, one.grade, one.shown_on, is_recognised=True) for code, one in carried.items()}
    if not place and chance.random() < 0.018:
        right.states.append((start.day + timedelta(days=chance.randint(4, 18)), CANCELLED))
        return _until(right, today)
    walk = Walk(person, Start(start.day, start.programme, start.campus, carried), right, chance)
    number = walk.begins
    while monday(number) <= today and walk.week(number):
        number += 1
    return _until(right, today)


def _recognised(person: Person, start: Start, chance: random.Random) -> dict[str, Passed]:
    """Return what an adult could do already: up to four parts, mostly common ones."""
    if not person.is_adult or start.programme is TUVA or chance.random() < 0.4:
        return {}
    on = start.day + timedelta(days=chance.randint(5, 25))
    known = [one for one in start.programme.modules if one.group == COMMON]
    known += [start.programme.modules[0]] if chance.random() < 0.3 else []
    return {one.code: Passed(on, str(chance.randint(2, 5))) for one in known[-chance.randint(1, 4) :]}


def _until(right: Right, today: date) -> Right:
    """Take away what would become known only after today."""
    right.states = [one for one in right.states if one[0] <= today]
    right.versions = [one for one in right.versions if one.day <= today]
    right.done = {code: one for code, one in right.done.items() if one.on <= today}
    return right
