"""The whole plan, and the ways through it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import cast

from luotsi.programme.rules.plan.items import NO_TEXT, Coded, Document, Item
from luotsi.programme.rules.plan.measuring import Derived, Finding, Indicator, Observation, Population
from luotsi.programme.rules.plan.money import Appendix, BudgetLine
from luotsi.programme.rules.plan.work import (
    Actor,
    BaselineRemark,
    Communication,
    Decision,
    Goal,
    Level,
    Measure,
    Owner,
    Participant,
    ReportingLine,
    Section,
)
from luotsi.programme.rules.values import Span, Text


@dataclass(frozen=True, kw_only=True)
class Plan(Item):
    """A whole programme, as its file tells it."""

    key: str
    language: str = "fi"
    names: Text
    owner: Owner
    period: Span
    periods: tuple[Span, ...] = ()
    evaluated: Span | None = None
    aim: Text = NO_TEXT
    change: Text = NO_TEXT
    principle: Text = NO_TEXT
    continuation: Text = NO_TEXT
    foundations: tuple[Text, ...] = ()
    surveys: tuple[Text, ...] = ()
    documents: tuple[Document, ...] = ()
    participants: tuple[Participant, ...] = ()
    actors: tuple[Actor, ...] = ()
    goals: tuple[Goal, ...] = ()
    baseline_remarks: tuple[BaselineRemark, ...] = ()
    decisions: tuple[Decision, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    levels: tuple[Level, ...] = ()
    sections: tuple[Section, ...] = ()
    populations: tuple[Population, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    observations: tuple[Observation, ...] = ()
    derived: tuple[Derived, ...] = ()
    findings: tuple[Finding, ...] = ()
    reporting: tuple[ReportingLine, ...] = ()
    communication: Communication | None = None


@cache
def _names_of(shape: Hashable) -> tuple[str, ...]:
    """Return the keys of a shape; looking them up for every item of a plan takes longer than the walk."""
    return tuple(entry.name for entry in fields(cast("type[Item]", shape)) if entry.name != "place")


def walk(item: Item) -> Iterator[Item]:
    """Yield the item and everything in it, in the order of the file's keys."""
    yield item
    for name in _names_of(cast("Hashable", type(item))):
        value = getattr(item, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Item):
                yield from walk(part)


def sections_of(plan: Plan) -> Iterator[Section]:
    """Yield every section, those within others too."""
    return (item for item in walk(plan) if isinstance(item, Section))


def measures_of(plan: Plan) -> Iterator[Measure]:
    """Yield every measure of every section."""
    return (item for item in walk(plan) if isinstance(item, Measure))


def coded(plan: Plan) -> dict[str, Coded | Document]:
    """Return the items by their codes; of two with one code the first."""
    found: dict[str, Coded | Document] = {}
    for item in walk(plan):
        if isinstance(item, Coded | Document):
            found.setdefault(item.code, item)
    return found
