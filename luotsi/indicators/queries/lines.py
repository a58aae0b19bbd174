"""The figures of an indicator as points in time: what every picture of one is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from luotsi.indicators.queries.telling import period_of

if TYPE_CHECKING:
    from luotsi.indicators.rules.values import Cell


@dataclass(frozen=True)
class Dot:
    """A known figure: its last day, value, version of the definition, and whether it was told approximately."""

    day: date
    value: Decimal
    version: int
    approximate: bool
    period: str


def dots_of(series: Iterable[Cell], today: date) -> list[Dot]:
    """Return the figures of a series in order of time; what is missing or protected is no point.

    The figure of a period that goes on stands at today.
    """
    found = [
        Dot(min(period_of(cell.period).end, today), cell.value, cell.version, cell.approximate, cell.period)
        for cell in series
        if cell.value is not None
    ]
    return sorted(found, key=lambda dot: (dot.day, dot.version))


def runs_of(dots: Sequence[Dot]) -> list[list[Dot]]:
    """Return the points by version of the definition: lines are never drawn from one version to another."""
    return [list(run) for _version, run in groupby(dots, key=lambda dot: dot.version)]


def breaks_of(dots: Sequence[Dot]) -> list[tuple[date, int]]:
    """Return where the definition changes: the day half-way between the figures, and the new version."""
    runs = runs_of(dots)
    pairs = pairwise(runs)
    return [(before[-1].day + (after[0].day - before[-1].day) / 2, after[0].version) for before, after in pairs]
