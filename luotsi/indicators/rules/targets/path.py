"""The path from a baseline to a target, and how far a value is from what it should be.

Nothing is guessed: what would need a number that is not known is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from luotsi.indicators.rules.values import Operator, PathKind

DAYS_OF_A_YEAR = Decimal("365.25")
# "About 80" is met by what is this much off; the same looseness as in the checks of plans.
LOOSENESS = Decimal("0.1")
DIGITS = 28


@dataclass(frozen=True, kw_only=True)
class TargetPath:
    """A target with the way to it.

    Args:
        operator: how the value should relate to `value`.
        value: what should be reached; the lower end for RANGE.
        high: the upper end for RANGE, None otherwise.
        due_on: the last day of the period of the target.
        baseline: where it starts, on `baseline_on`; None where it is not known.
        kind: LINEAR from baseline to target; STEP: the baseline holds until the day itself; POINTS: through `points`.
        points: days and values on the way, in any order.
    """

    operator: Operator
    value: Decimal
    due_on: date
    high: Decimal | None = None
    baseline: Decimal | None = None
    baseline_on: date | None = None
    kind: PathKind = PathKind.LINEAR
    points: tuple[tuple[date, Decimal], ...] = ()

    def value_on(self, day: date) -> Decimal | None:
        """Return what the path asks for on a day: the target from its day on, None before the path begins.

        A linear path without a baseline asks for nothing before its day.
        """
        if day >= self.due_on:
            return self.value
        corners = self.corners
        if not corners or day < corners[0][0]:
            return None
        if self.kind == PathKind.STEP:
            return corners[0][1]
        after = next(place for place, corner in enumerate(corners) if corner[0] > day)
        return between(corners[after - 1], corners[after], day)

    @property
    def corners(self) -> list[tuple[date, Decimal]]:
        """Return the known corners of the path in order of time, the target last."""
        known: dict[date, Decimal] = {}
        if self.baseline is not None and self.baseline_on is not None:
            known[self.baseline_on] = self.baseline
        if self.kind == PathKind.POINTS:
            known |= dict(self.points)
        return [*sorted(item for item in known.items() if item[0] < self.due_on), (self.due_on, self.value)]

    def met_by(self, value: Decimal | None, tolerance: Decimal | None = None) -> bool | None:
        """Return whether a value meets the target; None without a value."""
        return meets(value, self.operator, self.value, tolerance, high=self.high)

    def on_track(self, value: Decimal | None, day: date) -> bool | None:
        """Return whether a value is where the path asks it to be on its day; None where the path asks nothing."""
        if day >= self.due_on:
            return self.met_by(value)
        return meets(value, self.operator, self.value_on(day), high=self.high)

    def gap(self, value: Decimal | None) -> Decimal | None:
        """Return what is missing from the target, with its sign; 0 when it is met, None without a value."""
        return gap(value, self.operator, self.value, high=self.high)

    def needed_pace(self, value: Decimal | None, day: date | None) -> Decimal | None:
        """Return the change per year that leads from the last known value to the target; 0 when it is met.

        None without a value, or when the day of the target has come.
        """
        missing = self.gap(value)
        if missing is None or day is None or day >= self.due_on:
            return None
        return per_year(missing, (self.due_on - day).days)


def between(first: tuple[date, Decimal], last: tuple[date, Decimal], day: date) -> Decimal:
    """Return the value of the straight line through two corners on a day between them."""
    with localcontext(prec=DIGITS):
        part = Decimal((day - first[0]).days) / Decimal((last[0] - first[0]).days)
        return first[1] + (last[1] - first[1]) * part


def meets(
    value: Decimal | None,
    operator: Operator,
    limit: Decimal | None,
    tolerance: Decimal | None = None,
    *,
    high: Decimal | None = None,
) -> bool | None:
    """Return whether a value relates to a limit as the operator says; None when a number is missing.

    Args:
        value: the figure.
        operator: RANGE asks for `high` as well.
        limit: the number it is held against; the lower end for RANGE.
        tolerance: how much off EQ, APPROX and RANGE may be, in the unit of the value. By default a tenth of the limit
            for APPROX and nothing for the others. At least and at most know no tolerance.
        high: the upper end for RANGE.
    """
    if value is None or limit is None:
        return None
    slack = tolerance if tolerance is not None else abs(limit) * LOOSENESS if operator == Operator.APPROX else 0
    match operator:
        case Operator.GTE:
            return value >= limit
        case Operator.GT:
            return value > limit
        case Operator.LTE:
            return value <= limit
        case Operator.LT:
            return value < limit
        case Operator.RANGE:
            return None if high is None else limit - slack <= value <= high + slack
    return abs(value - limit) <= slack


def gap(
    value: Decimal | None, operator: Operator, limit: Decimal | None, *, high: Decimal | None = None
) -> Decimal | None:
    """Return limit - value as far as it is not met yet: positive = more is needed, negative = less, 0 = met.

    A value exactly at the limit of GT or LT has the gap 0 although it does not meet it: any step will do.
    """
    met = meets(value, operator, limit, high=high)
    if met is None or value is None or limit is None:
        return None
    if met:
        return Decimal(0)
    return high - value if operator == Operator.RANGE and high is not None and value > high else limit - value


def pace(points: Sequence[tuple[date, Decimal | None]]) -> Decimal | None:
    """Return the change per year from the first known value to the last; None with fewer than two days."""
    known = sorted((day, value) for day, value in points if value is not None)
    if not known or known[0][0] == known[-1][0]:
        return None
    return per_year(known[-1][1] - known[0][1], (known[-1][0] - known[0][0]).days)


def per_year(change: Decimal, days: int) -> Decimal:
    """Return a change over so many days as a change per year."""
    with localcontext(prec=DIGITS):
        return change * DAYS_OF_A_YEAR / Decimal(days)
