"""Ways to carry a series on: last value, straight lines, a trend that fades, growth that saturates.

A series is a list of (time in years, value) in order of time; a method gives a line, a function of time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from enum import StrEnum
from itertools import pairwise, product
from statistics import fmean, linear_regression, median

Series = Sequence[tuple[float, float]]
Line = Callable[[float], float]

LEVELS, TRENDS, DAMPING = (0.3, 0.6, 0.9), (0.1, 0.3, 0.6), (0.8, 0.9)


class Method(StrEnum):
    """The methods, from the simplest: of two that did equally well the one that stands first is taken."""

    LAST = "last"
    LINEAR = "linear"
    LAST_TWO = "last_two"
    DAMPED = "damped"
    LOGISTIC = "logistic"


def last(series: Series) -> Line:
    """Return the line on which nothing changes any more."""
    value = series[-1][1]
    return lambda time: value


def last_two(series: Series) -> Line:
    """Return the straight line through the last two points."""
    (before, first), (now, second) = series[-2:]
    slope = (second - first) / (now - before)
    return lambda time: second + slope * (time - now)


def linear(series: Series) -> Line:
    """Return the straight line of least squares."""
    slope, intercept = linear_regression(*zip(*centred(series), strict=True))
    middle = fmean(time for time, _ in series)
    return lambda time: intercept + slope * (time - middle)


def centred(series: Series) -> list[tuple[float, float]]:
    """Return the series with its times around zero, which keeps sums of squares exact."""
    middle = fmean(time for time, _ in series)
    return [(time - middle, value) for time, value in series]


def damped(series: Series) -> Line:
    """Return Holt's line with a damped trend; of a few settings the one with the least squared one-step errors.

    Steps need not be of equal length: time is counted in median steps. Source: Gardner & McKenzie 1985.
    """
    step = median(later - earlier for (earlier, _), (later, _) in pairwise(series))
    scaled = [(time / step, value) for time, value in series]
    fits = (holt(scaled, *setting) for setting in product(LEVELS, TRENDS, DAMPING))
    _, level, trend, fading = min(fits, key=lambda fit: fit[0])
    now = scaled[-1][0]
    return lambda time: level + trend * faded(fading, time / step - now)


def holt(series: Series, alpha: float, beta: float, fading: float) -> tuple[float, float, float, float]:
    """Return squared one-step errors, last level, last trend per step and the damping of one setting."""
    (start, level), (second, value) = series[:2]
    trend, errors, before = (value - level) / (second - start), 0.0, start
    for time, value in series[1:]:
        length = time - before
        expected = level + trend * faded(fading, length)
        errors += (value - expected) ** 2
        previous, level = level, expected + alpha * (value - expected)
        trend = beta * (level - previous) / length + (1 - beta) * trend * math.pow(fading, length)
        before = time
    return errors, level, trend, fading


def faded(fading: float, steps: float) -> float:
    """Return how many undamped steps a trend goes in so many steps: f + f² + … for whole ones."""
    return fading * (1 - math.pow(fading, steps)) / (1 - fading)


def logistic(series: Series) -> Line:
    """Return growth that saturates at 0 and 100: a straight line through the logits of the points inside.

    Raises:
        ValueError: fewer than four points lie strictly between 0 and 100.
    """
    inside = [(time, math.log(value / (100 - value))) for time, value in series if 0 < value < 100]
    if len(inside) < 4:
        raise ValueError("Logistic growth needs four points strictly between 0 and 100.")
    line = linear(inside)
    return lambda time: 100 / (1 + math.exp(-max(-500.0, min(500.0, line(time)))))


METHODS: dict[Method, tuple[int, Callable[[Series], Line]]] = {
    Method.LAST: (1, last),
    Method.LINEAR: (2, linear),
    Method.LAST_TWO: (2, last_two),
    Method.DAMPED: (3, damped),
    Method.LOGISTIC: (4, logistic),
}


def fit(method: Method, series: Series, *, share: bool) -> Line | None:
    """Return the line of a method; None where the series is too short for it. Lines of shares stay in 0 to 100."""
    least, make = METHODS[method]
    if len(series) < least or (method == Method.LOGISTIC and not share):
        return None
    try:
        return make(series)
    except ValueError:
        return None


def clipped(value: float, *, share: bool) -> float:
    """Return the value within 0 to 100 for shares, as it is for others."""
    return min(100.0, max(0.0, value)) if share else value
