"""Staggered starts of guidance lists: planned, drawn and locked, stopped. After the draw nothing of one is changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.learning.actions.refusals import LearningRefused, checked
from luotsi.learning.models import StaggeredStart, StartingUnit
from luotsi.learning.queries.guidance.staggered.outcomes import plan_of, studying_in
from luotsi.learning.queries.guidance.staggered.words import fault_words
from luotsi.learning.rules.staggered.plans import Fault, Plan, begins_on, draw, ends_on, faults_of
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.people.models import Account

# Which field of the form a fault is about.
FIELDS = {
    Fault.FEW_UNITS: "level",
    Fault.SMALL: "level",
    Fault.FEW_ORDERS: "waves",
    Fault.FEW_WAVES: "waves",
    Fault.MANY_WAVES: "waves",
    Fault.NO_STEP: "step",
    Fault.NO_MONDAY: "starts_on",
    Fault.TOO_LATE: "starts_on",
    Fault.NO_SEED: "seed",
}


@transaction.atomic
def plan_start(
    *,
    unit: Unit,
    units: Sequence[Unit],
    starts_on: date,
    step: int,
    waves: int,
    outcome: str,
    seed: str,
    by: Account,
) -> StaggeredStart:
    """Tell who will begin in an order by lot, when, what will be compared, and the words that the lot is drawn by.

    The very same plan while the first waits for its draw is planned once.

    Raises LearningRefused with all that stands against it.
    """
    plan = Plan(tuple(one.pk.hex for one in units), waves, step, starts_on, seed.strip())
    _refuse_faults(plan, units)
    told = {"unit": unit, "starts_on": starts_on, "step": step, "waves": waves, "outcome": outcome, "seed": plan.seed}
    Unit.objects.select_for_update().get(pk=unit.pk)
    for waiting in StaggeredStart.objects.filter(**told, locked_at=None, stopped_at=None):
        if set(waiting.units.values_list("unit", flat=True)) == {one.pk for one in units}:
            return waiting
    made = StaggeredStart(**told, planned_at=clock.now(), planned_by=by)
    checked(made).save(force_insert=True)
    StartingUnit.objects.bulk_create([StartingUnit(start=made, unit=one) for one in units])
    after = {
        "units": sorted(str(one) for one in units),
        "first start": starts_on,
        "weeks between": step,
        "starts": waves,
        "compared": outcome,
        "words of the lot": plan.seed,
    }
    _record(made, "learning.start.planned", by, after)
    return made


@transaction.atomic
def lock_start(*, start: StaggeredStart, by: Account) -> StaggeredStart:
    """Draw the lot and lock the plan: from now on the units have no lists until their start comes.

    Raises LearningRefused when it was drawn or stopped, its first start has come, or a unit is in another that runs.
    """
    above = Unit.objects.select_for_update().filter(pk__in=[*start.unit.ancestor_ids, start.unit_id]).order_by("path")
    list(above)  # one lot at a time in a region, so that no unit is drawn twice
    held = StaggeredStart.objects.select_for_update(of=("self",)).select_related("unit").get(pk=start.pk)
    if held.locked_at is not None or held.stopped_at is not None:
        raise LearningRefused(_("This staggered start has been drawn or stopped already."))
    units = list(StartingUnit.objects.filter(start=held).select_related("unit"))
    plan = plan_of(held, units)
    _refuse_faults(plan, [one.unit for one in units])
    _refuse_others([one.unit for one in units])
    lot = draw(plan)
    for one in units:
        wave = lot[one.unit_id.hex]
        one.wave, one.begins_on = wave, begins_on(plan, wave)
    StartingUnit.objects.bulk_update(units, ["wave", "begins_on"])
    held.locked_at, held.locked_by = clock.now(), by
    held.save(update_fields=["locked_at", "locked_by"])
    order = {str(one.unit): one.begins_on for one in sorted(units, key=lambda one: (one.wave or 0, one.unit.path))}
    _record(held, "learning.start.locked", by, {"order": order})
    return held


@transaction.atomic
def stop_start(*, start: StaggeredStart, reason: str, by: Account) -> StaggeredStart:
    """Stop a staggered start for good: lists are for all again, and nothing is claimed of it. It is kept.

    Raises LearningRefused without a reason, or when it was stopped or has ended.
    """
    held = StaggeredStart.objects.select_for_update(of=("self",)).select_related("unit").get(pk=start.pk)
    if not reason.strip():
        raise LearningRefused(Reason(_("Say why it is stopped."), field="reason"))
    if held.stopped_at is not None or (held.locked_at is not None and ends_on(plan_of(held, ())) <= clock.today()):
        raise LearningRefused(_("This staggered start has ended or was stopped already."))
    held.stopped_at, held.stopped_by, held.stopped_for = clock.now(), by, reason.strip()
    checked(held).save(update_fields=["stopped_at", "stopped_by", "stopped_for"])
    _record(held, "learning.start.stopped", by, {"reason": held.stopped_for})
    return held


def _refuse_faults(plan: Plan, units: Sequence[Unit]) -> None:
    if faults := faults_of(plan, studying_in(units, clock.today()), clock.today()):
        raise LearningRefused(*(Reason(fault_words(one), field=FIELDS[one]) for one in faults))


def _refuse_others(units: Sequence[Unit]) -> None:
    """Refuse units that are in another study that goes on, as themselves, below or above."""
    today = clock.today()
    near: set[UUID] = set()
    below = Q(pk__in=[])
    for one in units:
        near |= {one.pk, *one.ancestor_ids}
        below |= Q(unit__path__startswith=one.path)
    others = StartingUnit.objects.drawn().filter(below | Q(unit__in=near)).select_related("start__unit", "unit")
    for other in others:
        if ends_on(plan_of(other.start, ())) > today:
            words = _("%(unit)s is in another staggered start that goes on.") % {"unit": other.unit}
            raise LearningRefused(words)


def _record(start: StaggeredStart, verb: str, by: Account, after: dict[str, object]) -> None:
    audit.record(by=by, verb=verb, target=start, unit_id=start.unit_id, after=after)
