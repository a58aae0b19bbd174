"""Opening a survey: everything is decided at once, and the invitations leave with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.collections import CollectionDetails, open_collection
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.actions.surveys.inviting import write_to
from luotsi.questionnaires.models import Collection, Invitation, QuestionnaireVersion, Turnout
from luotsi.questionnaires.queries.surveys.audience import Asked, Audience, people_of
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.questionnaires.rules import definition as d
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
    """What is decided when a survey is opened. It opens at once, so that no invitation comes before it."""

    names: Names
    mode: str
    audience: Audience
    language: str = "fi"
    closes_at: datetime | None = None
    by_link: bool = False


@transaction.atomic
def open_survey(
    *, version: QuestionnaireVersion, owner: Unit, details: SurveyDetails, by: Account | None
) -> Collection:
    """Open a version as a survey and write to everybody who is asked.

    Raises:
        QuestionnaireRefused: nobody or too many are asked, or the questionnaire or the details do not fit the mode.
    """
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
            audience={
                "units": [unit.key for unit in audience.units],
                "roles": list(audience.roles),
                "addresses": len(audience.addresses),
            },
        ),
        by=by,
    )
    _invite(collection, people)
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
            collection=collection, unit_id=one.unit, person_id=one.person, email=one.email, language=one.language
        )
        token = secrets.personal_token(settings.SECRET_KEY, invitation.pk.hex)
        invitation.digest = secrets.digest_of(token)
        invitations.append(invitation)
    Invitation.objects.bulk_create(invitations, batch_size=500)
    counts = Counter(one.unit_id for one in invitations)
    Turnout.objects.bulk_create(
        [Turnout(collection=collection, unit_id=unit, invited=count) for unit, count in counts.items()], batch_size=500
    )
    write_to(collection, invitations)
