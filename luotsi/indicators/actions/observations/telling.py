"""Telling a figure: as a draft, or approved at once where a body approved it before (a plan, the demo)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, periods, planner
from luotsi.base.errors import Reason, Refused
from luotsi.indicators.actions.definitions import reasons_of
from luotsi.indicators.models import Definition, Observation
from luotsi.indicators.queries.telling import (
    ObservationFigures,
    definition_for,
    fields_of,
    period_of,
    reasons_of_figures,
    reasons_of_place,
)
from luotsi.indicators.rules.values import ObservationState

if TYPE_CHECKING:
    from datetime import datetime

    from luotsi.indicators.models import Indicator
    from luotsi.people.models import Account, Unit

BATCH = 500


class ObservationRefused(Refused):
    """A figure that cannot be true, or that cannot be taken further."""


@dataclass(frozen=True, kw_only=True)
class NewObservation:
    """One figure to tell: of an indicator, a unit, a period and a split; `at` is when it was approved, if not now."""

    indicator: Indicator
    unit: Unit
    period: str
    figures: ObservationFigures
    split: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None


def definitions_of(indicators: Iterable[Indicator]) -> dict[Any, list[Definition]]:
    """Return the versions of each indicator, by its key in the database: one query."""
    found: defaultdict[Any, list[Definition]] = defaultdict(list)
    for one in Definition.objects.filter(indicator__in={indicator.pk for indicator in indicators}).order_by("version"):
        found[one.indicator_id].append(one)
    return found


def made(new: NewObservation, definitions: Sequence[Definition], **fields: Any) -> Observation:
    """Return the observation, not saved. Raises ObservationRefused with everything that cannot be true."""
    try:
        period = period_of(new.period)
    except periods.NotAPeriod:
        period = None
    definition = definition_for(definitions, period) if period else next(iter(definitions), None)
    reasons = reasons_of_place(new.indicator, definition, new.unit, new.period)
    if period is None or definition is None:
        raise ObservationRefused(*reasons)
    reasons += reasons_of_figures(definition, new.indicator.key, period, new.split, new.figures)
    if reasons:
        raise ObservationRefused(*reasons)
    told = fields_of(new.indicator, definition, period, new.split, new.figures)
    return Observation(unit=new.unit, entered_at=clock.now(), **(told | fields))


def checked(observation: Observation) -> Observation:
    """Return the observation when fields and constraints hold; otherwise refuse with every reason."""
    related = ["indicator", "definition", "unit", "replaces", "entered_by", "approved_by"]
    try:
        observation.full_clean(exclude=related, validate_constraints=False)
        observation.validate_constraints()
    except ValidationError as error:
        raise ObservationRefused(*reasons_of(error)) from None
    return observation


@transaction.atomic
def enter(
    *,
    indicator: Indicator,
    unit: Unit,
    period: str,
    figures: ObservationFigures,
    split: Mapping[str, str] | None = None,
    by: Account | None,
) -> Observation:
    """Enter a figure as a draft.

    Raises:
        ObservationRefused: it cannot be true, an approved one stands there (change that), or somebody is entering it.
    """
    new = NewObservation(indicator=indicator, unit=unit, period=period, figures=figures, split=split or {})
    observation = made(new, definitions_of([indicator])[indicator.pk], entered_by=by)
    if _approved_there([observation]):
        raise ObservationRefused(_("There is an approved figure of this unit and period. Change that one."))
    checked(observation).save(force_insert=True)
    audit.record(
        by=by,
        verb="indicators.observation.entered",
        target=observation,
        after=audit.snapshot(observation),
        unit_id=unit.pk,
    )
    return observation


def _approved_there(observations: Sequence[Observation]) -> set[tuple[Any, ...]]:
    keys = {(one.indicator_id, one.unit_id, one.period, one.split_key) for one in observations}
    there = Observation.objects.filter(
        state=ObservationState.APPROVED,
        indicator__in={key[0] for key in keys},
        period__in={key[2] for key in keys},
    )
    return keys & set(there.values_list("indicator_id", "unit_id", "period", "split_key"))


def record_approved(
    *,
    indicator: Indicator,
    unit: Unit,
    period: str,
    figures: ObservationFigures,
    split: Mapping[str, str] | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> Observation:
    """Record a figure that has been approved elsewhere: entered and approved in one step, with one audit row.

    `at` is when it was approved, by default now. Refusals as for `record_many`.
    """
    new = NewObservation(indicator=indicator, unit=unit, period=period, figures=figures, split=split or {})
    return record_many(new=[new], by=by, at=at)[0]


@transaction.atomic
def record_many(*, new: Sequence[NewObservation], by: Account | None, at: datetime | None = None) -> list[Observation]:
    """Record approved figures, all or none, with one audit row that names the indicators and counts the figures.

    Raises:
        ObservationRefused: one of them cannot be true, or is there already; reasons of every such figure.
    """
    now = at or clock.now()
    definitions = definitions_of({one.indicator.pk: one.indicator for one in new}.values())
    observations, reasons = [], []
    for one in new:
        moment = one.at or now
        approval = {"state": ObservationState.APPROVED, "approved_by": by, "approved_at": moment}
        try:
            made_one = made(one, definitions[one.indicator.pk], entered_by=by, submitted_at=moment, **approval)
            made_one.entered_at = moment
            observations.append(made_one)
        except ObservationRefused as refused:
            where = f"{one.indicator.key} {one.unit} {one.period}"
            reasons += [Reason(f"{where}: {reason}", reason.field) for reason in refused.reasons]
    keys = [(one.indicator_id, one.unit_id, one.period, one.split_key) for one in observations]
    if len(set(keys)) < len(keys) or (observations and _approved_there(observations)):
        reasons.append(Reason(_("There is an approved observation of this unit and period already.")))
    if reasons:
        raise ObservationRefused(*reasons)
    if observations:
        Observation.objects.bulk_create(observations, BATCH)
        planner.many_came(len(observations), Observation)
        _tell_of(observations, by)
    return observations


def _tell_of(observations: Sequence[Observation], by: Account | None) -> None:
    """Write the one audit row of figures that were recorded together."""
    counts: defaultdict[str, int] = defaultdict(int)
    for one in observations:
        counts[one.indicator.key] += 1
    first = observations[0]
    alone = len(observations) == 1
    audit.record(
        by=by,
        verb="indicators.observations.recorded",
        target=first if alone else first.indicator,
        after=audit.snapshot(first) if alone else dict(counts),
        unit_id=first.unit_id if alone else first.indicator.owner_id,
    )
