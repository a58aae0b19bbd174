"""The tree of units with its life spans, and its closure: every unit with every unit above it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from luotsi.base import periods

if TYPE_CHECKING:
    import pyarrow as pa

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A unit in the tree for a span of time; a unit that moved has one row for each unit it belonged to.

    Args:
        unit: key of the unit (its UUID as hex).
        parent: key of the unit above; None at the top, and where the unit above is not in the tree.
        kind: what it is ("institution"); says who tells a figure.
        valid_from: first day; None for always.
        valid_to: last day; None while it stands.
    """

    unit: str
    parent: str | None = None
    kind: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Link:
    """That a unit stands under another (or is it, `depth` 0) from a day to a day, both included."""

    ancestor: str
    unit: str
    depth: int
    valid_from: date
    valid_to: date


def _parted(stays: list[Place]) -> Iterator[tuple[str | None, date, date]]:
    """Yield to whom a unit belongs when, without gaps: a figure from any day belongs somewhere."""
    ordered = sorted(stays, key=lambda stay: stay.valid_from or date.min)
    for stay, following in zip(ordered, [*ordered[1:], None], strict=True):
        since = date.min if stay is ordered[0] else stay.valid_from or date.min
        until = (following.valid_from or date.min) - ONE_DAY if following else date.max
        yield stay.parent, since, until


@dataclass(frozen=True)
class Tree:
    """Units with parents and life spans.

    A figure belongs to the units above the one that told it on its day; life spans say only who is expected to tell.

    Args:
        stays: the rows by unit.
        told_by: kind of the units that tell figures unless a definition says otherwise; empty for units with none
            below.
    """

    stays: Mapping[str, list[Place]]
    told_by: str = ""
    _expected: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, rows: Iterable[Place | Mapping[str, Any]], *, told_by: str = "") -> Tree:
        """Return the tree of rows with the fields of `Place`.

        Raises:
            ValueError: a unit stands below itself.
        """
        stays: defaultdict[str, list[Place]] = defaultdict(list)
        for row in rows:
            place = row if isinstance(row, Place) else Place(**row)
            stays[place.unit].append(place)
        tree = cls(dict(stays), told_by)
        tree.links  # noqa: B018 - finds a circle now, not at the first figure
        return tree

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The closure: every unit with itself and with every unit above it."""
        found: dict[str, list[Link]] = {}
        for unit in self.stays:
            self._climb(unit, found, ())
        return tuple(link for links in found.values() for link in links)

    def _climb(self, unit: str, found: dict[str, list[Link]], below: tuple[str, ...]) -> list[Link]:
        if unit in below:
            raise ValueError(f"Unit {unit} stands below itself.")
        if unit in found:
            return found[unit]
        links = [Link(unit, unit, 0, date.min, date.max)]
        for parent, since, until in _parted(self.stays[unit]):
            above = self._climb(parent, found, (*below, unit)) if parent and parent in self.stays else []
            for link in above:
                start, end = max(since, link.valid_from), min(until, link.valid_to)
                if start <= end:
                    links.append(Link(link.ancestor, unit, link.depth + 1, start, end))
        found[unit] = links
        return links

    @cached_property
    def moved(self) -> bool:
        """Whether any unit has belonged to more than one."""
        return any(len(stays) > 1 for stays in self.stays.values())

    @cached_property
    def inner(self) -> frozenset[str]:
        """The units that have, or had, units below them."""
        return frozenset(link.ancestor for link in self.links if link.depth)

    def above(self, unit: str) -> list[str]:
        """Return the unit and every unit it stands or stood under, from below to the top."""
        links = sorted((link for link in self.links if link.unit == unit), key=lambda link: link.depth)
        return list(dict.fromkeys(link.ancestor for link in links))

    def below(self, unit: str) -> list[str]:
        """Return the unit and every unit that stands or stood under it."""
        return list(dict.fromkeys(link.unit for link in self.links if link.ancestor == unit))

    def in_force(self, unit: str, day: date) -> bool:
        """Return whether the unit exists on the day."""
        return any(
            (stay.valid_from or date.min) <= day <= (stay.valid_to or date.max) for stay in self.stays.get(unit, ())
        )

    def tells(self, unit: str, told_by: str) -> bool:
        """Return whether a unit is one of those that tell a figure."""
        wanted = told_by or self.told_by
        return self.stays[unit][-1].kind == wanted if wanted else unit not in self.inner

    def expected(self, told_by: str, period: str) -> dict[str, int]:
        """Return for each unit how many units in it, itself included, should tell: those in force on the last day.

        Args:
            told_by: kind of the units that tell; empty for what the tree says.
            period: key of the period.

        Raises:
            luotsi.base.periods.NotAPeriod: the key names no period.
        """
        if (told_by, period) not in self._expected:
            day = periods.parse(period).end
            telling = {unit for unit in self.stays if self.tells(unit, told_by) and self.in_force(unit, day)}
            counted: defaultdict[str, int] = defaultdict(int)
            for link in self.links:
                if link.unit in telling and link.valid_from <= day <= link.valid_to:
                    counted[link.ancestor] += 1
            self._expected[told_by, period] = dict(counted)
        return self._expected[told_by, period]

    def closure(self, units: Iterable[str] | None = None) -> pa.Table:
        """Return the links as a table.

        Args:
            units: the units whose figures are wanted; None for all.

        Returns:
            Columns ancestor, unit, depth, valid_from, valid_to, and whether the ancestor is wanted.
        """
        import pyarrow as pa

        wanted = None if units is None else frozenset(units)
        kept = self.links
        return pa.table(
            {
                "ancestor": pa.array([link.ancestor for link in kept], pa.string()),
                "unit": pa.array([link.unit for link in kept], pa.string()),
                "depth": pa.array([link.depth for link in kept], pa.int32()),
                "valid_from": pa.array([link.valid_from for link in kept], pa.date32()),
                "valid_to": pa.array([link.valid_to for link in kept], pa.date32()),
                "wanted": pa.array([wanted is None or link.ancestor in wanted for link in kept], pa.bool_()),
            }
        )
