"""Figures of a plan: what an observation amounts to, between which bounds, and what formulas make of them."""

from __future__ import annotations

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


def computed(plan: Plan) -> dict[str, Computed]:
    """Return the value of every derived code."""
    return _Sheet(plan).all()


class _Sheet:
    """The values of one plan; formulas may name formulas, but not in a circle."""

    def __init__(self, plan: Plan) -> None:
        self.items = coded(plan)
        self.done: dict[str, Computed] = {}
        self.open: set[str] = set()
        self.plan = plan

    def all(self) -> dict[str, Computed]:
        return {item.code: self.of(item) for item in self.plan.derived}

    def of(self, item: Derived) -> Computed:
        if item.code in self.open:
            return Computed(None, circular=True)
        if item.code not in self.done:
            self.open.add(item.code)
            self.done[item.code] = self._count(item)
            self.open.discard(item.code)
        return self.done[item.code]

    def _count(self, item: Derived) -> Computed:
        try:
            formula = formulas.parse(item.formula)
        except formulas.NotAFormula:
            return Computed(None)
        values: dict[str, Decimal | None] = {}
        circular = False
        for code in formulas.names_in(formula):
            named = self.items.get(code)
            inner = self.of(named) if isinstance(named, Derived) else None
            circular = circular or bool(inner and inner.circular)
            values[code] = inner.value if inner else plain_value(named)
        missing = tuple(code for code, value in values.items() if value is None)
        return Computed(formulas.value_of(formula, values), missing, circular)


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


def value_of_code(plan: Plan, code: str) -> Decimal | None:
    """Return the number behind a code, counted where it is derived."""
    item = coded(plan).get(code)
    return computed(plan)[code].value if isinstance(item, Derived) else plain_value(item)


def share_of(plan: Plan, observation: Observation) -> Share:
    """Return an observation in percent with its numerator and denominator; what is not known is None."""
    numerator = _figure(plan, observation.numerator)
    denominator = _figure(plan, observation.denominator)
    if denominator is None and observation.population:
        denominator = plain_value(coded(plan).get(observation.population))
    value = observation.value
    if value is None and numerator is not None and denominator:
        with localcontext(prec=40):
            value = numerator / denominator * 100
    return Share(value, numerator, denominator)


def _figure(plan: Plan, given: Figure | None) -> Decimal | None:
    if given is None:
        return None
    return value_of_code(plan, given.code) if given.code else given.value


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
