"""The median of the units of a provider: shown only of so many that it tells nothing of a single one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

LEAST = 3


def median(values: Iterable[Decimal], least: int = LEAST) -> Decimal | None:
    """Return the value in the middle, of an even number the mean of the two; None of fewer than `least`."""
    ordered = sorted(values)
    if len(ordered) < max(least, 1):
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
