"""What the worker does for surveys: goes on with what was begun, and settles those whose time has passed."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction

from luotsi.base import background, clock
from luotsi.base.errors import Refused
from luotsi.questionnaires.actions.surveys import letters, settling, works
from luotsi.questionnaires.models import Collection, SurveyWork
from luotsi.questionnaires.models.works import QUIET

logger = logging.getLogger(__name__)

GRACE = timedelta(minutes=1)  # what reached the server in the last second may take a moment to be kept


def go_on(pk: UUID) -> None:
    """Do the work that was begun on a survey until it is done; a failure is noted, and tried again by `sweep`.

    Whoever goes on begins where the last one came to: letters that were written are not written again, and results
    are written in one transaction or not at all.

    Raises:
        OperationalError, InterfaceError: the database is away.
    """
    try:
        while letters.write_some(pk):
            pass
        settling.work_out(pk)
    except (InterfaceError, OperationalError):
        raise
    except Exception:
        logger.exception("Work on the survey %s has failed.", pk)
        works.note_failure(pk)


def sweep() -> None:
    """Settle surveys whose time has passed, and take up work that has come to rest; the worker looks all the time."""
    now = clock.now()
    for collection in (
        Collection.objects.surveys()
        .closed_before(now - GRACE)
        .filter(settled_at=None)
        .exclude(work__kind=SurveyWork.Kind.SETTLING)
    ):
        try:
            settling.settle_survey(collection=collection, by=None, at_once=False)
        except Refused:  # somebody else was faster
            logger.info("The survey %s is being settled already.", collection.pk)
    for pk in SurveyWork.objects.at_rest(now).values_list("pk", flat=True):
        _take_up(pk)


@transaction.atomic
def _take_up(pk: UUID) -> None:
    """Give work to the worker again, once for all who look."""
    now = clock.now()
    if SurveyWork.objects.at_rest(now).filter(pk=pk).update(not_before=now + QUIET):
        background.later(works.GO_ON, pk)
