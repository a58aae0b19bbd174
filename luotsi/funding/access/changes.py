"""Change requests in the hands of the funder: those on grants of its own calls, once they were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.funding.access.deciding import may_decide
from luotsi.funding.access.interests import interests_in
from luotsi.funding.models import ChangeRequest
from luotsi.people.access import reach_of
from luotsi.people.rules import Role

if TYPE_CHECKING:
    from luotsi.funding.models import Call
    from luotsi.funding.models.changes import ChangeRequestQuerySet
    from luotsi.people.access import Visitor


def changes_asked_of(call: Call) -> ChangeRequestQuerySet:
    """Return the requests on grants of a call that the funder has: what was never sent it does not see."""
    along = ("application__unit", "application__call__funder", "application__call__owner", "application__decision")
    return ChangeRequest.objects.filter(application__call=call, sent_at__isnull=False).select_related(*along)


def change_asked_of(visitor: Visitor, call: Call, pk: UUID, *, to_answer: bool = False) -> ChangeRequest:
    """Return a request on a grant of a call.

    Raises:
        Http404: there is none that was sent.
        PermissionDenied: the visitor works for the applicant, too, or has an interest, and answers nothing of it.
    """
    found = changes_asked_of(call).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such change request."))
    if to_answer and not may_answer(visitor, found):
        words = _("You have an interest or work for the applicant, so that somebody else answers this.")
        raise PermissionDenied(words)
    return found


def may_answer(visitor: Visitor, request: ChangeRequest) -> bool:
    """Return True for an officer whom the call names, unless they have an interest or work for the applicant, too.

    A role above the applicant is no interest, but whoever has one could have written the request.
    """
    application = request.application
    path = application.unit.path
    works_there = any(
        grip.role != Role.FUNDER and (path == grip.path if grip.stays else path.startswith(grip.path))
        for grip in reach_of(visitor).grips
    )
    if works_there or not may_decide(visitor, application.call):
        return False
    return not interests_in(visitor, [application])[application.pk]
