"""What the funder of an own call may open: officers what was handed in to their call, scorers what they score.

An officer is whoever has the right at the keeper of the call. Nobody handles, scores or sees points of an application
of the own unit or team.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.funding.access.calls import may_do
from luotsi.funding.access.interests import interests_in
from luotsi.funding.models import Application, Call, CompletionRequest, Proposal, Scorer
from luotsi.funding.rules.rights import Right
from luotsi.people.access import person_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.funding.rules.because import Because
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

FORM = "response__collection__version"
READ_ONCE = (f"{FORM}__definition", f"{FORM}__rule_set")


@dataclass(frozen=True)
class Handled:
    """An application in the hands of an officer or a scorer of its call.

    `interests` tell why they may not handle or score it; `scorer` is None for those who do not score the call.
    """

    application: Application
    is_officer: bool
    scorer: Scorer | None
    interests: tuple[Because, ...]

    @property
    def may_handle(self) -> bool:
        """True for an officer with no interest in the application."""
        return self.is_officer and not self.interests


def officiates(visitor: Visitor, call: Call) -> bool:
    """Return True for an officer of the call: whoever has the right at its keeper."""
    return call.kind == Call.Kind.OWN and may_do(visitor, Right.OFFICIATE, call.owner)


def received_by(call: Call) -> ApplicationQuerySet:
    """Return what was handed in to a call that is in the hands of an officer, with applicant and handler."""
    handed = Application.objects.handed_in().filter(call=call, received__isnull=False)
    return handed.select_related("unit", "received__handler", "call__owner", "call__funder")


def received_for(visitor: Visitor, scope: Unit, pk: UUID, *, to_handle: bool = False) -> Handled:
    """Return an application that was handed in to a call of which the visitor is an officer or a scorer.

    Raises:
        Http404: there is none, nothing was handed in, or the visitor may not know of it.
        PermissionDenied: the visitor may look only: a scorer, or an officer with an interest in it.
    """
    found = Application.objects.handed_in().filter(pk=pk, call__kind=Call.Kind.OWN, received__isnull=False)
    along = (
        "unit",
        "call__owner",
        "call__funder",
        "call__mirror__questionnaire",
        "received__handler",
        f"{FORM}__questionnaire",
    )
    one = found.select_related(*along).defer(*READ_ONCE).first()
    held = _handled(visitor, one) if one else None
    if held is None or not (held.scorer or held.application.call.owner_id == scope.pk):
        raise Http404(_("There is no such application, or you have no role that shows it."))
    if to_handle and not held.is_officer:
        raise PermissionDenied(_("Only the officers of the call do this."))
    if to_handle and held.interests:
        raise PermissionDenied(_("You have an interest in this application: another officer handles it."))
    return held


def _handled(visitor: Visitor, one: Application) -> Handled | None:
    person = person_of(visitor)
    scorer = Scorer.objects.filter(call=one.call_id, person=person).first() if person else None
    is_officer = officiates(visitor, one.call)
    if scorer is None and not is_officer:
        return None
    return Handled(one, is_officer, scorer, interests_in(visitor, [one])[one.pk])


def completion_for(held: Handled, pk: UUID) -> CompletionRequest:
    """Return a request for completion of an application in an officer's hands; raises Http404."""
    found = CompletionRequest.objects.filter(application=held.application, pk=pk).first()
    if found is None:
        raise Http404(_("There is no such request."))
    return found


def scorer_for(call: Call, pk: UUID) -> Scorer:
    """Return a scorer of a call that was fetched through `own_call_for`; raises Http404."""
    found = Scorer.objects.filter(call=call, pk=pk).select_related("person", "call__owner").first()
    if found is None:
        raise Http404(_("There is no such scorer."))
    return found


def scored_by(visitor: Visitor) -> QuerySet[Scorer]:
    """Return where the visitor is a scorer, with the calls; one query."""
    found = Scorer.objects.select_related("call__owner", "call__funder", "person")
    person = person_of(visitor)
    return found.none() if person is None else found.filter(person=person)


def scores(visitor: Visitor) -> bool:
    """Return True when the visitor is named to score some call; one query for those who are persons."""
    person = person_of(visitor)
    return person is not None and Scorer.objects.filter(person=person).exists()


def scoring_for(visitor: Visitor, scope: Unit, pk: UUID) -> tuple[Handled, Scorer]:
    """Return an application in the hands of one who scores it. Raises Http404, and PermissionDenied for officers."""
    held = received_for(visitor, scope, pk)
    if held.scorer is None:
        raise PermissionDenied(_("You are not named to score this call."))
    return held, held.scorer


def proposal_for(held: Handled) -> Proposal:
    """Return what is proposed of an application in an officer's hands; raises Http404."""
    found = Proposal.objects.filter(application=held.application).first()
    if found is None:
        raise Http404(_("Nothing has been proposed of it yet."))
    return found
