"""Models of the need for guidance: learnt by the worker, signed for, released, retired; and the switch.

Nothing is released that the gate stops, and nothing releases itself: a person does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, background, clock
from luotsi.base.errors import Reason
from luotsi.learning.actions.refusals import LearningRefused, checked
from luotsi.learning.actions.scoring import order_week
from luotsi.learning.engine.snapshots import cases_of
from luotsi.learning.models import GuidanceSwitch, RiskModel
from luotsi.learning.queries.models_page import is_waiting
from luotsi.learning.queries.scoring.held import held_at
from luotsi.learning.rules.features import FEATURES
from luotsi.learning.rules.model.cohorts import Case, in_time, portions
from luotsi.learning.rules.model.plain import points_of
from luotsi.learning.rules.model.refusals import NotInTime, NotLearnt, Unlearnt
from luotsi.learning.rules.model.report import digest_of, gate_kept, stops_of, weights_kept
from luotsi.learning.rules.model.training import Trained, train
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.people.models import Account

WAITING = {"waiting": True}


@transaction.atomic
def ask_for_model(*, provider: Unit, by: Account | None) -> RiskModel:
    """Let the worker learn a model from the closed cohorts of a provider.

    Raises:
        LearningRefused: one is being learnt there.
    """
    Unit.objects.select_for_update().get(pk=provider.pk)
    latest = RiskModel.objects.filter(provider=provider).first()
    if latest is not None and is_waiting(latest):
        raise LearningRefused(_("A model is being learnt already."))
    made = RiskModel(
        provider=provider,
        number=latest.number + 1 if latest else 1,
        features=list(FEATURES),
        gate=WAITING,
        sha256="-",
        state=RiskModel.State.STOPPED,
        trained_at=clock.now(),
        trained_by=by,
    )
    made.save(force_insert=True)
    _record(made, "learning.model.asked", by, {"version": made.number})
    background.later("luotsi.learning.actions.models.learn_model", made.pk)
    return made


def learn_model(key: UUID) -> None:
    """Learn the model that was asked for; one that was learnt already stays as it is."""
    model = RiskModel.objects.select_related("provider").filter(pk=key, gate=WAITING).first()
    if model is None:
        return
    today = clock.today()
    cases = cases_of(held_at(model.provider, today), today)
    try:
        learn, calibrate, judge = portions(one.cohort for one in cases)
        split = in_time(cases, learn, judge, calibrate)
        trained = train(
            split,
            list(FEATURES),
            more_is={name: one.more_is for name, one in FEATURES.items()},
            plain=points_of,
        )
    except (NotInTime, NotLearnt) as refusal:
        _keep_refusal(model, refusal)
        return
    _keep(model, trained, split.judge)


@transaction.atomic
def _keep_refusal(model: RiskModel, refusal: Unlearnt) -> None:
    model.gate = {"not_learnt": {"why": refusal.why, **refusal.told}}
    model.save(update_fields=["gate"])
    _record(model, "learning.model.not_learnt", None, {"version": model.number, "reason": refusal.why})


@transaction.atomic
def _keep(model: RiskModel, trained: Trained, judged: Sequence[Case]) -> None:
    model.features = list(trained.weights.weights)
    model.weights = weights_kept(trained.weights)
    model.calibration = list(trained.calibration)
    model.cohorts = dict(zip(("learn", "calibrate", "judge"), map(list, trained.cohorts), strict=True))
    model.gate = gate_kept(trained, [trained.chance(one.snapshot) for one in judged])
    model.sha256 = digest_of(model.weights, model.calibration, model.cohorts)
    model.trained_at = clock.now()
    model.state = _state(model)
    model.save(
        update_fields=["features", "weights", "calibration", "cohorts", "gate", "sha256", "trained_at", "state"]
    )
    after = {"version": model.number, "sha256": model.sha256, "state": model.state}
    _record(model, "learning.model.learnt", model.trained_by, after)


def _state(model: RiskModel) -> str:
    return RiskModel.State.STOPPED if stops_of(model.gate, model.signed) else RiskModel.State.READY


@transaction.atomic
def sign_gap(*, model: RiskModel, attribute: str, reason: str, by: Account) -> RiskModel:
    """Sign, by name, why a gap between groups is borne; the gate then lets it pass.

    Raises:
        LearningRefused: no such gap stops the model, or no reason is given.
    """
    held = _locked(model)
    reason = reason.strip()
    if not reason:
        raise LearningRefused(_("Say why the gap is borne."))
    open_ = {about for stop, about in stops_of(held.gate, held.signed) if stop == "gap"} if is_judged(held) else set()
    if attribute not in open_ or held.state != RiskModel.State.STOPPED:
        raise LearningRefused(_("No such gap stops this model."))
    told = {"attribute": attribute, "reason": reason, "person": str(by.person), "at": clock.now().isoformat()}
    held.signed = [*held.signed, told]
    held.state = _state(held)
    held.save(update_fields=["signed", "state"])
    _record(held, "learning.model.signed", by, {"version": held.number, "gap": attribute, "reason": reason})
    return held


@transaction.atomic
def release_model(*, model: RiskModel, by: Account) -> RiskModel:
    """Bring a model into use; the one that was in use goes out of it. Caseloads follow only when the switch says so.

    Raises:
        LearningRefused: the gate stops it, or it was not learnt.
    """
    held = _locked(model)
    if held.state == RiskModel.State.RELEASED:
        return held
    if held.state != RiskModel.State.READY or not is_judged(held) or stops_of(held.gate, held.signed):
        raise LearningRefused(_("The gate stops this model."))
    for other in RiskModel.objects.filter(provider=held.provider, state=RiskModel.State.RELEASED):
        _retire(other, _("Version %(number)s is in use.") % {"number": held.number}, by)
    held.state, held.released_at, held.released_by = RiskModel.State.RELEASED, clock.now(), by
    held.save(update_fields=["state", "released_at", "released_by"])
    _record(held, "learning.model.released", by, {"version": held.number, "sha256": held.sha256})
    return held


@transaction.atomic
def retire_model(*, model: RiskModel, reason: str, by: Account | None) -> RiskModel:
    """Take a model out of use for good; where it ordered caseloads, the rules do from now on.

    Raises:
        LearningRefused: it is not in use, or no reason is given.
    """
    held = _locked(model)
    if held.state != RiskModel.State.RELEASED:
        raise LearningRefused(_("This model is not in use."))
    if not reason.strip():
        raise LearningRefused(_("Say why it is taken out of use."))
    _retire(held, reason.strip(), by)
    if mode_at(held.provider) == GuidanceSwitch.Mode.MODEL:
        move_switch(provider=held.provider, mode=GuidanceSwitch.Mode.RULES, reason=reason, by=by)
    return held


@transaction.atomic
def move_switch(*, provider: Unit, mode: str, reason: str, by: Account | None) -> GuidanceSwitch:
    """Say what orders caseloads from now on; at once, for every page that is opened and for the week that runs.

    Raises:
        LearningRefused: it is so already, a model is to and none is in use, or no reason is given.
    """
    Unit.objects.select_for_update().get(pk=provider.pk)
    if mode not in GuidanceSwitch.Mode.values:
        raise LearningRefused(_("Choose a model, the rules or nothing."))
    if not reason.strip():
        raise LearningRefused(_("Say why."))
    released = RiskModel.objects.filter(provider=provider, state=RiskModel.State.RELEASED)
    if mode == GuidanceSwitch.Mode.MODEL and not released.exists():
        raise LearningRefused(_("No model is in use."))
    before = mode_at(provider)
    if mode == before:
        raise LearningRefused(Reason(_("Caseloads are ordered so already."), field="mode"))
    made = GuidanceSwitch(provider=provider, mode=mode, at=clock.now(), by=by, reason=reason.strip())
    checked(made).save(force_insert=True)
    audit.record(
        by=by,
        verb="learning.switch.moved",
        target=made,
        unit_id=provider.pk,
        before={"mode": before},
        after={"mode": mode, "reason": made.reason},
    )
    order_week(provider=provider, on=clock.today(), by=by)
    return made


def mode_at(provider: Unit) -> str:
    """Return what orders caseloads at a provider; the rules where nothing was said."""
    latest = GuidanceSwitch.objects.filter(provider=provider).first()
    return latest.mode if latest else GuidanceSwitch.Mode.RULES


def is_judged(model: RiskModel) -> bool:
    """Return True when a model was learnt and has a report."""
    return "judged" in model.gate


def _retire(model: RiskModel, reason: str, by: Account | None) -> None:
    model.state, model.retired_at, model.retired_for = RiskModel.State.RETIRED, clock.now(), reason[:300]
    model.save(update_fields=["state", "retired_at", "retired_for"])
    _record(model, "learning.model.retired", by, {"version": model.number, "reason": reason[:300]})


def _locked(model: RiskModel) -> RiskModel:
    return RiskModel.objects.select_for_update(of=("self",)).select_related("provider").get(pk=model.pk)


def _record(model: RiskModel, verb: str, by: Account | None, after: dict[str, object]) -> None:
    audit.record(by=by, verb=verb, target=model, unit_id=model.provider_id, after=after)
