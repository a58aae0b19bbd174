"""What the rules say of a matter: what is wrong with it, what it does not tell, and how its outcome was read."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from luotsi.funding.queries.because_words import GAPS, MATTERS, RESULTS, all_words
from luotsi.funding.queries.counting import Figures, figures_of
from luotsi.funding.queries.own_shares import committed_of, decision_of, need_of, rule_of
from luotsi.funding.rules.board import Intent, Matter, Said, faults_of, gaps_of, result_in
from luotsi.funding.rules.shares import Deed, Parts

if TYPE_CHECKING:
    from luotsi.funding.models import Application, BoardItem

NOTHING = Decimal("0.00")


def fault_words(item: BoardItem) -> tuple[str, ...]:
    """Return in words what must be answered before a matter goes to the body."""
    return all_words(faults_of(matter_of(item)), MATTERS)


def gap_words(item: BoardItem) -> tuple[str, ...]:
    """Return in words what a matter does not tell and should."""
    return all_words(gaps_of(matter_of(item)), GAPS)


def result_words(item: BoardItem) -> tuple[str, ...]:
    """Return in words how the outcome stands to what was proposed and to the decision in its own words."""
    if not item.outcome:
        return ()
    proposed = Said(own=item.proposed, grant=figures_of(item.application).applied)
    found = result_in(item.decision, item.intent, proposed, Deed(item.outcome), item.decided)
    return all_words((one for one in found.reasons if one.code in RESULTS), RESULTS)


def matter_of(item: BoardItem) -> Matter:
    """Return a matter as the rules take it; relations may be fetched before."""
    application = item.application
    call, decision, figures = application.call, decision_of(application), figures_of(application)
    return Matter(
        intent=item.intent,
        register_number=call.register_number,
        parts=_parts(application, item, figures),
        rule=rule_of(call, decision),
        period_start=figures.starts_on,
        period_end=figures.ends_on,
        deadline_on=call.last_day,
        meeting_on=item.meeting_on,
        is_officer=item.kind == item.Kind.OFFICER,
        presenter=item.presenters.text,
        is_filed=_is_filed(item),
        outcome=decision.outcome if decision else "",
        committed=committed_of(application, figures)[1].decided,
    )


def _is_filed(item: BoardItem) -> bool:
    """Return True when the application was handed in; a text that was fixed before that has asked for it in time."""
    application, fixed_at = item.application, item.fixed_at
    if application.state in {application.State.PREPARING, application.State.DROPPED}:
        return False
    if item.intent != Intent.APPLY or fixed_at is None:
        return True
    return application.submitted_at is not None and fixed_at > application.submitted_at


def _parts(application: Application, item: BoardItem, figures: Figures) -> Parts | None:
    """Return the sums that were granted, or else that are applied for; None where grant or own share is not known."""
    decision = decision_of(application)
    own = item.proposed if item.proposed is not None else need_of(application, figures).amount
    is_granted = decision is not None and decision.is_granted
    grant = decision.granted if decision is not None and is_granted else figures.applied
    if grant is None or own is None:
        return None
    told = decision.total if decision is not None and is_granted else figures.total
    other = figures.other or NOTHING
    total = grant + own + other if told is None else told
    return Parts(total=total, grant=grant, own=own, other=other)
