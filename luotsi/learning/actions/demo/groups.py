"""The groups of the college: units, added in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.base import audit, ids
from luotsi.people.models import Unit
from luotsi.people.models.units import path_below
from luotsi.people.rules import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.learning.engine.college.deliveries import Group


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
