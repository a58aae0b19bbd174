"""Where an indicator stands and where it goes: series, target and path, what is foreseen, how good that used to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from luotsi.base import clock
from luotsi.indicators.models import KeptForecast, Target
from luotsi.indicators.queries.figures import Figures, figures_of
from luotsi.indicators.queries.telling import period_of
from luotsi.indicators.rules import forecast as rules
from luotsi.indicators.rules.targets import TargetPath
from luotsi.indicators.rules.values import (
    PERCENT,
    Audience,
    Cell,
    Direction,
    Mark,
    Operator,
    PathKind,
    Rollup,
)

if TYPE_CHECKING:
    from luotsi.indicators.models import Definition, Indicator
    from luotsi.people.models import Unit


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What is known and foreseen of an indicator in a unit.

    Args:
        definition: the last version; None where there is none.
        target: the next target of the unit, or its last one; of the nearest unit above where it has none of its own
            and the indicator is a share or a mean. None without any.
        targets: all targets in force of the same unit, in order of time.
        inherited: whether the targets are those of a unit above.
        path: the way to the target; None without one.
        series: protected cells of the total by time, of every version.
        forecast: None without a target.
        score: how forecasts kept earlier for this unit turned out.
    """

    indicator: Indicator
    definition: Definition | None
    target: Target | None
    targets: tuple[Target, ...]
    inherited: bool
    path: TargetPath | None
    series: tuple[Cell, ...]
    forecast: rules.Forecast | None
    score: rules.Score
    kept: tuple[KeptForecast, ...] = ()
    day: date = field(default_factory=clock.today)

    @property
    def latest(self) -> Cell | None:
        """The last cell that is not missing: a figure, or a protected one."""
        return next((cell for cell in reversed(self.series) if cell.mark is not Mark.MISSING), None)

    @property
    def previous(self) -> Cell | None:
        """The figure before the latest, of the same version; None where there is none."""
        last = self.latest
        earlier = [cell for cell in self.series if last and cell is not last and cell.version == last.version]
        return next((cell for cell in reversed(earlier) if cell.value is not None), None)

    @property
    def gap(self) -> Decimal | None:
        """What is missing from the target, with its sign; None without a target or a figure."""
        last = self.latest
        return self.path.gap(last.value) if self.path and last else None

    @property
    def on_track(self) -> bool | None:
        """Whether the latest figure is where the path asks it to be on its day; None where that is not known."""
        last = self.latest
        return self.path.on_track(last.value, day_of(last, self.day)) if self.path and last else None


def day_of(cell: Cell, today: date) -> date:
    """Return the day that a cell stands for: the last of its period, or today in one that goes on."""
    return min(period_of(cell.period).end, today)


def path_of(target: Target) -> TargetPath:
    """Return a target as the rules take it."""
    return TargetPath(
        operator=Operator(target.operator),
        value=target.value,
        due_on=target.due_on,
        baseline=target.baseline_value,
        baseline_on=target.baseline_on,
        kind=PathKind(target.path),
        points=tuple((period_of(period).end, Decimal(value)) for period, value in target.points),
    )


def aim_of(target: Target) -> rules.Aim:
    """Return a target as the aim of a forecast."""
    return rules.Aim(operator=Operator(target.operator), value=target.value, day=target.due_on)


def points_of(series: Iterable[Cell], version: int, today: date) -> tuple[rules.Point, ...]:
    """Return the known values of one version of a definition, by day."""
    return tuple(
        rules.Point(day=day_of(cell, today), value=cell.value, approximate=cell.approximate)
        for cell in series
        if cell.version == version and cell.value is not None and cell.mark is Mark.FIGURE
    )


def points_of_values(values: Mapping[date, Decimal]) -> tuple[rules.Point, ...]:
    """Return known values by day as points."""
    return tuple(rules.Point(day=day, value=value) for day, value in sorted(values.items()))


@lru_cache(maxsize=2048)
def foreseen(points: tuple[rules.Point, ...], aim: rules.Aim, share: bool, direction: Direction) -> rules.Forecast:
    """Return the forecast; the same points and aim are not worked out twice."""
    return rules.forecast(points, aim, share=share, direction=direction)


def outlook_of(
    indicator: Indicator,
    unit: Unit,
    *,
    audience: Audience = Audience.STAFF,
    on: date | None = None,
    at: datetime | None = None,
) -> Outlook:
    """Return the outlook of one indicator; see `outlooks_of`."""
    return outlooks_of([indicator], unit, audience=audience, on=on, at=at)[0]


def outlooks_of(
    indicators: Sequence[Indicator],
    unit: Unit,
    *,
    audience: Audience = Audience.STAFF,
    on: date | None = None,
    at: datetime | None = None,
) -> list[Outlook]:
    """Return the outlook of each indicator in a unit, in the order given; two queries beside those of the figures.

    Everything is made of protected figures: no forecast tells what a figure must not. Arguments as for `figures_of`.
    """
    day = on or clock.today()
    figures = figures_of(indicators, unit, audience=audience, on=day, at=at)
    targets = targets_along(indicators, unit)
    kept: defaultdict[UUID, list[KeptForecast]] = defaultdict(list)
    for one in KeptForecast.objects.filter(indicator__in=indicators, unit=unit, made_on__lte=day):
        kept[one.indicator_id].append(one)
    return [_outlook(one, unit, figures, targets, kept[one.pk], day) for one in indicators]


def targets_along(indicators: Sequence[Indicator], unit: Unit) -> Mapping[tuple[UUID, UUID], list[Target]]:
    """Return the targets in force of the unit and of those above it, by indicator and unit, in order of time."""
    found: defaultdict[tuple[UUID, UUID], list[Target]] = defaultdict(list)
    units = [*unit.ancestor_ids, unit.pk]
    for target in Target.objects.in_force().filter(indicator__in=indicators, unit__in=units).order_by("due_on"):
        found[target.indicator_id, target.unit_id].append(target)
    return found


def targets_for(
    indicator: Indicator,
    definition: Definition | None,
    unit: Unit,
    targets: Mapping[tuple[UUID, UUID], list[Target]],
) -> tuple[list[Target], bool]:
    """Return the targets that hold for a unit, and whether a unit above set them; sums are not handed down."""
    if own := targets.get((indicator.pk, unit.pk)):
        return own, False
    if definition is None or definition.rollup == Rollup.SUM:
        return [], False
    above = (targets.get((indicator.pk, pk)) for pk in reversed(unit.ancestor_ids))
    return next((found for found in above if found), []), True


def _outlook(
    indicator: Indicator,
    unit: Unit,
    figures: Figures,
    targets: Mapping[tuple[UUID, UUID], list[Target]],
    kept: Sequence[KeptForecast],
    day: date,
) -> Outlook:
    definition = figures.definition(indicator)
    series = tuple(figures.series(indicator, unit))
    held, inherited = targets_for(indicator, definition, unit, targets)
    target = next((one for one in held if one.due_on >= day), held[-1] if held else None)
    points = points_of(series, definition.version, day) if definition else ()
    forecast = None
    if target is not None and definition is not None:
        share = definition.unit_of_measure == PERCENT
        forecast = foreseen(points, aim_of(target), share, Direction(definition.direction))
    return Outlook(
        indicator=indicator,
        definition=definition,
        target=target,
        targets=tuple(held),
        inherited=inherited and bool(held),
        path=path_of(target) if target else None,
        series=series,
        forecast=forecast,
        score=_score(kept, series, day),
        kept=tuple(kept),
        day=day,
    )


def _score(kept: Sequence[KeptForecast], series: Sequence[Cell], day: date) -> rules.Score:
    """Return how kept forecasts turned out, each held against figures of its own version."""
    known: defaultdict[int, dict[date, Decimal]] = defaultdict(dict)
    for cell in series:
        if cell.value is not None and period_of(cell.period).end <= day:
            known[cell.version][period_of(cell.period).end] = cell.value
    judged = [one for one in kept if one.for_day in known[one.version]]
    actuals = {one.for_day: known[one.version][one.for_day] for one in judged}
    told = [
        rules.Kept(made_on=one.made_on, for_day=one.for_day, value=one.value, low=one.low, high=one.high)
        for one in judged
    ]
    return rules.score(told, actuals)
