"""Sums of money by section, time and kind: what was not given stays not given, and the share of the need covered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from luotsi.programme.rules.values import MoneyKind, Span

KINDS_SHOWN = (MoneyKind.NEED, MoneyKind.GRANTED, MoneyKind.RESERVED, MoneyKind.ACTUAL)

type Line = tuple[str, str, str, Decimal | None]
"""Section, time, kind and euros."""


@dataclass(frozen=True)
class Sums:
    """The sums of one section and time by kind; a kind of which no sum was given is not in them."""

    given: Mapping[str, Decimal]

    def of(self, kind: str) -> Decimal | None:
        """Return the sum of a kind in euros; None when none was given, which is not zero."""
        return self.given.get(kind)

    @property
    def covered(self) -> Decimal | None:
        """The share of the need that is granted and reserved; None without a need, or where neither was given."""
        need = self.of(MoneyKind.NEED)
        cover = [sum_ for kind in (MoneyKind.GRANTED, MoneyKind.RESERVED) if (sum_ := self.of(kind)) is not None]
        return sum(cover, Decimal(0)) / need if need and cover else None


def total_of(rows: Iterable[tuple[Span | None, Sums]]) -> Sums:
    """Return the sums of all times together.

    Where two needs are told for times that overlap, one may be part of the other: then the need is not summed up.
    """
    found: dict[str, Decimal] = {}
    needs: list[Span | None] = []
    for time, sums in rows:
        for kind, amount in sums.given.items():
            found[kind] = found.get(kind, Decimal(0)) + amount
        if sums.of(MoneyKind.NEED) is not None:
            needs.append(time)
    if _overlap(needs):
        found.pop(MoneyKind.NEED, None)
    return Sums(found)


def _overlap(times: list[Span | None]) -> bool:
    if len(times) > 1 and None in times:
        return True
    known = sorted((time for time in times if time), key=lambda time: time.start)
    return any(before.end is None or after.start <= before.end for before, after in pairwise(known))


def sums_by(lines: Iterable[Line]) -> dict[tuple[str, str], Sums]:
    """Return the sums by section and time; lines without an amount open the row but add nothing to it."""
    found: dict[tuple[str, str], dict[str, Decimal]] = {}
    for section, period, kind, amount in lines:
        row = found.setdefault((section, period), {})
        if amount is not None:
            row[str(kind)] = row.get(str(kind), Decimal(0)) + amount
    return {key: Sums(row) for key, row in found.items()}
