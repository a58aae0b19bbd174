"""Money: euros as Decimal with two decimals; no answer (None) and zero are different things everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext

# For model fields: DecimalField(max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES).
MAX_DIGITS = 14
DECIMAL_PLACES = 2
CENT = Decimal("0.01")
LARGEST = Decimal(10) ** (MAX_DIGITS - DECIMAL_PLACES) - CENT


def cents(amount: Decimal) -> Decimal:
    """Return the amount rounded to cents, half a cent away from zero, as bookkeeping rounds."""
    with localcontext(prec=50):
        return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of the amounts that were given; None, which is not zero, when none was given."""
    given = [amount for amount in amounts if amount is not None]
    return sum(given, Decimal("0.00")) if given else None
