"""Plans of preparatory studies: the counsellor saves, the learner proposes, the counsellor answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.learning.actions.refusals import LearningRefused, checked
from luotsi.learning.models import StudyRight, TuvaPlan
from luotsi.learning.queries.tuva.registers import kept_of
from luotsi.learning.queries.tuva.words import remark_words
from luotsi.learning.rules.tuva.judging import judge
from luotsi.learning.rules.tuva.paths import Path, told_breaks, told_items

if TYPE_CHECKING:
    from luotsi.people.models import Account

SAID = ("version", "weekly", "items", "breaks", "aim", "words", "is_agreed", "answer")


@transaction.atomic
def save_plan(*, right: StudyRight, path: Path, words: str, base: int, by: Account | None) -> TuvaPlan:
    """Save a version of the plan that is in force at once; a proposal that waits is replaced by it.

    `base` is the latest version that was looked at (0 = none).

    Raises:
        LearningRefused: something in the path is wrong, or somebody saved a version after `base`.
    """
    plan = _new(right, path, words, base, by)
    plan.is_agreed, plan.answered_by, plan.answered_at = True, by, plan.saved_at
    return _written(plan, "learning.tuva.saved", by)


@transaction.atomic
def propose_plan(*, right: StudyRight, path: Path, words: str, base: int, by: Account | None) -> TuvaPlan:
    """Save a version that waits for the counsellor's answer; an earlier one is replaced. Raises as `save_plan`."""
    return _written(_new(right, path, words, base, by), "learning.tuva.proposed", by)


@transaction.atomic
def answer_proposal(*, plan: TuvaPlan, agrees: bool, answer: str, by: Account | None) -> TuvaPlan:
    """Agree to a proposal, which is in force then, or turn it down with a reason.

    Raises:
        LearningRefused: it was answered already, or no reason is given for turning it down.
    """
    held = TuvaPlan.objects.select_for_update().get(pk=plan.pk)
    if held.is_agreed is not None:
        raise LearningRefused(_("This proposal has been answered already."))
    if not agrees and not answer:
        raise LearningRefused(Reason(_("Say why, so that the learner knows how to go on."), field="answer"))
    before = audit.snapshot(held, "is_agreed", "answer")
    held.is_agreed, held.answer, held.answered_by, held.answered_at = agrees, answer, by, clock.now()
    checked(held).save(update_fields=["is_agreed", "answer", "answered_by", "answered_at"])
    verb = "learning.tuva.agreed" if agrees else "learning.tuva.turned_down"
    after = audit.snapshot(held, "is_agreed", "answer")
    audit.record(by=by, verb=verb, target=held, before=before, after=after, unit_id=held.learner.unit_id)
    return held


def _new(right: StudyRight, path: Path, words: str, base: int, by: Account | None) -> TuvaPlan:
    held = StudyRight.objects.select_for_update().get(pk=right.pk)  # whoever comes second sees what the first saved
    if held.ends_on and held.ends_on <= clock.today():
        raise LearningRefused(_("These studies have ended: their plan stays as it is."))
    kept = kept_of(right)
    latest = kept.versions[0].version if kept.versions else 0
    if latest != base:
        raise LearningRefused(_("Somebody has saved the plan meanwhile. Look at it and change it anew."))
    wrong = [remark_words(one) for one in judge(path, kept.registers) if one.is_wrong]
    if wrong:
        raise LearningRefused(*dict.fromkeys(wrong))
    if not path.items:
        raise LearningRefused(_("A plan needs an item at least."))
    return TuvaPlan(
        learner=right.learner,
        right_oid=right.oid,
        version=latest + 1,
        permit=right.permit,
        starts_on=path.starts_on,
        weekly=path.weekly,
        items=told_items(path.items),
        breaks=told_breaks(path.breaks),
        aim=path.aim,
        words=words,
        saved_by=by,
        saved_at=clock.now(),
    )


def _written(plan: TuvaPlan, verb: str, by: Account | None) -> TuvaPlan:
    waiting = TuvaPlan.objects.waiting().filter(learner=plan.learner, right_oid=plan.right_oid)
    waiting.update(is_agreed=False, answered_by=by, answered_at=plan.saved_at)
    checked(plan).save(force_insert=True)
    told = audit.snapshot(plan, *SAID)
    audit.record(by=by, verb=verb, target=plan, before=None, after=told, unit_id=plan.learner.unit_id)
    return plan
