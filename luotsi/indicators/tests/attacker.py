"""Somebody who has read every published figure and wants to know the hidden ones; shares no code with the protection.

Knows that cells add up over units and splits, that persons are whole and not fewer than none, and what is said of a
hidden cell. Works by exact elimination, by narrowing bounds, and by trying whole tables until two differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count

FAR = 5000
PATIENCE = 120

Equation = dict[str, int]
Bounds = dict[str, tuple[int, int]]


class Impossible(Exception):
    """No table fits."""


@dataclass
class Attacker:
    """What is known: bounds of unknowns, sums that are zero (constants under the name ""), and rules of pairs."""

    bounds: Bounds = field(default_factory=dict)
    equations: list[Equation] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)
    pairs: dict[str, tuple[str, Callable[[int, int], bool]]] = field(default_factory=dict)

    def unknown(self, name: str, low: int = 0, high: int = FAR) -> None:
        self.bounds[name] = (low, high)

    def known(self, name: str, value: int) -> None:
        self.bounds[name] = (value, value)

    def equal(self, whole: str, parts: list[str]) -> None:
        equation: Equation = {whole: 1}
        for part in parts:
            equation[part] = equation.get(part, 0) - 1
        self.equations.append(equation)

    def pair(self, first: str, second: str, fits: Callable[[int, int], bool]) -> None:
        self.pairs[first] = (second, fits)
        self.pairs[second] = (first, lambda own, other: fits(other, own))

    def eliminate(self) -> dict[str, Fraction]:
        """Return every unknown that some combination of the equations gives away."""
        rows = []
        for equation in self.equations:
            row: dict[str, Fraction] = {}
            for name, factor in equation.items():
                low, high = self.bounds[name]
                key = "" if low == high else name
                row[key] = row.get(key, Fraction(0)) + (factor * low if low == high else factor)
            rows.append({name: value for name, value in row.items() if value})
        return solved(rows)

    def narrow(self, bounds: Bounds) -> Bounds:
        """Return the bounds that the equations leave.

        Raises:
            Impossible: no table fits.
        """
        found, waiting = dict(bounds), dict.fromkeys(range(len(self.equations)))
        steps = 40 * len(self.equations)
        while waiting and steps:
            steps -= 1
            place = next(iter(waiting))
            del waiting[place]
            for name, low, high in implied(self.equations[place], found):
                if low > high:
                    raise Impossible(name)
                if (low, high) != found[name]:
                    found[name] = (low, high)
                    waiting |= dict.fromkeys(self.sums_of(name))
        for name, (other, fits) in self.pairs.items():
            (low, high), (other_low, other_high) = found[name], found[other]
            if low == high and other_low == other_high and not fits(low, other_low):
                raise Impossible(name)
        return found

    def sums_of(self, name: str) -> list[int]:
        """Return the places of the equations that an unknown stands in."""
        if not self.places:
            for place, equation in enumerate(self.equations):
                for each in equation:
                    self.places.setdefault(each, []).append(place)
        return self.places.get(name, [])

    def values_of(self, name: str, near: dict[str, int] | None = None, enough: int = 2) -> list[int]:
        """Return up to so many values that an unknown may have in a table that fits; all, when there are fewer.

        Both ends are returned when patience runs out: then it was not worked out.

        Args:
            name: the unknown.
            near: a table to begin the search at. It makes the search quick and changes no answer.
            enough: when to stop.
        """
        low, high = self.narrow(self.bounds)[name]
        found: list[int] = []
        steps = count()
        for value in self.tried(name, low, high, near):
            try:
                if self.fits({**self.bounds, name: (value, value)}, near, steps):
                    found.append(value)
            except TimeoutError:
                return [low, high]
            if len(found) >= enough:
                break
        return found

    @staticmethod
    def tried(name: str, low: int, high: int, near: dict[str, int] | None) -> list[int]:
        """Return the values between two bounds, those near a known one first."""
        middle = (near or {}).get(name, low)
        return sorted(range(low, high + 1), key=lambda value: abs(value - middle))

    def fits(self, bounds: Bounds, near: dict[str, int] | None, steps: Iterator[int]) -> bool:
        """Return whether a whole table fits the bounds."""
        if next(steps) > PATIENCE:
            raise TimeoutError
        try:
            narrowed = self.narrow(bounds)
        except Impossible:
            return False
        open_ones = [(high - low, name) for name, (low, high) in narrowed.items() if low < high]
        if not open_ones:
            return True
        _, name = min(open_ones)
        low, high = narrowed[name]
        values = self.tried(name, low, high, near)
        return any(self.fits({**narrowed, name: (value, value)}, near, steps) for value in values)


def implied(equation: Equation, bounds: Bounds) -> Iterator[tuple[str, int, int]]:
    """Yield the bounds of each unknown of a sum that is zero, from the bounds of the others."""
    lows = {name: min(factor * bounds[name][0], factor * bounds[name][1]) for name, factor in equation.items()}
    highs = {name: max(factor * bounds[name][0], factor * bounds[name][1]) for name, factor in equation.items()}
    low_sum, high_sum = sum(lows.values()), sum(highs.values())
    for name, factor in equation.items():
        least, most = -(high_sum - highs[name]), -(low_sum - lows[name])
        if factor < 0:
            least, most = -most, -least
        low, high = bounds[name]
        yield name, max(low, least), min(high, most)


def solved(rows: list[dict[str, Fraction]]) -> dict[str, Fraction]:
    """Return the unknowns that rows of sums to zero determine; the constant stands under the name ""."""
    done: list[tuple[str, dict[str, Fraction]]] = []
    for given in rows:
        row = given
        for pivot, other in done:
            if pivot in row:
                row = without(row, other, pivot)
        names = [name for name in row if name]
        if not names:
            continue
        pivot = min(names)
        done = [(name, without(other, row, pivot) if pivot in other else other) for name, other in done]
        done.append((pivot, row))
    return {
        pivot: -row.get("", Fraction(0)) / row[pivot]
        for pivot, row in done
        if not [name for name in row if name not in ("", pivot)]
    }


def without(row: dict[str, Fraction], other: dict[str, Fraction], pivot: str) -> dict[str, Fraction]:
    """Return a row from which as much of another is taken as makes the pivot go."""
    factor = row[pivot] / other[pivot]
    names = row.keys() | other.keys()
    mixed = {name: row.get(name, Fraction(0)) - factor * other.get(name, Fraction(0)) for name in names}
    return {name: value for name, value in mixed.items() if value}
