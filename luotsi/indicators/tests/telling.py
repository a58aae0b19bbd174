"""Indicators and figures for the tests, made through the real actions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from luotsi.base.names import Names
from luotsi.indicators.actions.definitions import DefinitionDetails, define_indicator
from luotsi.indicators.actions.observations import ObservationFigures, record_approved
from luotsi.indicators.rules.values import PERCENT, Policy

if TYPE_CHECKING:
    from luotsi.indicators.models import Indicator, Observation
    from luotsi.people.models import Unit


def details(**given: object) -> DefinitionDetails:
    """Return a share of persons by calendar year, valid since 2020, unless `given` says otherwise."""
    usual = {"valid_from": date(2020, 1, 1), "unit_of_measure": PERCENT, "factor": Decimal(100)}
    return DefinitionDetails(**(usual | given))  # type: ignore[arg-type]


def make_indicator(key: str, owner: Unit | None, **given: object) -> Indicator:
    """Define an indicator."""
    return define_indicator(key=key, owner=owner, names=Names(fi=key), details=details(**given), by=None)


def part(numerator: object, denominator: object, **others: object) -> ObservationFigures:
    """Return a numerator and its denominator."""
    return ObservationFigures(
        numerator=Decimal(str(numerator)),
        denominator=Decimal(str(denominator)),
        **others,  # type: ignore[arg-type]
    )


def tell(
    indicator: Indicator, unit: Unit, period: str, numerator: object, denominator: object, **split: str
) -> Observation:
    """Record an approved share of the unit."""
    return record_approved(
        indicator=indicator, unit=unit, period=period, figures=part(numerator, denominator), split=split, by=None
    )


OPEN = Policy.OPEN
