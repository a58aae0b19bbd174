"""A plan in outline: sections with measures and milestones, indicators with targets, money, derived values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luotsi.base.names import Names
from luotsi.programme.rules.figures import Computed, Figures, is_percent, rounded_like
from luotsi.programme.rules.plan import (
    Derived,
    Indicator,
    Measure,
    Observation,
    Plan,
    Responsibility,
    Section,
    walk,
)
from luotsi.programme.rules.values import ObservationKind, Operator, Text

ONE_DECIMAL = Decimal("0.1")


@dataclass(frozen=True)
class MilestoneRow:
    """What should be reached in a period."""

    period: str
    text: str


@dataclass(frozen=True)
class MeasureRow:
    """A measure with who does it, who answers for it, and its milestones in the order of time."""

    code: str
    name: str
    implementers: tuple[str, ...]
    accountable: tuple[str, ...]
    milestones: tuple[MilestoneRow, ...]


@dataclass(frozen=True)
class SectionRow:
    """A section; depth 0 is the outermost."""

    code: str
    name: str
    depth: int
    aim: str
    measures: tuple[MeasureRow, ...]


@dataclass(frozen=True)
class TargetRow:
    """The value to be reached."""

    operator: str
    value: Decimal | None
    period: str


@dataclass(frozen=True)
class FigureRow:
    """What was observed, with what it is made of; None where it is not known."""

    code: str
    text: str
    operator: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    numerator: Decimal | None
    denominator: Decimal | None
    population: str
    period: str


@dataclass(frozen=True)
class DerivedRow:
    """What a formula gives, rounded like what is expected of it."""

    code: str
    text: str
    formula: str
    value: Decimal | None
    unit: str
    expected: Decimal | None
    indicator: str


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator with its targets, the last thing observed of it, and what was derived for it."""

    code: str
    name: str
    unit: str
    population: str
    version: str
    targets: tuple[TargetRow, ...]
    latest: FigureRow | None
    derived: tuple[DerivedRow, ...]


@dataclass(frozen=True)
class MoneyRow:
    """A line of money in euros; None = no sum was given."""

    code: str
    kind: str
    text: str
    period: str
    amount: Decimal | None


@dataclass(frozen=True)
class Outline:
    """The whole outline, in one language."""

    key: str
    name: str
    owner: str
    period: str
    aim: str
    counts: dict[str, int]
    sections: tuple[SectionRow, ...]
    indicators: tuple[IndicatorRow, ...]
    derived: tuple[DerivedRow, ...]
    money: tuple[MoneyRow, ...]


def outline(plan: Plan) -> Outline:
    """Return the outline of a plan in the active language."""
    figures = Figures(plan)
    derived = tuple(_derived(item, figures.of(item)) for item in plan.derived)
    return Outline(
        key=plan.key,
        name=words(plan.names),
        owner=words(plan.owner.names),
        period=plan.period.key,
        aim=words(plan.aim),
        counts=counts(plan),
        sections=tuple(row for section in plan.sections for row in _sections(figures, section, 0)),
        indicators=tuple(_indicator(plan, figures, item, derived) for item in plan.indicators),
        derived=derived,
        money=tuple(
            MoneyRow(line.code, line.kind.value, words(line.text), line.period.key, line.amount)
            for line in plan.budget
        ),
    )


def words(text: Text) -> str:
    """Return a text in the active language, or in the first that it has."""
    return Names(text.fi, text.sv, text.en).text


def counts(plan: Plan) -> dict[str, int]:
    """Return how many items of each shape a plan has, by the name of the shape."""
    found: dict[str, int] = {}
    for item in walk(plan):
        found[type(item).__name__] = found.get(type(item).__name__, 0) + 1
    return found


def _sections(figures: Figures, section: Section, depth: int) -> list[SectionRow]:
    measures = tuple(_measure(figures, measure) for measure in section.measures)
    row = SectionRow(section.code, words(section.names), depth, words(section.aim), measures)
    return [row, *(inner for part in section.sections for inner in _sections(figures, part, depth + 1))]


def _measure(figures: Figures, measure: Measure) -> MeasureRow:
    duty = figures.items.get(measure.responsibility)
    done, answered = (duty.implementers, duty.accountable) if isinstance(duty, Responsibility) else ((), ())
    milestones = sorted(measure.milestones, key=lambda item: item.period.start)
    return MeasureRow(
        measure.code,
        words(measure.names),
        tuple(_name(figures, code) for code in done),
        tuple(_name(figures, code) for code in answered),
        tuple(MilestoneRow(item.period.key, words(item.text)) for item in milestones),
    )


def _indicator(plan: Plan, figures: Figures, item: Indicator, derived: tuple[DerivedRow, ...]) -> IndicatorRow:
    told = [found for found in plan.observations if found.indicator == item.code]
    actual = [found for found in told if found.kind == ObservationKind.ACTUAL]
    latest = max(actual, key=_last_day, default=None)
    return IndicatorRow(
        code=item.code,
        name=words(item.names),
        unit=item.unit,
        population=_name(figures, item.population),
        version=item.version,
        targets=tuple(
            TargetRow(str(target.operator or ""), target.value, target.period.key if target.period else "")
            for target in item.targets
        ),
        latest=_figure(figures, latest) if latest else None,
        derived=tuple(row for row in derived if row.indicator == item.code),
    )


def _last_day(item: Observation) -> date:
    """Return the last day that an observation is about; one without a period is the oldest."""
    if item.period is None:
        return date.min
    return item.period.end or date.max


def _figure(figures: Figures, item: Observation) -> FigureRow:
    share = figures.share(item) if is_percent(item.unit) else None
    return FigureRow(
        code=item.code,
        text=words(item.text),
        operator="" if item.operator == Operator.EQ else item.operator.value,
        value=share.value if share else item.value,
        low=item.low,
        high=item.high,
        unit=item.unit,
        numerator=share.numerator if share else None,
        denominator=share.denominator if share else None,
        population=_name(figures, item.population),
        period=words(item.period_words) or (item.period.key if item.period else ""),
    )


def _derived(item: Derived, result: Computed) -> DerivedRow:
    model = ONE_DECIMAL if item.expected is None else item.expected
    value = None if result.value is None else rounded_like(result.value, model)
    return DerivedRow(item.code, words(item.text), item.formula, value, item.unit, item.expected, item.indicator)


def _name(figures: Figures, code: str) -> str:
    """Return the name of what a code stands for; the code where it has none."""
    item = figures.items.get(code)
    names = getattr(item, "names", None) or getattr(item, "text", None)
    return words(names) if isinstance(names, Text) else code
