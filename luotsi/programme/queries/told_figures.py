"""Figures and forecasts of a programme or of one indicator, as commands tell them: plain rows, every digit kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from luotsi.base.texts import names_of
from luotsi.indicators.models import Indicator
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.queries.outlook import Outlook, outlooks_of
from luotsi.indicators.rules.values import Audience
from luotsi.people.models import Unit
from luotsi.programme.queries.overview import indicators_of
from luotsi.programme.queries.plan_sources import programme_of

if TYPE_CHECKING:
    from luotsi.indicators.models import Definition
    from luotsi.indicators.rules.values import Cell


@dataclass(frozen=True)
class Followed:
    """The indicators behind a key, and the unit whose figures are told unless another is asked for."""

    key: str
    indicators: tuple[Indicator, ...]
    unit: Unit | None


@dataclass(frozen=True)
class FigureRow:
    """One figure with everything that it must not be told without; numbers None where there are none.

    `mark` is empty for a figure, else missing, protected or not_applicable.
    """

    indicator: str
    code: str
    name: str
    unit: str
    period: str
    split: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    unit_of_measure: str
    population: str
    definition_version: int
    approximate: bool
    mark: str


@dataclass(frozen=True)
class ForecastRow:
    """What is foreseen of one indicator; without a target there is no forecast, only what is known.

    Args:
        verdict: reached, will_be_reached, at_risk, will_not or too_little_data; "no_target" without a target.
        method: how it was foreseen; empty with too little data.
        probability: of meeting the target, 0 to 1.
        needed_pace: change a year that leads from the last figure to the target, in the unit of measure.
        low80, high80, low95, high95: the ranges in which the value will be with 80 and 95 per cent.
        naive: the last figure, as if nothing changed.
        points: how many figures the forecast could use.
    """

    indicator: str
    code: str
    name: str
    unit: str
    unit_of_measure: str
    definition_version: int | None
    latest_period: str
    latest: Decimal | None
    approximate: bool
    operator: str
    target: Decimal | None
    target_on: date | None
    verdict: str
    method: str
    value: Decimal | None
    low80: Decimal | None
    high80: Decimal | None
    low95: Decimal | None
    high95: Decimal | None
    probability: Decimal | None
    needed_pace: Decimal | None
    pace_so_far: Decimal | None
    naive: Decimal | None
    points: int


def followed_by(key: str) -> Followed | None:
    """Return the indicators of a programme, or the one indicator, with a key; None where there is neither."""
    if (programme := programme_of(key)) is not None:
        return Followed(programme.key, indicators_of(programme), programme.owner)
    found = Indicator.objects.select_related("owner").filter(key=key.lower()).first()
    return Followed(found.key, (found,), found.owner) if found else None


def figure_rows(followed: Followed, unit: Unit, on: date | None) -> list[FigureRow]:
    """Return the figures of a unit, indicator by indicator in order of time; only what may be told to the staff."""
    figures = figures_of(followed.indicators, unit, audience=Audience.STAFF, on=on)
    by_key = {indicator.key: indicator for indicator in followed.indicators}
    return [
        _row(cell, by_key[cell.indicator], unit, figures.definition(cell.indicator, cell.version))
        for cell in figures.cells
        if cell.unit == unit.pk.hex
    ]


def _row(cell: Cell, indicator: Indicator, unit: Unit, definition: Definition | None) -> FigureRow:
    return FigureRow(
        indicator=indicator.key,
        code=indicator.code,
        name=indicator.names.text,
        unit=unit.key,
        period=cell.period,
        split=";".join(f"{name}={value}" for name, value in cell.split),
        numerator=cell.numerator,
        denominator=cell.denominator,
        value=cell.value,
        unit_of_measure=definition.unit_of_measure if definition else "",
        population=names_of(definition.population).text if definition else "",
        definition_version=cell.version,
        approximate=cell.approximate,
        mark=str(cell.mark),
    )


def forecast_rows(followed: Followed, unit: Unit, on: date | None) -> list[ForecastRow]:
    """Return what is foreseen of each indicator in a unit."""
    return [_foreseen(one, unit) for one in outlooks_of(followed.indicators, unit, on=on)]


def _foreseen(outlook: Outlook, unit: Unit) -> ForecastRow:
    latest, target, made = outlook.latest, outlook.target, outlook.forecast
    version = outlook.definition.version if outlook.definition else None
    known = [cell for cell in outlook.series if cell.version == version and cell.value is not None]
    return ForecastRow(
        indicator=outlook.indicator.key,
        code=outlook.indicator.code,
        name=outlook.indicator.names.text,
        unit=unit.key,
        unit_of_measure=outlook.definition.unit_of_measure if outlook.definition else "",
        definition_version=version,
        latest_period=latest.period if latest else "",
        latest=latest.value if latest else None,
        approximate=bool(latest and latest.approximate),
        operator=target.operator if target else "",
        target=target.value if target else None,
        target_on=target.due_on if target else None,
        verdict=str(made.verdict) if made else "no_target",
        method=str(made.method) if made and made.method else "",
        value=made.value if made else None,
        low80=made.low80 if made else None,
        high80=made.high80 if made else None,
        low95=made.low95 if made else None,
        high95=made.high95 if made else None,
        probability=made.probability if made else None,
        needed_pace=made.needed_pace if made else None,
        pace_so_far=made.pace_so_far if made else None,
        naive=made.naive_value if made else None,
        points=len(known),
    )
