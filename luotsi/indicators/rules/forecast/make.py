"""The forecast itself.

The range. Errors of the chosen method in back-testing are put on one scale by the square root of their horizons:
s² = mean(error² / horizon) · (1 + 1 / origins), and not less than the same of the chosen line around the known
points; the bracket is for the one more value that is foreseen from so few. On a day h years ahead the value is taken
as t-distributed around the line with the scale s·√h, with as many degrees of freedom as there were origins in the
back-test; shares are cut at 0 and 100. A probability is never nearer to 0 or 1 than 1 / (2·(origins + 1)): few tests
do not make anybody sure.

Its weakness. √h is how a random walk spreads; the errors of a wrong slope grow faster, so that long horizons look
narrower than they are. The method was chosen by the same errors that make the range, which flatters it. Neither
knows of what has been decided to change, and series of five figures know little of anything.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from luotsi.indicators.rules.forecast import backtest
from luotsi.indicators.rules.forecast.methods import Line, Method, clipped, fit
from luotsi.indicators.rules.forecast.result import Aim, Backtest, Band, Forecast, Point
from luotsi.indicators.rules.forecast.student import quantile, share_below
from luotsi.indicators.rules.remarks import Remark, remark
from luotsi.indicators.rules.targets import DAYS_OF_A_YEAR, gap, meets, pace
from luotsi.indicators.rules.targets.path import LOOSENESS, per_year
from luotsi.indicators.rules.values import Direction, Operator, Verdict

YEAR = float(DAYS_OF_A_YEAR)
ENOUGH = 3
SURE, UNSURE = Decimal("0.8"), Decimal("0.2")
STEPS = 12
FEW = 3
DECIMALS = 12


def forecast(
    points: Iterable[Point], aim: Aim, *, share: bool = False, direction: Direction = Direction.RISING
) -> Forecast:
    """Return what is foreseen of a target.

    Args:
        points: known values of one version of the definition, in any order; of two on one day the later given counts.
        aim: the target. "Exactly" is read as at least or at most where the direction says which way is better.
        share: whether the values are per cent, which stay within 0 and 100.
        direction: which way is better.
    """
    known = sorted({point.day: point for point in points}.values(), key=lambda point: point.day)
    if not known:
        return Forecast(verdict=Verdict.TOO_LITTLE, remarks=(remark("forecast.no_data"),))
    aim = read(aim, direction)
    told = plainly(known, aim)
    if known[-1].day >= aim.day:
        return over(told, known, aim)
    if len(known) < ENOUGH:
        return replace(told, remarks=(remark("forecast.too_little", count=len(known)), *told.remarks))
    return foreseen(told, known, aim, share=share)


def read(aim: Aim, direction: Direction) -> Aim:
    """Return the aim with "exactly" as at least or at most, where the direction tells which is good."""
    if aim.operator != Operator.EQ or direction == Direction.STEADY or aim.tolerance:
        return aim
    return replace(aim, operator=Operator.GTE if direction == Direction.RISING else Operator.LTE)


def met(value: Decimal, aim: Aim) -> bool | None:
    """Return whether a value meets the aim."""
    return meets(value, aim.operator, aim.value, aim.tolerance, high=aim.high)


def plainly(known: list[Point], aim: Aim) -> Forecast:
    """Return what can be told of any number of points without guessing: the last value held, and paces."""
    last = known[-1]
    missing = Decimal(0) if met(last.value, aim) else gap(last.value, aim.operator, aim.value, high=aim.high)
    days = (aim.day - last.day).days
    remarks = []
    if met(last.value, aim):
        remarks.append(remark("forecast.met_now"))
    if rough := sum(point.approximate for point in known):
        remarks.append(remark("forecast.approximate", count=rough))
    return Forecast(
        verdict=Verdict.TOO_LITTLE,
        naive_value=last.value,
        naive=((last.day, last.value), (aim.day, last.value)) if days > 0 else ((last.day, last.value),),
        needed_pace=per_year(missing, days) if missing is not None and days > 0 else None,
        pace_so_far=pace([(point.day, point.value) for point in known]),
        remarks=tuple(remarks),
    )


def over(told: Forecast, known: list[Point], aim: Aim) -> Forecast:
    """Return the verdict of a target whose day has come: whether the last value until then meets it."""
    at_the_end = [point.value for point in known if point.day <= aim.day]
    if not at_the_end:
        return told
    reached = met(at_the_end[-1], aim)
    verdict = Verdict.REACHED if reached else Verdict.WILL_NOT
    remarks = (remark("forecast.past", value=at_the_end[-1]), *told.remarks)
    return replace(told, verdict=verdict, value=at_the_end[-1], naive_value=at_the_end[-1], remarks=remarks)


def foreseen(told: Forecast, known: list[Point], aim: Aim, *, share: bool) -> Forecast:
    """Return the forecast of three points or more before the day of the target."""
    origin = known[-1].day
    series = [((point.day - origin).days / YEAR, float(point.value)) for point in known]
    horizon = (aim.day - origin).days / YEAR
    size = max(abs(value) for _, value in series)
    tried = backtest.trials(series, horizon, share=share)
    chosen = backtest.best(tried, size)
    line = fit(chosen.method, series, share=share)
    if line is None:
        raise ValueError(f"{chosen.method} was tried on fewer points than there are.")
    scale, freedom = spread(chosen, series, line), chosen.origins
    days = [origin + timedelta(days=round((aim.day - origin).days * step / STEPS)) for step in range(STEPS + 1)]
    days = sorted(set(days))
    bands = tuple(band(day, origin, line, scale, freedom, share=share) for day in days)
    end = bands[-1]
    chance = probability(line(horizon), scale * math.sqrt(horizon), freedom, aim, share=share)
    return replace(
        told,
        verdict=verdict(met(known[-1].value, aim), chance),
        method=chosen.method,
        value=decimal(clipped(line(horizon), share=share)),
        low80=end.low80,
        high80=end.high80,
        low95=end.low95,
        high95=end.high95,
        probability=chance,
        central=tuple((day, decimal(clipped(line((day - origin).days / YEAR), share=share))) for day in days),
        bands=bands,
        backtest=tuple(table_row(trial, chosen) for trial in tried),
        remarks=(*told.remarks, *doubts(told, known, horizon, chosen, chance)),
    )


def spread(chosen: backtest.Trial, series: list[tuple[float, float]], line: Line) -> float:
    """Return the scale of errors over one year: see the top of the file."""
    squares = [miss.error**2 / miss.horizon for miss in chosen.misses]
    tested = sum(squares) / len(squares) * (1 + 1 / chosen.origins)
    step = (series[-1][0] - series[0][0]) / (len(series) - 1)
    around = sum((value - line(time)) ** 2 for time, value in series) / step
    fitted = around / len(series) if chosen.method in LINES_THROUGH_ALL else 0.0
    return math.sqrt(max(tested, fitted))


LINES_THROUGH_ALL = frozenset({Method.LINEAR, Method.LOGISTIC})


def band(day: date, origin: date, line: Line, scale: float, freedom: int, *, share: bool) -> Band:
    """Return the range on one day."""
    time = (day - origin).days / YEAR
    inner, outer = (quantile(part, freedom) * scale * math.sqrt(time) for part in (0.9, 0.975))
    centre = line(time)
    low95, low80, high80, high95 = (
        decimal(clipped(centre + off, share=share)) for off in (-outer, -inner, inner, outer)
    )
    return Band(day=day, low80=low80, high80=high80, low95=low95, high95=high95)


def probability(centre: float, scale: float, freedom: int, aim: Aim, *, share: bool) -> Decimal:
    """Return the probability of meeting the aim, to four decimals; monotone in the target."""
    low, high = limits(aim)
    over, under = aim.operator == Operator.GT, aim.operator != Operator.LT
    below_high = 1.0 if high is None else below(high, centre, scale, freedom, share=share, reached=under)
    below_low = 0.0 if low is None else below(low, centre, scale, freedom, share=share, reached=over)
    if share and is_impossible(aim):
        return Decimal("0.0000")
    least = 1 / (2 * (freedom + 1))
    return Decimal(min(1 - least, max(least, below_high - below_low))).quantize(Decimal("0.0001"))


def is_impossible(aim: Aim) -> bool:
    """Return True for what no share can be: over 100, or under 0."""
    low, high = limits(aim)
    too_high = low is not None and (low > 100 or (low == 100 and aim.operator == Operator.GT))
    return too_high or (high is not None and (high < 0 or (high == 0 and aim.operator == Operator.LT)))


def below(limit: float, centre: float, scale: float, freedom: int, *, share: bool, reached: bool) -> float:
    """Return how probable a value below the limit is; at the limit itself when `reached` is asked for."""
    if share and ((limit > 100 or limit < 0) or (limit == 100 and reached) or (limit == 0 and not reached)):
        return 1.0 if limit >= 100 else 0.0
    off = limit - centre
    if abs(off) <= backtest.NOISE * max(abs(limit), abs(centre), scale):
        off = 0.0
    if scale <= backtest.NOISE * max(abs(limit), abs(centre)):
        return float(off >= 0 if reached else off > 0)
    return share_below(off / scale, freedom)


def limits(aim: Aim) -> tuple[float | None, float | None]:
    """Return the least and the greatest value that meet the aim; None = no end."""
    value = float(aim.value)
    match aim.operator:
        case Operator.GTE | Operator.GT:
            return value, None
        case Operator.LTE | Operator.LT:
            return None, value
        case Operator.RANGE:
            return value, None if aim.high is None else float(aim.high)
    slack = float(aim.tolerance if aim.tolerance is not None else abs(aim.value) * LOOSENESS)
    return value - slack, value + slack


def verdict(met_now: bool | None, chance: Decimal) -> Verdict:
    """Return the verdict of a forecast; a target that is met now is reached, whatever may come."""
    if met_now:
        return Verdict.REACHED
    return Verdict.WILL if chance >= SURE else Verdict.AT_RISK if chance >= UNSURE else Verdict.WILL_NOT


def doubts(
    told: Forecast, known: list[Point], horizon: float, chosen: backtest.Trial, chance: Decimal
) -> Iterable[Remark]:
    """Yield what makes the forecast doubtful."""
    if any(item.code == "forecast.met_now" for item in told.remarks) and chance < SURE:
        yield remark("forecast.may_not_hold", probability=chance)
    if chosen.origins < FEW:
        yield remark("forecast.few_tests", count=chosen.origins)
    if horizon > (known[-1].day - known[0].day).days / YEAR:
        yield remark("forecast.far", years=decimal(horizon))


def table_row(trial: backtest.Trial, chosen: backtest.Trial) -> Backtest:
    """Return a trial as it is shown."""
    return Backtest(
        method=trial.method,
        n=len(trial.misses),
        mae=decimal(trial.mae),
        naive_mae=decimal(trial.naive),
        chosen=trial is chosen,
    )


def decimal(number: float) -> Decimal:
    """Return a floating number with ten significant digits and at most twelve decimals; never -0 or 1E+2."""
    told = Decimal(f"{number:.10g}")
    exponent = int(told.as_tuple().exponent)
    if exponent > 0 or exponent < -DECIMALS:
        told = told.quantize(Decimal(1).scaleb(-DECIMALS if exponent < 0 else 0))
    return told + 0
