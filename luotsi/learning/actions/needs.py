"""Needs for guidance: opened, given to somebody, written of in the log, ended, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.learning.actions.refusals import LearningRefused, checked
from luotsi.learning.models import GuidanceDeed, Learner, Need
from luotsi.learning.rules.guiding import DUE_IN, OPENS, OUTCOMES, SENT_AGAIN, Done, is_due_day, outcome_due

if TYPE_CHECKING:
    from luotsi.people.models import Account, Person


@transaction.atomic
def open_need(
    *,
    learner: Learner,
    source: str,
    owner: Person,
    due_on: date,
    by: Account | None,
    reasons: Iterable[Mapping[str, Any]] = (),
) -> Need:
    """Open a need. Raises LearningRefused when one is open already, or for a day that has passed or lies far off."""
    if not is_due_day(due_on, clock.today()):
        raise LearningRefused(Reason(_("Give a day from today on, within half a year."), field="due_on"))
    made = Need(
        learner=learner,
        source=source,
        reasons=[dict(one) for one in reasons],
        opened_on=clock.today(),
        opened_by=by,
        owner=owner,
        due_on=due_on,
    )
    checked(made).save(force_insert=True)
    _record(made, "learning.need.opened", by, None, {"owner": str(owner), "due_on": due_on})
    return made


@transaction.atomic
def write_deed(
    *,
    learner: Learner,
    kind: str,
    on: date,
    person: Person,
    by: Account | None,
    minutes: int | None = None,
    words: str = "",
    source: str = Need.Source.COUNSELLOR,
    reasons: Iterable[Mapping[str, Any]] = (),
) -> GuidanceDeed:
    """Write down what was done. A deed opens a need when none is open; "no need" ends it, and says why.

    The very same entry that comes again within minutes, from another tab or a second press, is kept once.

    Raises LearningRefused for a day to come, or for "no need" without a reason.
    """
    if on > clock.today():
        raise LearningRefused(Reason(_("Only what has been done is written down."), field="on"))
    if kind == Done.NO_NEED and not words.strip():
        raise LearningRefused(Reason(_("Say why there is no need."), field="words"))
    Learner.objects.select_for_update().get(pk=learner.pk)
    entry = {"learner": learner, "kind": kind, "on": on, "by": person, "minutes": minutes, "words": words.strip()}
    if again := GuidanceDeed.objects.filter(**entry, written_at__gt=clock.now() - SENT_AGAIN).first():
        return again
    need = Need.objects.unsolved().filter(learner=learner).first()
    if need is None and (kind in OPENS or kind == Done.NO_NEED):
        due_on = clock.today() + DUE_IN
        need = open_need(learner=learner, source=source, owner=person, due_on=due_on, reasons=reasons, by=by)
    made = GuidanceDeed(**entry, need=need, written_at=clock.now())
    checked(made).save(force_insert=True)
    audit.record(
        by=by,
        verb="learning.deed.written",
        target=made,
        unit_id=learner.unit_id,
        after={"kind": kind, "on": on, "minutes": minutes},
    )
    if need is not None and kind == Done.NO_NEED:
        close_need(need=need, ending=Need.Ending.NO_NEED, reason=words, by=by)
    return made


@transaction.atomic
def move_need(*, need: Need, owner: Person, due_on: date, by: Account | None) -> Need:
    """Give an open need to somebody, or another day. Raises LearningRefused when it has ended."""
    held = _open(need)
    if due_on != held.due_on and not is_due_day(due_on, clock.today()):
        raise LearningRefused(Reason(_("Give a day from today on, within half a year."), field="due_on"))
    before: dict[str, object] = {"owner": str(held.owner), "due_on": held.due_on}
    held.owner, held.due_on = owner, due_on
    checked(held).save(update_fields=["owner", "due_on"])
    _record(held, "learning.need.moved", by, before, {"owner": str(owner), "due_on": due_on})
    return held


@transaction.atomic
def close_need(*, need: Need, ending: str, by: Account | None, reason: str = "") -> Need:
    """End a need. Raises LearningRefused when it has ended, or when there was none and no reason is given."""
    held = _open(need)
    if ending == Need.Ending.NO_NEED and not reason.strip():
        raise LearningRefused(Reason(_("Say why there is no need."), field="reason"))
    held.closed_on, held.ending, held.ending_reason = clock.today(), ending, reason.strip()[:300]
    checked(held).save(update_fields=["closed_on", "ending", "ending_reason"])
    _record(held, "learning.need.closed", by, None, {"ending": ending})
    return held


@transaction.atomic
def tell_outcome(*, need: Need, weeks: int, outcome: str, by: Account | None) -> Need:
    """Tell how studies go on 4 or 12 weeks after a need was opened; it can be corrected.

    Raises LearningRefused before its day, and for other weeks.
    """
    held = Need.objects.select_for_update().select_related("learner").get(pk=need.pk)
    if weeks not in OUTCOMES:
        raise LearningRefused(_("The outcome is told after 4 and after 12 weeks."))
    if clock.today() < outcome_due(held.opened_on, weeks):
        raise LearningRefused(_("The outcome can be told when %(n)s weeks have passed.") % {"n": weeks})
    field = f"outcome_{weeks}"
    before = {field: getattr(held, field)}
    if before[field] == outcome:
        return held
    setattr(held, field, outcome)
    checked(held).save(update_fields=[field])
    _record(held, "learning.need.outcome", by, before, {field: outcome})
    return held


def _open(need: Need) -> Need:
    held = Need.objects.select_for_update(of=("self",)).select_related("learner", "owner").get(pk=need.pk)
    if held.closed_on is not None:
        raise LearningRefused(_("This need has ended already."))
    return held


def _record(
    need: Need, verb: str, by: Account | None, before: dict[str, object] | None, after: dict[str, object]
) -> None:
    """Write the log without what opened the need and why: whoever reads it learns nothing of scores."""
    audit.record(by=by, verb=verb, target=need, before=before, after=after, unit_id=need.learner.unit_id)
