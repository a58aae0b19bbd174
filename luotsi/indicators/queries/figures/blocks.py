"""The protected figures of an indicator in a whole block, kept until something they are made of changes.

They are kept in memory and in the cache "figures" on the disk, under a key over everything that they are made of: what
changes has another key at once, and nothing ever has to be taken out.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.cache import caches
from django.db.models import Count, Max

from luotsi.base import audit, clock
from luotsi.base.facts import ColumnKind
from luotsi.indicators.models import Definition, Observation
from luotsi.indicators.queries import fact_store
from luotsi.indicators.queries.figures.inputs import (
    Block,
    block_of,
    counted_periods,
    days_of,
    in_time,
    told_rows,
)
from luotsi.indicators.queries.offered import tables_offered
from luotsi.indicators.rules.disclosure import protect, stricter
from luotsi.indicators.rules.values import Audience, Cell, Mark, Policy, counting_of

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from luotsi.indicators.engine import Connection
    from luotsi.indicators.models import Indicator

MOST_KEPT = 200
CACHE = "figures"
SHAPE = 1  # of cells; counts up when they are computed or protected otherwise
_kept: OrderedDict[str, tuple[Cell, ...]] = OrderedDict()
_lock = threading.Lock()
_computing = threading.Lock()  # many who ask for the same at once wait for the first


@dataclass(frozen=True, kw_only=True)
class Asked:
    """For whom, of which day and of which moment figures are asked."""

    audience: Audience
    on: date
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Versions:
    """An indicator with the versions of its definition."""

    indicator: Indicator
    definitions: tuple[Definition, ...]

    @property
    def counted(self) -> tuple[Definition, ...]:
        """The versions that are counted from records."""
        return tuple(one for one in self.definitions if one.counting)


def versions_of(indicators: Sequence[Indicator]) -> list[Versions]:
    """Return the indicators with their definitions; one query."""
    found: defaultdict[UUID, list[Definition]] = defaultdict(list)
    by_pk = {indicator.pk: indicator for indicator in indicators}
    for one in Definition.objects.filter(indicator__in=list(by_pk)).order_by("version"):
        one.indicator = by_pk[one.indicator_id]
        found[one.indicator_id].append(one)
    return [Versions(indicator=one, definitions=tuple(found[one.pk])) for one in indicators]


def protected(versions: Sequence[Versions], root: str, asked: Asked) -> tuple[Block, dict[UUID, tuple[Cell, ...]]]:
    """Return the block and all its protected cells by indicator; only what has changed is computed.

    Queries: the head of the log, one more where it has grown since, what was told of each indicator; beyond that the
    units and the figures themselves where they are not kept.
    """
    now = fact_store.log_now()
    units = fact_store.stored("institutions", now).stamp.text
    keys = _cache_keys(versions, root, asked, now, units)
    block = block_of(root, units)
    found = _remembered(keys)
    if len(found) < len(keys):
        with _computing:
            found = _remembered(keys)
            made = _computed([one for one in versions if one.indicator.pk not in found], block, asked, now)
            fresh = {keys[pk]: cells for pk, cells in made.items()}
            caches[CACHE].set_many(fresh)
            _remember(fresh)
        found |= made
    return block, found


def _remembered(keys: dict[UUID, str]) -> dict[UUID, tuple[Cell, ...]]:
    """Return what is kept in memory, or else on the disk."""
    with _lock:
        found = {pk: _kept[key] for pk, key in keys.items() if key in _kept}
        for pk in found:
            _kept.move_to_end(keys[pk])
    elsewhere = {pk: key for pk, key in keys.items() if pk not in found}
    if elsewhere:
        stored = caches[CACHE].get_many(list(elsewhere.values()))
        found |= {pk: stored[key] for pk, key in elsewhere.items() if key in stored}
        _remember(stored)
    return found


def _remember(cells: dict[str, tuple[Cell, ...]]) -> None:
    """Keep in memory what was computed or read; what nobody has asked for longest goes."""
    with _lock:
        _kept.update(cells)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


def _cache_keys(
    versions: Sequence[Versions], root: str, asked: Asked, now: fact_store.Stamp, units: str
) -> dict[UUID, str]:
    """Return for each indicator a key over everything that its figures are made of."""
    told = (
        Observation.objects.filter(indicator__in=[one.indicator.pk for one in versions])
        .exclude(approved_at=None)
        .order_by()
        .values_list("indicator_id")
        .annotate(Count("pk"), Max("approved_at"), Max("superseded_at"), Count("superseded_at"))
    )
    seen = {row[0]: row[1:] for row in told}
    keys = {}
    for one in versions:
        # What was told is told up to today; only what is counted changes with the day.
        day = asked.on.isoformat() if one.counted or asked.on < clock.today() else "now"
        tables = sorted({counting.table for d in one.counted if (counting := counting_of(d.counting))})
        parts = [
            one.indicator.pk.hex,
            [audit.snapshot(definition) for definition in one.definitions],
            [SHAPE, root, units, asked.audience, day, str(asked.at)],
            [str(part) for part in seen.get(one.indicator.pk, ())],
            [fact_store.stored(table, now).stamp.text for table in tables],
        ]
        keys[one.indicator.pk] = hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()
    return keys


def _computed(
    versions: Sequence[Versions], block: Block, asked: Asked, now: fact_store.Stamp
) -> dict[UUID, tuple[Cell, ...]]:
    """Compute and protect every cell of the block, of all the indicators in one pass."""
    if not versions:
        return {}
    cells: defaultdict[tuple[str, int], list[Cell]] = defaultdict(list)
    for cell in raw_cells(versions, block, asked, now):
        cells[cell.indicator, cell.version].append(cell)
    return {
        one.indicator.pk: tuple(
            cell
            for definition in one.definitions
            for cell in _protected(definition, cells.get((one.indicator.key, definition.version), []), block, asked)
        )
        for one in versions
    }


def raw_cells(versions: Sequence[Versions], block: Block, asked: Asked, now: fact_store.Stamp) -> list[Cell]:
    """Return the cells before protection. Never for anybody's eyes: `protected` and the trace alone call this.

    Indicators with the same dimensions go together: what has no splits is computed without a thought of any.
    """
    from luotsi.indicators import engine

    alike: defaultdict[tuple[str, ...], list[Definition]] = defaultdict(list)
    for one in versions:
        for definition in one.definitions:
            alike[tuple(sorted(definition.dimensions))].append(definition)
    with engine.connect(threads=2, memory="1GB") as con:
        return [
            cell
            for dimensions, definitions in alike.items()
            for cell in _cells_of(con, definitions, dimensions, block, asked, now)
        ]


def _cells_of(
    con: Connection,
    definitions: Sequence[Definition],
    dimensions: Sequence[str],
    block: Block,
    asked: Asked,
    now: fact_store.Stamp,
) -> list[Cell]:
    """Return the cells of definitions with the same dimensions."""
    from luotsi.indicators import engine

    told = measured(con, definitions, block, asked, now, dimensions)
    if told.num_rows == 0:
        return []
    known: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    pairs = zip(*(told[name].to_pylist() for name in ("indicator", "version", "period")), strict=True)
    for key, version, period in pairs:
        known[key, version].add(period)
    rules = [one.as_rule(one.indicator.key) for one in definitions]
    every = sorted({period for found in known.values() for period in found})
    units = block.units | set(told["unit"].to_pylist())
    table = engine.compute(con, block.tree, rules, told, periods=every, units=units, unique=True)
    return [
        cell
        for cell in engine.cells(table)
        if cell.mark is not Mark.MISSING or cell.period in known[cell.indicator, cell.version]
    ]


def measured(
    con: Connection,
    definitions: Sequence[Definition],
    block: Block,
    asked: Asked,
    now: fact_store.Stamp,
    dimensions: Sequence[str],
    period: str = "",
) -> pa.Table:
    """Return what was told or counted in the block, as measurements; of one period, or of all."""
    import pyarrow as pa

    from luotsi.indicators import engine

    observed = [one for one in definitions if not one.counting]
    rows = told_rows(observed, block.root, asked.on, asked.at, period) if observed else []
    tables = [engine.measurements(rows, dimensions)]
    for definition in definitions:
        if definition.counting:
            counted = counted_rows(con, definition, block, asked, now, period)
            tables.append(engine.measurements(counted.to_pylist(), dimensions))
    return pa.concat_tables(tables)


def counted_rows(
    con: Connection, definition: Definition, block: Block, asked: Asked, now: fact_store.Stamp, period: str = ""
) -> pa.Table:
    """Return what a counted definition counts in the block, in every period that it is shown for, or in one."""
    from luotsi.indicators import engine

    facts, person = facts_of(con, definition, now)
    keys = [period] if period else counted_periods(definition, asked.on)
    return engine.count(
        con,
        facts,
        definition.as_rule(definition.indicator.key),
        keys,
        block.tree,
        units=block.units,
        days=days_of(definition, keys, asked.on),
        person=person,
    )


def facts_of(con: Connection, definition: Definition, now: fact_store.Stamp | None = None) -> tuple[ir.Table, str]:
    """Return the table that a definition counts, with the columns the engine knows, and its column of persons."""
    counting = counting_of(definition.counting)
    if counting is None:
        raise ValueError(f"{definition} is not counted.")
    found = fact_store.stored(counting.table, now)
    table = con.read_parquet(str(found.path))
    names = {
        str(column.kind): column.name
        for column in found.table.columns
        if column.kind in fact_store.NAMED_BY_KIND and column.name != str(column.kind)
    }
    return (table.rename(names) if names else table), found.table.column_of(ColumnKind.PERSON)


def _protected(definition: Definition, cells: list[Cell], block: Block, asked: Asked) -> Iterable[Cell]:
    """Return the cells of one version as they may leave, in order of time."""
    policy = policy_of(definition)
    shown = protect(
        cells,
        definition.as_rule(definition.indicator.key),
        parents=block.parents,
        policy=policy,
        public_learners=asked.audience is Audience.PUBLIC,
    )
    if policy is not Policy.OPEN:
        # What rolled up beside a told figure would tell more than the figure that was protected.
        shown = tuple(replace(cell, below=None) for cell in shown)
    return sorted(shown, key=lambda cell: (in_time(cell.period), cell.unit, cell.split))


def policy_of(definition: Definition) -> Policy:
    """Return the policy that figures of a definition leave under: its own, or the stricter one of its table."""
    counting: Any = counting_of(definition.counting)
    own = Policy(definition.policy)
    tables = tables_offered()
    return stricter(own, Policy(tables[counting.table].policy)) if counting and counting.table in tables else own


def forget() -> None:
    """Forget all figures that are kept; for tests that measure."""
    with _lock:
        _kept.clear()
    caches[CACHE].clear()
    block_of.cache_clear()
