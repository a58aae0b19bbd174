"""Keeping forecasts as they were made, so that it can be told later how good they were. Never done by a reader."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.base import audit, clock
from luotsi.indicators.models import Definition, Indicator, KeptForecast, Target
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.queries.outlook import aim_of, foreseen, points_of
from luotsi.indicators.rules.values import PERCENT, Direction
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.indicators.rules.forecast import Point
    from luotsi.people.models import Account

BATCH = 500
PLACES = Decimal("0.0001")


def keep_daily() -> None:
    """Keep what is foreseen today of every target whose day has not come; the same points make no second row."""
    today = clock.today()
    coming = Target.objects.in_force().filter(due_on__gte=today, indicator__retired_on=None)
    keep(targets=coming.select_related("indicator", "unit"), on=today, by=None)


def keep_after(*, indicator: Indicator, units: Iterable[Unit], by: Account | None) -> int:
    """Keep what is foreseen after figures of some units have been approved: of them and of the units above."""
    today = clock.today()
    keys = {pk for unit in units for pk in (*unit.ancestor_ids, unit.pk)}
    coming = Target.objects.in_force().filter(indicator=indicator, unit__in=keys, due_on__gte=today)
    return keep(targets=coming.select_related("indicator", "unit"), on=today, by=by)


def keep(*, targets: Iterable[Target], on: date, by: Account | None) -> int:
    """Keep what is foreseen of targets on a day; return how many rows were new. One audit row, if any."""
    made = _made(list(targets), on)
    with transaction.atomic():
        there = set(
            KeptForecast.objects.filter(basis__in=[one.basis for one in made]).values_list(
                "indicator_id", "unit_id", "for_period", "basis"
            )
        )
        new = [one for one in made if (one.indicator_id, one.unit_id, one.for_period, one.basis) not in there]
        if new:
            KeptForecast.objects.bulk_create(new, BATCH, ignore_conflicts=True)
            audit.record(by=by, verb="indicators.forecasts.kept", target=new[0], after={"count": len(new)})
    return len(new)


def _made(targets: Sequence[Target], on: date) -> list[KeptForecast]:
    """Return the forecasts of targets, not saved; the figures of each unit are asked for together."""
    by_unit: defaultdict[Unit, list[Target]] = defaultdict(list)
    for target in targets:
        by_unit[target.unit].append(target)
    found = []
    for unit, held in by_unit.items():
        figures = figures_of(list({target.indicator_id: target.indicator for target in held}.values()), unit, on=on)
        for target in held:
            if (definition := figures.definition(target.indicator)) is None:
                continue
            series = figures.series(target.indicator, unit)
            found.append(kept_from(target, definition, points_of(series, definition.version, on), on))
    return found


def kept_from(target: Target, definition: Definition, points: tuple[Point, ...], on: date) -> KeptForecast:
    """Return what is foreseen of a target from known points on a day, not saved."""
    aim, share = aim_of(target), definition.unit_of_measure == PERCENT
    forecast = foreseen(points, aim, share, Direction(definition.direction))
    basis = json.dumps([target.pk.hex, definition.version, [str(point) for point in points], str(aim)])
    return KeptForecast(
        indicator=target.indicator,
        unit=target.unit,
        version=definition.version,
        made_on=on,
        for_day=target.due_on,
        for_period=target.period,
        basis=hashlib.sha256(basis.encode()).hexdigest(),
        method=str(forecast.method or ""),
        value=_places(forecast.value),
        low=_places(forecast.low80),
        high=_places(forecast.high80),
        probability=forecast.probability,
        verdict=str(forecast.verdict),
    )


def _places(number: Decimal | None) -> Decimal | None:
    """Return a number as the database keeps it."""
    return None if number is None else number.quantize(PLACES, ROUND_HALF_UP)
