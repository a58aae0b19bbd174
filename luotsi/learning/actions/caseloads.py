"""Caseloads: a counsellor takes one, says how many meetings there are in a week, and ends it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.learning.actions.refusals import LearningRefused, checked
from luotsi.learning.actions.scoring import order_week
from luotsi.learning.models import Caseload, Learner, Need
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.people.models import Account, Person

MOST_SLOTS = 60


@transaction.atomic
def take_caseload(*, counsellor: Person, unit: Unit, slots: int, by: Account | None) -> Caseload:
    """Let a counsellor guide the learners of a school or group; a second time for the same unit is refused.

    Raises LearningRefused when the unit is no school or group, or for a number of meetings that no week has.
    """
    if unit.kind not in {"institution", "group"}:
        raise LearningRefused(_("A caseload is that of a school or of a group."))
    _refuse_slots(slots)
    made = Caseload(counsellor=counsellor, unit=unit, slots=slots, since=clock.today())
    checked(made).save(force_insert=True)
    _record(made, "learning.caseload.taken", by, None, {"unit": str(unit), "meetings": slots})
    _order_now(made, by)
    return made


@transaction.atomic
def change_caseload(*, caseload: Caseload, slots: int, by: Account | None) -> Caseload:
    """Say how many meetings there are in a week; the order of this week stays as drawn, the next one follows it.

    Raises LearningRefused when it has ended, or for a number of meetings that no week has.
    """
    _refuse_slots(slots)
    held = Caseload.objects.select_for_update().get(pk=caseload.pk)
    if held.until is not None:
        raise LearningRefused(_("This caseload has ended already."))
    before = held.slots
    if slots == before:
        return held
    held.slots = slots
    checked(held).save(update_fields=["slots"])
    _record(held, "learning.caseload.changed", by, {"meetings": before}, {"meetings": slots})
    return held


@transaction.atomic
def end_caseload(*, caseload: Caseload, by: Account | None) -> Caseload:
    """End a caseload with yesterday. Raises LearningRefused while needs of its learners are open with the counsellor.

    One that was taken today is ended with today.
    """
    held = Caseload.objects.select_for_update().select_related("unit").get(pk=caseload.pk)
    if held.until is not None:
        return held
    open_ = Need.objects.unsolved().filter(owner=held.counsellor_id, learner__unit__path__startswith=held.unit.path)
    if count := open_.count():
        raise LearningRefused(
            _("%(n)s needs are open with you here. End them or give them to somebody.") % {"n": count}
        )
    held.until = max(held.since, clock.today() - timedelta(days=1))
    checked(held).save(update_fields=["until"])
    _record(held, "learning.caseload.ended", by, {"until": None}, {"until": held.until})
    return held


def _refuse_slots(slots: int) -> None:
    if not 1 <= slots <= MOST_SLOTS:
        told = {"most": MOST_SLOTS}
        raise LearningRefused(Reason(_("Give from 1 to %(most)s meetings a week.") % told, field="slots"))


def _order_now(caseload: Caseload, by: Account | None) -> None:
    """Draw this week's order of a new caseload, from the scores of the week; the lists of others stay as they are."""
    learners = Learner.objects.in_unit(caseload.unit).order_by()
    for provider in Unit.objects.filter(pk__in=learners.values("provider").distinct()):
        order_week(provider=provider, on=clock.today(), by=by, anew=False)


def _record(
    caseload: Caseload, verb: str, by: Account | None, before: dict[str, object] | None, after: dict[str, object]
) -> None:
    audit.record(by=by, verb=verb, target=caseload, before=before, after=after, unit_id=caseload.unit_id)
