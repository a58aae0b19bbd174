"""Tasks that wait for a person, and their order on the page: late, this week, later, without a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Task:
    """One thing that waits: a title with the verb first, where it belongs, one action, perhaps a due day."""

    key: str
    title: str
    context: str
    url: str
    action: str
    due: date | None = None
    room: str = ""


def grouped(tasks: list[Task], today: date) -> list[tuple[str, bool, list[Task]]]:
    """Return (heading, is late, tasks by due day) for each group that has any.

    The week ends on Sunday (ISO 8601); a task due today is not late.
    """
    sunday = today + timedelta(days=7 - today.isoweekday())
    groups: list[tuple[str, bool, list[Task]]] = [
        (_("Late"), True, [task for task in tasks if task.due and task.due < today]),
        (_("This week"), False, [task for task in tasks if task.due and today <= task.due <= sunday]),
        (_("Later"), False, [task for task in tasks if task.due and task.due > sunday]),
        (_("Without a due day"), False, [task for task in tasks if task.due is None]),
    ]
    return [
        (label, late, sorted(found, key=lambda task: task.due or date.max)) for label, late, found in groups if found
    ]
