"""In which order the college's data come: where the guests of the demo are first, so that they can begin at once.

The central campus begins with those of its learners who came in the last two school years, goes on with all others
that it ever had, and the other campuses follow. These joined when the last two school years began: of the time before
they deliver twice a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from luotsi.learning.engine.college.deliveries import College
from luotsi.learning.engine.college.lives import Life
from luotsi.learning.engine.college.people import CAMPUSES

TWICE = frozenset({2, 9})  # the months of the two deliveries in a year


class Stage(StrEnum):
    """What comes when; the value stands in the names of the files."""

    RECENT = "uudet"
    CENTRE = "aiemmat"
    OTHERS = "muut"


@dataclass(frozen=True)
class Part:
    """Some of the learners, whose deliveries are sent in one after another on their days."""

    stage: Stage
    lives: tuple[Life, ...]
    days: tuple[date, ...]


def parts_of(college: College, since: date) -> tuple[Part, ...]:
    """Return the learners in their three parts; `since` is the first day of the last two school years."""
    found: dict[Stage, list[Life]] = {stage: [] for stage in Stage}
    for life in college.lives:
        found[_stage_of(life, since)].append(life)
    joined = tuple(day for day in college.days if day >= since or day.month in TWICE)
    days = {Stage.OTHERS: joined}
    return tuple(Part(stage, tuple(lives), days.get(stage, college.days)) for stage, lives in found.items())


def is_central(life: Life) -> bool:
    """Return True for a learner of the central campus; nobody changes the campus."""
    return life.rights[0].campus == CAMPUSES[0]


def _stage_of(life: Life, since: date) -> Stage:
    if not is_central(life):
        return Stage.OTHERS
    return Stage.RECENT if life.rights[0].starts_on >= since else Stage.CENTRE


def over(college: College, lives: Iterable[Life]) -> Iterator[tuple[str, date]]:
    """Yield the key and the last day of every group in which nobody of some learners studies any more."""
    last: dict[str, date | None] = {}
    for life in lives:
        for right in life.rights:
            before = last.get(right.group, date.min)
            last[right.group] = None if before is None or right.ends_on is None else max(before, right.ends_on)
    yield from ((key, max(day, college.groups[key].since)) for key, day in last.items() if day is not None)
