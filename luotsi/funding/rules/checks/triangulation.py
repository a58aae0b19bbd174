"""T3: percentages and numbers of the same population fit each other, and a part is no larger than its whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from luotsi.funding.rules.application import Application, Figure, Population
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Finding, Percent, Plain, Severity, Value, of
from luotsi.funding.rules.checks.told_figures import told_figures_fit
from luotsi.funding.rules.register import Register

TOLERANCE = Decimal("0.05")  # by which sizes may differ that follow from numbers that are only about


@dataclass(frozen=True)
class Size:
    """How large a population is by one figure: told, or its number divided by its share."""

    figure: Figure
    size: Decimal


def sizes(application: Application) -> dict[str, list[Size]]:
    """Return how large each population is by each figure about it."""
    found: dict[str, list[Size]] = {one.key: [] for one in application.populations}
    for figure in application.figures:
        if figure.percent is None:
            found[figure.population].append(Size(figure, figure.number))
        elif figure.percent > 0:
            whole = (figure.number * figures.HUNDRED / figure.percent).quantize(Decimal(1), rounding=ROUND_HALF_UP)
            found[figure.population].append(Size(figure, whole))
    return found


def figures_fit(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """T3: no part is larger than its whole, and all figures of one population lead to the same size."""
    populations = {one.key: one for one in application.populations}
    found = sizes(application)
    for part in application.populations:
        for whole in _above(part, populations):
            yield from _subset(part, whole, found)
        yield from _alike(part, found[part.key])
    for figure in application.figures:
        if figure.percent is not None and figure.percent == 0 and figure.number > 0:
            where = (of(figure, "percent", figure.label), of(figure, "number", figure.label))
            params: dict[str, Value] = {"label": figure.label, "number": Plain(figure.number)}
            yield Finding("T3", "T3.nothing_of_some", Severity.WARN, where, Percent(figures.ZERO, 0), None, params)
    yield from told_figures_fit(application, call, register, today)


def _above(part: Population, populations: dict[str, Population]) -> Iterator[Population]:
    """Yield the populations that a part belongs to; reading has seen to it that none belongs to itself."""
    here = part
    while here.subset_of:
        here = populations[here.subset_of]
        yield here


def _subset(part: Population, whole: Population, found: dict[str, list[Size]]) -> Iterator[Finding]:
    """Yield the worst contradiction of a part and its whole."""
    if not found[part.key] or not found[whole.key]:
        return
    larger = max(found[part.key], key=lambda one: one.size)
    smaller = min(found[whole.key], key=lambda one: one.size)
    is_about = larger.figure.is_about or smaller.figure.is_about
    if larger.size <= smaller.size * (1 + (TOLERANCE if is_about else figures.ZERO)):
        return
    where = (
        of(larger.figure, "number", larger.figure.label),
        of(smaller.figure, "number", smaller.figure.label),
    )
    params = _told(larger, "") | _told(smaller, "whole_") | {"part": part.label, "whole": whole.label}
    yield Finding("T3", "T3.part_over_whole", Severity.WARN, where, Plain(larger.size), Plain(smaller.size), params)


def _alike(population: Population, found: list[Size]) -> Iterator[Finding]:
    if len(found) < 2:
        return
    least, most = min(found, key=lambda one: one.size), max(found, key=lambda one: one.size)
    is_about = any(one.figure.is_about or one.figure.percent is not None for one in found)
    if most.size <= least.size * (1 + (TOLERANCE if is_about else figures.ZERO)):
        return
    where = (of(most.figure, "number", most.figure.label), of(least.figure, "number", least.figure.label))
    params = _told(most, "") | _told(least, "whole_") | {"part": population.label}
    yield Finding("T3", "T3.two_sizes", Severity.WARN, where, Plain(most.size), Plain(least.size), params)


def _told(size: Size, prefix: str) -> dict[str, Value]:
    percent = size.figure.percent if size.figure.percent is not None else figures.HUNDRED
    places = 0 if percent == percent.to_integral_value() else 1
    return {
        f"{prefix}percent": Percent(percent, places),
        f"{prefix}number": Plain(size.figure.number),
        f"{prefix}size": Plain(size.size),
    }
