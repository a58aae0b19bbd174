"""What learners say of what is told of them: comments, contests with their answers, and objecting to all of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.learning.actions.refusals import LearningRefused, checked
from luotsi.learning.actions.scoring import score_learner, withdraw_scores
from luotsi.learning.models import Learner, Saying
from luotsi.learning.queries.guidance.sources import told_reasons
from luotsi.learning.rules.guiding import SENT_AGAIN

if TYPE_CHECKING:
    from luotsi.people.models import Account, Person


@transaction.atomic
def say(*, learner: Learner, kind: str, words: str, by: Account | None) -> Saying:
    """Keep what a learner says. A contest stops the use of scores at once, until somebody has answered it.

    The very same words that come again within minutes, from another tab or a second press, are kept once.

    Raises LearningRefused without words, and for a second contest while one waits for its answer.
    """
    if not words.strip():
        raise LearningRefused(Reason(_("Write what you want to say."), field="words"))
    Learner.objects.select_for_update().get(pk=learner.pk)
    said = Saying.objects.filter(learner=learner, kind=kind, words=words.strip(), answered_at=None)
    if again := said.filter(said_at__gt=clock.now() - SENT_AGAIN).first():
        return again
    if kind == Saying.Kind.CONTEST and Saying.objects.contests().waiting().filter(learner=learner).exists():
        raise LearningRefused(_("You have contested this already. Nothing is used until you have an answer."))
    made = Saying(learner=learner, kind=kind, words=words.strip(), said_at=clock.now())
    checked(made).save(force_insert=True)
    _record(made, "learning.saying.said", by, {"kind": kind})
    return made


@transaction.atomic
def answer(
    *,
    saying: Saying,
    words: str,
    is_upheld: bool | None,
    person: Person,
    by: Account | None,
    wrong: Collection[str] = (),
) -> Saying:
    """Answer a learner. A contest that is found right takes what was scored before out of use.

    The learner is counted anew at once, as known now: a contest that does not hold brings back the score there was,
    one that holds gives another unless it would rest on the very record that was wrong. `wrong` are the facts that
    were found wrong; without any, all that were told.

    Raises LearningRefused when it was answered, without words, or for a contest that is neither found right nor not.
    """
    held = Saying.objects.select_for_update(of=("self",)).select_related("learner__provider").get(pk=saying.pk)
    if held.answered_at is not None:
        raise LearningRefused(_("This has been answered already."))
    if not words.strip():
        raise LearningRefused(Reason(_("Write an answer."), field="words"))
    is_contest = held.kind == Saying.Kind.CONTEST
    if is_contest and is_upheld is None:
        raise LearningRefused(Reason(_("Say whether the learner is right."), field="is_upheld"))
    held.answer, held.answered_by, held.answered_at = words.strip(), person, clock.now()
    held.is_upheld = is_upheld if is_contest else None
    if held.is_upheld:
        told = [one for one in told_reasons(held.learner, clock.today()) if not wrong or one["why"] in wrong]
        held.refuted = [[one["why"], one["record"]["kind"], one["record"]["ref"]] for one in told]
        withdraw_scores(learner=held.learner, on=clock.today())
    checked(held).save(update_fields=["answer", "answered_by", "answered_at", "is_upheld", "refuted"])
    _record(held, "learning.saying.answered", by, {"right": held.is_upheld})
    if is_contest:
        score_learner(learner=held.learner, on=clock.today(), by=by)
    return held


@transaction.atomic
def object_to_scoring(*, learner: Learner, by: Account | None) -> Learner:
    """Take a learner out of scoring from today on; ordinary guidance goes on. A second time changes nothing."""
    held = Learner.objects.select_for_update().get(pk=learner.pk)
    if held.objected_on is None:
        held.objected_on = clock.today()
        held.save(update_fields=["objected_on"])
        _told(held, "learning.learner.objected", by, {"objected_on": held.objected_on})
    return held


@transaction.atomic
def take_back_objection(*, learner: Learner, by: Account | None) -> Learner:
    """Take an objection back: the learner is in the next scoring again."""
    held = Learner.objects.select_for_update().get(pk=learner.pk)
    if held.objected_on is not None:
        held.objected_on = None
        held.save(update_fields=["objected_on"])
        _told(held, "learning.learner.took-back", by, {"objected_on": None})
    return held


def _told(learner: Learner, verb: str, by: Account | None, after: dict[str, object]) -> None:
    audit.record(by=by, verb=verb, target=learner, after=after, unit_id=learner.unit_id)


def _record(saying: Saying, verb: str, by: Account | None, after: dict[str, object]) -> None:
    """Write the log without the words: they are for who guides the learner."""
    audit.record(by=by, verb=verb, target=saying, after=after, unit_id=saying.learner.unit_id)
