"""Own calls in the hands of those who decide them: the funder's officers that the call names."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.funding.access.own_calls import own_call_for
from luotsi.funding.models import DecisionBatch, DecisionLetter, GrantDecision, GrantReport, PaymentRun
from luotsi.funding.rules.rights import Right, may
from luotsi.people.access import person_of, reach_of

if TYPE_CHECKING:
    from luotsi.funding.access.applications import Held
    from luotsi.funding.models import Call
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


def decided_call_for(visitor: Visitor, scope: Unit, slug: str, *, to_decide: bool = False) -> Call:
    """Return an own call of the unit for those who handle calls there.

    Raises:
        Http404: there is none, or the visitor may not know of it.
        PermissionDenied: only the officers that the call names decide, send and take back.
    """
    call = own_call_for(visitor, scope, slug)
    if to_decide and not may_decide(visitor, call):
        raise PermissionDenied(_("Only the officers that the call names do this."))
    return call


def may_decide(visitor: Visitor, call: Call) -> bool:
    """Return True for an officer of the funder whom the call names today."""
    person = person_of(visitor)
    if person is None or not may(reach_of(visitor), Right.OFFICIATE, call.owner.path):
        return False
    return call.officers.on(clock.today()).filter(person=person).exists()


def batch_for(call: Call, pk: UUID) -> DecisionBatch:
    """Return decisions of the call that were made in one go. Raises Http404."""
    found = call.batches.filter(pk=pk).select_related("call__funder", "call__owner").first()
    if found is None:
        raise Http404(_("There are no such decisions."))
    return found


def letter_for(call: Call, pk: UUID) -> DecisionLetter:
    """Return a printed letter of the call, with its files. Raises Http404."""
    found = DecisionLetter.objects.filter(batch__call=call, pk=pk, printed_at__isnull=False)
    letter = found.select_related("decision__application__unit").first()
    if letter is None:
        raise Http404(_("There is no such letter."))
    return letter


def sent_letter_for(held: Held) -> DecisionLetter:
    """Return the letter of an application in the applicant's hands, once it was sent. Raises Http404."""
    found = DecisionLetter.objects.filter(decision__application=held.application, sent_at__isnull=False)
    letter = found.select_related("decision__application__unit").first()
    if letter is None:
        raise Http404(_("There is no such letter."))
    return letter


def run_for(call: Call, pk: UUID) -> PaymentRun:
    """Return a payment file of the call. Raises Http404."""
    found = call.payment_runs.filter(pk=pk).select_related("call").first()
    if found is None:
        raise Http404(_("There is no such payment file."))
    return found


def told_grant_for(call: Call, pk: UUID) -> GrantDecision:
    """Return a grant of the call of which the applicant knows. Raises Http404."""
    found = GrantDecision.objects.told().filter(application__call=call, letter__isnull=False, pk=pk)
    decision = found.select_related("application__unit", "application__call").first()
    if decision is None or not decision.is_granted:
        raise Http404(_("There is no such grant."))
    return decision


def report_for(call: Call, pk: UUID) -> GrantReport:
    """Return a sent report on a grant of the call. Raises Http404."""
    along = ("application__unit", "application__call", "application__decision")
    found = GrantReport.objects.sent().filter(application__call=call, pk=pk).select_related(*along)
    report = found.prefetch_related("checks__checked_by__person").first()
    if report is None:
        raise Http404(_("There is no such report."))
    return report
