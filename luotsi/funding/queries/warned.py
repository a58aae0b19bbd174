"""Which of many grants the ledger warns of, without reading every ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Sum

from luotsi.funding.models import ChangeRequest, LedgerEntry
from luotsi.funding.queries.ledger import FIELDS, cost_rules_of, whole_budget_of
from luotsi.funding.queries.own_shares import decision_of
from luotsi.funding.queries.spending import RULED, judged_from, pace_of, transfer_rule_of, whole_cost
from luotsi.funding.rules.spending import transfers
from luotsi.funding.rules.spending.entries import EURO

if TYPE_CHECKING:
    from luotsi.funding.models import Application
    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.funding.rules.spending import CostRules, Warned

NEAR = timedelta(days=60)
MOST = 5


def warned_among(seen: ApplicationQuerySet, today: date) -> list[tuple[Application, Warned]]:
    """Return the grants that need a change request, the most urgent first, at most five; five queries.

    Looked at are grants whose budget is written and that wait for no answer: those of which a class is above its
    budget, and those whose last day to ask is within sixty days. Only of these the ledger is read.
    """
    running = seen.granted().filter(closed_at=None, budget_rows__isnull=False).distinct()
    waiting = ChangeRequest.objects.sent().order_by().values("application")
    listed = list(
        running.exclude(pk__in=waiting).select_related("decision").prefetch_related("budget_rows", "change_requests")
    )
    spent = _spent(listed)
    near = sorted(_near(listed, spent, today), key=lambda found: (found[0], found[1].pk))[:MOST]
    rows: dict[UUID, list[tuple[object, ...]]] = {one.pk: [] for _day, one, _rules in near}
    entries = LedgerEntry.objects.filter(application__in=rows).order_by("number")
    for pk, *row in entries.values_list("application_id", *FIELDS, *RULED):
        rows[pk].append(tuple(row))
    found = []
    for _day, one, rules in near:
        warned = _warned(one, rows[one.pk], rules)
        if warned is not None and warned.reasons:
            found.append((one, warned))
    return found


def _spent(listed: list[Application]) -> dict[UUID, dict[str, Decimal]]:
    """Return what is booked by class, in euros; one query."""
    found: dict[UUID, dict[str, Decimal]] = {one.pk: {} for one in listed}
    booked = LedgerEntry.objects.filter(application__in=found, currency=EURO).exclude(ruling="refused")
    for row in booked.order_by().values("application_id", "cost_class").annotate(sum=Sum("amount")):
        found[row["application_id"]][row["cost_class"]] = row["sum"]
    return found


def _near(
    listed: list[Application], spent: dict[UUID, dict[str, Decimal]], today: date
) -> Iterator[tuple[date, Application, CostRules]]:
    """Yield the grants to look at closer, with the last day to ask; what is over is not asked for any more."""
    for one in listed:
        rules, rule = cost_rules_of(one), transfer_rule_of(one)
        if rules.period_end is None or rules.period_end < today:
            continue
        latest = rules.period_end - timedelta(days=rule.days_before)
        now = transfers(whole_budget_of(one).by_class, spent[one.pk], rule)
        if now.moved or now.needs_change or latest <= today + NEAR:
            yield latest, one, rules


def _warned(application: Application, rows: list[tuple[object, ...]], rules: CostRules) -> Warned | None:
    budget = whole_budget_of(application)
    found = judged_from(rows, rules)
    whole = whole_cost(application, budget, decision_of(application))
    pace = pace_of(found, budget.by_class, rules, transfer_rule_of(application), whole)
    return pace.warned if pace else None
