"""Checks of codes: each stands once, and each that is named exists and is of a fitting kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from luotsi.programme.rules import formulas
from luotsi.programme.rules.checks.fault import Fault, error
from luotsi.programme.rules.figures import Figures
from luotsi.programme.rules.plan import Coded, Document, Item, Plan, coded, walk
from luotsi.programme.rules.values import Figure, Source

COUNTABLE = ("Observation", "Derived", "BudgetLine", "Population")


def duplicate_codes(plan: Plan) -> Iterator[Fault]:
    """Yield every item whose code was given before it."""
    first = coded(plan)
    for item in walk(plan):
        if isinstance(item, Coded | Document) and first[item.code] is not item:
            yield error("code.duplicate", item, "code", code=item.code, line=first[item.code].place.line)


def unknown_references(plan: Plan) -> Iterator[Fault]:
    """Yield every code that names nothing, or an item of another kind than may stand there."""
    known = coded(plan)
    for item in walk(plan):
        for key, code, kinds in named_by(item):
            if code not in known:
                yield error("reference.unknown", item, key, key=key, code=code)
            elif type(known[code]).__name__ not in kinds:
                yield error("reference.kind", item, key, key=key, code=code)


def named_by(item: Item) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield key, code and fitting kinds for every code that an item names."""
    for entry in fields(item):
        value = getattr(item, entry.name)
        if isinstance(value, Source):
            yield entry.name, value.document, ("Document",)
        kinds = entry.metadata.get("refs")
        if not kinds:
            continue
        for part in value if isinstance(value, tuple) else (value,):
            code = part.code if isinstance(part, Figure) else part
            if code:
                yield entry.name, code, kinds


def unusable_formulas(plan: Plan) -> Iterator[Fault]:
    """Yield every formula that cannot be read, names what is not there or goes round in a circle."""
    figures = Figures(plan)
    known = figures.items
    for item in plan.derived:
        try:
            formula = formulas.parse(item.formula)
        except formulas.NotAFormula as problem:
            yield error("formula.unreadable", item, "formula", position=problem.position)
            continue
        for code in dict.fromkeys(formulas.names_in(formula)):
            if code not in known:
                yield error("reference.unknown", item, "formula", key="formula", code=code)
            elif type(known[code]).__name__ not in COUNTABLE:
                yield error("reference.kind", item, "formula", key="formula", code=code)
        if figures.of(item).circular:
            yield error("formula.circular", item, "formula")


CHECKS = (duplicate_codes, unknown_references, unusable_formulas)
