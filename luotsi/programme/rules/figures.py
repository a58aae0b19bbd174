"""Figures of a plan: what an observation amounts to, between which bounds, and what formulas make of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from luotsi.programme.rules import formulas
from luotsi.programme.rules.plan import BudgetLine, Derived, Observation, Plan, Population, coded
from luotsi.programme.rules.values import PERCENT, Figure, Operator

# A number that is said to be about right may be this much off before two of them contradict each other.
LOOSENESS = Decimal("0.1")


@dataclass(frozen=True)
class Computed:
    """What a formula gives; None with the codes that lack a value, or with a circle of formulas."""

    value: Decimal | None
    missing: tuple[str, ...] = ()
    circular: bool = False


@dataclass(frozen=True)
class Share:
    """A percentage with what it is made of, as far as that is known."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


class Figures:
    """The numbers behind the codes of one plan; formulas may name formulas in any order, but not in a circle."""

    def __init__(self, plan: Plan) -> None:
        """Count everything once."""
        self.items = coded(plan)
        self.derived: dict[str, Computed] = {}
        self._count([item for item in plan.derived if self.items[item.code] is item])

    def value(self, code: str) -> Decimal | None:
        """Return the number behind a code; None where there is none."""
        return self.derived[code].value if code in self.derived else plain_value(self.items.get(code))

    def of(self, item: Derived) -> Computed:
        """Return what a formula gives; nothing where its code was given to another item before."""
        counted = self.items.get(item.code) is item
        return self.derived[item.code] if counted else Computed(None)

    def share(self, observation: Observation) -> Share:
        """Return an observation in per cent with its numerator and denominator; what is not known is None."""
        numerator = self._figure(observation.numerator)
        denominator = self._figure(observation.denominator)
        if denominator is None:
            denominator = plain_value(self.items.get(observation.population))
        value = observation.value
        if value is None and numerator is not None and denominator:
            with localcontext(prec=40):
                value = numerator / denominator * 100
        return Share(value, numerator, denominator)

    def _figure(self, given: Figure | None) -> Decimal | None:
        if given is None:
            return None
        return self.value(given.code) if given.code else given.value

    def _count(self, items: list[Derived]) -> None:
        """Count every formula after those that it names; what is left goes round in a circle."""
        parsed = {item.code: _parsed(item) for item in items}
        named = {code: tuple(formulas.names_in(formula)) if formula else () for code, formula in parsed.items()}
        waiting = {code: {name for name in names if name in parsed} for code, names in named.items()}
        users: dict[str, list[str]] = defaultdict(list)
        for code, names in waiting.items():
            for name in names:
                users[name].append(code)
        ready = [code for code, names in waiting.items() if not names]
        while ready:
            code = ready.pop()
            values = {name: self.value(name) for name in named[code]}
            formula = parsed[code]
            missing = tuple(name for name, value in values.items() if value is None)
            self.derived[code] = Computed(formulas.value_of(formula, values) if formula else None, missing)
            for user in users[code]:
                waiting[user].discard(code)
                ready += () if waiting[user] else (user,)
        for code in parsed.keys() - self.derived.keys():
            self.derived[code] = Computed(None, circular=True)


def _parsed(item: Derived) -> formulas.Formula | None:
    try:
        return formulas.parse(item.formula)
    except formulas.NotAFormula:
        return None


def plain_value(item: object) -> Decimal | None:
    """Return the number that an item itself has: an observation, a line of money, a population."""
    match item:
        case Observation():
            return item.value
        case BudgetLine():
            return item.amount
        case Population():
            return item.count
    return None


def bounds(observation: Observation) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and the highest number that an observation may mean; None = no bound."""
    value = observation.value
    if value is None and observation.operator != Operator.RANGE:
        return None, None
    match observation.operator:
        case Operator.GTE | Operator.GT:
            return value, None
        case Operator.LTE | Operator.LT:
            return None, value
        case Operator.RANGE:
            return observation.low, observation.high
        case Operator.APPROX if value is not None:
            slack = abs(value) * LOOSENESS
            return value - slack, value + slack
    return value, value


def rounded_like(value: Decimal, model: Decimal) -> Decimal:
    """Return the value with as many decimals as the model has, halves away from zero."""
    with localcontext(prec=60):
        return value.quantize(Decimal(1).scaleb(int(model.as_tuple().exponent)), rounding=ROUND_HALF_UP)


def is_percent(unit: str) -> bool:
    """Return True when a unit is per cent."""
    return unit == PERCENT
