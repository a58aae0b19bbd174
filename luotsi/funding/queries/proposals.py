"""The proposals of a call with what they add up to: what the rule deals out, what is left, why one cannot be fixed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum

from luotsi.base import clock
from luotsi.funding.models import Application, CompletionRequest, GrantDecision, Proposal
from luotsi.funding.queries.own_shares import rule_of
from luotsi.funding.queries.scoring import scored_of
from luotsi.funding.rules import scoring as rules
from luotsi.funding.rules.scoring import Asking, Fixing
from luotsi.funding.rules.shares import rounded_down

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.funding.models import Call
    from luotsi.funding.queries.scoring import Scored
    from luotsi.funding.rules.because import Because

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Dealing:
    """How the budget is dealt out by the rule."""

    way: rules.Way
    least: Decimal | None = None
    may_cut: bool = False


def most_of(call: Call, application: Application) -> Decimal | None:
    """Return the most that a call lets an application have: its largest grant, and its percentage of the cost."""
    bounds = [] if call.grant_max is None else [call.grant_max]
    if call.grant_percent is not None and application.total is not None:
        bounds.append(rounded_down(application.total * call.grant_percent / 100, rule_of(call).rounding))
    return min(bounds, default=None)


def dealt(scored: Scored, dealing: Dealing, kept: dict[UUID, Proposal]) -> rules.Proposal:
    """Return what the rule proposes; sums that people settled (`kept`) come off the budget first.

    A call that states no budget lets everybody worthy have what the rules allow.
    """
    call = scored.call
    free = [one for one in scored.applications if one.pk not in kept and one.state == Application.State.SUBMITTED]
    asked = {
        str(one.pk): Asking(application=str(one.pk), applied=one.applied or NOTHING, most=most_of(call, one))
        for one in free
    }
    settled = sum((one.amount or NOTHING for one in kept.values()), NOTHING) + decided_sum(call)
    budget = call.budget
    if budget is None:
        budget = settled + sum((one.applied for one in asked.values()), NOTHING)
    return rules.proposal(
        scored.ranking,
        asked,
        max(NOTHING, budget - settled),
        way=dealing.way,
        least=dealing.least,
        may_cut=dealing.may_cut,
        rounding=rule_of(call).rounding,
    )


def decided_sum(call: Call) -> Decimal:
    """Return what has been granted from the call already by decisions; one query."""
    found = GrantDecision.objects.filter(application__call=call).aggregate(sum=Sum("granted"))["sum"]
    return found or NOTHING


@dataclass(frozen=True)
class Row:
    """An application with what is proposed of it; `why_not` tells why it could not be fixed now."""

    application: Application
    proposal: Proposal | None
    place: int | None
    mean: Decimal | None
    tied_with: int
    most: Decimal | None
    case: Fixing | None

    @property
    def why_not(self) -> tuple[Because, ...]:
        """Why it cannot be fixed."""
        return rules.fixing_refusals(self.case) if self.case else ()


@dataclass(frozen=True)
class Table:
    """The proposals of a call in the order of the ranking, in euros; `left` None where the call states no budget."""

    scored: Scored
    rows: tuple[Row, ...]
    applied: Decimal
    proposed: Decimal
    budget: Decimal | None
    left: Decimal | None
    fixed: int

    def row_of(self, application: Application) -> Row | None:
        """Return the row of an application."""
        return next((row for row in self.rows if row.application.pk == application.pk), None)


def table_of(call: Call) -> Table:
    """Return the proposals of a call with what is left of its budget; the queries do not grow with the rows."""
    scored = scored_of(call)
    by_key = {str(one.pk): one for one in scored.applications}
    kept = {one.application_id: one for one in Proposal.objects.filter(application__in=list(by_key.values()))}
    asked = CompletionRequest.objects.waiting().filter(application__in=list(by_key.values()), until__gte=clock.now())
    waiting = set(asked.values_list("application", flat=True))
    decided = {one.pk for one in scored.applications if one.state != Application.State.SUBMITTED}
    open_sums = {key: one.amount or NOTHING for key, one in kept.items() if key not in decided}
    proposed, spent = sum(open_sums.values(), NOTHING), decided_sum(call)
    left = None if call.budget is None else call.budget - spent - proposed
    rows = []
    for ranked in scored.ranking:
        one = by_key[ranked.scored.application]
        found = kept.get(one.pk)
        most = most_of(call, one)
        case = None
        if found is not None:
            case = Fixing(
                applied=one.applied or NOTHING,
                amount=found.amount,
                most=most,
                left=None if left is None else left + open_sums.get(one.pk, NOTHING),
                has_grounds=bool(found.grounds.text),
                is_tied=not found.is_edited and any(mark["code"] == "tie_at_cut" for mark in found.marks),
                is_waiting=one.pk in waiting,
                is_settled=found.state == Proposal.State.FIXED or one.pk in decided,
            )
        rows.append(Row(one, found, ranked.place, ranked.scored.mean, len(ranked.tied_with), most, case))
    return Table(
        scored=scored,
        rows=tuple(rows),
        applied=sum((row.application.applied or NOTHING for row in rows), NOTHING),
        proposed=proposed + spent,
        budget=call.budget,
        left=left,
        fixed=sum(row.proposal is not None and row.proposal.state == Proposal.State.FIXED for row in rows),
    )
