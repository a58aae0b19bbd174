"""What waits for a person, asked from every room, and kept until something is written.

Each write adds a row to the audit log, so tasks that were found at its present head still hold: a page that nothing
has happened before asks one question instead of those of all rooms. What depends on the hour is found anew after five
minutes.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from luotsi.base import audit, clock
from luotsi.people import access
from luotsi.people.queries.factors import is_strong

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.ui.waiting import Task

MOST_KEPT = 512
SECONDS = 300
_kept: OrderedDict[tuple[object, ...], tuple[Task, ...]] = OrderedDict()


def tasks_waiting(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits for the visitor at the unit, asked from every room of settings.LUOTSI_WAITING."""
    if not visitor.is_authenticated:
        return []
    head = audit.head()
    moment = int(clock.now().timestamp()) // SECONDS
    who = (visitor.pk, access.reach_of(visitor), is_strong(visitor))
    key = (head, moment, clock.today(), *who, scope.pk, get_language())
    found = _kept.get(key) if head[0] else None
    if found is None:
        found = tuple(task for dotted in settings.LUOTSI_WAITING for task in import_string(dotted)(visitor, scope))
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return list(found)
