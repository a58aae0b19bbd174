"""What a plan follows, as indicators with definitions, targets and figures of their own room."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from luotsi.base import periods
from luotsi.base.errors import Reason, Refused
from luotsi.base.names import Names
from luotsi.base.periods import PeriodKind
from luotsi.indicators.actions.definitions import DefinitionDetails, define_indicator
from luotsi.indicators.actions.observations import NewObservation, ObservationFigures, record_many
from luotsi.indicators.actions.targets import set_target
from luotsi.indicators.models import Indicator, Observation, Target
from luotsi.indicators.rules.values import Direction, Operator, Policy, Rollup
from luotsi.programme.actions.refusals import ProgrammeRefused
from luotsi.programme.models import IndicatorLink
from luotsi.programme.queries.rows import names
from luotsi.programme.queries.taking_in import indicator_key
from luotsi.programme.rules import counted
from luotsi.programme.rules.figures import is_percent
from luotsi.programme.rules.observed import DIMENSION, HUNDRED, Gap, Observed, kind_of, last_period
from luotsi.programme.rules.plan import coded, measures_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from luotsi.people.models import Account
    from luotsi.programme.models import Programme
    from luotsi.programme.queries.taking_in import Trial
    from luotsi.programme.rules import plan as items
    from luotsi.programme.rules.plan import Plan
    from luotsi.programme.rules.values import Text

LONGEST_WORDS, LONGEST_SOURCE, LONGEST_PLACE = 300, 300, 120


def follow(programme: Programme, plan: Plan, trial: Trial, by: Account | None) -> list[Gap]:
    """Define what is not there yet, set targets, record figures, link them to sections and measures.

    Figures that are there already stay as they are; where they differ, that is a gap.
    """
    followed = _define(programme, plan, trial, by)
    gaps = [*_aim(programme, plan, followed, by), *_record(programme, plan, trial, followed, by)]
    _link(programme, plan, followed)
    return gaps


def _define(programme: Programme, plan: Plan, trial: Trial, by: Account | None) -> dict[str, Indicator]:
    keys = {indicator_key(plan, item.code): item for item in plan.indicators}
    there = {found.key: found for found in Indicator.objects.filter(key__in=keys)}
    reasons: list[Reason] = []
    for key, item in keys.items():
        if key in there:
            continue
        told: dict[str, Any] = {"code": item.code, "names": names(item.names), "details": _details(plan, item, trial)}
        try:
            there[key] = define_indicator(key=key, owner=programme.owner, by=by, **told)
        except Refused as refused:
            reasons += [Reason(f"{item.code}: {reason}", reason.field) for reason in refused.reasons]
    if reasons:
        raise ProgrammeRefused(*reasons)
    if any(measure.milestones for measure in measures_of(plan)):
        _define_milestones(programme, plan, by)
    return {item.code: there[key] for key, item in keys.items()}


def _details(plan: Plan, item: items.Indicator, trial: Trial) -> DefinitionDetails:
    """Return the definition of an indicator; a plan that tells no rule leaves it empty, and the gap in sight."""
    of_whom = coded(plan).get(item.population)
    population: Text | None = getattr(of_whom, "names", None) or getattr(of_whom, "text", None)
    shares = is_percent(item.unit)
    return DefinitionDetails(
        valid_from=_first_day(plan, item.code, trial),
        unit_of_measure=item.unit,
        factor=HUNDRED if shares else Decimal(1),
        direction=Direction(item.direction) if item.direction else Direction.RISING,
        rollup=Rollup.RATIO if shares else Rollup.LAST,
        policy=Policy.THRESHOLD,
        dimensions=(DIMENSION,) if trial.figured.splits(item.code) else (),
        period_kind=kind_of(plan, item),
        numerator=names(item.numerator),
        denominator=names(item.denominator),
        population=names(population) if population else Names(),
        rule=names(item.rule),
        method=names(item.method),
    )


def _first_day(plan: Plan, code: str, trial: Trial) -> date:
    """Return the first day of the programme, or of the earliest figure that is told of the indicator."""
    told = [periods.parse(item.period).start for item in trial.figured.figures if item.indicator == code]
    return min([plan.period.start, *told])


def _define_milestones(programme: Programme, plan: Plan, by: Account | None) -> None:
    key = counted.key_of(programme.slug)
    if Indicator.objects.filter(key=key).exists():
        return
    first = plan.periods[0] if plan.periods else plan.period
    school = first.end is not None and (first.start.month, first.end.month) == (8, 7)
    made = define_indicator(
        key=key,
        owner=programme.owner,
        names=names(counted.NAMES),
        details=DefinitionDetails(
            valid_from=plan.period.start,
            unit_of_measure="percent",
            factor=HUNDRED,
            rollup=Rollup.RATIO,
            policy=Policy.OPEN,
            period_kind=PeriodKind.SCHOOL_YEAR if school else PeriodKind.CALENDAR_YEAR,
            numerator=names(counted.NUMERATOR),
            denominator=names(counted.DENOMINATOR),
            rule=names(counted.RULE),
            counting=counted.counting(programme.key),
        ),
        by=by,
    )
    IndicatorLink.objects.get_or_create(programme=programme, item="", indicator=made, defaults={"position": 900})


def _aim(programme: Programme, plan: Plan, followed: dict[str, Indicator], by: Account | None) -> Iterator[Gap]:
    """Set the targets that are not set yet, decided by the first body that decided, not only noted."""
    decision = next((item for item in plan.decisions if not item.noted), None)
    set_already = set(
        Target.objects.in_force()
        .filter(indicator__in=followed.values(), unit=programme.owner)
        .values_list("indicator", "period")
    )
    for item in plan.indicators:
        for target in item.targets:
            period = last_period(target.period) if target.period else None
            if target.value is None or period is None:
                yield Gap("target.incomplete", item.code, {"indicator": item.code})
            elif (followed[item.code].pk, period.key) not in set_already:
                value, day = _baseline(item, period.end)
                set_target(
                    indicator=followed[item.code],
                    unit=programme.owner,
                    period=period.key,
                    value=target.value,
                    operator=Operator(target.operator) if target.operator else Operator.GTE,
                    baseline_value=value,
                    baseline_on=day,
                    decided_by=_first(decision.body) if decision else "",
                    decided_on=decision.day if decision else None,
                    reference=decision.number if decision else "",
                    note=_first(target.note),
                    by=by,
                )


def _baseline(item: items.Indicator, due: date) -> tuple[Decimal, date] | tuple[None, None]:
    """Return value and day of the baseline, where both are told and lie before the target."""
    if item.baseline is None or item.baseline.value is None or item.baseline.period is None:
        return None, None
    period = last_period(item.baseline.period)
    return (item.baseline.value, period.end) if period and period.end < due else (None, None)


def _record(
    programme: Programme, plan: Plan, trial: Trial, followed: dict[str, Indicator], by: Account | None
) -> Iterator[Gap]:
    there = {
        (row.indicator_id, row.period, row.split_key): row
        for row in Observation.objects.approved().filter(indicator__in=followed.values(), unit=programme.owner)
    }
    new = []
    for item in trial.figured.figures:
        indicator = followed[item.indicator]
        split_key = ";".join(f"{name}={value}" for name, value in item.split.items())
        row = there.get((indicator.pk, item.period, split_key))
        if row is None:
            figures = _figures(plan, item)
            new.append(
                NewObservation(
                    indicator=indicator, unit=programme.owner, period=item.period, figures=figures, split=item.split
                )
            )
        elif (row.numerator, row.denominator) != (item.numerator, item.denominator) or (
            item.value is not None and row.value != item.value
        ):
            yield Gap("figure.differs", item.code, {"indicator": item.indicator, "period": item.period})
    if new:
        record_many(new=new, by=by)


def _figures(plan: Plan, item: Observed) -> ObservationFigures:
    """Return a figure with where it comes from, and everything that keeps a reader from taking it for more."""
    of_whom = coded(plan).get(item.population)
    population: Text | None = getattr(of_whom, "names", None)
    document = next((found for found in plan.documents if item.source and found.code == item.source.document), None)
    code = item.source.document if item.source else ""
    named = f"{code} {_first(document.names)}".strip() if document else code
    note = [_first(item.text), _first(population) if population else "", item.told if item.told != item.period else ""]
    note += [f"{item.code} = {item.formula}" if item.formula else item.code, _first(item.note)]
    return ObservationFigures(
        numerator=item.numerator,
        denominator=item.denominator,
        value=item.value,
        operator=Operator(item.operator),
        words=_first(item.words)[:LONGEST_WORDS],
        source=named[:LONGEST_SOURCE],
        source_place=(str(item.source) if item.source else "")[:LONGEST_PLACE],
        note="\n".join(part for part in note if part),
    )


def _first(text: Text) -> str:
    """Return a text in the first language that it has."""
    return text.fi or text.sv or text.en


def _link(programme: Programme, plan: Plan, followed: dict[str, Indicator]) -> None:
    """Link every indicator to its section (or the whole) and to the measures and milestones that name it."""
    wanted: dict[tuple[str, str], int] = {}
    for place, item in enumerate(plan.indicators):
        wanted[item.section, item.code] = place
    for measure in measures_of(plan):
        for code in (*measure.indicators, *(item.indicator for item in measure.milestones if item.indicator)):
            wanted.setdefault((measure.code, code), len(wanted))
    there = set(programme.indicator_links.values_list("item", "indicator"))
    IndicatorLink.objects.bulk_create(
        IndicatorLink(programme=programme, item=item, indicator=followed[code], position=place)
        for (item, code), place in wanted.items()
        if (item, followed[code].pk) not in there
    )
