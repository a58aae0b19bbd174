"""Means with the interval in which the mean of all such persons lies with 95 per cent confidence (Student's t)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Mean:
    """A mean of `n` numbers; `half` is half the width of the interval, None where there is only one number."""

    n: int
    mean: Decimal
    half: Decimal | None


def quantile(freedom: int) -> float:
    """Return the 97.5 per cent point of Student's t, good to 0.001 from 4 degrees of freedom on.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5.
    """
    z, v = Z, freedom
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(v) ** (place + 1) for place, term in enumerate(terms))


def mean_of(n: int, total: Decimal, squares: Decimal) -> Mean | None:
    """Return the mean of `n` numbers with this sum and this sum of squares, None of none."""
    if not n:
        return None
    mean = total / n
    if n < 2:
        return Mean(n, round(mean, 4), None)
    variance = max((squares - total * total / n) / (n - 1), Decimal(0))
    half = quantile(n - 1) * sqrt(float(variance) / n)
    return Mean(n, round(mean, 4), round(Decimal(half), 4))
