"""Taking a figure further: changing a draft, submitting, sending back, approving, changing what was approved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, periods
from luotsi.indicators.actions.forecasts import keep_after
from luotsi.indicators.actions.observations.telling import BATCH, ObservationRefused, checked
from luotsi.indicators.models import Observation
from luotsi.indicators.queries.remark_words import reasons_from
from luotsi.indicators.queries.telling import ObservationFigures, fields_of, reasons_of_figures
from luotsi.indicators.rules.observations import Move, after, reasons_to_refuse_move
from luotsi.indicators.rules.values import ObservationState

if TYPE_CHECKING:
    from luotsi.people.models import Account

WRITTEN = (*ObservationFigures.__dataclass_fields__, "split", "split_key")


def locked(observation: Observation, move: Move, *, reason: str = "") -> Observation:
    """Return the observation as it stands now, locked. Raises ObservationRefused when the move cannot be made."""
    kept = (
        Observation.objects.select_for_update(of=("self",))
        .select_related("indicator__owner", "definition", "unit", "replaces")
        .get(pk=observation.pk)
    )
    if remarks := reasons_to_refuse_move(move, ObservationState(kept.state), reason=reason):
        raise ObservationRefused(*reasons_from(remarks))
    return kept


def refigured(observation: Observation, figures: ObservationFigures) -> dict[str, Any]:
    """Return the fields of an observation with other figures. Raises ObservationRefused when they cannot be true."""
    period, definition, indicator = periods.parse(observation.period), observation.definition, observation.indicator
    if reasons := reasons_of_figures(definition, indicator.key, period, observation.split, figures):
        raise ObservationRefused(*reasons)
    return fields_of(indicator, definition, period, observation.split, figures)


@transaction.atomic
def change_draft(*, observation: Observation, figures: ObservationFigures, by: Account | None) -> Observation:
    """Write other figures into a draft; no audit row when nothing changed."""
    kept = locked(observation, Move.EDIT)
    before, told = audit.snapshot(kept, *WRITTEN), refigured(kept, figures)
    changed = [name for name in WRITTEN if getattr(kept, name) != told[name]]
    for name in changed:
        setattr(kept, name, told[name])
    if changed:
        checked(kept).save(update_fields=changed)
        written = audit.snapshot(kept, *WRITTEN)
        _record("changed", kept, by, {n: before[n] for n in changed}, {n: written[n] for n in changed})
    return kept


@transaction.atomic
def submit(*, observation: Observation, by: Account | None) -> Observation:
    """Hand a draft over for approval."""
    kept = locked(observation, Move.SUBMIT)
    kept.state, kept.submitted_at = after(Move.SUBMIT) or "", clock.now()
    kept.save(update_fields=["state", "submitted_at"])
    _record("submitted", kept, by)
    return kept


@transaction.atomic
def send_back(*, observation: Observation, reason: str, by: Account | None) -> Observation:
    """Give a submitted figure back to those who entered it, with a reason that stands in the log."""
    kept = locked(observation, Move.SEND_BACK, reason=reason)
    kept.state, kept.submitted_at = after(Move.SEND_BACK) or "", None
    kept.save(update_fields=["state", "submitted_at"])
    _record("sent-back", kept, by, reason=reason)
    return kept


@transaction.atomic
def approve(*, observation: Observation, by: Account | None) -> Observation:
    """Approve a submitted figure: it counts from now on and is locked; the one that it replaces is superseded.

    After the commit, what is foreseen with it is kept.
    """
    return _approved(locked(observation, Move.APPROVE), by)


def _approved(kept: Observation, by: Account | None) -> Observation:
    now = clock.now()
    if kept.replaces is not None:
        old = locked(kept.replaces, Move.SUPERSEDE, reason=kept.reason)
        old.state, old.superseded_at = after(Move.SUPERSEDE) or "", now
        old.save(update_fields=["state", "superseded_at"])
    kept.state, kept.approved_by, kept.approved_at = after(Move.APPROVE) or "", by, now
    checked(kept).save(update_fields=["state", "approved_by", "approved_at"])
    _record("approved", kept, by, reason=kept.reason)
    keep = partial(keep_after, indicator=kept.indicator, units=[kept.unit], by=by)
    # A failure there takes no approval back; many approved at once are left to the daily round.
    transaction.on_commit(keep, robust=True)
    return kept


@transaction.atomic
def change_approved(
    *, observation: Observation, figures: ObservationFigures, reason: str, by: Account | None
) -> Observation:
    """Begin a new version of an approved figure: a draft, which takes its place when it is approved.

    Raises:
        ObservationRefused: there is no reason, the figures cannot be true, or a new version is in work already.
    """
    old = locked(observation, Move.SUPERSEDE, reason=reason)
    told = refigured(old, figures) | {"unit": old.unit, "replaces": old, "reason": reason.strip()}
    if Observation.objects.filter(replaces=old).exists():
        raise ObservationRefused(_("A new version of this figure is in work already."))
    new = Observation(version=old.version + 1, entered_by=by, entered_at=clock.now(), **told)
    checked(new).save(force_insert=True)
    _record("change-begun", new, by, audit.snapshot(old, *WRITTEN), audit.snapshot(new, *WRITTEN), reason)
    return new


@transaction.atomic
def discard(*, observation: Observation, by: Account | None) -> None:
    """Throw a draft away; the log keeps what stood in it."""
    kept = locked(observation, Move.DISCARD)
    _record("discarded", kept, by, audit.snapshot(kept))
    Observation.objects.filter(pk=kept.pk).delete()


@transaction.atomic
def submit_many(*, observations: Iterable[Observation], by: Account | None) -> int:
    """Hand over every draft among the observations, with one audit row for each unit; return how many."""
    kept = _all_locked(observations, ObservationState.DRAFT)
    for one in kept:
        one.state, one.submitted_at = after(Move.SUBMIT) or "", clock.now()
    Observation.objects.bulk_update(kept, ["state", "submitted_at"], BATCH)
    _record_together("indicators.observations.submitted", kept, by)
    return len(kept)


@transaction.atomic
def approve_many(*, observations: Iterable[Observation], by: Account | None) -> int:
    """Approve every submitted figure among the observations, with one audit row for each unit; return how many."""
    kept = _all_locked(observations, ObservationState.SUBMITTED)
    now = clock.now()
    old = [one.replaces for one in kept if one.replaces is not None]
    for one in old:
        one.state, one.superseded_at = ObservationState.SUPERSEDED, now
    for one in kept:
        one.state, one.approved_by, one.approved_at = ObservationState.APPROVED, by, now
    Observation.objects.bulk_update(old, ["state", "superseded_at"], BATCH)
    Observation.objects.bulk_update(kept, ["state", "approved_by", "approved_at"], BATCH)
    _record_together("indicators.observations.approved", kept, by)
    return len(kept)


@transaction.atomic
def discard_many(*, observations: Iterable[Observation], by: Account | None) -> int:
    """Throw away every draft among the observations, with one audit row for each unit; return how many."""
    kept = _all_locked(observations, ObservationState.DRAFT)
    _record_together("indicators.observations.discarded", kept, by)
    Observation.objects.filter(pk__in=[one.pk for one in kept]).delete()
    return len(kept)


def _all_locked(observations: Iterable[Observation], state: ObservationState) -> list[Observation]:
    """Return those of the observations that are in a state now, locked, in the order of time."""
    pks = [one.pk for one in observations]
    found: list[Observation] = []
    for start in range(0, len(pks), BATCH):
        part = Observation.objects.select_for_update(of=("self",)).filter(pk__in=pks[start : start + BATCH])
        found += part.filter(state=state).select_related("indicator", "replaces", "unit").order_by("pk")
    return found


def _record_together(verb: str, observations: Sequence[Observation], by: Account | None) -> None:
    by_unit: dict[Any, list[Observation]] = {}
    for one in observations:
        by_unit.setdefault(one.unit_id, []).append(one)
    for unit_id, own in by_unit.items():
        figures = {f"{one.indicator.key} {one.period} {one.split_key}".strip(): str(one.pk) for one in own}
        audit.record(by=by, verb=verb, target=own[0], after=figures, unit_id=unit_id)


def _record(
    deed: str,
    observation: Observation,
    by: Account | None,
    before: dict[str, object] | None = None,
    written: dict[str, object] | None = None,
    reason: str = "",
) -> None:
    """Write the audit row of one deed."""
    audit.record(
        by=by,
        verb=f"indicators.observation.{deed}",
        target=observation,
        before=before,
        after=written if written is not None else {"state": observation.state},
        unit_id=observation.unit_id,
        reason=reason,
    )
