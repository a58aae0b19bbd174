"""Proposals: made by the rule from the ranking, changed by people with reasons, fixed by an officer."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as changed
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, texts
from luotsi.base.errors import Reason
from luotsi.base.names import Names
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.actions.scoring import round_of
from luotsi.funding.models import Application, Call, Proposal
from luotsi.funding.queries.proposal_words import grounds_of, marks_kept, refusals_said
from luotsi.funding.queries.proposals import Dealing, dealt, most_of, table_of
from luotsi.funding.queries.scoring import scored_of
from luotsi.funding.rules.decision_text import Outcome
from luotsi.funding.rules.scoring import fixing_refusals, writing_refusals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.funding.models import Round
    from luotsi.funding.rules.scoring import Proposed
    from luotsi.people.models import Account


@dataclass(frozen=True, kw_only=True)
class ProposalDetails:
    """What an officer proposes: `amount` None refuses; `seen` is the revision that the page showed."""

    amount: Decimal | None
    reasons: Names
    seen: int


@transaction.atomic
def make_proposal(*, call: Call, dealing: Dealing, anew: bool = False, by: Account | None) -> Round:
    """Deal the budget out by the rule; what was fixed stays, and what people changed too unless `anew`.

    Raises:
        FundingRefused: scoring is not closed.
    """
    found = round_of(call)
    if found.scoring_closed_at is None:
        raise FundingRefused(_("Close scoring first: the proposal is made of points that change no more."))
    scored = scored_of(call)
    earlier = {one.application_id: one for one in Proposal.objects.filter(application__call=call)}
    waits = {one.pk for one in scored.applications if one.state == Application.State.SUBMITTED}
    stays = {
        key: one
        for key, one in earlier.items()
        if key in waits and (one.state == Proposal.State.FIXED or (one.is_edited and not anew))
    }
    by_key = {str(one.pk): one for one in scored.applications}
    for row in dealt(scored, dealing, stays).rows:
        application = by_key[row.application]
        _write(row, application, earlier.get(application.pk), most_of(call, application), by)
    found.way, found.least, found.may_cut = dealing.way, dealing.least, dealing.may_cut
    found.made_at, found.made_by = clock.now(), by
    checked(found).save(update_fields=["way", "least", "may_cut", "made_at", "made_by"])
    audit.record(
        by=by,
        verb="funding.proposal.made",
        target=call,
        after={**audit.snapshot(found, "way", "least", "may_cut"), "anew": anew},
        unit_id=call.owner_id,
    )
    return found


def _write(
    row: Proposed, application: Application, earlier: Proposal | None, most: Decimal | None, by: Account | None
) -> None:
    amount = row.proposed or None
    values = {
        "outcome": outcome_of(amount, row.applied),
        "amount": amount,
        "reasons": grounds_of(row, most),
        "marks": marks_kept(row),
        "place": row.place,
        "mean": row.mean,
        "is_edited": False,
        "revision": earlier.revision + 1 if earlier else 1,
        "changed_at": clock.now(),
        "changed_by": by,
    }
    if earlier is None:
        checked(Proposal(application=application, **values)).save(force_insert=True)
        return
    for name, value in values.items():
        setattr(earlier, name, value)
    checked(earlier).save(update_fields=list(values))


def outcome_of(amount: Decimal | None, applied: Decimal) -> Outcome:
    """Return what a sum comes to beside what was applied for."""
    if not amount:
        return Outcome.REFUSED
    return Outcome.GRANTED if amount >= applied else Outcome.PARTLY


@transaction.atomic
def change_proposal(*, proposal: Proposal, details: ProposalDetails, by: Account | None) -> Proposal:
    """Change a sum and its reasons by hand.

    Raises:
        FundingRefused: it was changed since, it is fixed or decided, the sum is more than was applied for or than the
            call allows, or a refusal or a smaller sum has no reasons.
    """
    application = proposal.application
    round_of(application.call)
    kept = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if kept.revision != details.seen:
        raise FundingRefused(_("Somebody has changed the proposal since you opened it. Look at it again."))
    row = table_of(application.call).row_of(application)
    if row is None or row.case is None:
        raise FundingRefused(_("This application waits for no decision any more."))
    reasons = texts.kept(details.reasons)
    case = changed(row.case, amount=details.amount, has_grounds=bool(reasons))
    if found := refusals_said(writing_refusals(case)):
        raise FundingRefused(*(Reason(words, field="amount") for words in found))
    if not reasons and (details.amount is None or details.amount < case.applied):
        raise FundingRefused(Reason(_("A refusal and a smaller sum need reasons."), field="reasons_fi"))
    before = audit.snapshot(kept, "outcome", "amount", "reasons")
    kept.outcome, kept.amount, kept.reasons = outcome_of(details.amount, case.applied), details.amount, reasons
    kept.is_edited, kept.revision = True, kept.revision + 1
    kept.changed_at, kept.changed_by = clock.now(), by
    checked(kept).save(
        update_fields=["outcome", "amount", "reasons", "is_edited", "revision", "changed_at", "changed_by"]
    )
    _record("changed", kept, application, by, before)
    return kept


def _record(
    verb: str, proposal: Proposal, application: Application, by: Account | None, before: dict[str, object]
) -> None:
    audit.record(
        by=by,
        verb=f"funding.proposal.{verb}",
        target=application,
        before=before,
        after=audit.snapshot(proposal, *before),
        unit_id=application.call.owner_id,
    )


@transaction.atomic
def fix_proposals(*, call: Call, applications: Sequence[Application], by: Account | None) -> int:
    """Fix proposals, so that they can be decided; return how many. One that cannot be fixed keeps all from it.

    Args:
        call: the call.
        applications: those whose proposals are fixed: never one in which the officer has an interest.
        by: who fixes.

    Raises:
        FundingRefused: with every application and what keeps it; or nothing is left to fix.
    """
    round_of(call)
    table = table_of(call)
    wanted = {one.pk for one in applications}
    rows = [
        row
        for row in table.rows
        if row.application.pk in wanted and row.proposal and row.proposal.state == Proposal.State.DRAFT
    ]
    if not rows:
        raise FundingRefused(_("No proposal is left to be fixed."))
    if table.left is not None and table.left < 0:
        raise FundingRefused(_("More is proposed than the budget holds."))
    reasons = [
        Reason(f"{row.application.register_number}: {words}")
        for row in rows
        if row.case is not None
        for words in refusals_said(fixing_refusals(row.case))
    ]
    if reasons:
        raise FundingRefused(*reasons)
    now = clock.now()
    for row in rows:
        if row.proposal is not None:
            _fix(row.proposal, row.application, now, by)
    return len(rows)


def _fix(proposal: Proposal, application: Application, now: object, by: Account | None) -> None:
    before = audit.snapshot(proposal, "state", "amount")
    proposal.state, proposal.fixed_at, proposal.fixed_by = Proposal.State.FIXED, now, by  # type: ignore[assignment]
    proposal.revision += 1
    proposal.save(update_fields=["state", "fixed_at", "fixed_by", "revision"])
    _record("fixed", proposal, application, by, before)


@transaction.atomic
def reopen_proposal(*, proposal: Proposal, by: Account | None) -> Proposal:
    """Open a proposal that was fixed, while it is not decided.

    Raises:
        FundingRefused: it is not fixed, or decided.
    """
    application = proposal.application
    round_of(application.call)
    kept = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if kept.state != Proposal.State.FIXED:
        raise FundingRefused(_("The proposal is open already."))
    if Application.objects.get(pk=application.pk).state != Application.State.SUBMITTED:
        raise FundingRefused(_("The application has been decided."))
    before = audit.snapshot(kept, "state", "amount")
    kept.state, kept.fixed_at, kept.fixed_by, kept.revision = Proposal.State.DRAFT, None, None, kept.revision + 1
    kept.save(update_fields=["state", "fixed_at", "fixed_by", "revision"])
    _record("reopened", kept, application, by, before)
    return kept
