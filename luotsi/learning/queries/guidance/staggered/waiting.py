"""To whom a staggered start of guidance lists has not come yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet

from luotsi.learning.models import Learner, StartingUnit
from luotsi.learning.rules.caseload import nearest

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.people.models import Unit


def not_begun(on: date) -> Q:
    """Return the condition that a learner is in a unit without lists on the day; one query, of a small table."""
    return _under(StartingUnit.objects.waiting(on).order_by().values_list("unit__path", flat=True))


def begins_of(learners: Iterable[UUID] | QuerySet[Any, Any]) -> dict[UUID, date]:
    """Return when the start comes to each of the learners who are in one; one query, two where there is one."""
    begins: dict[str, date] = {}
    for path, begins_on in StartingUnit.objects.drawn().order_by("begins_on").values_list("unit__path", "begins_on"):
        if begins_on is not None:
            begins[path] = begins_on
    if not begins:
        return {}
    rows = Learner.objects.filter(_under(begins), pk__in=learners).order_by().values_list("pk", "unit__path")
    return {pk: begins[near] for pk, path in rows if (near := nearest(tuple(begins), path)) is not None}


def waits_among(units: Iterable[Unit], scope: Unit, on: date) -> tuple[tuple[date, tuple[Names, ...]], ...]:
    """Return which parts of the units, seen from one, have no lists on the day, by when they do; one query."""
    paths = [one.path for one in units]
    found: dict[date, list[Names]] = {}
    for one in StartingUnit.objects.waiting(on).select_related("unit").order_by("begins_on", "unit__path"):
        is_mine = any(_meet(one.unit.path, path) for path in paths) and _meet(one.unit.path, scope.path)
        if one.begins_on is not None and is_mine:
            found.setdefault(one.begins_on, []).append(one.unit.names)
    return tuple((day, tuple(names)) for day, names in found.items())


def _meet(one: str, other: str) -> bool:
    """Return True when one of two units is the other or below it."""
    return one.startswith(other) or other.startswith(one)


def _under(paths: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(unit__path__startswith=path)
    return found
