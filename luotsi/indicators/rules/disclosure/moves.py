"""Moves: other tables that a reader could not tell from the true one.

A move takes one person from one place and puts one into another, or only takes or puts one, and changes every cell in
whose sum they are. If all cells that it changes are hidden, and stay what they are said to be, the table after the
move fits everything published as well as the true one does: none of the cells in it can be worked out, neither by
subtracting nor by any other sum, nor by knowing that persons are whole and no group is smaller than none. That makes
a move a proof, and the search for protection a search for the cheapest one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from luotsi.indicators.rules.disclosure.table import Key, Split, Table

# How many ways are looked at: parts below a unit, units beside it, units beside those above it, values of a split.
DEPTH, BESIDE, ABOVE, VALUES = 3, 8, 4, 8
# What a cell that is not there would cost.
DEAR = 1e9

UnitMove = tuple[tuple[str, int], ...]
SplitMove = tuple[tuple[Split, int], ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A move that may be made in one direction at least, after the cells in `to_hide` are hidden."""

    cost: float
    to_hide: tuple[tuple[int, Key], ...]
    units: UnitMove
    splits: SplitMove


@dataclass
class Mover:
    """Finds moves in a table; keeps what it has worked out before."""

    table: Table
    _splits: dict[Split, list[SplitMove]] = field(default_factory=dict)
    _open: dict[Key, list[str]] = field(default_factory=dict)
    _hidden: dict[Key, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, item in sorted(self.table.items.items(), key=lambda pair: pair[0]):
            if item.hidden and item.amounts:
                self.hide(key)

    def unit_moves(self, unit: str, split: Split) -> Iterator[UnitMove]:
        """Yield changes of units in which one has one person more: near ones first, then those up to the top."""
        downs = list(self.down(unit, split, DEPTH))
        chain, here = [unit], unit
        while (upper := self.table.above(here)) is not None:
            beside = [
                other for other in self.ordered(upper, split, BESIDE if here == unit else ABOVE) if other != here
            ]
            for down, other in product(downs, beside):
                taken = (other, *next(iter(self.down(other, split, 1)), ()))
                yield (*((name, 1) for name in (*chain, *down)), *((name, -1) for name in taken))
            chain.append(upper)
            here = upper
        for down in downs:
            yield tuple((name, 1) for name in (*chain, *down))

    def down(self, unit: str, split: Split, ways: int) -> Iterator[tuple[str, ...]]:
        """Yield ways from a unit down to the last one below it."""
        lower = self.ordered(unit, split, ways)
        if not lower:
            yield ()
        for name in lower:
            yield from ((name, *rest) for rest in self.down(name, split, 1))

    def ordered(self, upper: str, split: Split, most: int) -> list[str]:
        """Return some of the units below one: hidden ones, and as many of those whose hiding costs least."""
        key = (upper, split)
        if key not in self._open:
            self._open[key] = self.by_cost(upper, split)
        waiting, items = self._open[key], self.table.items
        found = self._hidden.get(key, [])[:most]
        while waiting and (item := items.get((waiting[-1], split))) is not None and item.hidden:
            waiting.pop()
        for unit in reversed(waiting[-2 * most :]):
            if len(found) >= 2 * most:
                break
            if unit not in found:
                found.append(unit)
        return found

    def by_cost(self, upper: str, split: Split) -> list[str]:
        """Return the units below one, those whose hiding costs least last."""
        units, items = self.table.below.get(upper, ()), self.table.items
        costs = {unit: item.cost for unit in units if (item := items.get((unit, split))) is not None}
        return sorted(units, key=lambda unit: (-costs.get(unit, DEAR), unit))

    def hide(self, key: Key) -> None:
        """Hide a cell, and try it first from now on."""
        unit, split = key
        self.table.items[key].hidden = True
        if (upper := self.table.above(unit)) is not None:
            self._hidden.setdefault((upper, split), []).append(unit)

    def split_moves(self, split: Split) -> list[SplitMove]:
        """Return changes of splits in which one has one person more, each with all the totals it changes."""
        if split not in self._splits:
            own = dict(split)
            ways = [self.ways(name, own.get(name)) for name in self.table.dimensions]
            self._splits[split] = [
                effect(dict(zip(self.table.dimensions, way, strict=True))) for way in product(*ways)
            ]
        return self._splits[split]

    def ways(self, name: str, value: str | None) -> list[tuple[tuple[str, int], ...]]:
        """Return how one dimension may change: one more of the value, or of any value where a total is asked for."""
        values = self.table.dimensions[name]
        if value is None:
            return [((other, 1),) for other in values[:VALUES]]
        others = [other for other in values if other != value][:VALUES]
        return [*(((value, 1), (other, -1)) for other in others), ((value, 1),)]


def effect(latent: dict[str, tuple[tuple[str, int], ...]]) -> SplitMove:
    """Return which splits a change of each dimension changes, and how: totals by the sum of what they add up."""
    options = []
    for name, changes in latent.items():
        total = sum(change for _, change in changes)
        options.append([*([((), total)] if total else []), *((((name, value),), change) for value, change in changes)])
    found = []
    for way in product(*options):
        change = 1
        for _, factor in way:
            change *= factor
        found.append((tuple(sorted(pair for part, _ in way for pair in part)), change))
    return tuple(found)
