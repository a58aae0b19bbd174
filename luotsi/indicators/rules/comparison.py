"""Whether figures can be set side by side in one order; those that are not alike are marked and not ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from statistics import median

from luotsi.indicators.rules.remarks import Remark, remark
from luotsi.indicators.rules.targets.path import DIGITS
from luotsi.indicators.rules.values import Cell, Definition, Direction, Mark, Rollup

WEIGHTED = frozenset({Rollup.RATIO, Rollup.WEIGHTED_MEAN, Rollup.SHARE_OF_UNITS})


@dataclass(frozen=True, kw_only=True)
class Row:
    """A figure to compare, with what it is about: the population of its denominator and its day."""

    cell: Cell
    population: str = ""
    day: date | None = None

    @property
    def basis(self) -> Basis:
        """What must be the same for two figures to be comparable."""
        return Basis(
            indicator=self.cell.indicator,
            version=self.cell.version,
            population=self.population,
            period=self.cell.period,
            split=self.cell.split,
            day=self.day,
        )


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What must be the same for two figures to be comparable."""

    indicator: str
    version: int
    population: str
    period: str
    split: tuple[tuple[str, str], ...]
    day: date | None


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A row with its place, from 1; equal figures share one. `remarks` tell why there is none, or what to note."""

    row: Row
    rank: int | None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Figures side by side.

    Args:
        placed: ranked rows in order, then those without a rank in the order given.
        basis: what the ranked ones share; None without any row.
        median, low, high: of the ranked figures; None without any.
        weighted: sum of numerators by sum of denominators of the ranked ones; None where a part is not known.
        remarks: comparison.unlike (count), comparison.protected (count), comparison.missing (count),
            comparison.approximate (count), comparison.too_few (fewer than two figures).
    """

    placed: tuple[Placed, ...]
    basis: Basis | None
    median: Decimal | None
    low: Decimal | None
    high: Decimal | None
    weighted: Decimal | None
    remarks: tuple[Remark, ...]


def compare(rows: Iterable[Row], definition: Definition, *, basis: Basis | None = None) -> Comparison:
    """Return rows in order of their figures, the better first, and beside them what is not alike.

    Reasons for no rank: row.version, row.population, row.period, row.day, row.split, row.indicator (each with what it
    is and what it should be), row.missing, row.protected, row.not_applicable. A note: row.approximate, row.partial
    (reporting, expected).

    Args:
        rows: the figures.
        definition: tells which way is better; where a figure should stay, nothing is ranked and rows stay as given.
        basis: what to compare on; by default what most of the figures share, of two as many the one given first.
    """
    given = list(rows)
    basis = basis or most_common(given)
    against = {place: reasons_against(row, basis) for place, row in enumerate(given)}
    alike = [row for place, row in enumerate(given) if not against[place]]
    values = [row.cell.value for row in alike if row.cell.value is not None]
    others = [Placed(row=row, rank=None, remarks=against[place]) for place, row in enumerate(given) if against[place]]
    return Comparison(
        placed=(*ranked(alike, definition.direction), *others),
        basis=basis,
        median=middle(values),
        low=min(values, default=None),
        high=max(values, default=None),
        weighted=weighted(alike, definition),
        remarks=summary(others, alike),
    )


def most_common(rows: Sequence[Row]) -> Basis | None:
    """Return the basis that most figures share, of equals the first; rows without one vote only by themselves."""
    voters = [row for row in rows if row.cell.mark == Mark.FIGURE] or rows
    counted = Counter(row.basis for row in voters)
    return max(counted, key=lambda basis: counted[basis], default=None)


def reasons_against(row: Row, basis: Basis | None) -> tuple[Remark, ...]:
    """Return why a row cannot be ranked with those of a basis."""
    if basis is None:
        return ()
    own = row.basis
    names = ("indicator", "version", "population", "period", "split", "day")
    unlike = [name for name in names if getattr(own, name) != getattr(basis, name)]
    found = [remark(f"row.{name}", is_=getattr(own, name), should=getattr(basis, name)) for name in unlike]
    if row.cell.mark != Mark.FIGURE:
        found.append(remark(f"row.{row.cell.mark}"))
    elif row.cell.value is None:
        found.append(remark("row.missing"))
    return tuple(found)


def ranked(rows: Sequence[Row], direction: Direction) -> list[Placed]:
    """Return comparable rows, the better first, equals with the same rank; without ranks where figures should stay."""
    if direction == Direction.STEADY:
        return [Placed(row=row, rank=None, remarks=notes(row)) for row in rows]
    sign = -1 if direction == Direction.RISING else 1
    keyed = sorted(((sign * (row.cell.value or Decimal(0)), row) for row in rows), key=lambda pair: pair[0])
    ranks: dict[Decimal, int] = {}
    for place, (key, _) in enumerate(keyed, start=1):
        ranks.setdefault(key, place)
    return [Placed(row=row, rank=ranks[key], remarks=notes(row)) for key, row in keyed]


def notes(row: Row) -> tuple[Remark, ...]:
    """Return what is to be known of a ranked figure."""
    cell, found = row.cell, []
    if cell.approximate:
        found.append(remark("row.approximate"))
    if cell.reporting < cell.expected:
        found.append(remark("row.partial", reporting=cell.reporting, expected=cell.expected))
    return tuple(found)


def middle(values: Sequence[Decimal]) -> Decimal | None:
    """Return the median; None without values."""
    with localcontext(prec=DIGITS):
        return median(values) if values else None


def weighted(rows: Sequence[Row], definition: Definition) -> Decimal | None:
    """Return the ratio of sums; None where a numerator or a denominator is not known, and for plain numbers."""
    parts = [
        (row.cell.numerator, row.cell.denominator)
        for row in rows
        if row.cell.numerator is not None and row.cell.denominator is not None
    ]
    whole = sum((denominator for _, denominator in parts), Decimal(0))
    if definition.rollup not in WEIGHTED or len(parts) < len(rows) or not whole:
        return None
    with localcontext(prec=DIGITS):
        return sum((numerator for numerator, _ in parts), Decimal(0)) * definition.factor / whole


def summary(others: Sequence[Placed], alike: Sequence[Row]) -> tuple[Remark, ...]:
    """Return what is to be said of the whole comparison."""
    codes = [{item.code for item in placed.remarks} for placed in others]
    marks = {"row.protected", "row.missing", "row.not_applicable"}
    counts = {
        "comparison.unlike": sum(bool(found - marks) for found in codes),
        "comparison.protected": sum("row.protected" in found for found in codes),
        "comparison.missing": sum("row.missing" in found for found in codes),
        "comparison.approximate": sum(row.cell.approximate for row in alike),
    }
    found = [remark(code, count=count) for code, count in counts.items() if count]
    return (*found, remark("comparison.too_few")) if len(alike) < 2 else tuple(found)
