"""The row that tells how far long work on a survey is: begun with its act, moved on batch by batch, tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, background, clock
from luotsi.base.delivery import pause_after
from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.models import Collection, SurveyWork
from luotsi.questionnaires.models.works import QUIET

if TYPE_CHECKING:
    from luotsi.people.models import Account

GO_ON = "luotsi.questionnaires.actions.surveys.going_on.go_on"


def locked(pk: UUID, *, fence: bool = False) -> Collection:
    """Return a survey whose row is held until the transaction ends, and with it the row of its work.

    Everybody takes rows in one order (survey, work, invitations), so that nobody waits in a circle.

    Args:
        pk: of the survey.
        fence: True to wait until whoever answers at this moment is done, and to let nobody answer meanwhile.
    """
    rows = Collection.objects.select_for_update(of=("self",), no_key=not fence)
    collection = rows.select_related("version__questionnaire", "owner").get(pk=pk)
    SurveyWork.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    return collection


def begin(
    collection: Collection, kind: SurveyWork.Kind, *, total: int, by: Account | None, key: str = ""
) -> SurveyWork:
    """Begin work, inside the transaction of the act that wants it; what was going on is taken over."""
    now = clock.now()
    given = {
        "kind": kind,
        "total": total,
        "done": 0,
        "by": by,
        "begun_at": now,
        "not_before": now + QUIET,
        "ended_at": None,
        "attempts": 0,
        "failed_at": None,
    }
    work = SurveyWork.objects.filter(pk=collection.pk).first()
    if work is None:
        work = SurveyWork(collection=collection, key=key, **given)
        work.save(force_insert=True)
        return work
    for name, value in given.items():
        setattr(work, name, value)
    work.save(update_fields=list(given))
    return work


def going_on(pk: UUID) -> SurveyWork | None:
    """Return the work that is going on, held until the transaction ends; None where there is none."""
    return SurveyWork.objects.going_on().select_for_update(of=("self",)).filter(pk=pk).first()


def move_on(work: SurveyWork, *, done: int) -> None:
    """Note how far the work is; whatever had failed is behind it."""
    work.done, work.attempts, work.not_before = done, 0, clock.now() + QUIET
    work.save(update_fields=["done", "attempts", "not_before"])


def end(work: SurveyWork) -> None:
    """Note that the work is done."""
    work.ended_at, work.attempts = clock.now(), 0
    work.save(update_fields=["ended_at", "attempts"])


@transaction.atomic
def note_failure(pk: UUID) -> None:
    """Note that a try has failed; it is tried again after a pause that grows, and given up in the end."""
    if (work := going_on(pk)) is not None:
        now = clock.now()
        work.attempts += 1
        work.failed_at, work.not_before = now, now + pause_after(work.attempts)
        work.save(update_fields=["attempts", "failed_at", "not_before"])


@transaction.atomic
def try_again(*, collection: Collection, by: Account | None) -> None:
    """Take work up again that was given up or has come to rest.

    Raises:
        QuestionnaireRefused: it is done, or is being done.
    """
    work = going_on(collection.pk)
    state = work.state_at(clock.now()) if work else "done"
    if work is None or state not in {"failed", "stopped", "quiet"}:
        raise QuestionnaireRefused(Reason(_("Nothing has stopped: it is done, or it is being done now.")))
    work.attempts, work.not_before = 0, clock.now() + QUIET
    work.save(update_fields=["attempts", "not_before"])
    audit.record(
        by=by,
        verb="questionnaires.survey.resumed",
        target=collection,
        after={"work": work.kind, "done": work.done, "total": work.total},
        unit_id=collection.owner_id,
    )
    background.later(GO_ON, collection.pk)
