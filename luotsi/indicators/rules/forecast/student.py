"""Student's t distribution for whole degrees of freedom: its share below a value and its quantiles.

Closed form, Abramowitz & Stegun 26.7.3-4.
"""

import math


def share_below(value: float, freedom: int) -> float:
    """Return the probability that a t-distributed number with so many degrees of freedom is at most `value`."""
    angle = math.atan2(value, math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    if freedom % 2:
        term, total = cosine, cosine if freedom > 1 else 0.0
        for step in range(3, freedom - 1, 2):
            term *= cosine**2 * (step - 1) / step
            total += term
        inside = 2 / math.pi * (angle + sine * total)
    else:
        term, total = 1.0, 1.0
        for step in range(2, freedom - 1, 2):
            term *= cosine**2 * (step - 1) / step
            total += term
        inside = sine * total
    return min(1.0, max(0.0, 0.5 + inside / 2))


def quantile(probability: float, freedom: int) -> float:
    """Return the value below which a t-distributed number lies with the probability (0.5 to less than 1)."""
    low, high = 0.0, 1.0
    while share_below(high, freedom) < probability:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if share_below(middle, freedom) < probability else (low, middle)
    return high
