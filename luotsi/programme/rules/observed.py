"""What a plan tells of its indicators as figures that can be kept: period by period, source by source.

Of one indicator and period the first thing told stands as its figure. What another method or source tells stands
beside it under a split of its own, so that a line never joins self-assessments with badges. What cannot be kept as a
figure is a gap, told by code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext

from luotsi.base import periods
from luotsi.base.periods import Period, PeriodKind
from luotsi.programme.rules import formulas
from luotsi.programme.rules.figures import Figures, is_percent
from luotsi.programme.rules.plan import Derived, Indicator, Observation, Plan, coded
from luotsi.programme.rules.plan.items import NO_TEXT
from luotsi.programme.rules.values import ObservationKind, Operator, Source, Span, Text

DIMENSION = "source"
KEPT = (ObservationKind.ACTUAL, ObservationKind.SELF_ASSESSMENT, ObservationKind.BASELINE)
HUNDRED = Decimal(100)
PLACES = Decimal("0.0001")  # as figures of indicators are kept


@dataclass(frozen=True, kw_only=True)
class Observed:
    """One figure of an indicator as the plan tells it.

    `code` is that of the observation or derived value, `made_of` are the codes of those that it was counted from,
    `told` is the time as the plan tells it, which may be shorter than the period.
    """

    code: str
    indicator: str
    period: str
    split: dict[str, str] = field(default_factory=dict, hash=False)
    operator: Operator = Operator.EQ
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    told: str = ""
    words: Text = NO_TEXT
    text: Text = NO_TEXT
    population: str = ""
    note: Text = NO_TEXT
    formula: str = ""
    made_of: tuple[str, ...] = ()
    source: Source | None = None


@dataclass(frozen=True)
class Gap:
    """Something that a plan leaves open when it is taken in: a code, what it is about, and what its words name."""

    code: str
    about: str
    params: dict[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Figured:
    """All figures of a plan, and the gaps."""

    figures: tuple[Observed, ...]
    gaps: tuple[Gap, ...]

    def splits(self, indicator: str) -> bool:
        """Return True when an indicator is told by more than one source."""
        return any(item.split for item in self.figures if item.indicator == indicator)


def observed(plan: Plan) -> Figured:
    """Return the figures that a plan tells of its indicators."""
    figures = Figures(plan)
    found: list[Observed] = []
    gaps: list[Gap] = []
    for item in [*_of_observations(plan, figures), *_of_derived(plan, figures)]:
        if isinstance(item, Gap):
            gaps.append(item)
        elif (kept := _beside(item, found)) is not None:
            found.append(kept)
    used = {code for item in found for code in item.made_of}
    return Figured(tuple(found), tuple(gap for gap in gaps if gap.about not in used))


def _of_observations(plan: Plan, figures: Figures) -> Iterator[Observed | Gap]:
    indicators = {item.code: item for item in plan.indicators}
    for item in plan.observations:
        indicator = indicators.get(item.indicator)
        if indicator is None or item.kind not in KEPT:
            continue
        period = period_of(item.period, kind_of(plan, indicator))
        if item.unit != indicator.unit:
            params: dict[str, object] = {"unit": item.unit, "wanted": indicator.unit, "indicator": indicator.code}
            yield Gap("observation.unit", item.code, params)
        elif item.value is None and item.numerator is None:
            # A range is no figure: what lies between its ends was not told.
            yield Gap("observation.number", item.code, {"indicator": indicator.code})
        elif period is None:
            told = str(item.period or "")
            yield Gap("observation.period", item.code, {"period": told, "indicator": indicator.code})
        else:
            yield _observed(item, period, figures)


def _observed(item: Observation, period: Period, figures: Figures) -> Observed:
    share = figures.share(item)
    is_self = item.kind == ObservationKind.SELF_ASSESSMENT
    made = Observed(
        code=item.code,
        indicator=item.indicator,
        period=period.key,
        told=str(item.period),
        split={DIMENSION: str(item.kind)} if is_self else {},
        operator=item.operator,
        value=item.value,
        words=item.words,
        text=item.text,
        population=item.population,
        note=item.note,
        made_of=tuple(figure.code for figure in (item.numerator, item.denominator) if figure and figure.code),
        source=item.source,
    )
    if not is_percent(item.unit) or share.numerator is None:
        return made
    denominator, operator = share.denominator, item.operator
    if denominator is None and share.value:
        # The share and the part are known: the whole follows, as exactly as the share was told.
        with localcontext(prec=40):
            denominator, operator = _kept(share.numerator / share.value * HUNDRED), Operator.APPROX
    if not denominator:
        return made
    return replace(made, numerator=_kept(share.numerator), denominator=denominator, value=None, operator=operator)


def _of_derived(plan: Plan, figures: Figures) -> Iterator[Observed | Gap]:
    """Yield what formulas of the form A / B * 100 give for indicators."""
    indicators = {item.code: item for item in plan.indicators}
    items = coded(plan)
    values = {code: figures.value(code) for code in items}
    for item in plan.derived:
        indicator = indicators.get(item.indicator)
        if indicator is None:
            continue
        parts = _share_in(item)
        top = items.get(parts[0].code) if parts and isinstance(parts[0], formulas.Name) else None
        period = period_of(top.period, kind_of(plan, indicator)) if isinstance(top, Observation) else None
        numerator = formulas.value_of(parts[0], values) if parts else None
        denominator = formulas.value_of(parts[1], values) if parts else None
        if numerator is None or not denominator or not is_percent(indicator.unit) or not isinstance(top, Observation):
            yield Gap("derived.share", item.code, {"indicator": indicator.code})
        elif period is None:
            told = str(top.period or "")
            yield Gap("observation.period", item.code, {"period": told, "indicator": indicator.code})
        else:
            loose = is_approximate(item, plan)
            yield Observed(
                code=item.code,
                indicator=indicator.code,
                period=period.key,
                told=str(top.period),
                operator=Operator.APPROX if loose else Operator.EQ,
                numerator=_kept(numerator),
                denominator=_kept(denominator),
                text=top.text,
                note=item.note or item.text,
                formula=item.formula,
                made_of=tuple(formulas.names_in(parts[0])) if parts else (),
                source=item.source or top.source,
            )


def _share_in(item: Derived) -> tuple[formulas.Formula, formulas.Formula] | None:
    """Return A and B of a formula A / B * 100; None for any other."""
    try:
        formula = formulas.parse(item.formula)
    except formulas.NotAFormula:
        return None
    match formula:
        case formulas.Sum("*", formulas.Sum("/", top, bottom), formulas.Number(value)) if value == HUNDRED:
            return top, bottom
    return None


def is_approximate(item: Derived, plan: Plan) -> bool:
    """Return True when a derived value rests on something that was only told about.

    That is an observation that is not exact, or a number with decimals in a formula: a rounded share.
    """
    items, seen, waiting = coded(plan), set[str](), [item.code]
    while waiting:
        code = waiting.pop()
        found = items.get(code)
        if code in seen:
            continue
        seen.add(code)
        if isinstance(found, Observation) and found.operator != Operator.EQ:
            return True
        if isinstance(found, Derived):
            try:
                formula = formulas.parse(found.formula)
            except formulas.NotAFormula:
                continue
            if any(number != number.to_integral_value() for number in numbers_in(formula)):
                return True
            waiting += formulas.names_in(formula)
    return False


def numbers_in(formula: formulas.Formula) -> Iterator[Decimal]:
    """Yield the numbers that are written in a formula."""
    match formula:
        case formulas.Number(value):
            yield value
        case formulas.Sum(_, left, right):
            yield from numbers_in(left)
            yield from numbers_in(right)


def _kept(value: Decimal) -> Decimal:
    with localcontext(prec=40):
        exact = value.quantize(PLACES)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact


def _beside(item: Observed, others: list[Observed]) -> Observed | None:
    """Return the figure under a split of its own where its place is taken; None for the same figure once more."""
    there = {
        (tuple(other.split.items()), other.period): other for other in others if other.indicator == item.indicator
    }
    taken = there.get((tuple(item.split.items()), item.period))
    if taken is None:
        return item
    if share_of(taken) == share_of(item) and share_of(item) is not None:
        return None
    return replace(item, split={DIMENSION: item.code.lower()})


def share_of(item: Observed) -> Decimal | None:
    """Return the value of a figure, to one decimal where it is a share of two numbers."""
    if item.value is None and item.numerator is not None and item.denominator:
        with localcontext(prec=40):
            return (item.numerator / item.denominator * HUNDRED).quantize(Decimal("0.1"))
    return item.value


def kind_of(plan: Plan, indicator: Indicator) -> PeriodKind:
    """Return by which kind of period an indicator is followed: that of its targets, else that of the plan."""
    spans = [target.period for target in indicator.targets if target.period]
    for span in [*spans, *([plan.evaluated] if plan.evaluated else []), *plan.periods]:
        if (found := last_period(span)) is not None:
            return found.kind
    return PeriodKind.CALENDAR_YEAR


def period_of(span: Span | None, kind: PeriodKind) -> Period | None:
    """Return the period of a kind in which a span lies wholly; None where it goes on or is longer."""
    if span is None or span.end is None or span.reversed:
        return None
    around = periods.containing(span.start, kind)
    return around if around.contains(span.end) else None


def last_period(span: Span) -> Period | None:
    """Return the period in which a span ends: 2019 of 2016/2019; None while it goes on."""
    last = span.key.rpartition("/")[2]
    return periods.parse(last) if last else None
