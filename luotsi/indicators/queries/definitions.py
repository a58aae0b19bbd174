"""How an indicator is counted, in words; its versions and what changed from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.base import texts
from luotsi.base.facts import ColumnKind
from luotsi.indicators.models import Definition, Indicator
from luotsi.indicators.queries import words
from luotsi.indicators.queries.offered import tables_offered
from luotsi.indicators.queries.told import measure_of
from luotsi.indicators.rules.values import PERCENT, Rollup, counting_of
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.indicators.rules.values import Count, Counting

TEXTS = ("numerator", "denominator", "population", "rule", "method")


@dataclass(frozen=True, kw_only=True)
class DefinitionWords:
    """One version of how an indicator is counted, as the page tells it."""

    version: int
    valid_from: date
    valid_to: date | None
    unit: str
    numerator: Names
    denominator: Names
    population: Names
    rule: Names
    method: Names
    formula: str
    rollup: str
    policy: str
    direction: str
    splits: str
    origin: str
    counted: bool
    change: str


def definition_words(definition: Definition) -> DefinitionWords:
    """Return a definition in words; no queries."""
    counting = counting_of(definition.counting)
    return DefinitionWords(
        version=definition.version,
        valid_from=definition.valid_from,
        valid_to=definition.valid_to,
        unit=measure_of(definition).title,
        **{name: texts.names_of(getattr(definition, name)) for name in TEXTS},
        formula=formula_of(definition),
        rollup=definition.get_rollup_display(),
        policy=definition.get_policy_display(),
        direction=definition.get_direction_display(),
        splits=", ".join(words.dimension(name) for name in definition.dimensions),
        origin=origin_of(counting) if counting else _("Entered by the units and approved"),
        counted=counting is not None,
        change=definition.change,
    )


def formula_of(definition: Definition) -> str:
    """Return how the value is made: "numerator ÷ denominator × 100"."""
    if definition.rollup == Rollup.SHARE_OF_UNITS and definition.limit:
        limit = measure_of(definition).write(definition.limit[1])
        return _("units that meet %(limit)s ÷ units × %(factor)s") % {
            "limit": f"{definition.get_limit_operator_display()} {limit}",
            "factor": number(definition.factor),
        }
    if definition.rollup == Rollup.RATIO or definition.unit_of_measure == PERCENT:
        if definition.factor == 1:
            return _("numerator ÷ denominator")
        return _("numerator ÷ denominator × %(factor)s") % {"factor": number(definition.factor)}
    return definition.get_rollup_display()


def origin_of(counting: Counting) -> str:
    """Return what a counted definition counts: the table and its conditions."""
    table = tables_offered().get(counting.table)
    title = str(_(table.title)) if table else counting.table
    parts = [count_words(counting.numerator)]
    if counting.denominator is not None:
        parts.append(count_words(counting.denominator))
    return _("Counted from the table “%(table)s”: %(parts)s") % {"table": title, "parts": " ÷ ".join(parts)}


def count_words(count: Count) -> str:
    """Return what is counted: rows, different values or a sum, with the conditions."""
    what = _("rows")
    if count.column:
        told = {"column": count.column}
        what = _("sum of %(column)s") % told if count.sum else _("different %(column)s") % told
    conditions = [f"{column} {operator} {'–' if value is None else value}" for column, operator, value in count.where]
    return f"{what} ({', '.join(conditions)})" if conditions else what


def versions_of(indicator: Indicator) -> list[DefinitionWords]:
    """Return every version of an indicator, the newest first; one query."""
    found = Definition.objects.filter(indicator=indicator).order_by("-version")
    return [definition_words(one) for one in found]


def kind_words(kind: ColumnKind) -> str:
    """Return the kind of a column in words."""
    return {
        ColumnKind.RECORD: _("key of the record"),
        ColumnKind.UNIT: _("unit"),
        ColumnKind.PERSON: _("person, never shown"),
        ColumnKind.FROM: _("first day"),
        ColumnKind.TO: _("last day"),
        ColumnKind.DAY: _("day"),
        ColumnKind.DIMENSION: _("group"),
        ColumnKind.FLAG: _("yes or no"),
        ColumnKind.NUMBER: _("number"),
    }[kind]
