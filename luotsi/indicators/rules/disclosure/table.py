"""The table that a reader could put together: cells by unit and split, and the equations between them.

Every cell is the sum of the cells of the units below it, and of the cells of each dimension it can be split by. What
is in a sum but has no cell of its own (persons placed straight in the upper unit, answers without a language) is added
as a cell that is never published, so that each equation holds.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from luotsi.indicators.rules.disclosure.policies import Amount, Measure, amounts_of
from luotsi.indicators.rules.values import Cell, Mark

Split = tuple[tuple[str, str], ...]
Key = tuple[str, Split]
REST = "\0rest"


@dataclass(slots=True)
class Item:
    """One cell while it is decided what may be shown.

    Args:
        amounts: what adds up; empty where the cell has no figure.
        persons: how many stand behind it, where that is another number than the amounts tell.
        small: whether it is of a small group.
        place: of the cell in what was given; -1 for what has no cell of its own.
        hidden: whether it is not shown.
        blurred: whether it must not be said that it is small.
        cost: how much is lost when it is hidden.
        room: whether each amount may be one more, or one less, as far as that has been worked out.
    """

    amounts: tuple[Amount, ...]
    persons: int | None
    small: bool
    place: int
    hidden: bool = False
    blurred: bool = False
    cost: float = 0.0
    room: dict[int, tuple[bool, bool]] = field(default_factory=dict)


@dataclass
class Table:
    """The cells of one period with the equations between them."""

    measure: Measure
    parents: Mapping[str, str]
    items: dict[Key, Item] = field(default_factory=dict)
    below: dict[str, list[str]] = field(default_factory=dict)
    units_under: dict[Key, list[str]] = field(default_factory=dict)
    values_under: dict[tuple[str, Split, str], list[str]] = field(default_factory=dict)
    dimensions: dict[str, list[str]] = field(default_factory=dict)
    by_split: dict[Split, dict[str, Item]] = field(default_factory=dict)

    def above(self, unit: str) -> str | None:
        """Return the unit that a unit is summed up in; None at the top."""
        return self.parents.get(unit)

    def is_nobody(self, key: Key) -> bool:
        """Return True for a cell that is not there because nobody is in it, as those beside it tell."""
        unit, split = key
        for place, (name, _) in enumerate(split):
            if (unit, split[:place] + split[place + 1 :], name) in self.values_under:
                return True
        upper = self.parents.get(unit)
        while upper is not None:
            if (upper, split) in self.items:
                return (upper, split) in self.units_under
            upper = self.parents.get(upper)
        return False


def table_of(cells: Iterable[tuple[int, Cell]], parents: Mapping[str, str], measure: Measure) -> Table:
    """Return the table of cells of one period, each with its place in what was given.

    Args:
        cells: figures, missing ones and those that were protected before.
        parents: the unit above each, also of units without cells.
        measure: what is small.

    Raises:
        ValueError: two cells are of the same unit and split.
    """
    given = list(cells)
    units = {cell.unit for _, cell in given}
    table = Table(measure, compressed(units, parents))
    for place, cell in given:
        key = (cell.unit, tuple(sorted(cell.split)))
        if key in table.items:
            raise ValueError(f"There are two cells of {key} in {cell.period}.")
        table.items[key] = item_of(cell, place, measure)
    _find_groups(table)
    _add_rests(table)
    _find_groups(table)
    _count_costs(table)
    for (unit, split), item in table.items.items():
        table.by_split.setdefault(split, {})[unit] = item
    return table


def item_of(cell: Cell, place: int, measure: Measure) -> Item:
    """Return a cell as an item of the table; one without a figure has no amounts."""
    amounts = amounts_of(cell, measure.shape) if cell.mark == Mark.FIGURE else ()
    persons = cell.persons if cell.persons is not None and cell.persons != measure.base(amounts) else None
    small = cell.mark == Mark.FIGURE and measure.small(amounts, persons)
    return Item(amounts, persons, small, place, hidden=small or cell.mark == Mark.PROTECTED)


def compressed(units: set[str], parents: Mapping[str, str]) -> dict[str, str]:
    """Return the nearest unit above each that has cells."""
    found = {}
    for unit in units:
        upper = parents.get(unit)
        while upper is not None and upper not in units:
            upper = parents.get(upper)
        if upper is not None:
            found[unit] = upper
    return found


def _find_groups(table: Table) -> None:
    """Find which cells make up which: by units, by values of a dimension."""
    by_unit, by_value = defaultdict[Key, list[str]](list), defaultdict[tuple[str, Split, str], list[str]](list)
    values, below = defaultdict[str, set[str]](set), defaultdict[str, list[str]](list)
    for unit, split in table.items:
        upper = table.parents.get(unit)
        while upper is not None and (upper, split) not in table.items:
            upper = table.parents.get(upper)
        if upper is not None:
            by_unit[upper, split].append(unit)
        for place, (name, value) in enumerate(split):
            by_value[unit, split[:place] + split[place + 1 :], name].append(value)
            values[name].add(value)
    for unit in sorted({unit for unit, _ in table.items}):
        if unit in table.parents:
            below[table.parents[unit]].append(unit)
    table.units_under, table.values_under, table.below = dict(by_unit), dict(by_value), dict(below)
    table.dimensions = {name: by_size(name, found, table.items) for name, found in sorted(values.items())}


def by_size(name: str, values: set[str], items: Mapping[Key, Item]) -> list[str]:
    """Return the values of a dimension, those of many persons first."""
    sizes = dict.fromkeys(values, 0.0)
    for (_, split), item in items.items():
        if len(split) == 1 and split[0][0] == name and item.amounts:
            sizes[split[0][1]] += float(sum(item.amounts))
    return sorted(values, key=lambda value: (-sizes[value], value))


def _add_rests(table: Table) -> None:
    """Add what is in a sum but has no cell of its own."""
    parents = dict(table.parents)
    for (unit, split), units in table.units_under.items():
        parts = [table.items[part, split] for part in units]
        if rest := rest_of(table.items[unit, split], parts, table.measure):
            parents[unit + REST] = unit
            table.items[unit + REST, split] = rest
    table.parents = parents
    for (unit, split, name), values in table.values_under.items():
        if (whole := table.items.get((unit, split))) is None:
            continue
        parts = [table.items[unit, with_value(split, name, value)] for value in values]
        if rest := rest_of(whole, parts, table.measure):
            table.items[unit, with_value(split, name, REST)] = rest


def rest_of(whole: Item, parts: Sequence[Item], measure: Measure) -> Item | None:
    """Return what a whole has beyond its parts, as an item that is not shown; None where there is nothing."""
    known = [part.amounts for part in parts if part.amounts]
    if not whole.amounts or not known or any(part.hidden and not part.amounts for part in parts):
        return None
    rest = tuple(max(0, amount - sum(part[place] for part in known)) for place, amount in enumerate(whole.amounts))
    if not any(rest):
        return None
    return Item(rest, None, measure.small(rest, None), -1, hidden=True, blurred=True)


def with_value(split: Split, name: str, value: str) -> Split:
    """Return the split with one dimension more."""
    return tuple(sorted((*split, (name, value))))


def _count_costs(table: Table) -> None:
    """Count what is lost by hiding each cell: large figures and totals cost more than parts of them."""
    heights = dict(_heights(table))
    for (unit, split), item in table.items.items():
        size = max((float(amount) for amount in item.amounts), default=0.0)
        free = len(table.dimensions) - len(split)
        item.cost = 1 + math.log1p(max(0.0, size)) / 4 + 4 * heights[unit] + 2 * free + (4 if 0 in item.amounts else 0)


def _heights(table: Table) -> Iterator[tuple[str, int]]:
    """Yield each unit with how many levels of units stand below it."""
    known: dict[str, int] = {}

    def height(unit: str) -> int:
        if unit not in known:
            known[unit] = 1 + max((height(lower) for lower in table.below.get(unit, ())), default=-1)
        return known[unit]

    yield from ((unit, height(unit)) for unit in dict.fromkeys(unit for unit, _ in table.items))
