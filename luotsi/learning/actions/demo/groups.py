"""The groups of the college: units, added in one go and ended when nobody studies in them any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.base import audit, ids
from luotsi.people.actions.units import end_unit
from luotsi.people.models import Unit
from luotsi.people.models.units import path_below
from luotsi.people.rules import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from luotsi.learning.engine.college.deliveries import Group

NOBODY_LEFT = "Ryhmässä ei opiskele enää ketään."


def add_groups(provider: Unit, groups: Iterable[Group]) -> list[Unit]:
    """Add the groups that are not there yet, with one row in the log; return them all."""
    campuses = {unit.oid: unit for unit in Unit.objects.filter(parent=provider)}
    there = {unit.key: unit for unit in Unit.objects.filter(parent__parent=provider)}
    new = []
    wanted = tuple(groups)
    for group in wanted:
        if group.key not in there:
            campus, pk = campuses[group.campus.oid], ids.new_id()
            there[group.key] = Unit(
                id=pk,
                key=group.key,
                kind=Kind.GROUP,
                parent=campus,
                path=path_below(campus, pk),
                name_fi=group.name,
                valid_from=group.since,
            )
            new.append(there[group.key])
    Unit.objects.bulk_create(new)
    if new:
        made = {"created": ", ".join(unit.key for unit in new)}
        audit.record(by=None, verb="people.units.imported", target=provider, after=made, unit_id=provider.pk)
    return [there[group.key] for group in wanted]


def end_groups(provider: Unit, over: Iterable[tuple[str, date]]) -> None:
    """End the groups, by key and last day, that go on still."""
    going_on = {unit.key: unit for unit in Unit.objects.filter(parent__parent=provider, valid_to=None)}
    for key, day in over:
        if unit := going_on.get(key):
            end_unit(unit=unit, last_day=day, reason=NOBODY_LEFT, by=None)
