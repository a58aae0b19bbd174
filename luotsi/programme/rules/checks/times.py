"""Checks of time: nothing ends before it begins, and what belongs to a programme lies in its period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from luotsi.programme.rules.checks.fault import Fault, error, warning
from luotsi.programme.rules.plan import Milestone, Plan, measures_of, walk
from luotsi.programme.rules.values import Span


def reversed_dates(plan: Plan) -> Iterator[Fault]:
    """Yield every span whose end comes before its beginning."""
    for item in walk(plan):
        for entry in fields(item):
            value = getattr(item, entry.name)
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, Span) and part.reversed:
                    yield error("dates.reversed", item, entry.name, span=part)


def milestones_outside(plan: Plan) -> Iterator[Fault]:
    """Yield milestones whose period is not in the programme's, or whose due day is not in their own."""
    for item in walk(plan):
        if not isinstance(item, Milestone):
            continue
        if not plan.period.covers(item.period):
            yield error("milestone.outside", item, "period", span=item.period, whole=plan.period)
        if item.due and not item.period.contains(item.due):
            yield warning("milestone.due_outside", item, "due", day=item.due.isoformat(), span=item.period)


def measures_outside(plan: Plan) -> Iterator[Fault]:
    """Yield measures whose period is not in the programme's."""
    for item in measures_of(plan):
        if item.period and not plan.period.covers(item.period):
            yield error("measure.outside", item, "period", span=item.period, whole=plan.period)


def repeated_milestones(plan: Plan) -> Iterator[Fault]:
    """Yield milestones of a measure that has one for the same period already."""
    for measure in measures_of(plan):
        seen: set[str] = set()
        for item in measure.milestones:
            if item.period.key in seen:
                yield warning("milestone.repeated", item, "period", span=item.period)
            seen.add(item.period.key)


CHECKS = (reversed_dates, milestones_outside, measures_outside, repeated_milestones)
