"""Whether the targets of units and the target of the whole above them fit together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from luotsi.base import clock
from luotsi.indicators.models import Target
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.rules.targets import Consistency, UnitTarget, consistency
from luotsi.indicators.rules.values import Operator
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.indicators.models import Indicator


@dataclass(frozen=True, kw_only=True)
class TargetFit:
    """The target of the whole, the units below with theirs, and what they amount to.

    `consistency` names units by their key of 32 hex digits; `units` are in the order of their names.
    """

    target: Target
    units: tuple[tuple[Unit, Target | None], ...]
    consistency: Consistency


def target_fit(target: Target, *, on: date | None = None) -> TargetFit | None:
    """Return how the targets of the units straight below fit a target; None where nothing is below.

    What a unit without a target holds, and how much each weighs, is taken from protected figures: a protected one is
    not known, and says so. Three queries beside those of the figures.
    """
    day = on or clock.today()
    indicator: Indicator = target.indicator
    units = list(Unit.objects.filter(parent=target.unit_id).in_force(day))
    if not units:
        return None
    figures = figures_of([indicator], target.unit, below=True, on=day)
    definition = figures.definition(indicator)
    if definition is None:
        return None
    aims = Target.objects.in_force().filter(indicator=indicator, unit__in=units, period=target.period)
    held = {aim.unit_id: aim for aim in aims}
    told = []
    for unit in units:
        last, aim = figures.latest(indicator, unit), held.get(unit.pk)
        told.append(
            UnitTarget(
                unit=unit.pk.hex,
                value=aim.value if aim else None,
                operator=Operator(aim.operator) if aim else Operator(target.operator),
                weight=last.denominator if last else None,
                last=last.value if last else None,
            )
        )
    return TargetFit(
        target=target,
        units=tuple((unit, held.get(unit.pk)) for unit in units),
        consistency=consistency(definition.as_rule(indicator.key), told, Operator(target.operator), target.value),
    )


def fit_above(target: Target, *, on: date | None = None) -> TargetFit | None:
    """Return how a target sits among those of its neighbours under the target of the unit above; None without one."""
    above = Target.objects.in_force().filter(
        indicator=target.indicator_id, period=target.period, unit=target.unit.parent_id
    )
    whole = above.select_related("indicator", "unit").first() if target.unit.parent_id else None
    return target_fit(whole, on=on) if whole else None
