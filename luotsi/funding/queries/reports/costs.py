"""Lines and sums of a report about money: what was spent of each class of cost, and what is due to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from luotsi.base import texts
from luotsi.funding.models import Payment
from luotsi.funding.queries.cost_classes import names_of_classes
from luotsi.funding.queries.ledger import budget_of
from luotsi.funding.queries.own_shares import HUNDRED, decision_of, rule_of
from luotsi.funding.queries.spending import judged_of
from luotsi.funding.queries.spending_pages import NO_CLASS
from luotsi.funding.rules.payable import payable, recovery
from luotsi.funding.rules.reports import Line, Sum, Told
from luotsi.funding.rules.spending import sums_of
from luotsi.funding.rules.spending.entries import EURO

if TYPE_CHECKING:
    from luotsi.funding.models import Application, GrantDecision
    from luotsi.funding.queries.reports.span import Span
    from luotsi.funding.rules.spending import Verdict

NOTHING = Decimal("0.00")
OF_NO_CLASS = {"fi": "Ei kustannuslajia", "sv": "Inget kostnadsslag", "en": "No class"}


@dataclass(frozen=True, kw_only=True)
class Money:
    """What the ledger tells until the day of a report; `gaps` are codes of what it lacks."""

    lines: tuple[Told, ...]
    sums: tuple[Sum, ...]
    gaps: tuple[str, ...]


def money_of(application: Application, span: Span) -> Money:
    """Return the lines and sums of money of a report; six queries."""
    found, _rules = judged_of(application)
    booked = [one for one in found.verdicts if one.entry.booked_on is None or one.entry.booked_on <= span.until_on]
    budget, decision = budget_of(application), decision_of(application)
    return Money(
        lines=tuple(_lines(application, budget, booked, span)),
        sums=tuple(_sums(application, decision, booked, span)) if decision else (),
        gaps=tuple(_gaps(application, budget, booked)),
    )


def entries_url(application: Application, cost_class: str | None = None) -> str:
    """Return the address of the entries of a grant, or of one class of them."""
    found = reverse("funding:list-entries", args=[application.unit.key, application.pk])
    return found if cost_class is None else f"{found}?{urlencode({'cost_class': cost_class or NO_CLASS})}"


def _lines(
    application: Application, budget: Mapping[str, Decimal], booked: list[Verdict], span: Span
) -> Iterator[Told]:
    names, spent = names_of_classes(application.call), dict[str, Decimal]()
    for one in booked:
        spent[one.entry.cost_class] = spent.get(one.entry.cost_class, NOTHING) + one.eligible
    for key in sorted({*budget, *spent}):
        if not (key or spent.get(key)):
            continue
        whole = budget.get(key)
        named = texts.kept(names[key]) if key in names else {}
        yield Told(
            key=f"cost:{key}",
            line=Line.COST,
            names=named or ({"fi": key} if key else OF_NO_CLASS),
            planned=None if whole is None else span.so_far(whole),
            whole=whole,
            actual=spent.get(key, NOTHING) if booked else None,
            unit="€",
            decimals=2,
            origin=entries_url(application, key) if booked else "",
        )


def _sums(application: Application, decision: GrantDecision, booked: list[Verdict], span: Span) -> Iterator[Sum]:
    if decision.granted is None:
        return
    decided = reverse("funding:see-decision", args=[application.unit.key, application.pk])
    spending = reverse("funding:see-spending", args=[application.unit.key, application.pk])
    ledger = entries_url(application) if booked else ""
    yield Sum(key="granted", amount=decision.granted, origin=decided)
    amounts = Payment.objects.filter(decision=decision, received_on__lte=span.until_on)
    told = list(amounts.values_list("amount", flat=True))
    paid = max(sum(told, NOTHING), NOTHING)
    yield Sum(key="received", amount=paid if told else None, origin=spending if told else "")
    eligible = sum((one.eligible for one in booked), NOTHING)
    whole = sums_of(one.entry for one in booked).total
    yield Sum(key="booked", amount=whole if booked else None, origin=ledger)
    yield Sum(key="eligible", amount=eligible if booked else None, origin=ledger)
    if not booked:
        return
    rule = rule_of(application.call, decision)
    percent = None if rule.percent is None else HUNDRED - rule.percent
    other = application.other or NOTHING
    earned = application.earned or NOTHING
    if application.earned is not None:
        yield Sum(key="earned", amount=earned, origin=spending)
    due = payable(decision.granted, eligible, percent=percent, other=other, income=earned, rounding=rule.rounding)
    yield Sum(key="payable", amount=due.amount, origin=spending)
    yield Sum(key="own", amount=max(eligible - due.amount - other - earned, NOTHING), origin=spending)
    if decision.own_share is not None:
        yield Sum(key="own_planned", amount=decision.own_share, origin=decided)
    left = recovery(paid, due.amount)
    yield Sum(key="still_due", amount=left.still_due, origin=spending)
    yield Sum(key="to_return", amount=left.to_return, origin=spending)


def _gaps(application: Application, budget: Mapping[str, Decimal], booked: list[Verdict]) -> Iterator[str]:
    if not budget:
        yield "no_budget"
    if not booked:
        yield "no_ledger"
    if any(one.entry.currency != EURO for one in booked):
        yield "unconverted"
    if any(not one.entry.cost_class for one in booked):
        yield "no_class"
    if rule_of(application.call, decision_of(application)).percent is None:
        yield "no_percent"
