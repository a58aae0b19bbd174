"""Whether the targets of units and the target of the whole fit together, told both ways with the difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from luotsi.indicators.rules.remarks import Remark, remark
from luotsi.indicators.rules.targets.path import DIGITS, gap, meets
from luotsi.indicators.rules.values import PERCENT, Definition, Operator, Rollup

UPWARD = frozenset({Operator.GTE, Operator.GT})
DOWNWARD = frozenset({Operator.LTE, Operator.LT})


@dataclass(frozen=True, kw_only=True)
class UnitTarget:
    """What a unit aims at.

    Args:
        unit: key of the unit.
        value: its target; None where it has none.
        operator: how it should relate to it.
        weight: its denominator, by which ratios and weighted means are rolled up; None where it is not known.
        last: its last known value, which is assumed to hold where it has no target.
    """

    unit: str
    value: Decimal | None = None
    operator: Operator = Operator.GTE
    weight: Decimal | None = None
    last: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Consistency:
    """What the targets of units amount to beside the target of the whole.

    Args:
        reached: the whole when each unit reaches its target and the others stay where they are; None if unknown.
        possible: the best whole when units without a target do their best; None where there is no bound.
        difference: what `reached` lacks of the target of the whole, with its sign; 0 = enough, None = unknown.
        by_unit: for indicators of the smallest or the largest unit: what each unit's target lacks.
        without: units that have no target.
        remarks: what does not fit and why, by code.
    """

    reached: Decimal | None
    possible: Decimal | None
    difference: Decimal | None
    by_unit: tuple[tuple[str, Decimal], ...] = ()
    without: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def fits(self) -> bool | None:
        """Whether reaching every target of the units reaches the target of the whole; None where it is not known."""
        return None if self.difference is None else not any(item.code in BREAKS for item in self.remarks)


SHORT, OVER, IMPOSSIBLE, CLASH = "units.fall_short", "units.exceed", "whole.impossible", "unit.other_direction"
WITHOUT, UNKNOWN, BOUND, UNIT_SHORT = "unit.no_target", "units.unknown", "target.out_of_bounds", "unit.falls_short"
BREAKS = frozenset({SHORT, IMPOSSIBLE})


def consistency(
    definition: Definition, units: Sequence[UnitTarget], operator: Operator, target: Decimal
) -> Consistency:
    """Compare targets of units with the target of the whole.

    Codes: units.fall_short (reaching all unit targets does not reach the whole's; difference), units.exceed (units
    aim at more than the whole; difference), whole.impossible (not even the best of units without a target is enough),
    unit.other_direction, unit.no_target, unit.falls_short (smallest or largest unit), units.unknown (a target, value
    or weight is missing, so the whole cannot be told), target.out_of_bounds (a share over 100 or below 0).

    Args:
        definition: how units become the whole.
        units: every unit below the whole, also those without a target.
        operator: how the whole should relate to its target.
        target: the target of the whole.
    """
    held = [(unit, unit.value if unit.value is not None else unit.last) for unit in units]
    reached = whole_of(definition, held)
    possible = whole_of(definition, [(unit, best(definition, unit, operator)) for unit in units])
    difference = gap(reached, operator, target)
    by_unit = shortfalls(definition, units, operator, target)
    remarks = [
        *(remark(WITHOUT, unit=unit.unit) for unit in units if unit.value is None),
        *clashes(units, operator),
        *out_of_bounds(definition, units, target),
        *(remark(UNIT_SHORT, unit=unit, difference=lacking) for unit, lacking in by_unit),
        *of_the_whole(reached, possible, operator, target),
    ]
    without = tuple(unit.unit for unit in units if unit.value is None)
    return Consistency(
        reached=reached,
        possible=possible,
        difference=difference,
        by_unit=tuple(by_unit),
        without=without,
        remarks=tuple(remarks),
    )


def of_the_whole(
    reached: Decimal | None, possible: Decimal | None, operator: Operator, target: Decimal
) -> list[Remark]:
    """Return what is to be said of the whole: unknown, impossible, falling short, or aiming at more."""
    found = []
    if possible is not None and meets(possible, operator, target) is False:
        found.append(remark(IMPOSSIBLE, possible=possible, target=target, difference=gap(possible, operator, target)))
    if reached is None:
        return [*found, remark(UNKNOWN)]
    if meets(reached, operator, target) is False:
        return [*found, remark(SHORT, reached=reached, target=target, difference=gap(reached, operator, target))]
    if reached != target and operator in UPWARD | DOWNWARD:
        found.append(remark(OVER, reached=reached, target=target, difference=reached - target))
    return found


def whole_of(definition: Definition, held: Sequence[tuple[UnitTarget, Decimal | None]]) -> Decimal | None:
    """Return the whole that values of units make, by the definition's roll-up; None where one is missing."""
    values = [value for _, value in held if value is not None]
    if not held or len(values) < len(held):
        return None
    match definition.rollup:
        case Rollup.SUM:
            return sum(values, Decimal(0))
        case Rollup.MIN:
            return min(values)
        case Rollup.MAX:
            return max(values)
        case Rollup.SHARE_OF_UNITS:
            return share_of_units(definition, values)
        case Rollup.LAST:
            return values[0] if len(values) == 1 else None
    return weighted([(value, unit.weight) for unit, value in held if value is not None])


def weighted(pairs: Sequence[tuple[Decimal, Decimal | None]]) -> Decimal | None:
    """Return the mean weighted by denominators: the ratio of sums; None where a weight is missing or all are 0."""
    weights = [weight for _, weight in pairs if weight is not None]
    if len(weights) < len(pairs) or not sum(weights):
        return None
    with localcontext(prec=DIGITS):
        return sum((value * (weight or 0) for value, weight in pairs), Decimal(0)) / sum(weights)


def share_of_units(definition: Definition, values: Sequence[Decimal]) -> Decimal | None:
    """Return how many of the values meet the limit of the definition, times its factor by their number."""
    if definition.limit is None:
        return None
    met = sum(meets(value, *definition.limit) is True for value in values)
    with localcontext(prec=DIGITS):
        return Decimal(met) * definition.factor / len(values)


def best(definition: Definition, unit: UnitTarget, operator: Operator) -> Decimal | None:
    """Return the best value a unit can have: its target, and without one the end of a share; else None."""
    if unit.value is not None:
        return unit.value
    if definition.rollup == Rollup.SHARE_OF_UNITS:
        return just_met(*definition.limit) if definition.limit else None
    if operator in DOWNWARD:
        return Decimal(0) if definition.rollup in (Rollup.SUM, Rollup.RATIO) else None
    return Decimal(100) if definition.unit == PERCENT else None


def just_met(operator: Operator, limit: Decimal) -> Decimal:
    """Return a value that meets a limit."""
    return limit + {Operator.GT: 1, Operator.LT: -1}.get(operator, 0)


def clashes(units: Sequence[UnitTarget], operator: Operator) -> list[Remark]:
    """Return the units that aim the other way than the whole: at most, where the whole asks for at least."""
    other = DOWNWARD if operator in UPWARD else UPWARD if operator in DOWNWARD else frozenset()
    return [remark(CLASH, unit=unit.unit) for unit in units if unit.value is not None and unit.operator in other]


def out_of_bounds(definition: Definition, units: Sequence[UnitTarget], target: Decimal) -> list[Remark]:
    """Return targets of shares that are below 0 or over 100 per cent; the whole has the unit ''."""
    if definition.unit != PERCENT:
        return []
    aims = [("", target)]
    if definition.rollup != Rollup.SHARE_OF_UNITS:
        aims += [(unit.unit, unit.value) for unit in units if unit.value is not None]
    return [remark(BOUND, unit=unit, target=aim) for unit, aim in aims if not 0 <= aim <= 100]


def shortfalls(
    definition: Definition, units: Sequence[UnitTarget], operator: Operator, target: Decimal
) -> list[tuple[str, Decimal]]:
    """Return what single units lack, where the whole stands or falls with each: smallest, largest, share of units."""
    if definition.rollup == Rollup.SHARE_OF_UNITS and definition.limit:
        operator, target = definition.limit
    elif not (
        (definition.rollup == Rollup.MIN and operator in UPWARD)
        or (definition.rollup == Rollup.MAX and operator in DOWNWARD)
    ):
        return []
    aims = ((unit.unit, unit.value) for unit in units if unit.value is not None)
    return [
        (unit, lacking)
        for unit, value in aims
        if not meets(value, operator, target) and (lacking := gap(value, operator, target)) is not None
    ]
