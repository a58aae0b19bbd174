"""What waits for a person in this room: applications to hand in, what follows from decisions, calls to publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.funding.waiting import applications, changes, completion, deciding, grants, own_calls, scoring

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.ui.waiting import Task


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits for the visitor in this room at the unit and below; queries do not grow with applications."""
    rooms = (applications, completion, grants, changes, own_calls, scoring, deciding)
    return [task for room in rooms for task in room.tasks_for(visitor, scope)]
