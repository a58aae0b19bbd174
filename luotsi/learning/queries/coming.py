"""Whether study data are just being taken in at a unit: then its pages say so, since their figures still change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q

from luotsi.learning.models import StudyImport

if TYPE_CHECKING:
    from luotsi.people.models import Unit

OPEN = (StudyImport.State.WAITING, StudyImport.State.RUNNING)


@dataclass(frozen=True)
class Coming:
    """How many imports wait or are being read, and the day that the first of them tells about."""

    count: int
    extract_on: date


def coming_to(scope: Unit) -> Coming | None:
    """Return what is being taken in at a unit, below it or around it; None of nothing. One query."""
    near = Q(unit__path__startswith=scope.path) | Q(unit__in=scope.ancestor_ids)
    found = StudyImport.objects.filter(near, state__in=OPEN).aggregate(count=Count("pk"), first=Min("extract_on"))
    return Coming(found["count"], found["first"]) if found["count"] else None
