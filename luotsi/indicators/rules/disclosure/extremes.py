"""The smallest and the largest of units: a total that tells the figure of the one unit that is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from luotsi.indicators.rules.disclosure.table import Item, Table
from luotsi.indicators.rules.values import Cell, Rollup

TELLING = frozenset({Rollup.MIN, Rollup.MAX, Rollup.LAST})


@dataclass(frozen=True)
class Group:
    """A whole and its parts."""

    whole: Item
    parts: tuple[Item, ...]


def hide_given_away(table: Table, cells: Sequence[Cell], rollup: Rollup) -> None:
    """Hide each whole whose figure is that of a hidden part and of no part that is shown, up to the top.

    Shares of units tell of a unit only whether it meets the limit, and are left as they are.
    """
    if rollup not in TELLING:
        return
    groups = groups_of(table)
    while found := [group.whole for group in groups if gives_away(group, cells)]:
        for whole in found:
            whole.hidden = whole.blurred = True


def groups_of(table: Table) -> list[Group]:
    """Return every whole with its parts, by units and by dimensions."""
    found = []
    for (unit, split), units in table.units_under.items():
        found.append(Group(table.items[unit, split], tuple(table.items[lower, split] for lower in units)))
    for (unit, split, name), values in table.values_under.items():
        if (unit, split) in table.items:
            keys = [(unit, tuple(sorted((*split, (name, value))))) for value in values]
            found.append(Group(table.items[unit, split], tuple(table.items[key] for key in keys)))
    return found


def gives_away(group: Group, cells: Sequence[Cell]) -> bool:
    """Return True when a whole that is shown has the figure of a hidden part and of none that is shown."""
    if group.whole.hidden:
        return False
    value = cells[group.whole.place].value
    shown = {cells[part.place].value for part in group.parts if not part.hidden}
    hidden = {cells[part.place].value for part in group.parts if part.hidden}
    return value is not None and value in hidden and value not in shown
