"""The rules of roll-up, each as expressions: what a measurement brings along, how many become one, what is shown.

A measurement brings `p` and `q`, which add up, or `v`, of which one is chosen. It *counts* when it can roll up and
*stands* when it has something to show: a percentage without its parts stands where it was told and rolls up nowhere.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from luotsi.indicators.engine.connection import quotient
from luotsi.indicators.rules.values import Mark, Operator, Rollup

if TYPE_CHECKING:
    import ibis.expr.types as ir

AMOUNT, VALUE = "decimal(38, 8)", "decimal(38, 6)"
Columns = dict[str, Any]


def nothing(kind: str) -> Any:
    """Return a null of a kind."""
    import ibis

    return ibis.null(kind)


def whole(number: Any) -> Any:
    """Return a sum of whole numbers as one of 64 bits: DuckDB adds them up to 128, which Ibis does not know."""
    import ibis.expr.operations as ops

    return ops.Cast(number, "int64").to_expr()


class Rule(ABC):
    """How figures roll up. The columns that a rule keeps are `p`, `q`, `v`, all of one kind from row to sum."""

    over_splits = True  # whether a total can be made of splits

    @abstractmethod
    def parts(self, t: ir.Table) -> Columns:
        """Return p, q, v of a measurement; p is null where it does not count."""

    def counts(self, t: ir.Table) -> Any:
        """Return whether a row rolls up."""
        return t.p.notnull()

    def mark(self, t: ir.Table) -> Any:
        """Return the mark of a measurement."""
        return t.mark

    def joined(self, t: ir.Table) -> Columns:
        """Return p, q, v of many rows."""
        return {"p": t.p.sum(), "q": t.q.sum(), "v": nothing(VALUE)}

    def shown(self, t: ir.Table) -> Columns:
        """Return numerator, denominator and value of p, q, v."""
        value = quotient(t.p, t.q, t.factor)
        return {"numerator": t.p, "denominator": t.q, "value": _first(value, t.v)}


def _first(*expressions: Any) -> Any:
    import ibis

    return ibis.coalesce(*(one.cast(VALUE) for one in expressions))


def _if(condition: Any, then: Any) -> Any:
    import ibis

    return ibis.ifelse(condition, then, ibis.null(then.type()))


def _told_value(t: ir.Table) -> Any:
    """Return the value as it was told: itself, or what its parts make, or the numerator where it stands alone."""
    return _first(t.value, quotient(t.numerator, t.denominator, t.factor), _if(t.denominator.isnull(), t.numerator))


class Sum(Rule):
    """Amounts add up."""

    def parts(self, t: ir.Table) -> Columns:
        """What a measurement brings along."""
        return {"p": t.numerator.coalesce(t.value), "q": nothing("decimal(18, 4)"), "v": nothing(VALUE)}

    def joined(self, t: ir.Table) -> Columns:
        """What many rows make."""
        return {"p": t.p.sum(), "q": nothing("decimal(38, 4)"), "v": nothing(VALUE)}

    def shown(self, t: ir.Table) -> Columns:
        """What is shown."""
        return {"numerator": t.p, "denominator": nothing(AMOUNT), "value": t.p}


class Ratio(Rule):
    """The sum of numerators by the sum of denominators; who lacks one of the two counts in neither."""

    def parts(self, t: ir.Table) -> Columns:
        """What a measurement brings along."""
        both = t.numerator.notnull() & t.denominator.notnull()
        return {"p": _if(both, t.numerator), "q": _if(both, t.denominator), "v": t.value.cast(VALUE)}


class WeightedMean(Rule):
    """Values by their weight: the sum of value * weight by the sum of weights.

    The weight is the column `weight`, else the denominator. Parts without a value weigh by their denominator.
    """

    def parts(self, t: ir.Table) -> Columns:
        """What a measurement brings along."""
        import ibis

        weight = t.weight.coalesce(t.denominator)
        wide = "decimal(38, 8)"
        by_value = (t.value * weight).cast(wide)
        by_parts = (t.numerator * t.factor).cast(wide)
        p = ibis.ifelse(t.value.notnull(), by_value, _if(t.denominator.notnull(), by_parts))
        q = ibis.ifelse(t.value.notnull(), weight, t.denominator)
        return {"p": p, "q": _if(p.notnull(), q), "v": t.value.cast(VALUE)}

    def shown(self, t: ir.Table) -> Columns:
        """What is shown."""
        import ibis

        value = _first(t.v, quotient(t.p, t.q, ibis.literal(1)))
        return {"numerator": t.p, "denominator": t.q, "value": value}


class Chosen(Rule):
    """One of the values holds: the smallest or the largest; it has no parts that add up."""

    def __init__(self, which: str) -> None:
        self.which = which

    def parts(self, t: ir.Table) -> Columns:
        """What a measurement brings along."""
        return {"p": nothing("decimal(18, 4)"), "q": nothing("decimal(18, 4)"), "v": _told_value(t)}

    def counts(self, t: ir.Table) -> Any:
        """Whether a row rolls up."""
        return t.v.notnull()

    def mark(self, t: ir.Table) -> Any:
        """The mark of a measurement: a share of nothing is not applicable."""
        import ibis

        nothing_to_share = (t.mark == "") & t.value.isnull() & t.numerator.notnull() & (t.denominator == 0)
        return ibis.ifelse(nothing_to_share.coalesce(False), str(Mark.NOT_APPLICABLE), t.mark)

    def joined(self, t: ir.Table) -> Columns:
        """What many rows make."""
        one = t.v.min() if self.which == "min" else t.v.max()
        return {"p": nothing("decimal(18, 4)"), "q": nothing("decimal(18, 4)"), "v": one}

    def shown(self, t: ir.Table) -> Columns:
        """What is shown."""
        return {"numerator": t.p, "denominator": t.q, "value": t.v}


class Last(Chosen):
    """The figure of the latest day holds, with its parts; on the same day that of the unit with the greater key."""

    def __init__(self) -> None:
        super().__init__("last")

    def parts(self, t: ir.Table) -> Columns:
        """What a measurement brings along."""
        return {"p": t.numerator, "q": t.denominator, "v": _told_value(t)}

    def joined(self, t: ir.Table) -> Columns:
        """What many rows make."""
        import ibis

        latest = t.on.cast("string") + t.teller
        lacking = ibis.literal("-99999999999999.9999").cast("decimal(18, 4)")  # argmax passes nulls over
        columns: Columns = {
            part: ibis.coalesce(t[part].cast("decimal(18, 4)"), lacking).argmax(latest, where=t.v.notnull())
            for part in ("p", "q")
        }
        columns = {part: column.nullif(lacking) for part, column in columns.items()}
        return columns | {"v": t.v.argmax(latest, where=t.v.notnull())}


class ShareOfUnits(Rule):
    """How many of the units that have a value meet the limit.

    A told value is the unit's own and is held against the limit, exactly by its parts where they are told too. Parts
    without a value are numbers of units: those that meet it, of those that have a value.
    """

    over_splits = False

    def parts(self, t: ir.Table) -> Columns:
        """What a measurement brings along."""
        import ibis

        value, limit = _first(quotient(t.numerator, t.denominator, t.factor), t.value), t.bound
        met = ibis.cases(
            (t.operator == str(Operator.GTE), value >= limit),
            (t.operator == str(Operator.LTE), value <= limit),
            (t.operator == str(Operator.GT), value > limit),
            (t.operator == str(Operator.LT), value < limit),
            else_=value == limit,
        )
        told = t.value.notnull()
        both = t.numerator.notnull() & t.denominator.notnull()
        one = ibis.literal(1).cast("decimal(18, 4)")
        zero = ibis.literal(0).cast("decimal(18, 4)")
        return {
            "p": ibis.ifelse(told, ibis.ifelse(met, one, zero), _if(both, t.numerator)),
            "q": ibis.ifelse(told, one, _if(both, t.denominator)),
            "v": nothing(VALUE),
        }


RULES: Mapping[Rollup, Rule] = {
    Rollup.SUM: Sum(),
    Rollup.RATIO: Ratio(),
    Rollup.WEIGHTED_MEAN: WeightedMean(),
    Rollup.LAST: Last(),
    Rollup.MIN: Chosen("min"),
    Rollup.MAX: Chosen("max"),
    Rollup.SHARE_OF_UNITS: ShareOfUnits(),
}
