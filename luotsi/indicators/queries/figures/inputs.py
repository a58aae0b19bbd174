"""What figures are made of: the units of a block, what was told, and the tables that are counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from luotsi.base import periods
from luotsi.base.periods import PeriodKind
from luotsi.indicators.models import Observation
from luotsi.indicators.queries.telling import period_of
from luotsi.indicators.rules.values import Operator, Semantics, counting_of
from luotsi.people.models import Unit
from luotsi.people.rules import Kind

if TYPE_CHECKING:
    from luotsi.indicators.engine import Tree
    from luotsi.indicators.models import Definition

# How many periods of a counted indicator are shown, the present one among them.
MOST_PERIODS = {
    PeriodKind.DAY: 1,
    PeriodKind.MONTH: 25,
    PeriodKind.CALENDAR_YEAR: 6,
    PeriodKind.SCHOOL_YEAR: 6,
}
TOLD = (
    "indicator_id",
    "definition_id",
    "unit_id",
    "period",
    "period_end",
    "split",
    "numerator",
    "denominator",
    "value",
    "low",
    "high",
    "operator",
    "mark",
    "persons",
)


@dataclass(frozen=True)
class Block:
    """The units of a tree, with the unit above each, all keys as text of 32 hex digits.

    `units` are those that figures are made for: all but groups, whose records count in their institution. A group has
    figures only where it was told some itself.
    """

    root: str
    tree: Tree
    units: frozenset[str]
    parents: dict[str, str]
    paths: dict[str, str]


def root_of(unit: Unit) -> str:
    """Return the key of the topmost unit above a unit."""
    return unit.path.split("/", 1)[0]


@lru_cache(maxsize=8)
def block_of(root: str, stamp: str) -> Block:
    """Return the block under a topmost unit: one query, kept until the stamp of the units changes."""
    from luotsi.indicators.engine import Place, Tree

    rows = Unit.objects.filter(path__startswith=f"{root}/").order_by("path")
    fields = ("pk", "parent_id", "kind", "valid_from", "valid_to", "path")
    places, parents, paths, units = [], {}, {}, []
    for pk, parent, kind, valid_from, valid_to, path in rows.values_list(*fields):
        above = parent.hex if parent else None
        places.append(Place(unit=pk.hex, parent=above, kind=kind, valid_from=valid_from, valid_to=valid_to))
        paths[pk.hex] = path
        if kind != Kind.GROUP:
            units.append(pk.hex)
        if above:
            parents[pk.hex] = above
    return Block(root, Tree.of(places, told_by=Kind.INSTITUTION), frozenset(units), parents, paths)


def in_time(key: str) -> tuple[date, date]:
    """Return by what periods are put in order: their last days, of two that end together the longer one first."""
    period = period_of(key)
    return period.end, period.start


def told_rows(
    definitions: Iterable[Definition], root: str, on: date, at: datetime | None, period: str = ""
) -> list[dict[str, Any]]:
    """Return approved observations of a block as measurements; one query.

    `at` asks for what was approved at that moment, `on` leaves out periods that had not begun on that day, `period`
    all others.
    """
    known = {one.pk: one for one in definitions}
    found = Observation.objects.approved_at_moment(at) if at else Observation.objects.approved()
    found = found.filter(definition__in=list(known), unit__path__startswith=f"{root}/", period_start__lte=on)
    if period:
        found = found.filter(period=period)
    rows = []
    for row in found.values(*TOLD):
        definition = known[row["definition_id"]]
        rows.append(
            {
                "indicator": definition.indicator.key,
                "version": definition.version,
                "unit": row["unit_id"].hex,
                "period": row["period"],
                "on": row["period_end"],
                "numerator": row["numerator"],
                "denominator": row["denominator"],
                "value": _value(row),
                "approximate": row["operator"] != Operator.EQ,
                "mark": row["mark"],
                "persons": row["persons"],
                **{name: row["split"].get(name, "") for name in definition.dimensions},
            }
        )
    return rows


def _value(row: dict[str, Any]) -> Decimal | None:
    """Return the value as told; of a range its middle, which is marked as approximate."""
    if row["value"] is None and row["low"] is not None and row["high"] is not None:
        middle: Decimal = (row["low"] + row["high"]) / 2
        return middle
    value: Decimal | None = row["value"]
    return value


def counted_periods(definition: Definition, on: date) -> list[str]:
    """Return the periods that a version is counted for: the latest ones on whose last day, or today, it is valid."""
    kind = PeriodKind(definition.period_kind)
    period, found = periods.containing(on, kind), []
    for _number in range(MOST_PERIODS[kind]):
        day = min(period.end, on)
        if day < definition.valid_from:
            break
        if definition.valid_to is None or day <= definition.valid_to:
            found.append(period.key)
        period = period.previous()
    return found[::-1]


def days_of(definition: Definition, keys: Sequence[str], on: date) -> dict[str, date]:
    """Return the days by which periods that have not ended are counted: the day that was asked for."""
    counting = counting_of(definition.counting)
    if counting is None or counting.semantics is not Semantics.AS_OF:
        return {}
    return {key: on for key in keys if period_of(key).end > on}


def hex_of(key: UUID | str) -> str:
    """Return the key of a unit as the engine takes it."""
    return key.hex if isinstance(key, UUID) else key
