"""How good kept forecasts turned out to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from luotsi.indicators.rules.targets.path import DIGITS


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A forecast as it was kept: when it was made, for which day, its centre and its 80 per cent range."""

    made_on: date
    for_day: date
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Score:
    """How forecasts turned out.

    Args:
        errors: (forecast, actual - forecast) of each whose day has come and whose value is known.
        mae: mean absolute error; None without any.
        bias: mean error: positive = forecasts were too low; None without any.
        coverage80: share (0 to 1) of ranges that held the actual; None where none had a range.
    """

    errors: tuple[tuple[Kept, Decimal], ...] = ()
    mae: Decimal | None = None
    bias: Decimal | None = None
    coverage80: Decimal | None = None

    @property
    def n(self) -> int:
        """How many forecasts could be scored."""
        return len(self.errors)


def score(forecasts: Iterable[Kept], actuals: Mapping[date, Decimal]) -> Score:
    """Return how kept forecasts turned out; those without a value, or whose actual is not known, do not count.

    Args:
        forecasts: as they were kept.
        actuals: what became of the indicator, by day, of the same version of the definition.
    """
    scored = [
        (kept, actuals[kept.for_day] - kept.value)
        for kept in forecasts
        if kept.value is not None and kept.for_day in actuals and kept.made_on < kept.for_day
    ]
    held = [
        kept.low <= actuals[kept.for_day] <= kept.high
        for kept, _ in scored
        if kept.low is not None and kept.high is not None
    ]
    if not scored:
        return Score()
    with localcontext(prec=DIGITS):
        return Score(
            errors=tuple(scored),
            mae=sum((abs(error) for _, error in scored), Decimal(0)) / len(scored),
            bias=sum((error for _, error in scored), Decimal(0)) / len(scored),
            coverage80=Decimal(sum(held)) / len(held) if held else None,
        )
