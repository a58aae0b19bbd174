"""Answers row by row: nobody can be singled out by what others know of them, such as their work or their years in it.

Every combination of background values that stands in the rows is that of as many rows as any group that is told. What
fewer share is left out, and with it what would be the only rows without a value. Who knows somebody's background finds
at least that many rows that may be theirs, by whichever of the columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from luotsi.indicators.rules.disclosure.policies import SMALL


def without_rare[V: Hashable](rows: Sequence[Sequence[V | None]], *, least: int = SMALL) -> list[list[V | None]]:
    """Return rows of background values without those that few share; None stands for them, as for no value.

    Args:
        rows: the values of each, in columns of which the earlier ones matter more; None where there is none.
        least: each combination of values that is left is that of so many rows, or nothing is left.
    """
    left: list[list[V | None]] = [[] for _row in rows]
    alike = [list(range(len(rows)))]
    for column in range(len(rows[0]) if rows else 0):
        told = [part for members in alike for part in _parts(members, rows, column, least)]
        for value, members in told:
            for place in members:
                left[place].append(value)
        alike = [members for _value, members in told]
    return left


def _parts[V: Hashable](
    members: list[int], rows: Sequence[Sequence[V | None]], column: int, least: int
) -> list[tuple[V | None, list[int]]]:
    """Return rows that are alike so far as parts of one value each, and one part of those whose value is left out."""
    by_value = defaultdict[V | None, list[int]](list)
    for place in members:
        by_value[rows[place][column]].append(place)
    without = by_value.pop(None, [])
    parts = sorted(by_value.items(), key=lambda part: (-len(part[1]), part[1]))
    while parts and (len(parts[-1][1]) < least or 0 < len(without) < least):
        without += parts.pop()[1]
    return [*parts, *([(None, without)] if without else [])]
