"""Checks of indicators: how they are counted, what they aim at, and whether their sources agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from luotsi.programme.rules.checks.fault import Fault, remark, warning
from luotsi.programme.rules.figures import Figures, is_percent
from luotsi.programme.rules.plan import Indicator, Plan, coded
from luotsi.programme.rules.values import ObservationKind

ORDER_OF_MAGNITUDE = 10
COMPARED = (ObservationKind.ACTUAL, ObservationKind.SELF_ASSESSMENT)


def indicators_without_rule(plan: Plan) -> Iterator[Fault]:
    """Yield indicators that do not say when something counts, or by which version of that rule."""
    for item in plan.indicators:
        if not item.rule:
            yield warning("indicator.without_rule", item)
        if not item.version:
            yield warning("indicator.without_version", item)


def shares_without_population(plan: Plan) -> Iterator[Fault]:
    """Yield indicators in per cent that name no population."""
    for item in plan.indicators:
        if is_percent(item.unit) and not item.population:
            yield warning("indicator.without_population", item)


def incomplete_targets(plan: Plan) -> Iterator[Fault]:
    """Yield targets that leave open how much, in which sense or when."""
    for indicator in plan.indicators:
        for item in indicator.targets:
            for key in ("operator", "value", "period"):
                if getattr(item, key) is None:
                    yield warning(f"target.without_{key}", item, code=indicator.code)


def sources_that_disagree(plan: Plan) -> Iterator[Fault]:
    """Yield indicators of which two sources tell values that differ by an order of magnitude."""
    figures = Figures(plan)
    for item in plan.indicators:
        told = sorted(told_of(plan, item, figures), key=lambda pair: pair[1])
        if len(told) > 1 and told[-1][1] / told[0][1] >= ORDER_OF_MAGNITUDE:
            (low_code, low), (high_code, high) = told[0], told[-1]
            ends = {"low": round(low, 1), "high": round(high, 1)}
            yield remark("indicator.sources", item, "", **ends, low_code=low_code, high_code=high_code)


def told_of(plan: Plan, indicator: Indicator, figures: Figures) -> Iterator[tuple[str, Decimal]]:
    """Yield code and value, above zero and in the indicator's unit, of all that was told or counted of it."""
    for item in plan.observations:
        if item.indicator == indicator.code and item.unit == indicator.unit and item.kind in COMPARED:
            value = figures.share(item).value if is_percent(item.unit) else item.value
            if value is not None and value > 0:
                yield item.code, value
    for derived in plan.derived:
        value = figures.of(derived).value
        if derived.indicator == indicator.code and derived.unit == indicator.unit and value is not None and value > 0:
            yield derived.code, value


def observations_in_another_unit(plan: Plan) -> Iterator[Fault]:
    """Yield what was observed of an indicator in another unit than its own."""
    known = coded(plan)
    for item in plan.observations:
        indicator = known.get(item.indicator)
        if isinstance(indicator, Indicator) and item.unit and item.unit != indicator.unit:
            yield remark("observation.unit", item, "unit", unit=item.unit, code=indicator.code, wanted=indicator.unit)


CHECKS = (
    indicators_without_rule,
    shares_without_population,
    incomplete_targets,
    sources_that_disagree,
    observations_in_another_unit,
)
