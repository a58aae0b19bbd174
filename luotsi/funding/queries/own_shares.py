"""The own share of one application: what is needed, by which rule, and what of it is committed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from luotsi.funding.models import Application, Call
from luotsi.funding.queries.counting import Figures, figures_of
from luotsi.funding.rules.shares import Base, Committed, Deed, Need, Rounding, ShareRule, Sums, committed, need
from luotsi.funding.rules.shares import Commitment as Entry

if TYPE_CHECKING:
    from luotsi.funding.models import BoardItem, Commitment, GrantDecision

HUNDRED, NOTHING = Decimal(100), Decimal("0.00")


def decision_of(application: Application) -> GrantDecision | None:
    """Return the funder's decision; None while there is none, or while the applicant has not been told of it."""
    found: GrantDecision | None = getattr(application, "decision", None)
    return found if found is not None and found.is_told else None


def rule_of(call: Call, decision: GrantDecision | None = None) -> ShareRule:
    """Return what the decision, or else the call, says of the own share; no percentage where neither does."""
    percent, base = call.grant_percent, call.share_base
    source = call.share_source
    if decision is not None and decision.percent is not None:
        percent, source = decision.percent, decision.register_number
    return ShareRule(
        percent=None if percent is None else HUNDRED - percent,
        base=Base.ELIGIBLE_COST if base == Call.Base.ELIGIBLE else Base.TOTAL_COST,
        rounding=Rounding.CENTS if call.in_cents else Rounding.EUROS,
        source=source,
    )


def sums_of(figures: Figures) -> Sums:
    """Return the sums of an application, as they are kept or were counted from its form."""
    return Sums(grant=figures.applied, own=figures.own_share, other=figures.other, total=figures.total)


def need_of(application: Application, figures: Figures | None = None) -> Need:
    """Return the own share that is needed: of what was granted, or else of what is applied for.

    Args:
        application: relations may be fetched before.
        figures: what it asks for, where it was counted already.
    """
    sums, decision = sums_of(figures or figures_of(application)), decision_of(application)
    if decision is None or not decision.is_granted:
        return need(sums, rule_of(application.call))
    rule = rule_of(application.call, decision)
    # A decision that tells no own share and no percentage leaves the one that the application promised.
    own = sums.own if decision.own_share is None and rule.percent is None else None
    granted = Sums(grant=decision.granted, own=own, other=sums.other, total=decision.total)
    return need(granted, rule, decided=decision.own_share)


def is_over(application: Application) -> bool:
    """Return True when no grant comes of an application, so that it needs no own share."""
    states = Application.State
    return application.state in {states.REFUSED, states.WITHDRAWN, states.DROPPED}


def entries_of(commitments: Iterable[Commitment], items: Iterable[BoardItem]) -> tuple[Entry, ...]:
    """Return the ledger as the rules take it: its entries, and matters of the own share that were only noted."""
    found = [
        Entry(
            key=str(one.pk),
            amount=one.amount,
            deed=Deed(one.deed),
            decided_on=one.decided_on,
            body=one.decider,
            section=one.section,
            budget_line=str(one.budget_line_id or ""),
            replaces=(str(one.replaces_id),) if one.replaces_id else (),
        )
        for one in commitments
    ]
    noted = [
        Entry(
            key=f"matter-{one.pk}",
            amount=one.proposed,
            deed=Deed.NOTED,
            decided_on=one.decided_on,
            body=one.bodies.text,
            section=one.section,
        )
        for one in items
        if one.outcome == Deed.NOTED and one.matter != "result"
    ]
    return (*found, *noted)


def committed_of(application: Application, figures: Figures | None = None) -> tuple[Need, Committed]:
    """Return what is needed and what of it is committed; relations may be fetched before.

    Of an application that was refused, withdrawn or dropped nothing is lacking, whatever it asked for.
    """
    entries = entries_of(application.commitments.all(), application.board_items.all())
    wanted = need_of(application, figures)
    return wanted, committed(NOTHING if is_over(application) else wanted.amount, entries)
