"""Counts answers by cell (those of one unit in one language), and makes the figures of groups of cells of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.surveys.items import Coding, Item
from luotsi.questionnaires.rules.surveys.means import mean_of
from luotsi.questionnaires.rules.surveys.protecting import Told, told_apart

LEAST, LEAST_TEXTS = 5, 10


@dataclass(slots=True)
class Tally:
    """What was answered to one item in one cell: persons, how many chose each option, sum and squares of numbers."""

    n: int = 0
    counts: list[int] = field(default_factory=list)
    total: Decimal = Decimal(0)
    squares: Decimal = Decimal(0)


@dataclass
class Counted[C: Hashable]:
    """The cells with persons and tallies, and the answers in words of each item with the cell they are of."""

    items: tuple[Item, ...]
    cells: list[C] = field(default_factory=list)
    persons: list[int] = field(default_factory=list)
    tallies: list[list[Tally]] = field(default_factory=list)
    texts: dict[int, list[tuple[int, str]]] = field(default_factory=dict)

    def sizes(self, place: int) -> tuple[int, ...]:
        """Return how many persons of each cell answered an item."""
        return tuple(tallies[place].n for tallies in self.tallies)


def count[C: Hashable](items: tuple[Item, ...], sheets: Iterable[tuple[C, Mapping[str, Any]]]) -> Counted[C]:
    """Count answers, each with the cell it is of."""
    found, coding = Counted[C](items), Coding(items)
    places: dict[C, int] = {}
    texts = defaultdict[int, list[tuple[int, str]]](list)
    kinds = tuple(enumerate(item.kind for item in items))
    for cell, answers in sheets:
        here = places.get(cell, -1)
        if here < 0:
            here = places[cell] = len(found.cells)
            found.cells.append(cell)
            found.persons.append(0)
            found.tallies.append([Tally(counts=[0] * len(item.options)) for item in items])
        found.persons[here] += 1
        tallies = found.tallies[here]
        for place, kind in kinds:
            if kind == "choice":
                if chosen := coding.choices(place, answers):
                    _choose(tallies[place], chosen)
            elif (value := coding.value(place, answers)) is not None:
                if kind == "number":
                    _add(tallies[place], value)
                elif isinstance(value, str) and (text := value.strip()):
                    tallies[place].n += 1
                    texts[place].append((here, text))
    found.texts = dict(texts)
    _sum_up(found)
    return found


def _choose(tally: Tally, chosen: Sequence[int]) -> None:
    tally.n += 1
    for option in chosen:
        tally.counts[option] += 1


def _add(tally: Tally, value: Any) -> None:
    if values.is_number(value):
        number = Decimal(value)
        tally.n += 1
        tally.total += number
        tally.squares += number * number


def _sum_up[C: Hashable](found: Counted[C]) -> None:
    """Work sums and squares of options with numbers out of how many chose each."""
    for place, item in enumerate(found.items):
        if item.kind == "choice" and item.numbers:
            for tallies in found.tallies:
                tally = tallies[place]
                pairs = list(zip(item.numbers, tally.counts, strict=True))
                tally.total = sum((number * count for number, count in pairs), Decimal(0))
                tally.squares = sum((number * number * count for number, count in pairs), Decimal(0))


@dataclass(frozen=True)
class Figures[K: Hashable]:
    """What may be told: persons of the groups, figures of each group by name of item, smallest parts by item."""

    persons: dict[K, int]
    groups: dict[K, dict[str, dict[str, Any]]]
    parts: dict[str, tuple[frozenset[int], ...]]


def publish[C: Hashable, K: Hashable](
    counted: Counted[C], groups: Sequence[K], belongs: Callable[[C, K], bool]
) -> Figures[K]:
    """Return the figures that may be told of groups, the earlier groups first, each item on its own.

    Args:
        counted: what was answered.
        groups: everybody first, then the groups in the order in which they matter.
        belongs: whether a cell belongs to a group.
    """
    members = [
        (key, frozenset(place for place, cell in enumerate(counted.cells) if belongs(cell, key))) for key in groups
    ]
    cells = dict(members)
    kept: dict[tuple[int, tuple[int, ...]], Told[K]] = {}
    persons = told_apart(members, counted.persons, least=LEAST)
    found: dict[K, dict[str, dict[str, Any]]] = {key: {} for key in groups}
    parts = {}
    for place, item in enumerate(counted.items):
        sizes, least = counted.sizes(place), LEAST_TEXTS if item.kind == "text" else LEAST
        if (least, sizes) not in kept:
            kept[least, sizes] = told_apart(members, sizes, least=least)
        told = kept[least, sizes]
        parts[item.name] = told.parts
        for key in told.groups:
            found[key][item.name] = _figure(item, [counted.tallies[cell][place] for cell in cells[key]])
    sums = {key: sum(counted.persons[cell] for cell in cells[key]) for key in persons.groups}
    return Figures(sums, {key: figures for key, figures in found.items() if figures or key in sums}, parts)


def _figure(item: Item, tallies: Sequence[Tally]) -> dict[str, Any]:
    n = sum(tally.n for tally in tallies)
    if item.kind == "text":
        return {"n": n, "texts": True}
    found: dict[str, Any] = {"n": n}
    if item.options:
        found["counts"] = [sum(column) for column in zip(*(tally.counts for tally in tallies), strict=True)]
    if item.has_mean:
        total = sum((tally.total for tally in tallies), Decimal(0))
        squares = sum((tally.squares for tally in tallies), Decimal(0))
        numbers = sum(found["counts"]) if item.options else n
        if mean := mean_of(numbers, total, squares):
            found |= {"mean": str(mean.mean), "half": None if mean.half is None else str(mean.half)}
    return found
