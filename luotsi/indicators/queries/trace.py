"""From a figure to what it is made of: definition, parts, records that the reader may see, the value once more.

A protected figure has no way down to its records: the reader sees only what they may see anyway. Records of tables in
which persons stand are shown to those who see these persons, by the rights of the room that offers the table or else
by the list of people; open ones to everybody who sees the unit; observations as they were entered to those who work
with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from luotsi.base import clock
from luotsi.base.facts import ColumnKind
from luotsi.base.names import Names
from luotsi.indicators import access
from luotsi.indicators.models import Definition, Observation
from luotsi.indicators.queries import fact_store
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.queries.figures.blocks import Asked, facts_of, measured, versions_of
from luotsi.indicators.queries.figures.inputs import block_of, root_of
from luotsi.indicators.queries.offered import is_row_by_row
from luotsi.indicators.queries.telling import period_of, split_key_of
from luotsi.indicators.rules.values import Audience, Cell, Mark, Rollup, Semantics, counting_of
from luotsi.people.access import reach_of
from luotsi.people.models import Unit
from luotsi.people.rules import Right as PeopleRight
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.base.facts import FactTable
    from luotsi.indicators.models import Indicator
    from luotsi.indicators.queries.figures import Figures
    from luotsi.people.access import Visitor

MOST = 200


@dataclass(frozen=True, kw_only=True)
class TracedUnit:
    """A unit below with its protected cell of the same period and split."""

    key: str
    names: Names
    cell: Cell


@dataclass(frozen=True, kw_only=True)
class TracedObservation:
    """An observation that the figure is made of, as it was entered; only for those who work with figures there."""

    id: UUID
    unit: Names
    split: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    source: str
    source_place: str
    source_url: str
    approved_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class TracedRecord:
    """A record that was counted: its key, unit, whether it is in the numerator, and its page, where it has one."""

    key: str
    unit: Names
    counted: bool
    url: str


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What a figure is made of.

    Args:
        cell: the protected figure; None where there is none.
        definition: the version by which it was counted.
        day: the day as of which records were counted, or the last day of the period.
        line: numerator ÷ denominator × factor = value, in words of the reader; empty where there is nothing to divide.
        units: the units straight below with their figures.
        observations: what was told, as far as the reader may see it; `more_observations` are not shown.
        records: what was counted, as far as the reader may see it; `more_records` are not shown.
        sources: where the observations come from, each once; empty where the figure is protected.
        recomputed: the value worked out once more, alone; None where the figure is protected or missing.
        agrees: whether that is the value shown; None where there is none.
    """

    indicator: Indicator
    unit: Unit
    period: str
    split: Mapping[str, str]
    cell: Cell | None
    definition: Definition | None
    day: date | None
    line: str = ""
    units: tuple[TracedUnit, ...] = ()
    observations: tuple[TracedObservation, ...] = ()
    more_observations: int = 0
    records: tuple[TracedRecord, ...] = ()
    more_records: int = 0
    sources: tuple[str, ...] = ()
    recomputed: Decimal | None = None
    agrees: bool | None = None


def trace_of(
    visitor: Visitor,
    indicator: Indicator,
    unit: Unit,
    period: str,
    split: Mapping[str, str] | None = None,
    *,
    on: date | None = None,
    again: bool = True,
) -> Trace:
    """Return the trace of one figure. Whether the reader may see figures of the unit is asked before.

    `again` asks to work the value out once more, alone, which takes a moment.

    Raises:
        luotsi.base.periods.NotAPeriod: the key names no period.
    """
    asked_split, today = dict(split or {}), on or clock.today()
    end = period_of(period).end
    figures = figures_of([indicator], unit, below=True, on=today)
    key = tuple(sorted(asked_split.items()))
    cell = figures.cell(indicator, unit, period, key)
    definition = figures.definition(indicator, cell.version if cell else None)
    if cell is None or definition is None:
        return Trace(
            indicator=indicator,
            unit=unit,
            period=period,
            split=asked_split,
            cell=cell,
            definition=definition,
            day=end,
        )
    shown = cell.mark is Mark.FIGURE
    observations, more = _observations(visitor, definition, unit, period, asked_split)
    records, more_records, recomputed = _counted(
        visitor, definition, unit, period, asked_split, today, shown=shown and again
    )
    return Trace(
        indicator=indicator,
        unit=unit,
        period=period,
        split=asked_split,
        cell=cell,
        definition=definition,
        day=min(end, today) if _as_of(definition) else end,
        line=_line(cell, definition) if shown else "",
        units=tuple(_units(figures, indicator, unit, period, key)),
        observations=tuple(observations),
        more_observations=more,
        records=tuple(records),
        more_records=more_records,
        sources=_sources(definition, unit, period, asked_split) if shown else (),
        recomputed=recomputed,
        agrees=None if recomputed is None else recomputed == cell.value,
    )


def _as_of(definition: Definition) -> bool:
    counting = counting_of(definition.counting)
    return counting is not None and counting.semantics is Semantics.AS_OF


def _line(cell: Cell, definition: Definition) -> str:
    """Return the sum behind a figure: 3 071 ÷ 3 863 × 100 = 79,5."""
    if cell.numerator is None or cell.denominator is None or definition.rollup == Rollup.WEIGHTED_MEAN:
        return ""
    factor = f" × {number(definition.factor)}" if definition.factor != 1 else ""
    value = number(cell.value, definition.decimals)
    return f"{number(cell.numerator)} ÷ {number(cell.denominator)}{factor} = {value}"


def _units(
    figures: Figures, indicator: Indicator, unit: Unit, period: str, split: tuple[tuple[str, str], ...]
) -> Iterable[TracedUnit]:
    for below in Unit.objects.filter(parent=unit):
        if cell := figures.cell(indicator, below, period, split):
            yield TracedUnit(key=below.key, names=below.names, cell=cell)


def _told(definition: Definition, unit: Unit, period: str, split: Mapping[str, str]) -> QuerySet[Observation]:
    """Return the approved observations under the unit, of the split or of finer ones that make it up."""
    found = Observation.objects.approved().under(unit).filter(definition=definition, period=period)
    if split:
        found = found.filter(split_key=split_key_of(split))
    return found.select_related("unit").order_by("unit__name_fi", "split_key")


def _observations(
    visitor: Visitor, definition: Definition, unit: Unit, period: str, split: Mapping[str, str]
) -> tuple[list[TracedObservation], int]:
    """Return what the reader may see as it was entered, and how many more there are that they may see."""
    if definition.counting:
        return [], 0
    may = [one for one in _told(definition, unit, period, split) if access.works_at(visitor, one.unit.path)]
    shown = [
        TracedObservation(
            id=one.pk,
            unit=one.unit.names,
            split=one.split_key,
            numerator=one.numerator,
            denominator=one.denominator,
            value=one.value,
            source=one.source,
            source_place=one.source_place,
            source_url=one.source_url,
            approved_at=one.approved_at,
        )
        for one in may[:MOST]
    ]
    return shown, len(may) - len(shown)


def _sources(definition: Definition, unit: Unit, period: str, split: Mapping[str, str]) -> tuple[str, ...]:
    told = {one.source for one in _told(definition, unit, period, split) if one.source}
    return tuple(sorted(told)[:MOST])


def _counted(
    visitor: Visitor,
    definition: Definition,
    unit: Unit,
    period: str,
    split: Mapping[str, str],
    on: date,
    *,
    shown: bool,
) -> tuple[list[TracedRecord], int, Decimal | None]:
    """Return the records that the reader may see, how many more there are, and the value worked out alone."""
    from luotsi.indicators import engine

    now = fact_store.log_now()
    block = block_of(root_of(unit), fact_store.stored("institutions", now).stamp.text)
    one = versions_of([definition.indicator])[0]
    rule = definition.as_rule(definition.indicator.key)
    asked = Asked(audience=Audience.STAFF, on=on)
    with engine.connect(threads=2, memory="1GB") as con:
        recomputed = None
        if shown:
            told = measured(con, [definition], block, asked, now, sorted(definition.dimensions), period)
            cell = engine.recompute(con, block.tree, rule, told, unit=unit.pk.hex, period=period, split=split)
            recomputed = cell.value if cell else None
        if not one.counted or not definition.counting:
            return [], 0, recomputed
        facts, person = facts_of(con, definition, now)
        day = on if period_of(period).end > on and _as_of(definition) else None
        parts = ("numerator", "denominator") if rule.counting and rule.counting.denominator else ("numerator",)
        keys = {
            part: engine.records(
                con, facts, rule, unit=unit.pk.hex, period=period, tree=block.tree, split=split, part=part, day=day
            )
            for part in parts
        }
        every = sorted({key for found in keys.values() for key in found})
        columns = ["record", "unit", *filter(None, [person])]
        rows = con.run(facts.filter(facts.record.isin(every)).select(*columns).distinct()).to_pylist()
    table = fact_store.stored(rule.counting.table, now).table if rule.counting else None
    if table is None:
        return [], 0, recomputed
    places = {row["record"]: (row["unit"], row.get(person, "")) for row in rows}
    records, more = _records(visitor, table, places, set(keys["numerator"]), unit)
    return records, more, recomputed


def _records(
    visitor: Visitor, table: FactTable, places: Mapping[str, tuple[str, str]], counted: set[str], unit: Unit
) -> tuple[list[TracedRecord], int]:
    """Return the records that the reader may see; `more` counts only such as well."""
    units = {one.pk.hex: one for one in Unit.objects.under(unit)}
    seen = table.persons_seen(visitor, unit) if table.persons_seen else None
    may = []
    for record, (place, person) in sorted(places.items()):
        if place not in units:
            continue
        if not _may_see_records(visitor, table, units[place]) if seen is None else person not in seen:
            continue
        url = table.record_url(UUID(hex=record)) if table.record_url else (seen or {}).get(person, "")
        may.append(TracedRecord(key=record, unit=units[place].names, counted=record in counted, url=url))
    return may[:MOST], max(0, len(may) - MOST)


def _may_see_records(visitor: Visitor, table: FactTable, unit: Unit) -> bool:
    """Return True where the reader sees such records anyway: persons by the list of persons, others when open."""
    if table.column_of(ColumnKind.PERSON):
        return reach_of(visitor).may(PeopleRight.SEE_PERSONS, unit.path)
    return access.may_see(visitor, unit) if is_row_by_row(table) else access.works_at(visitor, unit.path)
