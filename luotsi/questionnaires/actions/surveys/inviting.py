"""Reminding those who have not answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.actions.surveys import letters, works
from luotsi.questionnaires.models import Collection, Invitation, SurveyWork

if TYPE_CHECKING:
    from luotsi.people.models import Account

BETWEEN = timedelta(hours=20)


@transaction.atomic
def remind(*, collection: Collection, by: Account | None) -> int:
    """Write again to those who have not answered; return how many.

    Raises:
        QuestionnaireRefused: the survey is not open, letters are being written, everybody has answered, or a reminder
            left within 20 hours.
    """
    kept, now = works.locked(collection.pk), clock.now()
    if kept.state_at(now) != "open":
        raise QuestionnaireRefused(Reason(_("The survey is not open.")))
    if works.going_on(kept.pk) is not None:
        raise QuestionnaireRefused(Reason(_("Letters of this survey are still being written.")))
    if kept.reminded_at and kept.reminded_at > now - BETWEEN:
        raise QuestionnaireRefused(Reason(_("A reminder has been sent today already.")))
    count = Invitation.objects.filter(collection=kept, answered=False).update(due=Invitation.Letter.REMINDER)
    if not count:
        raise QuestionnaireRefused(Reason(_("Everybody who was invited has answered.")))
    kept.reminded_at = now
    kept.save(update_fields=["reminded_at"])
    audit.record(
        by=by, verb="questionnaires.survey.reminded", target=kept, after={"mails": count}, unit_id=kept.owner_id
    )
    letters.send_out(works.begin(kept, SurveyWork.Kind.REMINDING, total=count, by=by))
    return count
