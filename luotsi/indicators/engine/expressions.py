"""The expression that makes figures of measurements by one rule of roll-up.

It is a pure function of the shape of what is computed and speaks of tables by name (`Names`), so that a backend's text
of it can be kept: to write that text takes longer than to compute a branch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from itertools import combinations
from typing import TYPE_CHECKING, Any

from luotsi.indicators.engine.measurements import KEYS
from luotsi.indicators.engine.rollups import AMOUNT, RULES, VALUE, Rule, nothing, whole
from luotsi.indicators.rules.values import Mark, Rollup

if TYPE_CHECKING:
    import ibis.expr.types as ir

Pattern = frozenset[str]  # the dimensions that a row names
TOLD = {
    "indicator": "string",
    "version": "int32",
    "unit": "string",
    "period": "string",
    "on": "date",
    "numerator": "decimal(18, 4)",
    "denominator": "decimal(18, 4)",
    "weight": "decimal(18, 4)",
    "value": "decimal(18, 4)",
    "approximate": "boolean",
    "mark": "string",
    "persons": "int64",
    "whole": "boolean",
}
DAYS = {"valid_from": "date", "valid_to": "date"}


class Names(Enum):
    """The tables of an expression: what was told, by what rules, in which tree."""

    TOLD = TOLD
    DEFINITIONS = {
        "indicator": "string",
        "version": "int32",
        "factor": "decimal(18, 4)",
        "told_by": "string",
        "operator": "string",
        "bound": "decimal(38, 6)",
    }
    LINKS = {"ancestor": "string", "unit": "string", "depth": "int32", **DAYS, "wanted": "boolean"}
    HEADS = {"unit": "string"}
    EXPECTED = {"told_by": "string", "period": "string", "unit": "string", "within": "int64"}

    @property
    def key(self) -> str:
        """The name of the table in a backend."""
        return f"luotsi_{self.name.lower()}"

    def table(self, dimensions: Sequence[str] = ()) -> ir.Table:
        """Return the table, with columns for dimensions, as part of an expression."""
        import ibis

        return ibis.table(ibis.schema({**self.value, **dict.fromkeys(dimensions, "string")}), name=self.key)


@dataclass(frozen=True)
class Shape:
    """What the text of an expression depends on.

    Args:
        rollup: the rule.
        dimensions: the columns of the split.
        patterns: which dimensions are named together in any row.
        heads: whether units with others below them told something themselves.
        whole: whether anything was counted for a unit with all below it.
        moved: whether any unit has belonged to more than one.
        unique: whether each cell was told once.
        chosen: whether only some units are wanted.
    """

    rollup: Rollup
    dimensions: tuple[str, ...]
    patterns: frozenset[Pattern]
    heads: bool
    whole: bool
    moved: bool
    unique: bool
    chosen: bool

    @property
    def keys(self) -> list[str]:
        """The columns that name a cell."""
        return [*KEYS, *self.dimensions]


def expression(shape: Shape) -> ir.Table:
    """Return the figures of measurements of the shape, as something to compute over the tables of `Names`."""
    rule = RULES[shape.rollup]
    base = brought(shape, rule)
    own = with_totals(shape, rule, base.filter(~base.whole) if shape.whole else base)
    rolled = _columns(shape, with_expected(rolled_up(shape, rule, own)))
    if shape.heads:
        heads = Names.HEADS.table()
        rolled = beside(shape, rolled, _columns(shape, covering(shown_own(shape, rule, own.semi_join(heads, "unit")))))
        own = own.anti_join(heads, "unit")
    found = [_columns(shape, shown_own(shape, rule, own)), rolled]
    if shape.whole:
        counted = covering(shown_own(shape, rule, base.filter(base.whole)))
        found.append(_columns(shape, counted).mutate(told=False))
    return united(found)


def united(tables: Sequence[ir.Table]) -> ir.Table:
    """Return the rows of all tables."""
    return reduce(lambda one, other: one.union(other), tables)


def brought(shape: Shape, rule: Rule) -> ir.Table:
    """Return the measurements with what each brings along by the rule: p, q, v, and whether it counts."""
    import ibis

    table = Names.TOLD.table(shape.dimensions)
    if not shape.unique:
        latest = ibis.row_number().over(group_by=shape.keys, order_by=table.on.desc())
        table = table.mutate(latest=latest).filter(ibis._.latest == 0).drop("latest")
    table = table.inner_join(Names.DEFINITIONS.table(), ["indicator", "version"])
    parts = rule.parts(table)
    unmarked = table.mark == ""
    parts = {name: ibis.ifelse(unmarked, part, ibis.null(part.type())) for name, part in parts.items()}
    kept = [*shape.keys, "on", "approximate", "mark", "persons", "whole", "factor"]
    table = table.mutate(mark=rule.mark(table), **parts).select(*kept, *parts)
    return table.mutate(counts=rule.counts(table))


def with_totals(shape: Shape, rule: Rule, own: ir.Table) -> ir.Table:
    """Return what units told, with the totals over splits that they did not tell.

    A total, of all or by some of the dimensions, is made of the rows that name the fewest further dimensions; a told
    one holds. Where one of the splits is missing there is no total.
    """
    if not rule.over_splits:
        return own
    targets = {
        frozenset(part) for named in shape.patterns for size in range(len(named)) for part in combinations(named, size)
    }
    if not targets:
        return own
    finest = sorted(shape.patterns - targets, key=sorted)
    tables = [own.filter(_names(shape, own, pattern)) for pattern in finest]
    for target in sorted(targets, key=lambda named: (len(named), sorted(named))):
        told = own.filter(_names(shape, own, target)) if target in shape.patterns else None
        tables += [_total(shape, rule, own, target, told)]
    return united(tables)


def _defined(table: ir.Table, *columns: str) -> ir.Table:
    """Return the rows with what their definitions say; joined late, because grouping by it would cost more."""
    keys = ["indicator", "version"]
    return table.inner_join(Names.DEFINITIONS.table().select(*keys, *columns), keys)


def _names(shape: Shape, table: ir.Table, pattern: Pattern) -> Any:
    named = [(table[name] != "") if name in pattern else (table[name] == "") for name in shape.dimensions]
    return reduce(lambda one, other: one & other, named)


def _total(shape: Shape, rule: Rule, own: ir.Table, target: Pattern, told: ir.Table | None) -> ir.Table:
    """Return the rows that name the dimensions of the target: told where told, else made of finer ones."""
    order = shape.dimensions.index
    sources = sorted(
        (named for named in shape.patterns if named > target),
        key=lambda named: (len(named), sorted(order(name) for name in named)),
    )
    standing = told.filter(told.counts | told.v.notnull()) if told is not None else None
    found = [standing] if standing is not None else []
    for source in sources:
        made = _summed(shape, rule, own.filter(_names(shape, own, source)), target)
        found.append(made.anti_join(united(found), shape.keys) if found else made)
    if told is not None:
        empty = told.filter(~(told.counts | told.v.notnull()))
        found.append(empty.anti_join(united(found), shape.keys))
    return united(found)


def _summed(shape: Shape, rule: Rule, fine: ir.Table, target: Pattern) -> ir.Table:
    """Return the rows that name only the dimensions of the target, made of those that name more."""
    import ibis

    kept = [*KEYS, *(name for name in shape.dimensions if name in target)]
    fine = fine.mutate(teller=fine.unit)
    lacking = (~fine.counts & (fine.mark != str(Mark.NOT_APPLICABLE))).any()
    made = fine.group_by(kept).aggregate(
        **rule.joined(fine),
        on=fine.on.max(),
        approximate=(fine.approximate & fine.counts).any(),
        persons=whole(fine.persons.sum(where=fine.counts)),
        some=fine.counts.any(),
        lacking=lacking,
    )
    complete = made.some & ~made.lacking
    columns: dict[str, Any] = {
        part: ibis.ifelse(complete, made[part], ibis.null(made[part].type())).cast(fine[part].type())
        for part in ("p", "q", "v")
    }
    columns |= {name: ibis.literal("") for name in shape.dimensions if name not in target}
    made = made.mutate(
        **columns,
        mark=ibis.cases((complete, ""), (made.some | made.lacking, str(Mark.MISSING)), else_=str(Mark.NOT_APPLICABLE)),
        whole=ibis.literal(False),
        counts=complete,
    )
    return _defined(made, "factor").select(*fine.drop("teller").columns)


def rolled_up(shape: Shape, rule: Rule, own: ir.Table) -> ir.Table:
    """Return the figures that roll up from below, for every unit above one that told something."""
    import ibis

    told = _with_coverage(shape, own)
    links = Names.LINKS.table().filter(ibis._.wanted & (ibis._.depth > 0))
    if shape.heads:
        told = _with_reach(shape, told)
    told = told.rename(teller="unit")
    pairs = told.inner_join(links.rename(teller="unit"), "teller").rename(unit="ancestor")
    if shape.moved:
        pairs = pairs.filter((pairs.on >= pairs.valid_from) & (pairs.on <= pairs.valid_to))
    if shape.heads:
        pairs = pairs.filter(pairs.reach.isnull() | (pairs.depth <= pairs.reach))
    applies = pairs.mark != str(Mark.NOT_APPLICABLE)
    sums = pairs.group_by(shape.keys).aggregate(
        **rule.joined(pairs),
        on=pairs.on.max(),
        approximate=(pairs.approximate & pairs.counts).any(),
        persons=whole(pairs.persons.sum(where=pairs.counts)),
        reporting=whole(pairs.coverage.sum(where=pairs.counts).coalesce(0)),
        lapsed=whole(pairs.coverage.sum(where=~applies & ~pairs.counts).coalesce(0)),
        applicable=(applies | pairs.counts).any(),
        hidden=(pairs.mark == str(Mark.PROTECTED)).any(),
    )
    sums = _defined(sums, "factor", "told_by")
    sums = sums.mutate(**_cast(rule.shown(sums)))
    mark = ibis.cases(
        (sums.value.notnull(), ""),
        (sums.reporting > 0, str(Mark.NOT_APPLICABLE)),
        (sums.hidden, str(Mark.PROTECTED)),
        (sums.applicable, str(Mark.MISSING)),
        else_=str(Mark.NOT_APPLICABLE),
    )
    return sums.mutate(mark=mark, told=ibis.literal(False)).drop("p", "q", "v", "hidden", "applicable", "factor")


def _cast(shown: dict[str, Any]) -> dict[str, Any]:
    return {
        "numerator": shown["numerator"].cast(AMOUNT),
        "denominator": shown["denominator"].cast(AMOUNT),
        "value": shown["value"].cast(VALUE),
    }


def _with_within(table: ir.Table) -> ir.Table:
    """Return the rows with how many units within each unit, itself included, are expected to tell."""
    keys = ["told_by", "period", "unit"]
    joined = table.left_join(Names.EXPECTED.table(), keys)
    return joined.drop(*(f"{key}_right" for key in keys)).mutate(within=joined.within.coalesce(0))


def _with_coverage(shape: Shape, own: ir.Table) -> ir.Table:
    """Return the rows with how many of the expected units each speaks for: itself, or all below it."""
    import ibis

    one = ibis.literal(1).cast("int64")
    if not shape.heads:
        return own.mutate(coverage=one)
    heads = Names.HEADS.table()
    inner = _with_within(_defined(own.semi_join(heads, "unit"), "told_by"))
    inner = inner.mutate(coverage=ibis.greatest(inner.within, one)).drop("within", "told_by")
    return own.anti_join(heads, "unit").mutate(coverage=one).union(inner)


def _with_reach(shape: Shape, told: ir.Table) -> ir.Table:
    """Return the rows with how far up each counts: to the nearest unit that told a figure which counts itself."""
    import ibis

    links = Names.LINKS.table().filter(ibis._.depth > 0)
    heads = told.filter(told.counts).semi_join(Names.HEADS.table(), "unit").select(*shape.keys, "on")
    pairs = heads.rename(ancestor="unit").inner_join(links, "ancestor")
    if shape.moved:
        pairs = pairs.filter((pairs.on >= pairs.valid_from) & (pairs.on <= pairs.valid_to))
    stops = pairs.group_by(shape.keys).aggregate(reach=pairs.depth.min())
    joined = told.left_join(stops, shape.keys)
    return joined.drop(*(f"{key}_right" for key in shape.keys))


def shown_own(shape: Shape, rule: Rule, own: ir.Table) -> ir.Table:
    """Return what units told themselves, as figures."""
    import ibis

    links = Names.LINKS.table()
    table = own.semi_join(links.filter(links.wanted & (links.depth == 0)), "unit") if shape.chosen else own
    table = table.mutate(**_cast(rule.shown(table)))
    stands = table.value.notnull()
    mark = ibis.cases(
        (stands, ""),
        (table.counts, str(Mark.NOT_APPLICABLE)),
        (table.mark != "", table.mark),
        else_=str(Mark.MISSING),
    )
    one, zero = ibis.literal(1).cast("int64"), ibis.literal(0).cast("int64")
    return table.mutate(
        mark=mark,
        told=ibis.literal(True),
        approximate=table.approximate & (stands | table.counts),
        reporting=ibis.ifelse(stands | table.counts, one, zero),
        expected=ibis.ifelse((table.mark == str(Mark.NOT_APPLICABLE)) & ~table.counts, zero, one),
    )


def covering(shown: ir.Table) -> ir.Table:
    """Return figures of units with others below them: they speak for all units that are expected to tell."""
    import ibis

    table = _with_within(_defined(shown, "told_by"))
    covered = ibis.greatest(table.within, ibis.literal(1).cast("int64"))
    return table.mutate(reporting=table.reporting * covered, expected=table.expected * covered)


def beside(shape: Shape, rolled: ir.Table, own: ir.Table) -> ir.Table:
    """Return the figures of units that told some themselves: those stand, what rolled up is told beside them."""
    import ibis

    joined = rolled.outer_join(
        own.rename({f"own_{name}": name for name in own.columns}), [(key, f"own_{key}") for key in shape.keys]
    )
    stands = joined.own_value.notnull() | joined.own_numerator.notnull()
    takes = stands | joined.indicator.isnull()
    columns = {name: ibis.ifelse(takes, joined[f"own_{name}"], joined[name]) for name in own.columns}
    columns["below_value"] = ibis.ifelse(stands, joined["value"], nothing(VALUE))
    return joined.select(**columns)


def with_expected(rolled: ir.Table) -> ir.Table:
    """Return rolled figures with how many units were expected to tell; those it does not concern are not."""
    import ibis

    table = _with_within(rolled)
    return table.mutate(expected=ibis.greatest(table.within - table.lapsed, table.reporting))


def _columns(shape: Shape, table: ir.Table) -> ir.Table:
    """Return the columns of a table of figures, each of its kind."""
    names = ("on", "numerator", "denominator", "value", "approximate", "mark", "persons", "reporting", "expected")
    return table.select(*shape.keys, *names, "told", below_value=nothing(VALUE))
