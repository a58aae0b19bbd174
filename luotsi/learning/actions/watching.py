"""The monthly watch over models in use: one that no longer fits is switched off, and the rules order caseloads."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.learning.actions.models import mode_at, move_switch
from luotsi.learning.engine.snapshots import AFTER, snapshots_on, true_on
from luotsi.learning.models import DriftWatch, GuidanceSwitch, RiskModel
from luotsi.learning.queries.scoring.held import held_at
from luotsi.learning.rules.endings import MOVING
from luotsi.learning.rules.features import FEATURES
from luotsi.learning.rules.model.drift import Watched, watched
from luotsi.learning.rules.model.report import weights_from
from luotsi.learning.rules.model.training import calibrated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.learning.engine.snapshots import Held

LANGUAGE = "fi"


def watch_daily() -> int:
    """Look at every model in use that was not looked at in this month; returns how many raised an alarm."""
    today = clock.today()
    month = today.replace(day=1)
    due = RiskModel.objects.filter(state=RiskModel.State.RELEASED).exclude(watches__month=month)
    return sum(watch_model(model=one, on=today).is_alarm for one in due.select_related("provider"))


def watch_model(*, model: RiskModel, on: date) -> DriftWatch:
    """Look at a model on a day, as known then; on alarm the switch goes to the rules."""
    found = _look(model, list(held_at(model.provider, on)), on)
    return _keep(model, found, on)


def _look(model: RiskModel, held: Sequence[Held], on: date) -> Watched:
    weights, past = weights_from(model.weights), on - AFTER - MOVING
    closed = list(true_on(held, past, on))
    return watched(
        [name for name in model.features if FEATURES[name].more_is],  # the others tell of the size of intakes alone
        [inputs for _one, inputs in snapshots_on(held, on - AFTER)],
        [inputs for _one, inputs in snapshots_on(held, on)],
        [outcome for _inputs, outcome in closed],
        [calibrated(weights, model.calibration, inputs) for inputs, _outcome in closed],
    )


@transaction.atomic
def _keep(model: RiskModel, found: Watched, on: date) -> DriftWatch:
    told = asdict(found)
    shifts = told.pop("shifts")
    made = DriftWatch(
        model=model,
        month=on.replace(day=1),
        shifts=shifts,
        calibration=told,
        is_alarm=found.is_alarm,
        at=clock.now(),
    )
    made.save(force_insert=True)
    after = {"version": model.number, "alarm": found.is_alarm, "shifted": list(found.shifted), "error": found.error}
    audit.record(by=None, verb="learning.model.watched", target=model, unit_id=model.provider_id, after=after)
    if found.is_alarm and mode_at(model.provider) == GuidanceSwitch.Mode.MODEL:
        with translation.override(LANGUAGE):
            reason = _("The monthly watch: the model no longer fits the studies of today.")
        move_switch(provider=model.provider, mode=GuidanceSwitch.Mode.RULES, reason=reason, by=None)
    return made
