"""Responses in somebody's hands, with what belongs to them.

A draft is seen by those who write it: the roles at the very unit that answers, the person who answers, and those whom
they let in. Whoever asked sees what was handed in, nothing before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.people.access import reach_of
from luotsi.people.models import Account
from luotsi.questionnaires.access.rights import may_do
from luotsi.questionnaires.models import Attachment, Response, ResponseShare, Submission
from luotsi.questionnaires.rules.rights import Grant, Right, grant_at

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

    type Links = Mapping[str, str]


@dataclass(frozen=True)
class Held:
    """A response in somebody's hands: what they may do with it, and as whom they write."""

    response: Response
    grant: Grant
    account: Account | None
    share: ResponseShare | None = None

    @property
    def label(self) -> str:
        """Who writes, in words."""
        if self.account is not None:
            return self.account.label
        return self.share.email if self.share else ""

    def may(self, grant: Grant) -> bool:
        """Return True when the holder may do this."""
        return self.grant.covers(grant)


# What a version holds is read once for a process (`queries.versions`), not from the database with every page.
READ_ONCE = ("collection__version__definition", "collection__version__rule_set")


def responses_of(visitor: Visitor, scope: Unit) -> QuerySet[Response]:
    """Return the responses that the visitor may open from the unit: the unit's own, and those the visitor answers."""
    if not visitor.is_authenticated:
        return Response.objects.none()
    mine = Q(account=visitor.pk, collection__owner__in=[*scope.ancestor_ids, scope.pk])
    if grant_at(reach_of(visitor), scope.path) is not None:
        mine |= Q(unit=scope)
    return Response.objects.filter(mine).select_related("collection__version__questionnaire", "unit").defer(*READ_ONCE)


def shared_with(visitor: Visitor) -> QuerySet[ResponseShare]:
    """Return the shares in force that were sent to the address of the signed-in visitor."""
    if not visitor.is_authenticated:
        return ResponseShare.objects.none()
    return ResponseShare.objects.in_force(clock.now()).filter(email__iexact=visitor.email)


def response_for(visitor: Visitor, pk: UUID, to: Grant = Grant.READ, links: Links | None = None) -> Held:
    """Return a response in the visitor's hands.

    Args:
        visitor: who asks.
        pk: the response.
        to: what is to be done with it.
        links: digests of the personal links that were opened in this session, by response.

    Raises:
        Http404: there is none, or the visitor may not know of it.
        PermissionDenied: the visitor may read it but not do this.
    """
    known = Response.objects.select_related("collection__version__questionnaire", "collection__owner", "unit")
    response = known.defer(*READ_ONCE).filter(pk=pk).first()
    held = _held(visitor, response, links or {}) if response else None
    if held is None:
        raise Http404(_("There is no such response, or it is not yours to see. A personal link may have expired."))
    if not held.may(to):
        raise PermissionDenied(_("You may read this response but not change it."))
    return held


def _held(visitor: Visitor, response: Response, links: Links) -> Held | None:
    """Return the widest that the visitor holds, by role, as the person who answers, or by a share."""
    account = visitor if isinstance(visitor, Account) else None
    found: list[tuple[Grant, ResponseShare | None]] = []
    if account is not None:
        if response.account_id == account.pk:
            found.append((Grant.SUBMIT, None))
        if response.unit and (grant := grant_at(reach_of(visitor), response.unit.path)):
            found.append((grant, None))
    if not found:
        found = [(Grant(share.grant), share) for share in _shares(visitor, response, links)]
    if not found:
        return None
    grant, share = max(found, key=lambda one: one[0].level)
    return Held(response, grant, account, share)


def _shares(visitor: Visitor, response: Response, links: Links) -> QuerySet[ResponseShare]:
    known = Q(pk__in=[])
    if visitor.is_authenticated:
        known |= Q(email__iexact=visitor.email)
    if digest := links.get(str(response.pk)):
        known |= Q(digest=digest)
    return ResponseShare.objects.in_force(clock.now()).filter(known, response=response)


def submission_for(visitor: Visitor, pk: UUID, number: int, links: Links | None = None) -> Submission:
    """Return what was handed in, for those who hold the response and those who asked. Raises Http404."""
    known = Submission.objects.select_related(
        "response__collection__owner", "response__unit", "version__questionnaire", "replaces"
    )
    found = known.filter(response=pk, number=number).first()
    if found is None or not (
        may_do(visitor, Right.RECEIVE, found.response.collection.owner)
        or _held(visitor, found.response, links or {}) is not None
    ):
        raise Http404(_("There is no such submission, or it is not yours to see."))
    return found


def attachment_for(visitor: Visitor, pk: UUID, file: UUID, links: Links | None = None) -> Attachment:
    """Return a file of a response: for its holders, and for those who asked once it was handed in. Raises Http404."""
    known = Attachment.objects.select_related("response__collection__owner", "response__unit")
    found = known.filter(response=pk, pk=file).first()
    if found is not None and _held(visitor, found.response, links or {}) is None:
        received = may_do(visitor, Right.RECEIVE, found.response.collection.owner)
        if not received or not _was_handed_in(found):
            found = None
    if found is None:
        raise Http404(_("There is no such file, or it is not yours to see."))
    return found


def _was_handed_in(attachment: Attachment) -> bool:
    contents = Submission.objects.filter(response=attachment.response).values_list("content", flat=True)
    return any(_mentions(content, str(attachment.pk)) for content in contents)


def _mentions(value: object, reference: str) -> bool:
    if isinstance(value, dict):
        return value.get("content") == reference or any(_mentions(item, reference) for item in value.values())
    return isinstance(value, list) and any(_mentions(item, reference) for item in value)


def share_for(held: Held, pk: UUID) -> ResponseShare:
    """Return a share of a response in somebody's hands. Raises Http404."""
    found = ResponseShare.objects.filter(response=held.response, pk=pk).first()
    if found is None:
        raise Http404(_("There is no such person with access."))
    return found


def holds(visitor: Visitor, response: Response, links: Links | None = None) -> Grant | None:
    """Return what the visitor may do with a response that was fetched already, None for nothing."""
    held = _held(visitor, response, links or {})
    return held.grant if held else None
