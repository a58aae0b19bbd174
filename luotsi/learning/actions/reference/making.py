"""What the definitions of studies are made of: shares of learners, so much for each, persons counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from luotsi.base.names import Names
from luotsi.base.periods import PeriodKind
from luotsi.indicators.actions.definitions import DefinitionDetails
from luotsi.indicators.rules.values import PERCENT, Direction, Policy, Rollup

BEGAN = date(2018, 1, 1)  # the Act on Vocational Education and Training 531/2017 came into force
PERSONS: dict[str, Any] = {"column": "person"}
OF_VOCATIONAL = ["kind", "=", "vocational"]
LEARNERS = Names(fi="Opiskelijat", sv="Studerande", en="Learners")
PLANNED = Names(
    fi="Opiskelijat, joiden suunnitelmassa on päiviä",
    sv="Studerande i vars plan det finns datum",
    en="Learners in whose plan there are days",
)
LAST_YEAR = Names(
    fi="Luku koskee 12 kuukautta jakson viimeiseen päivään asti.",
    sv="Talet gäller de 12 månaderna fram till periodens sista dag.",
    en="The figure is of the 12 months up to the last day of the period.",
)
ON_THE_DAY = Names(
    fi="Tilanne jakson viimeisenä päivänä, kuluvassa jaksossa tänään.",
    sv="Läget på periodens sista dag, i den pågående perioden i dag.",
    en="As it is on the last day of the period, in the present one today.",
)


def share(period: PeriodKind, direction: Direction = Direction.RISING, **details: Any) -> DefinitionDetails:
    """Return a share of persons, protected as those of learners are: few of either kind hidden, 45 in public."""
    return DefinitionDetails(
        valid_from=BEGAN,
        unit_of_measure=PERCENT,
        factor=Decimal(100),
        rollup=Rollup.RATIO,
        policy=Policy.LEARNERS,
        period_kind=period,
        direction=direction,
        **details,
    )


def each(unit: str, direction: Direction, **details: Any) -> DefinitionDetails:
    """Return so much for each learner."""
    return DefinitionDetails(
        valid_from=BEGAN,
        unit_of_measure=unit,
        rollup=Rollup.RATIO,
        policy=Policy.LEARNERS,
        period_kind=PeriodKind.MONTH,
        direction=direction,
        method=ON_THE_DAY,
        **details,
    )


def counting(table: str, denominator: list[list[Any]], *more: list[Any], **numerator: Any) -> dict[str, Any]:
    """Return persons of `denominator` with those for whom `more` holds too; `numerator` for sums."""
    return {
        "table": table,
        "numerator": (numerator or PERSONS) | {"where": [*denominator, *more]},
        "denominator": PERSONS | {"where": denominator},
    }
