"""Back-testing: each past point is forecast from those before it, and the method with the smallest errors is taken.

Only forecasts at horizons comparable to the asked one count: from half of it to twice as long. Where the history is
too short for that, the longest horizons it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from luotsi.indicators.rules.forecast.methods import Method, Series, clipped, fit

# Every origin has two points at least, so that lines can be tried.
FIRST_ORIGIN = 1
# Differences smaller than this part of the size of the values are noise of floating point: a tie.
NOISE = 1e-9


@dataclass(frozen=True)
class Miss:
    """One forecast in the past: from the point at `origin`, over a horizon in years, actual - forecast."""

    origin: int
    target: int
    horizon: float
    error: float


@dataclass(frozen=True)
class Trial:
    """How one method did, and how the last value did at the same places."""

    method: Method
    misses: tuple[Miss, ...]
    naive: float

    @property
    def mae(self) -> float:
        """The mean absolute error."""
        return fmean(abs(miss.error) for miss in self.misses)

    @property
    def origins(self) -> int:
        """From how many points forecasts were made: forecasts from one point are not independent of each other."""
        return len({miss.origin for miss in self.misses})


def trials(series: Series, horizon: float, *, share: bool) -> list[Trial]:
    """Return the trial of every method that could be tried; nothing for fewer than three points."""
    places = comparable(series, horizon)
    tried = ((method, misses_of(method, series, places, share=share)) for method in Method)
    found = {method: misses for method, misses in tried if misses}
    naive = {(miss.origin, miss.target): abs(miss.error) for miss in found.get(Method.LAST, ())}
    return [
        Trial(method, misses, fmean(naive[miss.origin, miss.target] for miss in misses))
        for method, misses in found.items()
    ]


def comparable(series: Series, horizon: float) -> list[tuple[int, int]]:
    """Return pairs (origin, target) of points whose distance is comparable to the horizon."""
    last = len(series) - 1
    pairs = [(origin, target) for origin in range(FIRST_ORIGIN, last) for target in range(origin + 1, last + 1)]
    lengths = {pair: series[pair[1]][0] - series[pair[0]][0] for pair in pairs}
    if near := [pair for pair in pairs if horizon / 2 <= lengths[pair] <= horizon * 2]:
        return near
    # One horizon for each origin: the closest to the asked one.
    return [
        min((pair for pair in pairs if pair[0] == origin), key=lambda pair: abs(lengths[pair] - horizon))
        for origin in range(FIRST_ORIGIN, last)
    ]


def misses_of(method: Method, series: Series, places: Sequence[tuple[int, int]], *, share: bool) -> tuple[Miss, ...]:
    """Return the errors of a method at the places where it could be tried."""
    found = []
    lines = {origin: fit(method, series[: origin + 1], share=share) for origin, _ in places}
    for origin, target in places:
        if line := lines[origin]:
            time, value = series[target]
            found.append(Miss(origin, target, time - series[origin][0], value - clipped(line(time), share=share)))
    return tuple(found)


def best(found: Sequence[Trial], size: float) -> Trial:
    """Return the trial with the smallest error beside that of the last value; ties go to the simpler method.

    Methods that need more points are tried at fewer places. Each is therefore measured against the last value at
    its own places, and not with the errors of another at other places.

    Args:
        found: in the order of `Method`; never empty.
        size: of the values, to tell noise from error.
    """

    def relative(trial: Trial) -> float:
        noise = size * NOISE
        if trial.mae <= noise:
            return 0.0 if trial.naive > noise else 1.0
        return trial.mae / max(trial.naive, noise)

    ranked = [(round(relative(trial), 9), place, trial) for place, trial in enumerate(found)]
    return min(ranked, key=lambda item: item[:2])[2]
