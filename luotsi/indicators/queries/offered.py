"""The tables that the rooms offer, and whether a definition can be counted from them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from luotsi.base.facts import ColumnKind, FactTable
from luotsi.indicators.rules.disclosure import is_looser
from luotsi.indicators.rules.values import Policy, Semantics, counting_of

if TYPE_CHECKING:
    from luotsi.indicators.models import Definition

OPERATORS = frozenset({"=", "!=", "<", "<=", ">", ">=", "in", "is"})


@cache
def _offered(doors: tuple[str, ...]) -> dict[str, FactTable]:
    tables = [table for door in doors for table in import_string(door)()]
    found = {table.key: table for table in tables}
    if len(found) < len(tables):
        raise ValueError("Two rooms offer a fact table of the same key.")
    return found


def tables_offered() -> dict[str, FactTable]:
    """Return every table that a room of settings.LUOTSI_FACTS offers, by key."""
    return _offered(tuple(settings.LUOTSI_FACTS))


def is_row_by_row(table: FactTable) -> bool:
    """Return True when the rows of a table may leave as they are: no person stands in it and its policy is open."""
    return Policy(table.policy) is Policy.OPEN and not table.column_of(ColumnKind.PERSON)


def reasons_against(definition: Definition) -> list[str]:
    """Return why a definition cannot be counted; none for observed ones, and for those that can."""
    counting = counting_of(definition.counting)
    if counting is None:
        return []
    table = tables_offered().get(counting.table)
    if table is None:
        return [_("No room offers the table “%(table)s”.") % {"table": counting.table}]
    found = []
    if is_looser(Policy(definition.policy), Policy(table.policy)):
        found.append(_("Figures of this table are protected more strictly: “%(policy)s”.") % {"policy": table.policy})
    needed = ColumnKind.FROM if counting.semantics is Semantics.AS_OF else ColumnKind.DAY
    if not table.column_of(needed):
        found.append(_("The table has no days by which it could be counted so."))
    names = {column.name for column in table.columns}
    counts = [counting.numerator, *([counting.denominator] if counting.denominator else [])]
    used = [part for count in counts for part in (count.column, *(place[0] for place in count.where)) if part]
    found += [
        _("The table has no column “%(column)s”.") % {"column": column}
        for column in dict.fromkeys([*used, *definition.dimensions])
        if column not in names
    ]
    if any(place[1] not in OPERATORS for count in counts for place in count.where):
        found.append(_("A condition of the counting has an unknown operator."))
    return found
