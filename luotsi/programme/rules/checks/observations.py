"""Checks of what was told: wholes and parts, percentages and their populations, words and numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from luotsi.programme.rules.checks.fault import Fault, error, remark, warning
from luotsi.programme.rules.figures import Figures, bounds, is_percent, rounded_like
from luotsi.programme.rules.plan import Observation, Plan, Population, coded
from luotsi.programme.rules.values import ObservationKind, Operator

LOOSE = (Operator.APPROX, Operator.RANGE)
TOLD = (ObservationKind.ACTUAL, ObservationKind.SELF_ASSESSMENT, ObservationKind.BASELINE)


def subsets_too_large(plan: Plan) -> Iterator[Fault]:
    """Yield subsets that are larger than their whole, whatever their words leave open."""
    known = coded(plan)
    for part in plan.observations:
        whole = known.get(part.subset_of)
        if not isinstance(whole, Observation) or whole.unit != part.unit:
            continue
        lowest, highest = bounds(part)[0], bounds(whole)[1]
        if lowest is not None and highest is not None and lowest > highest:
            yield error("observation.subset", part, "value", value=part.value, whole=whole.value, code=whole.code)


def sums_that_differ(plan: Plan) -> Iterator[Fault]:
    """Yield wholes whose parts do not add up to them."""
    known = coded(plan)
    for whole in plan.observations:
        parts = [part for code in whole.parts if isinstance(part := known.get(code), Observation)]
        values = [part.value for part in parts if part.value is not None]
        if whole.value is None or not values or len(values) < len(whole.parts):
            continue
        if any(item.operator != Operator.EQ for item in (whole, *parts)):
            continue
        if (total := sum(values, Decimal(0))) != whole.value:
            yield error("observation.parts", whole, "parts", total=total, value=whole.value)


def derived_that_differ(plan: Plan) -> Iterator[Fault]:
    """Yield derived values that are not what the plan expects, or not equal to what they should equal."""
    figures = Figures(plan)
    for item in plan.derived:
        value = figures.of(item).value
        if value is None:
            if not figures.of(item).circular:
                missing = ", ".join(figures.of(item).missing)
                yield warning("derived.empty", item, "formula", missing=missing)
            continue
        for key, wanted in (("expected", item.expected), ("equals", figures.value(item.equals))):
            if wanted is not None and rounded_like(value, wanted) != wanted:
                counted = rounded_like(value, wanted)
                yield error("derived.differs", item, key, value=counted, expected=wanted)


def empty_ranges(plan: Plan) -> Iterator[Fault]:
    """Yield ranges without both ends, or with the ends in the wrong order."""
    for item in plan.observations:
        if item.operator == Operator.RANGE and (item.low is None or item.high is None or item.low > item.high):
            yield error("observation.range", item, "operator")


def percentages_of_more_than_all(plan: Plan) -> Iterator[Fault]:
    """Yield percentages with a numerator larger than the denominator."""
    figures = Figures(plan)
    for item in percentages(plan):
        share = figures.share(item)
        if share.numerator is not None and share.denominator is not None and share.numerator > share.denominator:
            yield error("percentage.over", item, "numerator", numerator=share.numerator, whole=share.denominator)


def percentages_without_parts(plan: Plan) -> Iterator[Fault]:
    """Yield percentages that do not say of how many: numerator or denominator are not known."""
    figures = Figures(plan)
    for item in percentages(plan):
        share = figures.share(item)
        if share.numerator is None:
            yield warning("percentage.without_numerator", item, "value")
        if share.denominator is None:
            yield warning("percentage.without_denominator", item, "value")
        if not item.population:
            yield warning("percentage.without_population", item, "value")


def percentages(plan: Plan) -> Iterator[Observation]:
    """Yield what was observed in per cent."""
    return (item for item in plan.observations if is_percent(item.unit) and item.kind in TOLD)


def populations_that_differ(plan: Plan) -> Iterator[Fault]:
    """Yield groups of people of whom percentages are told by more than one population."""
    known, groups = coded(plan), defaultdict[str, dict[str, Population]](dict)
    for item in percentages(plan):
        population = known.get(item.population)
        if isinstance(population, Population) and population.group:
            groups[population.group][population.code] = population
    for group, members in groups.items():
        if len(members) > 1:
            first = next(iter(members.values()))
            empty = sum(member.count is None for member in members.values())
            told = {"codes": ", ".join(members), "count": len(members), "uncounted": empty}
            yield warning("population.several", first, "group", group=group, **told)


def words_for_numbers(plan: Plan) -> Iterator[Fault]:
    """Yield quantities that were told in words: without any number, read as a number, or taken as exact."""
    for item in plan.observations:
        if not item.words:
            continue
        if item.value is None and item.low is None:
            yield remark("words.without_number", item, "words")
        elif item.operator in LOOSE:
            yield remark("words.read", item, "words", value=item.value)
        else:
            yield warning("words.exact", item, "operator", value=item.value)


def observations_that_say_nothing(plan: Plan) -> Iterator[Fault]:
    """Yield observations with neither number, words, items, time nor a yes or no."""
    for item in plan.observations:
        told = (item.value, item.low, item.numerator, item.words or None, item.items or None, item.period)
        if item.kind != ObservationKind.QUALITATIVE and item.happened is None and told == (None,) * len(told):
            yield warning("observation.empty", item)


CHECKS = (
    subsets_too_large,
    sums_that_differ,
    derived_that_differ,
    empty_ranges,
    percentages_of_more_than_all,
    percentages_without_parts,
    populations_that_differ,
    words_for_numbers,
    observations_that_say_nothing,
)
