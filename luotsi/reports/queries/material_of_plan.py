"""The material of a report as far as the plan itself tells it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from luotsi.base.periods import Period
from luotsi.indicators.rules.values import PERCENT, Direction, Operator
from luotsi.programme.rules.plan import Indicator, Plan
from luotsi.programme.rules.values import Text
from luotsi.reports.queries.writing.ledger import words_of
from luotsi.reports.queries.writing.packages import as_finding
from luotsi.reports.rules import inputs
from luotsi.reports.rules.material import Decision, Followed, Material, Money, Taker


def material_of_plan(plan: Plan, *, kind: str, period: Period, data_on: date | None = None) -> Material:
    """Return what a plan tells of a period, without any record: its figures, findings, money and decisions."""
    items = {item.code: item for item in (*plan.actors, *plan.participants, *plan.indicators)}
    return Material(
        kind=kind,
        programme=plan.key,
        names=plan.names,
        unit=plan.key,
        unit_names=plan.owner.names,
        period=period,
        data_on=data_on or period.end,
        plan=plan,
        appendices_there=frozenset(item.code for item in plan.appendices if item.file),
        findings=tuple(
            as_finding(item, words_of(items.get(item.owner)), words_of(items.get(item.indicator)))
            for item in plan.findings
        ),
        money=money_of(plan),
        decisions=decisions_of(plan),
        followed=tuple(followed_of(item, plan) for item in plan.indicators),
        takers=tuple(Taker(key=item.code, names=item.names, role=item.role) for item in plan.participants),
    )


def money_of(plan: Plan) -> tuple[Money, ...]:
    """Return the lines of money of a plan."""
    return tuple(
        Money(
            code=line.code,
            kind=line.kind,
            text=line.text,
            period=line.period.key,
            section=line.section,
            amount=line.amount,
            source=str(line.source or ""),
        )
        for line in plan.budget
    )


def decisions_of(plan: Plan) -> tuple[Decision, ...]:
    """Return the decisions of a plan."""
    return tuple(
        Decision(body=item.body, day=item.day, number=item.number, matter=item.matter, is_noted=item.noted)
        for item in plan.decisions
    )


def followed_of(item: Indicator, plan: Plan) -> Followed:
    """Return an indicator of a plan with its last target, without figures."""
    populations = {population.code: population.names for population in plan.populations}
    definition = inputs.Definition(
        indicator=item.code,
        version=1,
        names=item.names,
        unit=item.unit,
        factor=Decimal(100) if item.unit == PERCENT else Decimal(1),
        direction=Direction(item.direction) if item.direction else Direction.RISING,
        numerator=item.numerator,
        denominator=item.denominator,
        population=populations.get(item.population, Text()),
        rule=item.rule,
        method=item.method,
    )
    targets = [target for target in item.targets if target.value is not None and target.period and target.period.end]
    target = targets[-1] if targets else None
    return Followed(
        code=item.code,
        key=item.code.lower(),
        names=item.names,
        section=item.section,
        definition=definition,
        aim=None
        if target is None or target.value is None or target.period is None or target.period.end is None
        else inputs.Aim(
            code=item.code,
            indicator=item.code,
            operator=Operator(str(target.operator or Operator.GTE)),
            value=target.value,
            due_on=target.period.end,
            share=item.unit == PERCENT,
            direction=definition.direction,
        ),
        aim_period=target.period.key if target and target.period else "",
    )
