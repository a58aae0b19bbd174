"""What the worker does for decisions: prints and sends letters until all are done, takes up what has stopped."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction

from luotsi.base import background, clock
from luotsi.funding.actions.deciding import letters
from luotsi.funding.actions.deciding.batches import GO_ON
from luotsi.funding.models import DecisionBatch
from luotsi.funding.models.letters import QUIET

logger = logging.getLogger(__name__)


def go_on(pk: UUID) -> None:
    """Print or send the letters of a batch until all are done; a failure is noted, and tried again by `sweep`.

    Whoever goes on begins where the last one came to: no letter is printed or sent twice.

    Raises:
        OperationalError, InterfaceError: the database is away.
    """
    try:
        while letters.work_on(pk):
            pass
    except (InterfaceError, OperationalError):
        raise
    except Exception:
        logger.exception("Letters of the decisions %s have failed.", pk)
        letters.note_failure(pk)


def sweep() -> None:
    """Take up letters on which nobody works any more; the worker looks all the time."""
    for pk in DecisionBatch.objects.at_rest(clock.now()).values_list("pk", flat=True):
        _take_up(pk)


@transaction.atomic
def _take_up(pk: UUID) -> None:
    """Give letters to the worker again, once for all who look."""
    now = clock.now()
    if DecisionBatch.objects.at_rest(now).filter(pk=pk).update(not_before=now + QUIET):
        background.later(GO_ON, pk)
