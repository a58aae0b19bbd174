"""What a new figure is held against: the definition that is valid in its period, and whether it can be true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.base import clock, periods
from luotsi.base.errors import Reason
from luotsi.indicators.models import Definition, Observation
from luotsi.indicators.queries.remark_words import reasons_from
from luotsi.indicators.rules import observations as rules
from luotsi.indicators.rules.values import PERCENT, Mark, Operator

if TYPE_CHECKING:
    from luotsi.base.periods import Period
    from luotsi.indicators.models import Indicator
    from luotsi.people.models import Unit

PLACES = Decimal("0.0001")
LARGEST = Decimal(10) ** 14


@dataclass(frozen=True, kw_only=True)
class ObservationFigures:
    """What is told of a unit in a period: numbers, words or a mark, and where it comes from.

    `value` may be left out where numerator and denominator are given. `persons` is how many persons stand behind the
    figure; left out, the denominator counts for it where small groups are protected.
    """

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    operator: Operator = Operator.EQ
    words: str = ""
    mark: Mark = Mark.FIGURE
    persons: int | None = None
    source: str = ""
    source_place: str = ""
    source_url: str = ""
    note: str = ""


@lru_cache(maxsize=4096)
def period_of(key: str) -> Period:
    """Return the period of a key; the same few are asked for again and again. Raises NotAPeriod."""
    return periods.parse(key)


def split_key_of(split: Mapping[str, str]) -> str:
    """Return a split as text: "language=sv", several in the order of their dimensions with semicolons between."""
    return ";".join(f"{name}={value}" for name, value in sorted(split.items()))


def split_of(key: str) -> dict[str, str]:
    """Return the split that `split_key_of` wrote."""
    return dict(part.partition("=")[::2] for part in key.split(";") if part)


def definition_for(definitions: Sequence[Definition], period: Period) -> Definition | None:
    """Return the version by which figures of a period are told: the one valid on its last day.

    `definitions` are those of one indicator. A period before every version gets the first, and is refused as outside.
    """
    known = sorted(definitions, key=lambda one: one.version)
    valid = [one for one in known if one.valid_from <= period.end and (not one.valid_to or one.valid_to >= period.end)]
    return valid[-1] if valid else next(iter(known), None)


def told_of(period: Period, split: Mapping[str, str], figures: ObservationFigures) -> rules.Told:
    """Return figures as the rules take them."""
    return rules.Told(
        day_from=period.start,
        day_to=period.end,
        split=dict(split),
        numerator=figures.numerator,
        denominator=figures.denominator,
        value=figures.value,
        low=figures.low,
        high=figures.high,
        operator=figures.operator,
        words=figures.words,
        mark=figures.mark,
        persons=figures.persons,
    )


def value_of(figures: ObservationFigures, definition: Definition) -> Decimal | None:
    """Return the value that is kept: the one told, or what numerator and denominator make, to four decimals."""
    if figures.value is not None or figures.numerator is None or not figures.denominator:
        return figures.value
    with localcontext(prec=40):
        made = figures.numerator * definition.factor / figures.denominator
        return made.quantize(PLACES, ROUND_HALF_UP)


def reasons_of_place(indicator: Indicator, definition: Definition | None, unit: Unit, period: str) -> list[Reason]:
    """Return why nothing can be told of the unit in the period, whatever the figure."""
    found = []
    if definition is None:
        return [Reason(_("The indicator has no definition."), "indicator")]
    if definition.counting:
        found.append(Reason(_("This indicator is counted from records. Nothing is entered."), "indicator"))
    if indicator.owner is not None and not unit.path.startswith(indicator.owner.path):
        found.append(Reason(_("The indicator is not followed in this unit."), "unit"))
    try:
        span = period_of(period)
    except periods.NotAPeriod:
        return [*found, Reason(_("“%(period)s” is no period.") % {"period": period}, "period")]
    if span.kind not in (definition.period_kind, periods.PeriodKind.DAY):
        found.append(Reason(_("Figures of this indicator are told by another kind of period."), "period"))
    if span.start > clock.today():
        found.append(Reason(_("The period has not begun."), "period"))
    if indicator.retired_on is not None and span.start > indicator.retired_on:
        found.append(Reason(_("The indicator is not followed any more."), "indicator"))
    return found


def reasons_of_figures(
    definition: Definition,
    key: str,
    period: Period,
    split: Mapping[str, str],
    figures: ObservationFigures,
    whole: ObservationFigures | None = None,
) -> list[Reason]:
    """Return why the figures cannot be true; `whole` is what they are a part of, if anything is told of it."""
    remarks = rules.reasons_to_refuse(
        told_of(period, split, figures),
        definition.as_rule(key),
        valid_from=definition.valid_from,
        valid_to=definition.valid_to,
        whole=told_of(period, {}, whole) if whole else None,
    )
    found = reasons_from(remarks)
    numbers = ("numerator", "denominator", "value", "low", "high")
    found += [
        Reason(_("The number is too large."), name)
        for name in numbers
        if (given := getattr(figures, name)) is not None and given.is_finite() and abs(given) >= LARGEST
    ]
    return found


def persons_behind(figures: ObservationFigures, definition: Definition) -> int | None:
    """Return how many persons stand behind a figure: as told, else the denominator where groups are protected.

    None for open indicators: no person stands behind them. Where only a count is told, it is the persons itself.
    """
    if figures.persons is not None or definition.policy == "open":
        return figures.persons
    behind = figures.denominator if figures.denominator is not None else figures.numerator
    if behind is None and definition.unit_of_measure != PERCENT and definition.rollup == "sum":
        behind = figures.value
    return int(behind) if behind is not None and behind == behind.to_integral_value() and behind >= 0 else None


def told_at(observation: Observation) -> ObservationFigures:
    """Return what an observation tells."""
    return ObservationFigures(**{name: getattr(observation, name) for name in ObservationFigures.__dataclass_fields__})


def fields_of(
    indicator: Indicator, definition: Definition, period: Period, split: Mapping[str, str], figures: ObservationFigures
) -> dict[str, Any]:
    """Return the fields of a record that tells the figures."""
    return {
        **vars(figures),
        "indicator": indicator,
        "definition": definition,
        "value": value_of(figures, definition),
        "persons": persons_behind(figures, definition),
        "period": period.key,
        "period_start": period.start,
        "period_end": period.end,
        "split": dict(sorted(split.items())),
        "split_key": split_key_of(split),
    }
