"""What waits for a person in this room: applications to hand in, and what follows from decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.funding.waiting import applications, grants

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.ui.waiting import Task


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits for the visitor in this room at the unit and below; queries do not grow with applications."""
    return [*applications.tasks_for(visitor, scope), *grants.tasks_for(visitor, scope)]
