"""What was spent of one grant, judged: what is eligible, how fast it goes, what is payable, what came."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from luotsi.base import audit, clock
from luotsi.funding.queries.ledger import FIELDS, Budget, cost_rules_of, whole_budget_of
from luotsi.funding.queries.own_shares import HUNDRED, decision_of, rule_of
from luotsi.funding.rules import payable as money
from luotsi.funding.rules.spending import (
    Burn,
    CostRules,
    Entry,
    Forecast,
    Judged,
    Period,
    Ruled,
    Ruling,
    Sums,
    TransferRule,
    Verdict,
    Warned,
    burn,
    forecast,
    judged,
    ruled,
    sums_of,
    warnings,
)

if TYPE_CHECKING:
    from luotsi.funding.models import Application, GrantDecision, Payment

NOTHING = Decimal("0.00")
RULED = ("ruling", "ruling_reason")
MOST_KEPT = 20_000  # entries of all ledgers together
_kept: OrderedDict[UUID, tuple[tuple[int, str], Judged, CostRules]] = OrderedDict()


@dataclass(frozen=True)
class Pace:
    """Spending against time."""

    period: Period
    burn: Burn
    forecast: Forecast
    warned: Warned


@dataclass(frozen=True)
class Spending:
    """All that is known of the spending of a grant. `pace` is None where the period of use is not known or cannot be.

    `percent` is the grant's share of eligible cost, with its `source`; None where neither decision nor call gives it.
    """

    judged: Judged
    sums: Sums
    budget: Budget
    rules: CostRules
    rule: TransferRule
    granted: Decimal
    percent: Decimal | None
    source: str
    other: Decimal
    earned: Decimal | None
    payable: money.Payable
    recovery: money.Recovery
    instalments: money.Instalments
    pace: Pace | None


def judged_of(application: Application) -> tuple[Judged, CostRules]:
    """Return each entry of the ledger with what of it is eligible; people's decisions go before rules.

    Kept until anything is written: every write has a row in the log, whose newest one is the key. One query, or two.
    """
    head = audit.head()
    kept = _kept.get(application.pk)
    if kept is None or kept[0] != head:
        kept = _kept[application.pk] = (head, *_judged(application))
        while sum(len(one[1].verdicts) for one in _kept.values()) > MOST_KEPT:
            _kept.popitem(last=False)
    else:
        _kept.move_to_end(application.pk)
    return kept[1], kept[2]


def _judged(application: Application) -> tuple[Judged, CostRules]:
    rows = application.ledger_entries.order_by("number").values_list(*FIELDS, *RULED)
    rules = cost_rules_of(application)
    return judged_from(rows, rules), rules


def judged_from(rows: Iterable[tuple[Any, ...]], rules: CostRules) -> Judged:
    """Return entries judged, from rows of `FIELDS` and `RULED` in the order of their numbers."""
    entries, rulings = [], dict[int, Ruled]()
    for number, *rest, ruling, words in rows:
        entries.append(Entry(row=number, **dict(zip(FIELDS[1:], rest, strict=True))))
        if ruling:
            rulings[number] = Ruled(ruling=Ruling(ruling), words=words)
    return ruled(judged(entries, rules), rulings)


def transfer_rule_of(application: Application) -> TransferRule:
    """Return what the call says of shifts between classes; where it says nothing, nothing is assumed."""
    call = application.call
    return TransferRule(
        percent=call.transfer_percent,
        is_new_class_change=call.transfer_percent is not None,
        days_before=call.change_days or 0,
        source=call.transfer_source,
    )


def spending_of(application: Application, payments: list[Payment] | None = None) -> Spending:
    """Return the spending of a grant today.

    Args:
        application: granted; call, decision and relations may be fetched before.
        payments: of its decision, where they are fetched already.
    """
    today, decision = clock.today(), decision_of(application)
    found, rules = judged_of(application)
    budget, rule = whole_budget_of(application), transfer_rule_of(application)
    share = rule_of(application.call, decision)
    percent = None if share.percent is None else HUNDRED - share.percent
    granted, other = application.granted or NOTHING, application.other or NOTHING
    earned = application.earned
    due = money.payable(
        granted, found.eligible, percent=percent, other=other, income=earned or NOTHING, rounding=share.rounding
    )
    came = instalments_of(decision, payments, granted, today)
    entries = [one.entry for one in found.verdicts]
    return Spending(
        judged=found,
        sums=sums_of(entries),
        budget=budget,
        rules=rules,
        rule=rule,
        granted=granted,
        percent=percent,
        source=share.source,
        other=other,
        earned=earned,
        payable=due,
        recovery=money.recovery(max(came.received, NOTHING), due.amount),
        instalments=came,
        pace=pace_of(found, budget.by_class, rules, rule, whole_cost(application, budget, decision)),
    )


def whole_cost(application: Application, budget: Budget, decision: GrantDecision | None) -> Decimal:
    """Return the cost that the grant is planned for: of the budget, else of the decision, else of the application."""
    total = decision.total if decision is not None else None
    return budget.total or total or application.total or application.granted or NOTHING


def pace_of(
    found: Judged, by_class: Mapping[str, Decimal], rules: CostRules, rule: TransferRule, whole: Decimal
) -> Pace | None:
    """Return eligible spending against time; None where the period is not known or ends before it begins."""
    if rules.period_start is None or rules.period_end is None or rules.period_end < rules.period_start:
        return None
    today = clock.today()
    period = Period(start=rules.period_start, end=rules.period_end)
    entries = [_eligible(one) for one in found.verdicts if one.eligible]
    return Pace(
        period=period,
        burn=burn(found.eligible, whole, period, today=today),
        forecast=forecast(entries, period, today=today),
        warned=warnings(by_class, entries, rule, period, today=today),
    )


def _eligible(one: Verdict) -> Entry:
    """Return an entry with what of it is eligible as its sum."""
    return one.entry if one.eligible == one.entry.amount else replace(one.entry, amount=one.eligible)


def instalments_of(
    decision: GrantDecision | None, payments: list[Payment] | None, granted: Decimal, today: date
) -> money.Instalments:
    """Return what was promised beside what came."""
    if decision is None:
        return money.instalments((), (), granted=None, today=today)
    listed = list(decision.payments.all()) if payments is None else payments
    return money.instalments(
        [
            money.Instalment(key=str(one.number), expected=one.amount, due_on=one.due_on)
            for one in decision.instalments.all()
        ],
        [
            money.Payment(
                key=str(one.pk), amount=one.amount, received_on=one.received_on, instalment=str(one.number or "")
            )
            for one in listed
        ],
        granted=granted,
        today=today,
    )
