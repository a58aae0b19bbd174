"""A new sum of a class over the years of its old one, where a change is accepted that tells no years.

No source tells how; the choice is ours and is told on the page: years that are over keep what they had, and the rest
goes to the years to come as they shared it before.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


def over_years(new: Decimal, old: Mapping[int, Decimal], this_year: int) -> dict[int, Decimal]:
    """Return a new sum parted over the years of the old one, in cents, so that the parts make the sum.

    Args:
        new: euros, not below zero.
        old: euros by year, not below zero.
        this_year: the first that is not over. Years over keep their sums while the new sum covers them and a year to
            come has money; otherwise all years share in proportion.

    Returns:
        The parts of the years that had money; none where no year had any.
    """
    parts = {year: amount for year, amount in old.items() if amount}
    past = {year: amount for year, amount in parts.items() if year < this_year}
    gone = sum(past.values(), NOTHING)
    coming = {year: amount for year, amount in parts.items() if year >= this_year}
    if coming and new >= gone:
        return {**past, **_shared(new - gone, coming)}
    return _shared(new, parts)


def _shared(amount: Decimal, weights: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Return an amount in proportion to weights; cents left over go to the largest remainders, the earlier first."""
    if not weights:
        return {}
    whole, cents_ = sum((Fraction(one) for one in weights.values()), Fraction(0)), int(amount / CENT)
    exact = {year: Fraction(one) / whole * cents_ for year, one in weights.items()}
    found = {year: int(one) for year, one in exact.items()}
    left = cents_ - sum(found.values())
    for year in sorted(exact, key=lambda year: (found[year] - exact[year], year))[:left]:
        found[year] += 1
    return {year: one * CENT for year, one in sorted(found.items())}
