"""The targets of an indicator at a unit, and whether those of the units fit the whole, told both ways."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.indicators import access
from luotsi.indicators.models import Target
from luotsi.indicators.queries import words
from luotsi.indicators.queries.entering import definition_now
from luotsi.indicators.queries.outlook import path_of
from luotsi.indicators.queries.target_fit import TargetFit, fit_above, target_fit
from luotsi.indicators.queries.told import measure_of
from luotsi.indicators.rules.rights import Right
from luotsi.ui.formatting import day

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.indicators.models import Indicator
    from luotsi.indicators.queries.words import Measure
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


@dataclass(frozen=True)
class TargetLine:
    """One target of the unit; `withdrawn` tells when it was taken back or replaced, empty while it holds."""

    target: Target
    aim: str
    path: str
    baseline: str
    decided: str
    withdrawn: str


@dataclass(frozen=True)
class FitTable:
    """Targets of units beside the target of the whole: the units with theirs, and what they amount to in sentences."""

    whole: Names
    aim: str
    due: str
    units: tuple[tuple[Names, str], ...]
    fits: bool | None
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class TargetPage:
    """What the page of targets shows."""

    lines: tuple[TargetLine, ...]
    earlier: tuple[TargetLine, ...]
    downward: tuple[FitTable, ...]
    upward: tuple[FitTable, ...]
    may_aim: bool


def target_page(visitor: Visitor, scope: Unit, indicator: Indicator) -> TargetPage:
    """Return the targets of the unit, and how they fit those below and the one above."""
    measure = measure_of(definition_now(indicator))
    every = Target.objects.filter(indicator=indicator, unit=scope).select_related("indicator", "unit")
    lines = [line_of(target, measure) for target in every.order_by("due_on", "-withdrawn_at")]
    held = [line.target for line in lines if not line.withdrawn]
    below = [fit for target in held if (fit := target_fit(target))]
    above = [fit for target in held if (fit := fit_above(target))] if parent_seen(visitor, scope) else []
    return TargetPage(
        lines=tuple(line for line in lines if not line.withdrawn),
        earlier=tuple(line for line in lines if line.withdrawn),
        downward=tuple(table_of(visitor, fit, measure) for fit in below),
        upward=tuple(table_of(visitor, fit, measure) for fit in above),
        may_aim=access.may_do(visitor, Right.DEFINE, scope),
    )


def parent_seen(visitor: Visitor, scope: Unit) -> bool:
    """Return True when the visitor may see figures of the unit above, and so those of the neighbours."""
    return scope.parent is not None and access.may_see(visitor, scope.parent)


def line_of(target: Target, measure: Measure) -> TargetLine:
    """Return one target in words."""
    who = filter(None, (target.decided_by, day(target.decided_on) if target.decided_on else "", target.reference))
    points = ", ".join(f"{words.period(period)} {measure.write(Decimal(value))}" for period, value in target.points)
    baseline = ""
    if target.baseline_value is not None:
        baseline = f"{measure.write(target.baseline_value)} ({day(target.baseline_on)})"
    return TargetLine(
        target=target,
        aim=words.aim(path_of(target), measure),
        path=f"{target.get_path_display()}{f': {points}' if points else ''}",
        baseline=baseline,
        decided=", ".join(who),
        withdrawn=day(target.withdrawn_at) if target.withdrawn_at else "",
    )


def table_of(visitor: Visitor, fit: TargetFit, measure: Measure) -> FitTable:
    """Return the table of one target of a whole; units that the visitor may not see are left out of it."""
    seen = [(unit, aim) for unit, aim in fit.units if access.may_see(visitor, unit)]
    rows = [(unit.names, words.aim(path_of(aim), measure) if aim else "") for unit, aim in seen]
    return FitTable(
        whole=fit.target.unit.names,
        aim=words.aim(path_of(fit.target), measure),
        due=day(fit.target.due_on),
        units=tuple(rows),
        fits=fit.consistency.fits,
        sentences=tuple(sentences_of(fit, measure)),
    )


def sentences_of(fit: TargetFit, measure: Measure) -> list[str]:
    """Return what the targets of the units amount to beside the one of the whole, told both ways."""
    found, told = [], fit.consistency
    if told.reached is not None:
        amounts = {"reached": measure.write(told.reached), "target": measure.write(fit.target.value)}
        found.append(
            _("If every unit reaches its target, the whole is at %(reached)s; its target is %(target)s.") % amounts
        )
    if told.difference:
        found.append(
            _("Seen from the whole, %s is missing from the targets of the units.") % measure.apart(told.difference)
        )
    for remark in told.remarks:
        match remark.code:
            case "units.exceed":
                apart = measure.apart(Decimal(str(remark.params["difference"])))
                found.append(_("The units aim %s beyond the target of the whole.") % apart)
            case "whole.impossible":
                found.append(_("Not even the best results of units without a target are enough."))
            case "units.unknown":
                found.append(_("The sum cannot be told: a target, a figure or a weight is missing or hidden."))
            case "target.out_of_bounds":
                found.append(_("A share cannot be below 0 or above 100 %."))
    if told.without:
        found.append(_("Without a target of their own, and held at their latest figure: %d.") % len(told.without))
    return found
