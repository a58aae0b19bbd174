"""What goes into a forecast and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luotsi.indicators.rules.forecast.methods import Method
from luotsi.indicators.rules.remarks import Remark
from luotsi.indicators.rules.values import Operator, Verdict


@dataclass(frozen=True, kw_only=True)
class Point:
    """A known value of ONE version of a definition; `approximate` where it was told in words."""

    day: date
    value: Decimal
    approximate: bool = False


@dataclass(frozen=True, kw_only=True)
class Aim:
    """The target of a forecast; `high` is the upper end for RANGE, `tolerance` how much off EQ and APPROX may be."""

    operator: Operator
    value: Decimal
    day: date
    high: Decimal | None = None
    tolerance: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Band:
    """The range of a forecast on one day: 80 and 95 in a hundred such forecasts should hold the value."""

    day: date
    low80: Decimal
    high80: Decimal
    low95: Decimal
    high95: Decimal


@dataclass(frozen=True, kw_only=True)
class Backtest:
    """How a method did in the past: `n` forecasts at comparable horizons, their mean absolute error.

    `naive_mae` is the error of the last value at the same places; a method is judged by mae / naive_mae.
    """

    method: Method
    n: int
    mae: Decimal
    naive_mae: Decimal
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What is foreseen of a target.

    Args:
        verdict: see `Verdict`; TOO_LITTLE has no method, no range and no probability.
        method: None with too little data.
        value: the centre on the day of the target; None with too little data.
        low80, high80, low95, high95: its ranges.
        probability: of meeting the target, 0 to 1 with four decimals.
        central: days and values of the line to draw, from the last known point to the day of the target.
        bands: the range on the days of `central`.
        naive_value: the last known value, as if nothing changed; None without any point.
        naive: the same as a line; empty without any point.
        needed_pace: change per year that leads from the last known value to the target; 0 when it is met.
        pace_so_far: change per year from the first known value to the last; None with fewer than two days.
        backtest: every method that could be tried.
        remarks: codes for words: forecast.too_little, forecast.met_now, forecast.may_not_hold, forecast.few_tests,
            forecast.approximate (count), forecast.far (horizon longer than the history), forecast.past (the day of
            the target has come), forecast.no_data.
    """

    verdict: Verdict
    method: Method | None = None
    value: Decimal | None = None
    low80: Decimal | None = None
    high80: Decimal | None = None
    low95: Decimal | None = None
    high95: Decimal | None = None
    probability: Decimal | None = None
    central: tuple[tuple[date, Decimal], ...] = ()
    bands: tuple[Band, ...] = ()
    naive_value: Decimal | None = None
    naive: tuple[tuple[date, Decimal], ...] = ()
    needed_pace: Decimal | None = None
    pace_so_far: Decimal | None = None
    backtest: tuple[Backtest, ...] = ()
    remarks: tuple[Remark, ...] = ()
