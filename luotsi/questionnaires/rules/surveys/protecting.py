"""Which groups of those who answered may be told apart.

Whatever somebody works out of figures that are told (differences, sums, any combination) is of persons that the told
groups alone join and part. So the groups are told one after the other only as long as every part that they cut
out of each other is empty or has `least` persons: then there is nothing smaller to be worked out.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Told[K: Hashable]:
    """The groups that may be told, and the parts into which they cut those who answered, as indices of cells."""

    groups: tuple[K, ...] = ()
    parts: tuple[frozenset[int], ...] = ()


def told_apart[K: Hashable](
    groups: Iterable[tuple[K, frozenset[int]]], sizes: Sequence[int], *, least: int
) -> Told[K]:
    """Return the groups that may be told, the earlier ones first.

    Args:
        groups: each with the indices of its cells; the earlier ones matter more.
        sizes: persons in each cell; cells have nobody in common.
        least: no told group and no difference of told groups has fewer persons, unless it has nobody.
    """
    everybody = frozenset(place for place, size in enumerate(sizes) if size)
    if _size(everybody, sizes) < least:
        return Told()
    parts, found = [everybody], list[K]()
    for key, cells in groups:
        members = cells & everybody
        cut = [part for part in parts if part & members and part - members]
        if members and all(_size(part & members, sizes) >= least <= _size(part - members, sizes) for part in cut):
            parts = [part for part in parts if part not in cut]
            parts += [half for part in cut for half in (part & members, part - members)]
            found.append(key)
    return Told(tuple(found), tuple(parts))


def _size(cells: frozenset[int], sizes: Sequence[int]) -> int:
    return sum(sizes[place] for place in cells)
