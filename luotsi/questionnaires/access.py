"""The only way to fetch a record of this room: it answers 404 to strangers and 403 to those who may look only.

A draft is seen by those who write it: the roles at the very unit that answers, the person who answers, and those whom
they let in. Whoever asked sees what was handed in, nothing before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.people.access import reach_of
from luotsi.people.models import Account, Unit
from luotsi.questionnaires.models import (
    DRAFT,
    Attachment,
    Collection,
    Invitation,
    Published,
    Questionnaire,
    QuestionnaireVersion,
    Response,
    ResponseShare,
    Sheet,
    Submission,
)
from luotsi.questionnaires.rules.rights import Grant, Right, belongs, grant_at, may
from luotsi.questionnaires.rules.surveys import secrets

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.people.access import Visitor
    from luotsi.questionnaires.models import CollectionQuerySet

    type Links = Mapping[str, str]


@dataclass(frozen=True)
class Door:
    """A way into a survey: the personal link of an invitation, or the common link of a unit."""

    collection: Collection
    unit_id: UUID
    invitation: Invitation | None = None


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


def may_do(visitor: Visitor, right: Right, unit: Unit) -> bool:
    """Return True when the visitor has the right at the unit."""
    return may(reach_of(visitor), right, unit.path)


def collections_visible_to(visitor: Visitor, scope: Unit) -> CollectionQuerySet:
    """Return the collections of the unit and of those above it; nothing for those without the right at the unit."""
    if not may_do(visitor, Right.SEE, scope):
        return Collection.objects.none()
    return Collection.objects.filter(owner__in=[*scope.ancestor_ids, scope.pk])


def collection_for(visitor: Visitor, scope: Unit, pk: UUID, to: Right = Right.SEE) -> Collection:
    """Return a collection with its version and owner; a survey is fetched by `survey_for`.

    Raises:
        Http404: there is none along the unit, or the visitor may not know of it.
        PermissionDenied: the visitor may see it but not do this with it.
    """
    visible = collections_visible_to(visitor, scope).exclude(answered_by=Collection.Answerer.INVITED)
    found = visible.select_related("version__questionnaire", "owner").filter(pk=pk)
    collection = found.first()
    if collection is None:
        raise Http404(_("There is no such collection, or you have no role that shows it."))
    if to != Right.SEE and not may_do(visitor, to, collection.owner):
        raise PermissionDenied(_("Your role shows this collection but does not let you do this."))
    return collection


def versions_of(visitor: Visitor, scope: Unit) -> QuerySet[QuestionnaireVersion]:
    """Return the published versions of the questionnaires of the unit and of those above it."""
    owners = [*scope.ancestor_ids, scope.pk]
    found = QuestionnaireVersion.objects.published().filter(questionnaire__owner__in=owners)
    return found.select_related("questionnaire") if may_do(visitor, Right.SEE, scope) else found.none()


def version_for(visitor: Visitor, scope: Unit, pk: UUID) -> QuestionnaireVersion:
    """Return a published version that the visitor may open at the unit. Raises Http404 and PermissionDenied."""
    found = versions_of(visitor, scope).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such questionnaire, or you have no role that shows it."))
    if not may_do(visitor, Right.DEFINE, scope):
        raise PermissionDenied(_("Your role shows this questionnaire but does not let you open it."))
    return found


def questionnaires_of(visitor: Visitor, scope: Unit) -> QuerySet[Questionnaire]:
    """Return the questionnaires of the unit and of those above it; nothing for those without the right at the unit."""
    if not may_do(visitor, Right.SEE, scope):
        return Questionnaire.objects.none()
    return Questionnaire.objects.filter(owner__in=[*scope.ancestor_ids, scope.pk])


def questionnaire_for(visitor: Visitor, scope: Unit, pk: UUID, to: Right = Right.DEFINE) -> Questionnaire:
    """Return a questionnaire along the unit. Raises Http404 and PermissionDenied as the others do."""
    found = questionnaires_of(visitor, scope).select_related("owner").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such questionnaire, or you have no role that shows it."))
    if to != Right.SEE and not may_do(visitor, to, found.owner):
        raise PermissionDenied(_("Your role shows this questionnaire but does not let you change it."))
    return found


def draft_for(visitor: Visitor, scope: Unit, pk: UUID, number: int = 0) -> QuestionnaireVersion:
    """Return the newest revision of the draft of a questionnaire, or the one of a number, for those who may change it.

    Raises:
        Http404: there is no such questionnaire, or it has no such draft.
        PermissionDenied: the visitor may see it but not change it.
    """
    questionnaire = questionnaire_for(visitor, scope, pk)
    drafts = questionnaire.versions.drafts().select_related("questionnaire__owner", "written_by")
    found = drafts.filter(version=f"{DRAFT}{number}").first() if number else drafts.first()
    if found is None:
        raise Http404(_("There is no draft of this questionnaire."))
    return found


def issue_for(questionnaire: Questionnaire, version: str = "") -> QuestionnaireVersion:
    """Return a version of a questionnaire, by default the newest, or its draft ("draft"). Raises Http404."""
    known = questionnaire.versions.published().order_by("-published_at", "-pk")
    if version == "draft":
        known = questionnaire.versions.drafts()
    elif version:
        known = known.filter(version=version)
    if (found := known.first()) is None:
        raise Http404(_("There is no such version of the questionnaire."))
    return found


def require_define(visitor: Visitor, unit: Unit) -> None:
    """Raise PermissionDenied unless the visitor may publish and open questionnaires at the unit."""
    if not may_do(visitor, Right.DEFINE, unit):
        raise PermissionDenied(_("Your role does not let you publish questionnaires here."))


def may_begin(visitor: Visitor, scope: Unit, collection: Collection) -> bool:
    """Return True when the collection asks the unit, or the visitor, and the visitor may begin to answer."""
    if collection.is_survey:
        return False
    if collection.unit_kind is None:
        return belongs(reach_of(visitor), collection.owner.path)
    return scope.kind == collection.unit_kind and grant_at(reach_of(visitor), scope.path) is not None


def collection_to_answer(visitor: Visitor, scope: Unit, pk: UUID) -> Collection:
    """Return a collection that asks the unit or the visitor. Raises Http404 and PermissionDenied as the others do."""
    collection = collection_for(visitor, scope, pk)
    if not may_begin(visitor, scope, collection):
        raise PermissionDenied(
            _("This collection does not ask this unit, or your role does not let you answer for it.")
        )
    return collection


def responses_of(visitor: Visitor, scope: Unit) -> QuerySet[Response]:
    """Return the responses that the visitor may open from the unit: the unit's own, and those the visitor answers."""
    if not visitor.is_authenticated:
        return Response.objects.none()
    mine = Q(account=visitor.pk, collection__owner__in=[*scope.ancestor_ids, scope.pk])
    if grant_at(reach_of(visitor), scope.path) is not None:
        mine |= Q(unit=scope)
    return Response.objects.filter(mine).select_related("collection__version__questionnaire", "unit")


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
    response = known.filter(pk=pk).first()
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


def _survey_query() -> QuerySet[Collection]:
    fields = ("version__definition", "version__rule_set")
    return Collection.objects.surveys().select_related("version__questionnaire", "owner").defer(*fields)


def survey_for(visitor: Visitor, scope: Unit, pk: UUID, to: Right = Right.RESULTS) -> Collection:
    """Return a survey of the unit or of one above it, for those with the right at the unit or with whoever asked.

    Raises:
        Http404: there is none along the unit, or the visitor may not know of it.
        PermissionDenied: the visitor may see it but not do this with it.
    """
    collection = _survey_query().filter(pk=pk, owner__in=[*scope.ancestor_ids, scope.pk]).first()
    if collection is None or not may_do(visitor, Right.SEE, scope):
        raise Http404(_("There is no such survey, or you have no role that shows it."))
    if not may_do(visitor, to, scope if to == Right.RESULTS else collection.owner):
        raise PermissionDenied(_("Your role shows this survey but does not let you do this."))
    return collection


def published_for(visitor: Visitor, scope: Unit, collection: Collection) -> QuerySet[Published]:
    """Return the groups whose figures the visitor may see: all for whoever asked, else everybody and the own units."""
    found = Published.objects.filter(collection=collection).select_related("unit")
    if may_do(visitor, Right.RECEIVE, collection.owner):
        return found
    return found.filter(Q(kind=Published.Kind.WHOLE) | Q(unit__path__startswith=scope.path))


def waves_of(visitor: Visitor, scope: Unit, collection: Collection) -> QuerySet[Collection]:
    """Return the settled surveys of the same questionnaire by the same unit, the earliest first."""
    if not may_do(visitor, Right.RESULTS, scope):
        return Collection.objects.none()
    same = {"version__questionnaire": collection.version.questionnaire_id, "owner": collection.owner_id}
    return (
        Collection.objects.surveys()
        .filter(settled_at__isnull=False, **same)
        .select_related("version")
        .order_by("opens_at", "pk")
    )


def door_by_token(token: str) -> Door | None:
    """Return the survey that a personal link opens; None for a link that is forged, or used and destroyed."""
    found = Invitation.objects.filter(digest=secrets.digest_of(token)).first()
    if found is None:
        return None
    return Door(_survey_query().get(pk=found.collection_id), found.unit_id, found)


def door_by_unit(pk: UUID, unit: str, token: str) -> Door | None:
    """Return the survey that the common link of a unit opens; None for a forged link."""
    collection = _survey_query().filter(pk=pk, by_link=True).first()
    known = Unit.objects.filter(key=unit).first()
    if collection is None or known is None:
        return None
    wanted = secrets.common_token(settings.SECRET_KEY, collection.pk.hex, known.pk.hex)
    return Door(collection, known.pk) if secrets.same(wanted, token) else None


def unit_of_survey(collection: Collection, unit: str) -> Unit:
    """Return a unit below whoever asked, of a survey with common links. Raises Http404."""
    found = Unit.objects.under(collection.owner).filter(key=unit).first()
    if found is None or not collection.by_link:
        raise Http404(_("There is no such unit in this survey, or it has no common links."))
    return found


def own_sheets(visitor: Visitor) -> QuerySet[Sheet]:
    """Return what the visitor has answered to confidential and identified surveys: nobody else finds it so."""
    person = getattr(visitor, "person", None)
    if person is None or not isinstance(visitor, Account):
        return Sheet.objects.none()
    who = [f"person:{person.pk.hex}", *(f"mail:{mail.lower()}" for mail in (visitor.email, person.email) if mail)]
    asked = Collection.objects.surveys().filter(mode=Collection.Mode.CONFIDENTIAL)
    keys = asked.values_list("version__questionnaire", flat=True).distinct()
    names = [secrets.pseudonym(settings.SECRET_KEY, key.hex, one) for key in keys for one in who]
    found = Sheet.objects.filter(Q(pseudonym__in=names) & ~Q(pseudonym="") | Q(person=person, mode="identified"))
    return found.select_related("collection__version__questionnaire", "collection__owner")
