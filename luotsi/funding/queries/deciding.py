"""What waits to be decided in an own call: the fixed proposals with their sums, and what speaks against each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db.models import Sum

from luotsi.base import clock
from luotsi.funding.models import (
    Application,
    ApplicationMember,
    CompletionRequest,
    Conflict,
    GrantDecision,
    Proposal,
)
from luotsi.funding.queries.own_shares import rule_of
from luotsi.funding.rules.because import Because
from luotsi.funding.rules.decision_text import Outcome
from luotsi.funding.rules.interests import interests
from luotsi.funding.rules.scoring import Deciding, deciding_refusals, is_for_another
from luotsi.funding.rules.shares import rounded_down
from luotsi.people.access import person_of, reach_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

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
    spent = GrantDecision.objects.filter(application__call=call).aggregate(sum=Sum("granted"))["sum"] or NOTHING
    return Table(
        rows=rows,
        applied=sum((one.application.applied or NOTHING for one in rows), NOTHING),
        granted=granted,
        budget=call.budget,
        left=None if call.budget is None else call.budget - spent,
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
    against = against_officer([one.application for one in proposals], visitor)
    for one in proposals:
        case = _case(call, one, now, against[one.application_id])
        case = replace(case, completion_until=open_until.get(one.application_id))
        yield Waiting(one, deciding_refusals(case, now=now, today=clock.today()))


def against_officer(applications: Sequence[Application], visitor: Visitor) -> dict[UUID, frozenset[str]]:
    """Return, by application, the codes of what the officer has to do with it; three queries for all of them."""
    person, roles = person_of(visitor), [grip.path for grip in reach_of(visitor).grips]
    keys = [one.pk for one in applications]
    teams = _of(ApplicationMember.objects.filter(application__in=keys, person=person)) if person else set()
    declared = Conflict.objects.filter(application__in=keys, scorer__person=person, has_conflict=True)
    conflicts = _of(declared) if person else set()
    handed = Application.objects.filter(pk__in=keys, response__submissions__submitted_by=visitor.pk)
    prepared = set(handed.values_list("pk", flat=True))
    return {
        one.pk: frozenset(
            why.code
            for why in interests(
                roles,
                one.unit.path,
                in_team=one.pk in teams,
                has_prepared=one.begun_by_id == visitor.pk or one.pk in prepared,
                has_declared=one.pk in conflicts,
            )
        )
        for one in applications
    }


def _of(rows: QuerySet[Any]) -> set[UUID]:
    return set(rows.values_list("application", flat=True))


def _case(call: Call, proposal: Proposal, now: datetime, against: frozenset[str]) -> Deciding:
    application = proposal.application
    granted = None if proposal.outcome == Outcome.REFUSED else proposal.amount
    return Deciding(
        officer_units=frozenset({str(application.unit_id)} if "own_unit" in against else ()),
        applicant_unit=str(application.unit_id),
        closes_at=call.closes_at or now,
        version=proposal.revision,
        seen_version=proposal.revision,
        applied=application.applied or NOTHING,
        granted=granted,
        left=granted or NOTHING,  # the budget is looked at for all of them together
        most=most_for(call, application),
        has_conflict=bool(against - {"own_unit"}),
        period_end=application.ends_on or call.ends_on,
        has_grounds=bool(proposal.grounds.text.strip()),
    )


def most_for(call: Call, application: Application) -> Decimal | None:
    """Return the most that a call lets an application have: its largest grant, and its percentage of the cost."""
    bounds = [] if call.grant_max is None else [call.grant_max]
    if call.grant_percent is not None and application.total is not None:
        bounds.append(rounded_down(application.total * call.grant_percent / 100, rule_of(call).rounding))
    return min(bounds, default=None)
