"""The indicators of a programme with their figures, as disclosure control lets them out to the public."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from luotsi.base import periods
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.queries.outlook import path_of, targets_along, targets_for
from luotsi.indicators.rules.values import PERCENT, Audience, Direction, Mark, Operator
from luotsi.programme.models import IndicatorLink
from luotsi.programme.rules.plan import sections_of
from luotsi.reports.queries.writing.words import kept, text_of
from luotsi.reports.rules import inputs
from luotsi.reports.rules.material import Followed

if TYPE_CHECKING:
    from luotsi.indicators.models import Definition, Target
    from luotsi.indicators.queries.figures import Figures
    from luotsi.indicators.rules.values import Cell
    from luotsi.people.models import Unit
    from luotsi.programme.rules.plan import Plan
    from luotsi.programme.rules.values import Text
    from luotsi.reports.queries.material import Wanted


def followed_of(wanted: Wanted, plan: Plan, units: tuple[Unit, ...]) -> tuple[Followed, ...]:
    """Return the indicators of the programme with the figures of the report's unit and of the given units."""
    links = IndicatorLink.objects.filter(programme=wanted.programme).select_related("indicator")
    by_key: dict[str, IndicatorLink] = {}
    for link in links.order_by("position", "pk"):
        by_key.setdefault(link.indicator.key, link)
    chosen = [link.indicator for link in by_key.values()]
    if not chosen:
        return ()
    figures = figures_of(chosen, wanted.unit, below=True, audience=Audience.PUBLIC, on=wanted.data_on, at=wanted.at)
    targets = targets_along(chosen, wanted.unit)
    measures = {measure.code: section.code for section in sections_of(plan) for measure in section.measures}
    names = {unit.pk.hex: unit.key for unit in (wanted.unit, *units)}
    found = []
    for link in by_key.values():
        definition = figures.definition(link.indicator)
        if definition is None:
            continue
        held, _inherited = targets_for(link.indicator, definition, wanted.unit, targets)
        target = _target(held, wanted.data_on)
        own, others, ends = _cells(figures, link.indicator.key, wanted.unit, names)
        found.append(
            Followed(
                code=link.indicator.code,
                key=link.indicator.key,
                names=text_of(link.indicator.names),
                section=measures.get(link.item, link.item),
                definition=_definition(link.indicator.key, text_of(link.indicator.names), definition),
                decimals=definition.decimals,
                aim=_aim(link.indicator.code or link.indicator.key, link.indicator.key, target, definition),
                aim_period=target.period if target else "",
                cells=own,
                others=others,
                ends=ends,
            )
        )
    return tuple(found)


def _target(held: list[Target], day: date) -> Target | None:
    return next((one for one in held if one.due_on >= day), held[-1] if held else None)


def _definition(key: str, names: Text, definition: Definition) -> inputs.Definition:
    rule = definition.as_rule(key)
    return inputs.Definition(
        indicator=key,
        version=definition.version,
        names=names,
        unit=rule.unit,
        factor=rule.factor,
        rollup=rule.rollup,
        policy=rule.policy,
        direction=rule.direction,
        numerator=kept(definition.numerator),
        denominator=kept(definition.denominator),
        population=kept(definition.population),
        rule=kept(definition.rule),
        method=kept(definition.method),
        is_counted=rule.counting is not None,
    )


def _aim(code: str, key: str, target: Target | None, definition: Definition) -> inputs.Aim | None:
    if target is None:
        return None
    path = path_of(target)
    return inputs.Aim(
        code=code.replace("-", "_"),
        indicator=key,
        operator=Operator(target.operator),
        value=target.value,
        due_on=target.due_on,
        baseline=path.baseline,
        baseline_on=path.baseline_on,
        path=path.kind,
        points=path.points,
        share=definition.unit_of_measure == PERCENT,
        direction=Direction(definition.direction),
    )


def _cells(
    figures: Figures, key: str, unit: Unit, names: dict[str, str]
) -> tuple[tuple[inputs.Cell, ...], dict[str, tuple[inputs.Cell, ...]], dict[str, date]]:
    """Return the cells of the unit itself and of the named units, and the last day of each period."""
    own: list[inputs.Cell] = []
    others: defaultdict[str, list[inputs.Cell]] = defaultdict(list)
    ends: dict[str, date] = {}
    for cell in figures.cells:
        if cell.indicator != key or cell.unit not in names or cell.mark is Mark.MISSING:
            continue
        ends[cell.period] = periods.parse(cell.period).end
        made = _cell(cell, names[cell.unit])
        if cell.unit == unit.pk.hex and not cell.split:
            own.append(made)
        else:
            others[names[cell.unit]].append(made)
    return tuple(own), {name: tuple(found) for name, found in others.items()}, ends


def _cell(cell: Cell, unit: str) -> inputs.Cell:
    return inputs.Cell(
        indicator=cell.indicator,
        version=cell.version,
        unit=unit,
        period=cell.period,
        split=cell.split,
        numerator=cell.numerator,
        denominator=cell.denominator,
        value=cell.value,
        approximate=cell.approximate,
        mark=cell.mark,
        reporting=cell.reporting,
        expected=cell.expected,
    )
