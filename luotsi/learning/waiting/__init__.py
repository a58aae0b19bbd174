"""What waits for a person in this room: learners to answer, to meet and to tell of, starts to judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.learning.waiting import guidance

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.ui.waiting import Task


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits for the visitor in this room at the unit and below; queries do not grow with learners."""
    rooms = (guidance,)
    return [task for room in rooms for task in room.tasks_for(visitor, scope)]
