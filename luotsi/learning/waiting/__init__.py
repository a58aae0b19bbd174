"""What waits for a person in this room: needs and starts of learners, proposals of plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.learning.waiting import guidance, tuva

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.ui.waiting import Task


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits for the visitor in this room at the unit and below; queries do not grow with learners."""
    return [task for room in (guidance, tuva) for task in room.tasks_for(visitor, scope)]
