"""Taking what somebody answers to a survey: one transaction, and no more rows than it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.refusals import AnswerRefused
from luotsi.questionnaires.models import Collection, Invitation, Sheet, SurveyWork, Turnout
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.surveys import secrets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from luotsi.questionnaires.access import Door

MOST_KEPT = 200_000  # characters of one answer sheet


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What was answered: the answers on view, the language in which it was asked, and the nonce of the page."""

    answers: Mapping[str, Any]
    language: str
    nonce: str


class _Used(Exception):
    """The link was used up by another request."""


def answer_survey(*, door: Door, filled: Filled, received_at: datetime) -> bool:
    """Keep what was answered; return False where the same page had been sent before.

    There is no row in the log of changes: it would tell when, and in which order, people answered. An invitation to an
    anonymous survey is deleted, others are marked; what is left is one more in the count of the unit.

    Raises:
        AnswerRefused: the survey is closed, the link has been used, or the answers are too large.
    """
    collection = door.collection
    if collection.state_at(received_at) != "open":
        raise _closed()
    if len(values.dumps(dict(filled.answers))) > MOST_KEPT:
        raise AnswerRefused(Reason(_("The answers are larger than they may be. Shorten them.")))
    sheet = _sheet(door, filled, received_at)
    try:
        with transaction.atomic():
            _hold_open(collection)
            if door.invitation is not None:
                _use(collection, door.invitation)
            sheet.save(force_insert=True)
            _count(door)
    except (IntegrityError, _Used):
        if Sheet.objects.filter(pk=sheet.pk, collection=collection).exists():
            return False
        raise AnswerRefused(Reason(_("This link has been used: the survey has been answered with it."))) from None
    return True


def _closed() -> AnswerRefused:
    return AnswerRefused(Reason(_("The survey has closed. Answers are no longer taken.")))


def _hold_open(collection: Collection) -> None:
    """Let nobody settle the survey before this answer is kept; refuse it where somebody has begun to.

    On PostgreSQL the row is held as any foreign key holds it, so that answers do not wait for each other; SQLite lets
    one transaction write at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = Collection._meta.db_table
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR KEY SHARE", [collection.pk])  # noqa: S608
    if SurveyWork.objects.filter(pk=collection.pk, kind=SurveyWork.Kind.SETTLING).exists():
        raise _closed()


def _sheet(door: Door, filled: Filled, received_at: datetime) -> Sheet:
    collection, invitation = door.collection, door.invitation
    sheet = Sheet(
        id=secrets.sheet_id(filled.nonce),
        collection=collection,
        unit_id=door.unit_id,
        mode=collection.mode,
        language=filled.language,
        answers=dict(filled.answers),
    )
    if collection.mode == Collection.Mode.ANONYMOUS or invitation is None:
        return sheet
    sheet.answered_on = clock.day_of(received_at)
    if collection.mode == Collection.Mode.CONFIDENTIAL:
        questionnaire = collection.version.questionnaire_id.hex
        sheet.pseudonym = secrets.pseudonym(settings.SECRET_KEY, questionnaire, invitation.who)
    else:
        sheet.person_id, sheet.email = invitation.person_id, invitation.email
    return sheet


def _use(collection: Collection, invitation: Invitation) -> None:
    """Use the link up, in one statement, so that of two who press at once only one gets through."""
    mine = Invitation.objects.filter(pk=invitation.pk, answered=False)
    anonymous = collection.mode == Collection.Mode.ANONYMOUS
    used = mine.delete()[0] if anonymous else mine.update(answered=True)
    if not used:
        raise _Used


def _count(door: Door) -> None:
    mine = Turnout.objects.filter(collection=door.collection, unit=door.unit_id)
    if not mine.update(answered=F("answered") + 1):
        Turnout.objects.get_or_create(collection=door.collection, unit_id=door.unit_id)
        mine.update(answered=F("answered") + 1)
