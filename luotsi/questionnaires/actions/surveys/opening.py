"""Opening a survey: everything is decided at once, and the invitations leave with it."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.collections import CollectionDetails, open_collection
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.actions.surveys import letters, works
from luotsi.questionnaires.models import Collection, Invitation, QuestionnaireVersion, SurveyWork, Turnout
from luotsi.questionnaires.queries.surveys.audience import Asked, Audience, people_of
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import retention
from luotsi.questionnaires.rules.surveys import secrets
from luotsi.questionnaires.rules.surveys.items import items_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from luotsi.base.names import Names
    from luotsi.people.models import Account, Unit

MOST = 20_000


@dataclass(frozen=True, kw_only=True)
class SurveyDetails:
    """What is decided when a survey is opened. It opens at once, so that no invitation comes before it.

    `key` is of the page from which it is opened: whatever is sent from there again opens nothing more.
    """

    names: Names
    mode: str
    audience: Audience
    language: str = "fi"
    closes_at: datetime | None = None
    by_link: bool = False
    kept_months: int = retention.SURVEYS
    key: str = ""


def open_survey(
    *, version: QuestionnaireVersion, owner: Unit, details: SurveyDetails, by: Account | None
) -> Collection:
    """Open a version as a survey and write to everybody who is asked: to few at once, to many in the background.

    Raises:
        QuestionnaireRefused: nobody or too many are asked, or the questionnaire or the details do not fit the mode.
    """
    key = hashlib.sha256(f"{owner.pk} {version.pk} {details.key}".encode()).hexdigest() if details.key else ""
    try:
        with transaction.atomic():
            return _opened(key) or _open(version, owner, details, by, key)
    except IntegrityError:
        if (earlier := _opened(key)) is not None:
            return earlier
        raise


def _opened(key: str) -> Collection | None:
    """Return what was opened from the same page before."""
    return Collection.objects.filter(work__key=key).first() if key else None


def _open(
    version: QuestionnaireVersion, owner: Unit, details: SurveyDetails, by: Account | None, key: str
) -> Collection:
    people = people_of(details.audience, owner, details.language)
    reasons = list(_reasons(version, details, len(people)))
    if reasons:
        raise QuestionnaireRefused(*reasons)
    audience = details.audience
    collection = open_collection(
        version=version,
        owner=owner,
        details=CollectionDetails(
            names=details.names,
            answered_by=Collection.Answerer.INVITED,
            mode=details.mode,
            opens_at=clock.now(),
            closes_at=details.closes_at,
            by_link=details.by_link,
            kept_months=details.kept_months,
            audience={
                "units": [unit.key for unit in audience.units],
                "roles": list(audience.roles),
                "addresses": len(audience.addresses),
                "invited": len(people),
            },
        ),
        by=by,
    )
    _invite(collection, people)
    work = works.begin(collection, SurveyWork.Kind.INVITING, total=len(people), by=by, key=key)
    letters.send_out(work)
    return collection


def _reasons(version: QuestionnaireVersion, details: SurveyDetails, count: int) -> Iterator[Reason]:
    definition = definition_of(version)
    if not count and not details.by_link:
        yield Reason(_("Nobody would be asked. Choose units and roles, or give addresses."))
    if count > MOST:
        yield Reason(_("More than %(most)s persons would be asked at once.") % {"most": MOST})
    if any(question.kind is d.Kind.FILE for question in definition.questions):
        yield Reason(_("The questionnaire asks for files, which a survey does not take."))
    if details.mode == Collection.Mode.ANONYMOUS and any(item.personal for item in items_of(definition)):
        yield Reason(
            _("The questionnaire asks for personal data, so it cannot be answered anonymously."), field="mode"
        )
    if details.by_link and details.mode != Collection.Mode.ANONYMOUS:
        yield Reason(
            _("A common link does not tell who answers, so only an anonymous survey can have one."), field="by_link"
        )


def _invite(collection: Collection, people: list[Asked]) -> None:
    invitations = []
    for one in people:
        invitation = Invitation(
            collection=collection,
            unit_id=one.unit,
            person_id=one.person,
            email=one.email,
            language=one.language,
            due=Invitation.Letter.INVITATION,
        )
        token = secrets.personal_token(settings.SECRET_KEY, invitation.pk.hex)
        invitation.digest = secrets.digest_of(token)
        invitations.append(invitation)
    Invitation.objects.bulk_create(invitations, batch_size=2_000)
    counts = Counter(one.unit_id for one in invitations)
    Turnout.objects.bulk_create(
        [Turnout(collection=collection, unit_id=unit, invited=count) for unit, count in counts.items()], batch_size=500
    )
