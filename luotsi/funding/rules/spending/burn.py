"""How fast a grant is spent, and where it ends when it goes on like this, with a range that does not promise much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext

from luotsi.base.money import cents
from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.shares import percent_of
from luotsi.funding.rules.spending.entries import EURO, NOTHING, Entry

LEAST_MONTHS = 3
WIDTH = 2  # standard errors to each side, about 95 % if months are alike and independent
TENTH = Decimal("0.1")
# No source gives a rule for purchases that do not come again; this one is ours and is told on the page.
ONE_OFF = 3  # times the mean month without it
ALIKE = 2  # another booking of at least one part in so many of it, up or down: such a booking may come again


@dataclass(frozen=True, kw_only=True)
class Period:
    """First and last day of use.

    Raises:
        ValueError: the end is before the start; such a decision has no period to count in.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"A period from {self.start} to {self.end} cannot be.")

    @property
    def days(self) -> int:
        """Days of the period, both ends included."""
        return (self.end - self.start).days + 1

    def gone(self, today: date) -> int:
        """Return how many of its days are over; today is not."""
        return min(max((today - self.start).days, 0), self.days)


@dataclass(frozen=True, kw_only=True)
class Burn:
    """Spending against time.

    Args:
        spent, budget: euros.
        spent_percent: of the budget; None of a budget of nothing.
        time_percent: of the days of the period.
        ahead: percentage points by which spending is ahead of time; below zero when behind.
    """

    spent: Decimal
    budget: Decimal
    spent_percent: Decimal | None
    time_percent: Decimal
    ahead: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What will have been spent at the end of the period, in euros, from whole months of its past.

    Args:
        low, middle, high: the range holds about 95 % of outcomes if months to come are like those past.
        months: how many whole months it stands on.
        one_off: the booking that is taken not to come again; None where every booking may. It is in the sums, but not
            in the pace: see `one_off_of`.
        reasons: why there is none: `too_few_months` (months, least), `not_begun`, `over`.
    """

    low: Decimal | None = None
    middle: Decimal | None = None
    high: Decimal | None = None
    months: int = 0
    one_off: Entry | None = None
    reasons: tuple[Because, ...] = ()


def burn(spent: Decimal, budget: Decimal, period: Period, *, today: date) -> Burn:
    """Return how spending stands against the time that is gone."""
    time = (Decimal(period.gone(today)) * 100 / period.days).quantize(TENTH, rounding=ROUND_HALF_UP)
    part = percent_of(spent, budget)
    share = None if part is None else part.quantize(TENTH, rounding=ROUND_HALF_UP)
    return Burn(
        spent=spent,
        budget=budget,
        spent_percent=share,
        time_percent=time,
        ahead=None if share is None else share - time,
    )


def forecast(entries: Iterable[Entry], period: Period, *, today: date) -> Forecast:
    """Return the spending at the end of the period when months to come are like the whole months past.

    A month counts when it lies wholly in the period and is over; months without an entry count as nothing spent. A
    booking that stands alone in its size sets no pace.
    """
    if today <= period.start:
        return Forecast(reasons=(because("not_begun"),))
    listed = [one for one in entries if one.currency == EURO and one.booked_on and one.booked_on <= period.end]
    spent = sum((one.amount for one in listed), NOTHING)
    if today > period.end:
        return Forecast(low=spent, middle=spent, high=spent, reasons=(because("over"),))
    months = _whole_months(period, today)
    if len(months) < LEAST_MONTHS:
        return Forecast(
            months=len(months), reasons=(because("too_few_months", months=len(months), least=LEAST_MONTHS),)
        )
    by_month = dict.fromkeys(months, NOTHING)
    past = [one for one in listed if one.booked_on and (one.booked_on.year, one.booked_on.month) in by_month]
    once = one_off_of(past, len(months))
    for one in past:
        if one.booked_on and one is not once:
            by_month[one.booked_on.year, one.booked_on.month] += one.amount
    since = date(months[-1][0] + months[-1][1] // 12, months[-1][1] % 12 + 1, 1)
    counted = sum((one.amount for one in listed if one.booked_on and one.booked_on < since), NOTHING)
    left = Decimal((period.end - since).days + 1) / Decimal("30.4375")
    return replace(_range(list(by_month.values()), counted, spent, left), one_off=once)


def one_off_of(entries: Sequence[Entry], months: int) -> Entry | None:
    """Return the booking of some months that is taken not to come again; None where there is none.

    It is more than three times the mean month without it, and no other booking, nor one taken back, is half as large:
    a rent of each quarter, or devices bought twice, may come again.
    """
    ordered = sorted(entries, key=lambda one: abs(one.amount), reverse=True)
    if not ordered or ordered[0].amount <= 0:
        return None
    largest, others = ordered[0], ordered[1:]
    if others and abs(others[0].amount) * ALIKE >= largest.amount:
        return None
    mean = sum((one.amount for one in others), NOTHING) / months
    return largest if largest.amount > ONE_OFF * mean else None


def _whole_months(period: Period, today: date) -> list[tuple[int, int]]:
    found = []
    year, month = period.start.year, period.start.month
    if period.start.day > 1:
        year, month = year + month // 12, month % 12 + 1
    while (following := date(year + month // 12, month % 12 + 1, 1)) <= min(today, period.end + timedelta(days=1)):
        found.append((year, month))
        year, month = following.year, following.month
    return found


def _range(sums: list[Decimal], counted: Decimal, spent: Decimal, left: Decimal) -> Forecast:
    """Return the range: the spread of months to come, and how little is known of their mean."""
    with localcontext(prec=28):
        mean = sum(sums, NOTHING) / len(sums)
        spread = sum(((one - mean) ** 2 for one in sums), Decimal(0)) / (len(sums) - 1)
        half = WIDTH * (spread * left + spread * left * left / len(sums)).sqrt()
        middle = max(counted + mean * left, spent)
        low, high = max(counted + mean * left - half, spent), max(counted + mean * left + half, spent)
    return Forecast(low=cents(low), middle=cents(middle), high=cents(high), months=len(sums))
