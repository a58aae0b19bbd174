"""Setting what an indicator should become, and taking a target back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, periods
from luotsi.base.errors import Reason, Refused
from luotsi.indicators.actions.definitions import reasons_of
from luotsi.indicators.models import Target
from luotsi.indicators.rules.values import Operator, PathKind

if TYPE_CHECKING:
    from luotsi.indicators.models import Indicator
    from luotsi.people.models import Account, Unit


class TargetRefused(Refused):
    """A target that cannot be so, or that cannot be changed any more."""


def _points(points: Sequence[tuple[str, Decimal]], path: PathKind, due: date) -> list[list[str]]:
    """Return the points of a path as they are kept. Raises TargetRefused where they make no path."""
    if path != PathKind.POINTS:
        return []
    if not points:
        raise TargetRefused(Reason(_("Give the points of the path."), field="points"))
    try:
        days = [periods.parse(period).end for period, _value in points]
    except periods.NotAPeriod as error:
        raise TargetRefused(Reason(str(error), field="points")) from None
    if any(day >= due for day in days):
        raise TargetRefused(Reason(_("The points of the path come before the target."), field="points"))
    if len(set(days)) < len(days):
        raise TargetRefused(Reason(_("Two points of the path are on the same day."), field="points"))
    return [[period, str(value)] for period, value in points]


def _period(key: str) -> periods.Period:
    try:
        return periods.parse(key)
    except periods.NotAPeriod:
        raise TargetRefused(Reason(_("“%(period)s” is no period.") % {"period": key}, field="period")) from None


def _given_way(to: Target) -> Target | None:
    """Take back the target in force that another takes the place of; None where there is none."""
    standing = Target.objects.in_force().select_for_update()
    old = standing.filter(indicator=to.indicator, unit=to.unit, period=to.period).first()
    if old is not None:
        old.withdrawn_at = clock.now()
        old.save(update_fields=["withdrawn_at"])
    return old


@transaction.atomic
def set_target(
    *,
    indicator: Indicator,
    unit: Unit,
    period: str,
    value: Decimal,
    operator: Operator = Operator.GTE,
    baseline_value: Decimal | None = None,
    baseline_on: date | None = None,
    path: PathKind = PathKind.LINEAR,
    points: Sequence[tuple[str, Decimal]] = (),
    decided_by: str = "",
    decided_on: date | None = None,
    reference: str = "",
    note: str = "",
    by: Account | None,
) -> Target:
    """Set the target of a unit for the end of a period; one that stands there gives way and is kept.

    `points` are the own points of the path for PathKind.POINTS: key of a period and value.

    Raises:
        TargetRefused: the period, the path or the baseline cannot be so, or the indicator is not followed there.
    """
    span = _period(period)
    if indicator.owner is not None and not unit.path.startswith(indicator.owner.path):
        raise TargetRefused(Reason(_("The indicator is not followed in this unit."), field="unit"))
    made = Target(
        indicator=indicator,
        unit=unit,
        period=span.key,
        due_on=span.end,
        operator=operator,
        value=value,
        baseline_value=baseline_value,
        baseline_on=baseline_on,
        path=path,
        points=_points(points, path, span.end),
        decided_by=decided_by,
        decided_on=decided_on,
        reference=reference,
        note=note,
    )
    old = _given_way(made)
    try:
        made.full_clean(exclude=["indicator", "unit"])
    except ValidationError as error:
        raise TargetRefused(*reasons_of(error)) from None
    made.save(force_insert=True)
    audit.record(
        by=by,
        verb="indicators.target.set",
        target=made,
        before=audit.snapshot(old) if old else None,
        after=audit.snapshot(made),
        unit_id=unit.pk,
    )
    return made


@transaction.atomic
def withdraw_target(*, target: Target, reason: str, by: Account | None) -> Target:
    """Take a target back; it stays in the history."""
    kept = Target.objects.select_for_update(of=("self",)).select_related("indicator", "unit").get(pk=target.pk)
    reasons = []
    if kept.withdrawn_at is not None:
        reasons.append(Reason(_("The target has been taken back already.")))
    if not reason.strip():
        reasons.append(Reason(_("Tell why."), field="reason"))
    if reasons:
        raise TargetRefused(*reasons)
    kept.withdrawn_at = clock.now()
    kept.save(update_fields=["withdrawn_at"])
    audit.record(
        by=by,
        verb="indicators.target.withdrawn",
        target=kept,
        before=audit.snapshot(kept, "value", "period"),
        unit_id=kept.unit_id,
        reason=reason,
    )
    return kept
