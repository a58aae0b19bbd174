"""What the plan tells of a section in figures and words: observations that are no figures of an indicator, as told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.base.names import Names
from luotsi.programme.queries import rows
from luotsi.programme.queries.period_words import period_words
from luotsi.programme.rules.figures import Figures, is_percent
from luotsi.programme.rules.values import Operator
from luotsi.ui.formatting import NBSP, number

if TYPE_CHECKING:
    from luotsi.programme.rules.plan import Observation, Plan

SIGNS = {
    Operator.EQ: "",
    Operator.GTE: "≥",
    Operator.LTE: "≤",
    Operator.GT: ">",
    Operator.LT: "<",
    Operator.APPROX: "≈",
    Operator.RANGE: "",
}


@dataclass(frozen=True)
class Fact:
    """Something that was told: what, when, the value as it was told, and of whom."""

    names: Names
    period: str
    value: str
    of: str


def facts_by_section(plan: Plan) -> dict[str, tuple[Fact, ...]]:
    """Return the observations of each section in the order of the plan."""
    figures, found = Figures(plan), dict[str, list[Fact]]()
    for item in plan.observations:
        found.setdefault(item.section, []).append(_fact(figures, item))
    return {section: tuple(facts) for section, facts in found.items()}


def _fact(figures: Figures, item: Observation) -> Fact:
    of = figures.items.get(item.population)
    whom = getattr(of, "names", None) or getattr(of, "text", None)
    return Fact(
        names=rows.names(item.text),
        period=rows.names(item.period_words).text or (period_words(item.period.key) if item.period else ""),
        value=_value(figures, item),
        of=rows.names(whom).text if whom else "",
    )


def _value(figures: Figures, item: Observation) -> str:
    """Return the value as it was told: approximate stays approximate, a share shows what it is made of."""
    unit = f"{NBSP}%" if is_percent(item.unit) else f"{NBSP}{item.unit}" if item.unit else ""
    sign = SIGNS[item.operator]
    if item.low is not None or item.high is not None:
        return f"{number(item.low)}–{number(item.high)}{unit}"
    share = figures.share(item) if is_percent(item.unit) else None
    if share and share.value is not None:
        return f"{sign}{number(share.value)}{unit} ({number(share.numerator)} / {number(share.denominator)})"
    if item.value is not None:
        return f"{sign}{number(item.value)}{unit}"
    return rows.names(item.words).text or "; ".join(rows.names(text).text for text in item.items) or "–"
