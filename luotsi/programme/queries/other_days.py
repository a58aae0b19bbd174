"""Days of the annual clock that rooms above tell: each offers a function in settings.LUOTSI_CLOCK_DAYS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from luotsi.base.names import Names
from luotsi.programme.queries.clock_pages import year_of

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme

MOST = 12


@dataclass(frozen=True)
class ClockDay:
    """A day that another room tells: of what it is, what happens, and the page about it."""

    on: date
    names: Names
    words: str
    url: str


def other_days(visitor: Visitor, scope: Unit, programme: Programme, today: date) -> list[ClockDay]:
    """Return the days from today to the end of the year around the ring that the visitor may know of, soonest first.

    At most `MOST`; each room asks its own queries.
    """
    last = year_of(programme, today).end
    found = [one for door in settings.LUOTSI_CLOCK_DAYS for one in import_string(door)(visitor, scope, today, last)]
    return sorted(found, key=lambda one: (one.on, one.names.text))[:MOST]
