"""What in a decision that was read does not agree or is missing; the values themselves stay as the text has them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.decision_text.found import Found
from luotsi.funding.rules.decision_text.item import Item
from luotsi.funding.rules.decision_text.outcomes import Outcome
from luotsi.funding.rules.shares import Base, Deed, Rounding, ShareRule, from_total, readings

HUNDRED = 100


def remarks_of(item: Item) -> Iterator[Because]:
    """Yield the remarks of an item.

    Codes: `ends_before_start` (start, end, days); `report_before_end` (due, end); `granted_over_applied` and
    `granted_below_applied` (granted, applied); `parts_not_total` (granted, own, total); `own_share_off` (percent, own,
    sum_is_grant, sum_is_total: what the own share would be under each); `percents_not_whole` (grant, own);
    `instalments_not_grant` (sum, granted); `both_outcomes`; `noted_only`; `refused_undated`;
    `refused_without_grounds`; `no_appeal`; `undecided` when nothing is decided.
    """
    yield from _of_days(item)
    yield from _of_money(item)
    yield from _of_outcome(item)


def _of_days(item: Item) -> Iterator[Because]:
    start, end = item.period_start, item.period_end
    if start and end and end.value < start.value:
        days = (start.value - end.value).days
        yield because("ends_before_start", start=start.value, end=end.value, days=days)
    for report in item.final_reports:
        if end and report.value < end.value:
            yield because("report_before_end", due=report.value, end=end.value)


def _of_money(item: Item) -> Iterator[Because]:
    granted, applied, own, total = (_value(one) for one in (item.granted, item.applied, item.own, item.total))
    if granted is not None and applied is not None and granted != applied:
        code = "granted_over_applied" if granted > applied else "granted_below_applied"
        yield because(code, granted=granted, applied=applied)
    grant = granted if granted is not None else applied
    if grant is not None and own is not None and total is not None and grant + own != total:
        yield because("parts_not_total", granted=grant, own=own, total=total)
    yield from _of_own(item, grant, own)
    ours, theirs = _value(item.own_percent), _value(item.grant_percent)
    if ours is not None and theirs is not None and ours + theirs != HUNDRED:
        yield because("percents_not_whole", grant=theirs, own=ours)
    parts = [one.value.amount for one in item.instalments]
    if granted is not None and parts and None not in parts:
        promised = sum((one for one in parts if one is not None), Decimal(0))
        if promised != granted:
            yield because("instalments_not_grant", sum=promised, granted=granted)


def _of_own(item: Item, grant: Decimal | None, own: Decimal | None) -> Iterator[Because]:
    percent = _value(item.own_percent)
    if percent is None or grant is None or own is None or not 0 <= percent < HUNDRED:
        return
    rule = ShareRule(percent=percent, base=Base.TOTAL_COST, rounding=Rounding.EUROS)
    total = _value(item.total)
    if total is not None:
        parts = from_total(rule, total)
        if parts is None or own >= parts.own:
            return
    read = {one.said.value: one for one in readings(rule, grant, own)}
    if total is None and read["grant"].is_consistent:
        return
    yield because(
        "own_share_off",
        percent=percent,
        own=own,
        sum_is_grant=read["grant"].parts.own,
        sum_is_total=read["total"].parts.own,
    )


def _of_outcome(item: Item) -> Iterator[Because]:
    outcome = item.outcome
    if outcome and {outcome.value, *(one.value for one in outcome.alternatives)} >= {Outcome.GRANTED, Outcome.REFUSED}:
        yield because("both_outcomes")
    if item.deed and item.deed.value == Deed.NOTED:
        yield because("noted_only")
    if outcome and outcome.value == Outcome.REFUSED:
        if item.decided_on is None:
            yield because("refused_undated")
        if item.grounds is None:
            yield because("refused_without_grounds")
    if item.appeal_days is None:
        yield because("no_appeal")
    if outcome is None and item.deed is None:
        yield because("undecided")


def _value(found: Found[Decimal] | None) -> Decimal | None:
    return found.value if found else None
