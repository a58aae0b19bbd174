"""Shifts between cost classes against the funder's threshold, and the warning before it is too late.

Source: handbook §5, change request: with one funder shifts of more than 10 % of the total cost, a new cost class, and
at least 30 days before the end. Threshold, base and days are the funder's and stand in `TransferRule`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from enum import StrEnum

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.shares import percent_of
from luotsi.funding.rules.spending.burn import Forecast, Period, forecast
from luotsi.funding.rules.spending.entries import NOTHING, Entry, sums_of


class ThresholdOf(StrEnum):
    """What the threshold is a percentage of."""

    TOTAL = "total"
    CLASS = "class"


@dataclass(frozen=True, kw_only=True)
class TransferRule:
    """What a funder says of shifts between cost classes.

    Args:
        percent: shifts above it need a change request; None when the funder gives none.
        of: of the total cost, or of the class that grows.
        is_new_class_change: whether spending in a class without budget needs a change request.
        days_before: the latest day is so many days before the end.
        source: where the funder says so.
    """

    percent: Decimal | None
    of: ThresholdOf = ThresholdOf.TOTAL
    is_new_class_change: bool = True
    days_before: int = 0
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class ClassRow:
    """One cost class, in euros. `over` is what is above its budget; `limit` from where a change request is needed.

    `over_percent` is of the class's budget; None for a class without one.
    """

    cost_class: str
    planned: Decimal
    spent: Decimal
    over: Decimal
    left: Decimal
    over_percent: Decimal | None
    limit: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Transfers:
    """All classes; `moved` is the sum of what is above budgets, `threshold` that of the total when the rule is so."""

    rows: tuple[ClassRow, ...]
    moved: Decimal
    moved_percent: Decimal | None
    threshold: Decimal | None
    reasons: tuple[Because, ...]

    @property
    def needs_change(self) -> bool:
        """True when the funder must be asked."""
        return bool(self.reasons)


@dataclass(frozen=True, kw_only=True)
class Warned:
    """An early warning: `reasons` with the latest day for a change request, and the forecast by class.

    `days_left` is below zero when that day is gone.
    """

    latest_on: date
    days_left: int
    now: Transfers
    forecasts: dict[str, Forecast]
    reasons: tuple[Because, ...]


def transfers(budget: Mapping[str, Decimal], spent: Mapping[str, Decimal], rule: TransferRule) -> Transfers:
    """Return shifts between classes.

    Reasons, each a ground for a change request: `new_class` about the class (spent); `over_threshold` (moved,
    threshold, percent) for the total; `class_over_threshold` about the class (over, limit, percent).
    """
    total = sum(budget.values(), NOTHING)
    threshold = _part(total, rule.percent) if rule.of == ThresholdOf.TOTAL else None
    rows = tuple(_row(key, budget, spent, rule) for key in sorted({*budget, *spent}))
    moved = sum((row.over for row in rows), NOTHING)
    reasons = []
    for row in rows:
        if rule.is_new_class_change and not row.planned and row.spent > 0:
            reasons.append(because("new_class", row.cost_class, spent=row.spent))
        elif row.limit is not None and row.over > row.limit:
            params = {"over": row.over, "limit": row.limit, "percent": rule.percent}
            reasons.append(because("class_over_threshold", row.cost_class, **params))
    if threshold is not None and moved > threshold:
        reasons.append(because("over_threshold", moved=moved, threshold=threshold, percent=rule.percent))
    return Transfers(
        rows=rows, moved=moved, moved_percent=percent_of(moved, total), threshold=threshold, reasons=tuple(reasons)
    )


def _row(key: str, budget: Mapping[str, Decimal], spent: Mapping[str, Decimal], rule: TransferRule) -> ClassRow:
    planned, used = budget.get(key, NOTHING), spent.get(key, NOTHING)
    over = max(used - planned, NOTHING)
    return ClassRow(
        cost_class=key,
        planned=planned,
        spent=used,
        over=over,
        left=max(planned - used, NOTHING),
        over_percent=percent_of(over, planned),
        limit=_part(planned, rule.percent) if rule.of == ThresholdOf.CLASS else None,
    )


def _part(amount: Decimal, percent: Decimal | None) -> Decimal | None:
    if percent is None:
        return None
    with localcontext(prec=50):
        return amount * percent / 100


def warnings(
    budget: Mapping[str, Decimal], entries: Sequence[Entry], rule: TransferRule, period: Period, *, today: date
) -> Warned:
    """Return what is likely to need a change request before the end, while there is time to ask.

    Reasons: those of `transfers` for what is spent already, with `_now` behind the code; the same codes with `_likely`
    when the middle of the forecasts is above the threshold and with `_possible` when only their high end is;
    `unspent_likely` (low, high, budget) when even the high end of all classes together is below the budget;
    `too_late` (latest) when something needs a change request and its day is gone.
    """
    now = transfers(budget, sums_of(entries).by_class, rule)
    forecasts = {
        key: forecast([one for one in entries if one.cost_class == key], period, today=today)
        for key in sorted({*budget, *(one.cost_class for one in entries)})
    }
    reasons = [because(f"{one.code}_now", one.about, **dict(one.params)) for one in now.reasons]
    told = {(one.code, one.about) for one in now.reasons}
    for how in ("middle", "high"):
        later = transfers(budget, {key: getattr(one, how) or NOTHING for key, one in forecasts.items()}, rule)
        for one in later.reasons:
            if (one.code, one.about) not in told:
                told.add((one.code, one.about))
                word = "likely" if how == "middle" else "possible"
                reasons.append(because(f"{one.code}_{word}", one.about, **dict(one.params)))
    latest = period.end - timedelta(days=rule.days_before)
    if reasons and today > latest:
        reasons.append(because("too_late", latest=latest))
    reasons += _unspent(budget, forecast(entries, period, today=today))
    return Warned(
        latest_on=latest, days_left=(latest - today).days, now=now, forecasts=forecasts, reasons=tuple(reasons)
    )


def _unspent(budget: Mapping[str, Decimal], whole: Forecast) -> Iterator[Because]:
    total = sum(budget.values(), NOTHING)
    if whole.high is not None and whole.low is not None and whole.high < total:
        yield because("unspent_likely", low=total - whole.high, high=total - whole.low, budget=total)
