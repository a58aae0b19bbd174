"""How a learner stands on a day, as those who meet them see it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from luotsi.learning.engine.college.lives import GRADUATED, RUNNING

if TYPE_CHECKING:
    from luotsi.learning.engine.college.lives import Life


class Standing(StrEnum):
    """Studies, has completed, or has left."""

    STUDIES = "studies"
    COMPLETED = "completed"
    LEFT = "left"


def standing_of(life: Life, day: date) -> Standing:
    """Return how somebody stands on a day, by the latest right that has begun."""
    state = next((one.state_on(day) for one in reversed(life.rights) if one.starts_on <= day), "")
    if state in RUNNING:
        return Standing.STUDIES
    return Standing.COMPLETED if state == GRADUATED else Standing.LEFT


def has_moved(life: Life, since: date, until: date) -> bool:
    """Return True for somebody who has begun other studies after a day until another."""
    return any(since < one.starts_on <= until for one in life.rights[1:])
