"""What waits to be decided in an own call: the fixed proposals with their sums, and what speaks against each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.models import Application, CompletionRequest, Proposal
from luotsi.funding.queries.proposals import decided_sum, most_of
from luotsi.funding.rules.because import Because
from luotsi.funding.rules.decision_text import Outcome
from luotsi.funding.rules.scoring import Deciding, deciding_refusals, is_for_another

if TYPE_CHECKING:
    from datetime import datetime

    from luotsi.funding.models import Call, Received
    from luotsi.people.access import Visitor

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Waiting:
    """A fixed proposal that waits for its decision; `is_aside` = it is left to another officer."""

    proposal: Proposal
    refusals: tuple[Because, ...]

    @property
    def application(self) -> Application:
        """The application that it is about."""
        return self.proposal.application

    @property
    def received(self) -> Received | None:
        """What the funder has of the application; None where it was taken in by hand."""
        return getattr(self.proposal.application, "received", None)

    @property
    def granted(self) -> Decimal | None:
        """The sum to be granted; None of a refusal."""
        return None if self.proposal.outcome == Outcome.REFUSED else self.proposal.amount

    @property
    def is_aside(self) -> bool:
        """True when another officer decides it."""
        return is_for_another(self.refusals)


@dataclass(frozen=True)
class Table:
    """All that waits, with the sums of the whole, in euros; `left` is what of the budget is not granted yet.

    `unproposed` counts applications without a fixed proposal. `seal` is a hash of all that stands here: whoever
    confirms something else than what stands is told so.
    """

    rows: tuple[Waiting, ...]
    applied: Decimal
    granted: Decimal
    budget: Decimal | None
    left: Decimal | None
    unproposed: int
    seal: str

    @property
    def mine(self) -> tuple[Waiting, ...]:
        """Those that the officer decides."""
        return tuple(one for one in self.rows if not one.is_aside)


def waiting_in(call: Call, visitor: Visitor) -> Table:
    """Return what waits in a call for this officer; the number of queries does not grow with the rows."""
    undecided = Application.objects.filter(call=call, state=Application.State.SUBMITTED, decision=None)
    proposals = list(
        Proposal.objects.filter(application__in=undecided, state=Proposal.State.FIXED)
        .select_related("application__unit", "application__received")
        .order_by("application__received__sequence", "pk")
    )
    rows = tuple(_rows(call, proposals, visitor))
    granted = sum((one.granted or NOTHING for one in rows), NOTHING)
    return Table(
        rows=rows,
        applied=sum((one.application.applied or NOTHING for one in rows), NOTHING),
        granted=granted,
        budget=call.budget,
        left=None if call.budget is None else call.budget - decided_sum(call),
        unproposed=undecided.count() - len(rows),
        seal=_seal(rows),
    )


def _seal(rows: Iterable[Waiting]) -> str:
    told = "\n".join(f"{one.proposal.pk} {one.proposal.revision} {one.granted}" for one in rows)
    return sha256(told.encode()).hexdigest()


def _rows(call: Call, proposals: list[Proposal], visitor: Visitor) -> Iterator[Waiting]:
    now = clock.now()
    keys = [one.application_id for one in proposals]
    open_until = dict(
        CompletionRequest.objects.waiting().filter(application__in=keys).values_list("application", "until")
    )
    against = access.interests_in(visitor, [one.application for one in proposals])
    for one in proposals:
        case = _case(call, one, now, against[one.application_id])
        case = replace(case, completion_until=open_until.get(one.application_id))
        yield Waiting(one, deciding_refusals(case, now=now, today=clock.today()))


def _case(call: Call, proposal: Proposal, now: datetime, against: tuple[Because, ...]) -> Deciding:
    application = proposal.application
    granted = None if proposal.outcome == Outcome.REFUSED else proposal.amount
    why_not = {one.code for one in against}
    return Deciding(
        officer_units=frozenset({str(application.unit_id)} if "own_unit" in why_not else ()),
        applicant_unit=str(application.unit_id),
        closes_at=call.closes_at or now,
        version=proposal.revision,
        seen_version=proposal.revision,
        applied=application.applied or NOTHING,
        granted=granted,
        left=granted or NOTHING,  # the budget is looked at for all of them together
        most=most_of(call, application),
        has_conflict=bool(why_not - {"own_unit"}),
        period_end=application.ends_on or call.ends_on,
        has_grounds=bool(proposal.grounds.text.strip()),
    )
