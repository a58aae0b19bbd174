"""Settling a survey: it is closed for good, and what may be told of it is worked out once.

No figure is told while answers come in: the difference between two days would be what somebody answered in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, background, clock
from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.actions.surveys import works
from luotsi.questionnaires.actions.surveys.publishing import Results, results_of, write_results
from luotsi.questionnaires.models import Collection, Invitation, Sheet, SurveyWork
from luotsi.questionnaires.models.works import QUIET

if TYPE_CHECKING:
    from luotsi.people.models import Account

AT_ONCE = 1_000  # answers that are counted within the request


@transaction.atomic
def settle_survey(*, collection: Collection, by: Account | None, at_once: bool = True) -> Collection:
    """Close a survey where it is open, for good, and have its results worked out: of few answers at once.

    Letters that are still to be written are not written any more.

    Raises:
        QuestionnaireRefused: the results are worked out already, or are being worked out, or it is no survey.
    """
    kept = works.locked(collection.pk, fence=True)
    if not kept.is_survey or kept.settled_at is not None:
        raise QuestionnaireRefused(Reason(_("The results have been worked out already.")))
    if SurveyWork.objects.filter(pk=kept.pk, kind=SurveyWork.Kind.SETTLING).exists():
        raise QuestionnaireRefused(Reason(_("The survey has been closed, and its results are being worked out.")))
    before = audit.snapshot(kept, "closed_at")
    if kept.state_at(clock.now()) != "closed":
        kept.closed_at = clock.now()
        kept.save(update_fields=["closed_at"])
    letters = Invitation.objects.filter(collection=kept)
    if kept.mode == Collection.Mode.ANONYMOUS:
        letters.delete()  # Who did not answer is no longer anybody's concern.
    else:
        letters.exclude(due="").update(due="")
    total = Sheet.objects.filter(collection=kept).count()
    work = works.begin(kept, SurveyWork.Kind.SETTLING, total=total, by=by)
    after = audit.snapshot(kept, "closed_at") | {"answers": total}
    audit.record(
        by=by, verb="questionnaires.survey.closed", target=kept, before=before, after=after, unit_id=kept.owner_id
    )
    if at_once and total <= AT_ONCE:
        _write(kept, work, results_of(kept, lambda _done: None))
    else:
        background.later(works.GO_ON, kept.pk)
    return kept


def work_out(pk: UUID) -> None:
    """Work the results of a closed survey out and write them; nothing happens where that is done or not wanted.

    Of two who work at once the second finds it done. Where a process dies, nothing has been written.
    """
    wanted = SurveyWork.objects.going_on().filter(pk=pk, kind=SurveyWork.Kind.SETTLING)
    if wanted.exists():
        survey = Collection.objects.select_related("version__questionnaire", "owner").get(pk=pk)
        results = results_of(survey, lambda done: _told(pk, done))
        with transaction.atomic():
            kept, work = works.locked(pk), works.going_on(pk)
            if work is not None:
                _write(kept, work, results)


def _write(collection: Collection, work: SurveyWork, results: Results) -> None:
    collection.settled_at = clock.now()
    collection.save(update_fields=["settled_at"])
    write_results(collection, results)
    works.move_on(work, done=work.total)
    works.end(work)
    audit.record(
        by=work.by,
        verb="questionnaires.survey.settled",
        target=collection,
        before={"settled_at": None},
        after=audit.snapshot(collection, "closed_at", "settled_at"),
        unit_id=collection.owner_id,
    )


def _told(pk: UUID, done: int) -> None:
    """Let the page know how many answers have been counted."""
    SurveyWork.objects.going_on().filter(pk=pk).update(done=done, not_before=clock.now() + QUIET)
