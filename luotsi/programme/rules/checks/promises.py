"""Checks of what is promised: findings are answered, milestones can be measured and are somebody's."""

from __future__ import annotations

from collections.abc import Iterator

from luotsi.programme.rules.checks.fault import Fault, remark
from luotsi.programme.rules.plan import Milestone, Plan, measures_of, walk


def findings_without_answer(plan: Plan) -> Iterator[Fault]:
    """Yield negative findings that nothing is done about, or whose action has no owner or no due day."""
    for item in plan.findings:
        if not item.negative:
            continue
        if not item.action:
            yield remark("finding.without_action", item)
            continue
        if not item.owner:
            yield remark("finding.without_owner", item)
        if item.due is None:
            yield remark("finding.without_due", item)


def milestones_without_measure(plan: Plan) -> Iterator[Fault]:
    """Yield milestones without number, unit, baseline or owner."""
    for item in walk(plan):
        if not isinstance(item, Milestone):
            continue
        if item.number is None and not item.indicator:
            yield remark("milestone.without_number", item)
        if item.number is not None and not item.unit:
            yield remark("milestone.without_unit", item)
        if item.baseline is None:
            yield remark("milestone.without_baseline", item)
        if not item.owner:
            yield remark("milestone.without_owner", item)


def measures_without_responsibility(plan: Plan) -> Iterator[Fault]:
    """Yield measures that nobody is named for."""
    for item in measures_of(plan):
        if not item.responsibility:
            yield remark("measure.without_responsibility", item)


CHECKS = (findings_without_answer, milestones_without_measure, measures_without_responsibility)
