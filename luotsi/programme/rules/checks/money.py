"""Checks of money: every announced sum is there, and what is given is held against what is needed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from luotsi.base.money import total
from luotsi.programme.rules.checks.fault import Fault, remark, warning
from luotsi.programme.rules.plan import Plan
from luotsi.programme.rules.values import MoneyKind

GIVEN = (MoneyKind.GRANTED, MoneyKind.RESERVED)


def lines_without_amount(plan: Plan) -> Iterator[Fault]:
    """Yield lines of money that tell no sum."""
    for line in plan.budget:
        if line.amount is None:
            yield remark("budget.without_amount", line)


def missing_appendices(plan: Plan) -> Iterator[Fault]:
    """Yield appendices that are announced but not here."""
    for item in plan.appendices:
        if item.required and not item.file:
            yield remark("appendix.missing", item)


def given_against_need(plan: Plan) -> Iterator[Fault]:
    """Yield how far granted and reserved money covers the need of the whole programme, when not exactly."""
    whole = [line for line in plan.budget if not line.section]
    need = total(line.amount for line in whole if line.kind == MoneyKind.NEED)
    given = total(line.amount for line in whole if line.kind in GIVEN)
    if need is None or not need or given is None or given == need:
        return
    first = next(line for line in whole if line.kind == MoneyKind.NEED)
    percent = (given / need * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    if given > need:
        yield warning("budget.over_need", first, "amount", given=given, need=need, percent=percent)
    else:
        yield remark("budget.under_need", first, "amount", given=given, need=need, percent=percent)


CHECKS = (lines_without_amount, missing_appendices, given_against_need)
