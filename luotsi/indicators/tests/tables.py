"""Made-up tables of persons in units and splits, with all their totals, and what a reader of them knows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from hypothesis import strategies as st

from luotsi.indicators.rules.values import PERCENT, Cell, Definition, Hidden, Mark, Rollup
from luotsi.indicators.tests.attacker import Attacker

Split = tuple[tuple[str, str], ...]
COUNTS = Definition(indicator="pupils", rollup=Rollup.SUM, dimensions=("a", "b"))
SHARES = Definition(indicator="share", rollup=Rollup.RATIO, unit=PERCENT, factor=Decimal(100), dimensions=("a", "b"))


@dataclass(frozen=True)
class Made:
    """Cells of a table with the tree of its units and the units that have persons of their own."""

    cells: tuple[Cell, ...]
    parents: dict[str, str]


@st.composite
def trees(draw: st.DrawFn) -> dict[str, str]:
    """Draw a tree of up to three levels; not all branches are equally long."""
    parents: dict[str, str] = {}
    for provider in range(draw(st.integers(1, 3))):
        parents[f"p{provider}"] = "top"
        for school in range(draw(st.integers(0, 4))):
            parents[f"p{provider}s{school}"] = f"p{provider}"
    return parents


@st.composite
def tables(draw: st.DrawFn, *, shares: bool = False, periods: int = 1, crossed: bool = True) -> Made:
    """Draw a table: persons in the lowest units (seldom in upper ones), by no, one or two dimensions."""
    parents = draw(trees())
    names = ("a", "b")[: draw(st.integers(0, 2 if crossed else 1))]
    values = {name: [f"{name}{place}" for place in range(draw(st.integers(2, 3)))] for name in names}
    cross = draw(st.booleans())
    sizes = st.one_of(st.integers(0, 4), st.integers(0, 12), st.just(0), st.integers(5, 40))
    uppers = set(parents.values())
    sums: dict[tuple[str, int, Split], list[int]] = defaultdict(lambda: [0, 0])
    for unit in sorted({*parents, *uppers}):
        if unit in uppers and draw(st.integers(0, 5)):
            continue
        for combination in combinations_of(values):
            told = [0, 0]
            for period in range(periods):
                told = [told[0] + draw(sizes), told[1] + (draw(sizes) if shares else 0)]
                for key in keys_of(unit, combination, parents, cross=cross):
                    sums[key[0], period, key[1]][0] += told[0]
                    sums[key[0], period, key[1]][1] += told[1]
    zeros = draw(st.booleans())
    kept = {key: told for key, told in sums.items() if zeros or any(told) or not key[2]}
    return Made(tuple(cell_of(*key, told, shares=shares) for key, told in sorted(kept.items())), parents)


def combinations_of(values: dict[str, list[str]]) -> list[Split]:
    found: list[Split] = [()]
    for name, options in values.items():
        found = [(*split, (name, option)) for split in found for option in options]
    return found


def keys_of(unit: str, combination: Split, parents: dict[str, str], *, cross: bool) -> list[tuple[str, Split]]:
    """Return every cell that a person is counted in."""
    units = [unit]
    while units[-1] in parents:
        units.append(parents[units[-1]])
    most = len(combination) if cross else min(1, len(combination))
    splits = [split for size in range(most + 1) for split in combinations(combination, size)]
    return [(name, split) for name in units for split in splits]


def cell_of(unit: str, period: int, split: Split, told: list[int], *, shares: bool) -> Cell:
    numerator, rest = told
    whole = Decimal(numerator + rest)
    value = (Decimal(numerator) * 100 / whole if whole else None) if shares else Decimal(numerator)
    return Cell(
        indicator="made",
        unit=unit,
        period=str(2020 + period),
        split=split,
        numerator=Decimal(numerator),
        denominator=whole if shares else None,
        value=value,
        persons=numerator + rest,
    )


def name_of(cell: Cell, part: str) -> str:
    return f"{cell.unit}|{cell.period}|{cell.split}|{part}"


def amounts(cell: Cell) -> dict[str, int]:
    """Return what a cell counts: in the numerator and, for shares, outside it."""
    if cell.numerator is None:
        return {}
    counted = {"in": int(cell.numerator)}
    return counted if cell.denominator is None else counted | {"out": int(cell.denominator - cell.numerator)}


@dataclass
class Reader:
    """Makes an attacker of what is published and of how such tables are made."""

    truth: tuple[Cell, ...]
    published: tuple[Cell, ...]
    parents: dict[str, str]
    cumulative: bool = False

    def __post_init__(self) -> None:
        self.attacker = Attacker()
        self.true: dict[str, int] = {}
        self.secrets: list[str] = []
        self.blurred = any(is_small(true) and out.hidden == Hidden.COMPLEMENTARY for true, out in self.pairs)
        for true, out in self.pairs:
            self._learn_cell(true, out)
        for part in amounts(self.truth[0]) if self.truth else ():
            self._learn_sums(part)
            if self.cumulative:
                self._learn_growth(part)

    @property
    def pairs(self) -> list[tuple[Cell, Cell]]:
        return list(zip(self.truth, self.published, strict=True))

    def _learn_cell(self, true: Cell, out: Cell) -> None:
        hidden = out.mark == Mark.PROTECTED
        for part, amount in amounts(true).items():
            name = name_of(true, part)
            self.true[name] = amount
            if not hidden:
                self.attacker.known(name, amount)
                continue
            if "out" in amounts(true):
                self.attacker.unknown(name)
            elif out.hidden == Hidden.PRIMARY:
                self.attacker.unknown(name, 1, 4)
            else:
                self.attacker.unknown(name, 1 if self.blurred else 5)
            if 1 <= amount <= 4:
                self.secrets.append(name)
        if hidden and "out" in amounts(true):
            self.attacker.pair(name_of(true, "in"), name_of(true, "out"), self._words_of(out))

    def _words_of(self, out: Cell):  # type: ignore[no-untyped-def]
        blurred = self.blurred

        def fits(inside: int, outside: int) -> bool:
            small = 1 <= inside <= 4 or 1 <= outside <= 4
            if out.hidden == Hidden.PRIMARY:
                return small
            return inside + outside > 0 and (blurred or not small)

        return fits

    def _learn_sums(self, part: str) -> None:
        keys = {(cell.unit, cell.period, cell.split) for cell in self.truth}
        dimensions = sorted({name for cell in self.truth for name, _ in cell.split})
        for cell in self.truth:
            lower = [unit for unit, upper in self.parents.items() if upper == cell.unit]
            self._sum_up(cell, part, [(unit, cell.period, cell.split) for unit in lower], keys)
            for name in dimensions:
                if name not in dict(cell.split):
                    values = sorted({dict(split)[name] for _, _, split in keys if name in dict(split)})
                    wanted = [
                        (cell.unit, cell.period, tuple(sorted((*cell.split, (name, value))))) for value in values
                    ]
                    self._sum_up(cell, part, wanted, keys)

    def _sum_up(
        self, cell: Cell, part: str, wanted: list[tuple[str, str, Split]], keys: set[tuple[str, str, Split]]
    ) -> None:
        """Learn that a cell is the sum of others; what it has beyond them is one more thing to find out.

        Whoever finds persons of their own in a unit cannot know that all of them are in the numerator.
        """
        below = [f"{unit}|{period}|{split}|" for unit, period, split in wanted if (unit, period, split) in keys]
        if not below:
            return
        rests = {
            name: self.true[name_of(cell, name)] - sum(self.true[lower + name] for lower in below)
            for name in amounts(cell)
        }
        names = [lower + part for lower in below]
        if any(rests.values()):
            own = f"rest of {name_of(cell, part)} in {names[0]}"
            self.true[own] = rests[part]
            self.attacker.unknown(own)
            names.append(own)
            if 1 <= rests[part] <= 4:
                self.secrets.append(own)
        self.attacker.equal(name_of(cell, part), names)

    def _learn_growth(self, part: str) -> None:
        series = defaultdict(list)
        for cell in self.truth:
            series[cell.unit, cell.split].append(cell)
        for cells in series.values():
            for earlier, later in pairwise(sorted(cells, key=lambda cell: cell.period)):
                if int(later.period) != int(earlier.period) + 1:
                    continue
                grown, before, after = (
                    f"growth to {name_of(later, part)}",
                    name_of(earlier, part),
                    name_of(later, part),
                )
                self.true[grown] = self.true[after] - self.true[before]
                self.attacker.unknown(grown)
                self.attacker.equal(after, [before, grown])
                if 1 <= self.true[grown] <= 4:
                    self.secrets.append(grown)


def is_small(cell: Cell) -> bool:
    return any(1 <= amount <= 4 for amount in amounts(cell).values())
