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


@dataclass
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
    for cell, answers in sheets:
        if cell not in places:
            places[cell] = len(found.cells)
            found.cells.append(cell)
            found.persons.append(0)
            found.tallies.append([Tally(counts=[0] * len(item.options)) for item in items])
        here = places[cell]
        found.persons[here] += 1
        for place, item in enumerate(items):
            if item.kind == "text":
                text = coding.value(place, answers)
                if isinstance(text, str) and text.strip():
                    texts[place].append((here, text.strip()))
                    found.tallies[here][place].n += 1
            else:
                _add(found.tallies[here][place], coding, place, answers)
    found.texts = dict(texts)
    return found


def _add(tally: Tally, coding: Coding, place: int, answers: Mapping[str, Any]) -> None:
    item = coding.items[place]
    if item.kind == "number":
        value = coding.value(place, answers)
        numbers = [Decimal(value)] if values.is_number(value) else []
        chosen: list[int] = []
    else:
        chosen = coding.choices(place, answers)
        numbers = [item.numbers[option] for option in chosen] if item.numbers else []
    if not chosen and not numbers:
        return
    tally.n += 1
    for option in chosen:
        tally.counts[option] += 1
    for number in numbers:
        tally.total += number
        tally.squares += number * number


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
