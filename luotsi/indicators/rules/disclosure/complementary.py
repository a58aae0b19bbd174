"""Complementary protection: hides as little more as it takes until no small figure can be worked out.

A small figure is protected when a move through it exists (see moves). What is held against it: every published
figure, all sums over units and splits at every level, that counts are whole and not negative, that zeros are shown,
and what is said of a hidden cell ("under 5"). In a cumulative series also that it never falls, and changes of 1 to 4
persons between two periods count as small figures of their own. Not held against it: figures of other indicators,
and that two periods of a series that is not cumulative resemble each other.

Where not even hiding everything above helps, because "under 5" itself gives it away (four groups "under 5" in a total
"under 5" can only be 1, 1, 1 and 1), the cells are said to be protected, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from luotsi.indicators.rules.disclosure.moves import Move, Mover, SplitMove, UnitMove, effect
from luotsi.indicators.rules.disclosure.policies import Measure, Shape
from luotsi.indicators.rules.disclosure.table import REST, Item, Key, Split, Table

NEVER = float("inf")
NONE: dict[str, Item] = {}


@dataclass(frozen=True, slots=True)
class Target:
    """An amount that nobody may work out: of which period, cell and place among its amounts."""

    period: int
    key: Key
    place: int


@dataclass
class Cover:
    """Tables of consecutive periods; of one only, where the series is not cumulative."""

    tables: Sequence[Table]
    measure: Measure
    movers: list[Mover] = field(default_factory=list)
    nobody: dict[tuple[int, Key], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.movers = [Mover(table) for table in self.tables]

    def protect(self) -> None:
        """Hide what must be hidden beside the small figures."""
        proved: set[Target] = set()
        for target in self.targets():
            if target in proved:
                continue
            move = self.cheapest(target)
            if move is None:
                self.blur(target)
                continue
            for period, key in move.to_hide:
                self.movers[period].hide(key)
            for unit, split in product(move.units, move.splits):
                proved.add(Target(target.period, (unit[0], split[0]), target.place))

    def targets(self) -> list[Target]:
        """Return every amount that nobody may work out, the lowest units first."""
        found = []
        for period, table in enumerate(self.tables):
            for key, item in table.items.items():
                places = set(self.measure.sensitive(item.amounts, item.persons) if item.small else ())
                places |= set(self.small_changes(period, key, item))
                found += [Target(period, key, place) for place in sorted(places)]
        return sorted(found, key=lambda target: (self.height(target), target.period, target.key, target.place))

    def height(self, target: Target) -> float:
        """Return the order in which targets are protected: parts before wholes, which then are hidden already."""
        return self.tables[target.period].items[target.key].cost

    def small_changes(self, period: int, key: Key, item: Item) -> Iterator[int]:
        """Yield places of the amounts that have grown by a small number since the period before."""
        before = self.tables[period - 1].items.get(key) if period else None
        if before is not None and before.amounts and item.amounts:
            for place, (now, then) in enumerate(zip(item.amounts, before.amounts, strict=True)):
                if self.measure.few(now - then):
                    yield place

    def cheapest(self, target: Target) -> Move | None:
        """Return the cheapest move through a target; None where there is none."""
        unit, split = target.key
        mover, best, least = self.movers[target.period], None, NEVER
        splits = mover.split_moves(split)
        for unit_move in mover.unit_moves(unit, split):
            for split_move in splits:
                for last in self.spans(target.period):
                    move = self.tried(unit_move, split_move, target.place, range(target.period, last + 1), least)
                    if move is not None:
                        best, least = move, move.cost
                        if not least:
                            return best
        return best

    def spans(self, period: int) -> list[int]:
        """Return the last periods of a change that begins in a period: that one alone, or all that follow."""
        return sorted({period, len(self.tables) - 1})

    def tried(
        self, units: UnitMove, splits: SplitMove, place: int, periods: range, limit: float, *, blurring: bool = False
    ) -> Move | None:
        """Return a move if it can be made for less than a limit; None else."""
        up = down = True
        cost, to_hide = 0.0, list[tuple[int, Key]]()
        for period in periods:
            rows = self.tables[period].by_split
            for split, by_split in splits:
                row = rows.get(split, NONE)
                for unit, by_unit in units:
                    item = row.get(unit)
                    if item is None and not self.is_nobody(period, (unit, split)):
                        continue
                    if item is None:
                        return None
                    more, less = self.room(item, place, blurring=blurring)
                    if self.is_series:
                        more = more and self.never_falls(item, place, 1, period, (unit, split), periods)
                        less = less and self.never_falls(item, place, -1, period, (unit, split), periods)
                    same = by_unit == by_split
                    up, down = up and (more if same else less), down and (less if same else more)
                    if not (up or down):
                        return None
                    if not item.hidden:
                        cost += item.cost
                        to_hide.append((period, (unit, split)))
                    if cost >= limit:
                        return None
        return Move(cost, tuple(to_hide), units, splits)

    def is_nobody(self, period: int, key: Key) -> bool:
        """Return True for a cell that is not there because nobody is in it."""
        if (period, key) not in self.nobody:
            self.nobody[period, key] = self.tables[period].is_nobody(key)
        return self.nobody[period, key]

    def room(self, item: Item, place: int, *, blurring: bool) -> tuple[bool, bool]:
        """Return whether an amount may be one more, and one less, and the cell still be what it is said to be."""
        known = None if blurring else item.room.get(place)
        if known is None:
            blurred = item.blurred or blurring
            known = self.stays(item, place, 1, blurred=blurred), self.stays(item, place, -1, blurred=blurred)
            if not blurring:
                item.room[place] = known
        return known

    @property
    def is_series(self) -> bool:
        """Whether there are several periods, of which each contains the one before."""
        return len(self.tables) > 1

    def stays(self, item: Item, place: int, change: int, *, blurred: bool) -> bool:
        """Return whether a cell with a changed amount would be shown, or hidden with the same words, as it is."""
        if not item.amounts or (not any(item.amounts) and item.place >= 0):
            return False
        changed = (*item.amounts[:place], item.amounts[place] + change, *item.amounts[place + 1 :])
        if changed[place] < 0:
            return False
        if item.place < 0:
            return True
        if self.measure.shape == Shape.COUNT and not changed[0]:
            return False
        if blurred:
            return (self.measure.base(changed) or 0) > 0
        return self.measure.small(changed, item.persons) == item.small

    def never_falls(self, item: Item, place: int, change: int, period: int, key: Key, periods: range) -> bool:
        """Return whether a cumulative series with a changed amount still never falls."""
        if change > 0:
            beyond = periods.stop if period == periods.stop - 1 else None
        else:
            beyond = periods.start - 1 if period == periods.start else None
        if beyond is None or not 0 <= beyond < len(self.tables):
            return True
        other = self.tables[beyond].items.get(key)
        if other is None or not other.amounts:
            return True
        distance = (other.amounts[place] - item.amounts[place]) * (1 if change > 0 else -1)
        return distance < 0 or distance >= abs(change)

    def blur(self, target: Target) -> None:
        """Hide a target and everything above it without saying why; where that is no proof, everything there is."""
        units, splits = self.sure_path(target)
        periods = range(target.period, len(self.tables))
        sure = self.tried(units, splits, target.place, periods, NEVER, blurring=True)
        keys = [(unit, split) for unit, _ in units for split, _ in splits]
        for period in periods if sure else range(len(self.tables)):
            items = self.tables[period].items
            for key in keys if sure else list(items):
                item = items.get(key)
                if item is not None and any(item.amounts):
                    item.hidden = item.blurred = True
                    item.room.clear()

    def sure_path(self, target: Target) -> tuple[UnitMove, SplitMove]:
        """Return the change of one person who is in the target, and of all the sums that this person is in."""
        table, place = self.tables[target.period], target.place
        unit, split = target.key
        chain = [unit]
        while lower := self.fullest([(name, (name, split)) for name in table.below.get(chain[-1], ())], table, place):
            chain.append(lower)
        latent: dict[str, tuple[tuple[str, int], ...]] = {name: ((value, 1),) for name, value in split}
        for name in table.dimensions:
            if name not in latent:
                latent[name] = ((self.value_of(chain[-1], split, name, table, place), 1),)
        upper = table.above(unit)
        while upper is not None:
            chain.append(upper)
            upper = table.above(upper)
        return tuple((name, 1) for name in chain), effect(latent)

    def value_of(self, unit: str, split: Split, name: str, table: Table, place: int) -> str:
        """Return a value of a dimension in which somebody is, as near to the unit and the split as can be told."""
        here: str | None = unit
        while here is not None:
            for near in (split, ()):
                values = table.values_under.get((here, near, name), ())
                keys = [(value, (here, tuple(sorted((*near, (name, value)))))) for value in values]
                if found := self.fullest(keys, table, place):
                    return found
            here = table.above(here)
        return REST

    @staticmethod
    def fullest(keys: Sequence[tuple[str, Key]], table: Table, place: int) -> str | None:
        """Return the name of the cell with the largest amount; None where all are empty."""
        sizes = [
            (item.amounts[place], name)
            for name, key in keys
            if (item := table.items.get(key)) is not None and item.amounts and item.amounts[place] > 0
        ]
        return max(sizes)[1] if sizes else None
