"""Moving the closing time of an open survey, later or earlier."""

from __future__ import annotations

from datetime import datetime
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


@transaction.atomic
def move_closing(*, collection: Collection, closes_at: datetime, tell: bool, by: Account | None) -> int:
    """Let an open survey close at another time; return to how many it is told.

    Everybody who opens the survey sees the new time, and letters that are still to be written say it. With `tell`
    it is written to those who have had a letter and have not answered.

    Raises:
        QuestionnaireRefused: the survey has closed, or the time has passed or is the one it closes at already.
    """
    kept, now, wanted = works.locked(collection.pk), clock.now(), closes_at.replace(microsecond=0)
    if not kept.is_survey or kept.settled_at is not None or kept.state_at(now) != "open":
        raise QuestionnaireRefused(Reason(_("The survey has closed. Its closing time cannot be moved any more.")))
    if wanted <= now:
        raise QuestionnaireRefused(Reason(_("The new closing time must be in the future."), field="closes_on"))
    if wanted == kept.closes_at:
        raise QuestionnaireRefused(Reason(_("The survey closes at this time already."), field="closes_on"))
    before = audit.snapshot(kept, "closes_at")
    kept.closes_at = wanted
    kept.save(update_fields=["closes_at"])
    count = _tell(kept, by) if tell else 0
    after = audit.snapshot(kept, "closes_at") | {"mails": count}
    audit.record(
        by=by,
        verb="questionnaires.survey.moved",
        target=kept,
        before=before,
        after=after,
        unit_id=kept.owner_id,
    )
    return count


def _tell(collection: Collection, by: Account | None) -> int:
    """Write to those who have had a letter; work that is going on takes these letters with it."""
    waiting = Invitation.objects.filter(collection=collection, answered=False, due="")
    count = waiting.update(due=Invitation.Letter.MOVED)
    if (work := works.going_on(collection.pk)) is not None:
        work.total += count
        work.save(update_fields=["total"])
    elif count:
        letters.send_out(works.begin(collection, SurveyWork.Kind.TELLING, total=count, by=by))
    return count
