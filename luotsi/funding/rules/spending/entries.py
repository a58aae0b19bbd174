"""Entries of a ledger and their sums by cost class and year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

EURO = "EUR"
NOTHING = Decimal("0.00")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One row of a ledger that was booked on a grant's project.

    Args:
        row: its number in the file it came from; its name in all that is told of it.
        voucher: the number of the voucher; empty when the ledger has none.
        booked_on: the day; None when it could not be read.
        amount: euros, or `currency` when that is another and nobody has converted it; below zero for a correction.
        cost_class: key of the cost class of the grant; empty when the account belongs to none.
        account: number of the account.
        person, device: keys that say nothing to outsiders; empty when the row is about none.
        vat: what of the amount is value added tax; None when the ledger does not say.
        text: the words of the row.
    """

    row: int
    voucher: str
    booked_on: date | None
    amount: Decimal
    cost_class: str = ""
    account: str = ""
    cost_centre: str = ""
    project: str = ""
    person: str = ""
    device: str = ""
    currency: str = EURO
    vat: Decimal | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Sums in euros. Entries that are not in euros are counted in none and told by their number."""

    total: Decimal
    by_class: dict[str, Decimal]
    by_year: dict[int | None, Decimal]
    by_class_and_year: dict[tuple[str, int | None], Decimal]
    unconverted: int


def sums_of(entries: Iterable[Entry]) -> Sums:
    """Return sums by class and year; the year None holds what has no day, the class "" what has no class."""
    cells: dict[tuple[str, int | None], Decimal] = {}
    unconverted = 0
    for one in entries:
        if one.currency != EURO:
            unconverted += 1
            continue
        key = one.cost_class, one.booked_on.year if one.booked_on else None
        cells[key] = cells.get(key, NOTHING) + one.amount
    by_class: dict[str, Decimal] = {}
    by_year: dict[int | None, Decimal] = {}
    for (cost_class, year), amount in cells.items():
        by_class[cost_class] = by_class.get(cost_class, NOTHING) + amount
        by_year[year] = by_year.get(year, NOTHING) + amount
    return Sums(
        total=sum(cells.values(), NOTHING),
        by_class=by_class,
        by_year=by_year,
        by_class_and_year=cells,
        unconverted=unconverted,
    )
