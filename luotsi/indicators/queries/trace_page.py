"""What is behind one figure, in words: its path, the records or observations, the units below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.indicators.queries import told, words
from luotsi.indicators.queries.definitions import DefinitionWords, definition_words
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.queries.minis import trace_address
from luotsi.indicators.queries.telling import split_of
from luotsi.indicators.queries.trace import Trace, TracedObservation, TracedRecord, trace_of
from luotsi.indicators.rules.disclosure import SMALL
from luotsi.indicators.rules.values import Policy
from luotsi.ui.formatting import day as written
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.indicators.models import Indicator
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

MOST_SHOWN = 50


@dataclass(frozen=True)
class PathPart:
    """One number of the path with what it is: "3,071 accounts with MFA"."""

    number: str
    words: str


@dataclass(frozen=True)
class TracedLine:
    """One record or observation: what it is called, its unit (None = hidden), its part, and where it comes from."""

    title: str
    url: str
    unit: Names | None
    split: str
    figure: str
    counted: bool | None
    source: str
    source_url: str
    approved: str


@dataclass(frozen=True)
class BelowLine:
    """A unit below with its figure of the same period."""

    names: Names
    figure: str
    gone: str
    trace_url: str


@dataclass(frozen=True)
class TracePage:
    """What the page and the drawer show."""

    trace: Trace
    about: DefinitionWords | None
    period: str
    split: str
    figure: str
    gone: str
    path: tuple[PathPart, ...]
    value: str
    again: str
    below: tuple[BelowLine, ...]
    lines: tuple[TracedLine, ...]
    all: int
    counted: int
    first: int
    previous: int | None
    next: int | None
    show: str
    hidden_units: bool
    url: str

    @property
    def from_row(self) -> int:
        """The number of the first line shown."""
        return self.first + 1

    @property
    def to_row(self) -> int:
        """The number of the last line shown."""
        return self.first + len(self.lines)


@dataclass(frozen=True)
class Asked:
    """Which figure is asked for, from which unit it is looked at, and which of its records."""

    scope: Unit
    unit: Unit
    period: str = ""
    split: Mapping[str, str] = MappingProxyType({})
    show: str = ""
    first: int = 0
    again: bool = False
    most: int = MOST_SHOWN


def trace_page(visitor: Visitor, indicator: Indicator, asked: Asked) -> TracePage:
    """Return what is behind a figure; without a period, behind the latest one.

    Raises:
        luotsi.base.periods.NotAPeriod: the key names no period, or there is no figure at all.
    """
    asked = asked if asked.period else replace(asked, period=latest_period(indicator, asked.unit))
    trace = trace_of(visitor, indicator, asked.unit, asked.period, asked.split, again=asked.again)
    lines, hidden = lines_of(trace, asked)
    chosen = [line for line in lines if asked.show == "" or line.counted is (asked.show == "in")]
    last = asked.first + asked.most
    cell = trace.cell
    figure = ""
    if trace.definition is not None and cell is not None and cell.value is not None:
        figure = told.measure_of(trace.definition).write(cell.value, approximate=cell.approximate)
    address = reverse("indicators:see-trace", args=[asked.scope.key, indicator.key])
    return TracePage(
        trace=trace,
        about=definition_words(trace.definition) if trace.definition else None,
        period=words.period(asked.period),
        split=words.split(asked.split.items()),
        figure=figure,
        gone=words.mark(cell, trace.definition),
        path=tuple(path_of(trace)),
        value=figure,
        again=again_of(trace),
        below=tuple(below_of(trace, indicator, asked)),
        lines=tuple(chosen[asked.first : last]),
        all=len(lines) + trace.more_records + trace.more_observations,
        counted=sum(line.counted is True for line in lines),
        first=asked.first,
        previous=max(0, asked.first - asked.most) if asked.first else None,
        next=last if last < len(chosen) else None,
        show=asked.show,
        hidden_units=hidden,
        url=f"{address}?{query_of(asked)}",
    )


def latest_period(indicator: Indicator, unit: Unit) -> str:
    """Return the period of the latest figure; empty where there is none."""
    last = figures_of([indicator], unit).latest(indicator, unit)
    return last.period if last else ""


def query_of(asked: Asked) -> str:
    """Return the part of the address that names the figure."""
    split = "".join(f"&split={name}:{value}" for name, value in asked.split.items())
    return f"unit={asked.unit.pk.hex}&period={asked.period}{split}"


def path_of(trace: Trace) -> list[PathPart]:
    """Return numerator and denominator with what they are; nothing where there is nothing to divide."""
    cell, definition = trace.cell, trace.definition
    if not trace.line or cell is None or definition is None:
        return []
    about = definition_words(definition)
    parts = [
        PathPart(number(cell.numerator), about.numerator.text),
        PathPart(number(cell.denominator), about.denominator.text),
    ]
    return [*parts, PathPart(number(definition.factor), "")] if definition.factor not in (1, 100) else parts


def again_of(trace: Trace) -> str:
    """Return what the figure is when it is counted once more; empty where it is protected or missing."""
    if trace.recomputed is None or trace.definition is None:
        return ""
    value = told.measure_of(trace.definition).write(trace.recomputed)
    if trace.agrees:
        return _("Counted again just now: %(value)s, the same.") % {"value": value}
    return _("Counted again just now: %(value)s. The figure shown is rounded or out of date.") % {"value": value}


def below_of(trace: Trace, indicator: Indicator, asked: Asked) -> list[BelowLine]:
    """Return the units straight below with their figures; protected ones say so."""
    if trace.definition is None:
        return []
    measure = told.measure_of(trace.definition)
    return [
        BelowLine(
            names=one.names,
            figure="" if one.cell.value is None else measure.write(one.cell.value, approximate=one.cell.approximate),
            gone=words.mark(one.cell, trace.definition),
            trace_url="" if one.cell.value is None else trace_address(asked.scope.key, indicator.key, one.cell),
        )
        for one in trace.units
    ]


def lines_of(trace: Trace, asked: Asked) -> tuple[list[TracedLine], bool]:
    """Return the records or observations as lines, and whether the unit of some is hidden."""
    if trace.definition is None:
        return [], False
    if trace.observations:
        return [observation_line(one, trace, asked) for one in trace.observations], False
    sizes = Counter(record.unit for record in trace.records)
    small = set() if trace.definition.policy == Policy.OPEN else {unit for unit, size in sizes.items() if size < SMALL}
    return [record_line(one, small) for one in trace.records], bool(small)


def observation_line(one: TracedObservation, trace: Trace, asked: Asked) -> TracedLine:
    """Return an observation as a line."""
    parts = ""
    if one.numerator is not None and one.denominator is not None:
        parts = f"{number(one.numerator)} ÷ {number(one.denominator)}"
    elif one.value is not None and trace.definition is not None:
        parts = told.measure_of(trace.definition).write(one.value)
    return TracedLine(
        title=_("Entered figure"),
        url=reverse("indicators:see-observation", args=[asked.scope.key, one.id]),
        unit=one.unit,
        split=words.split(split_of(one.split).items()),
        figure=parts,
        counted=None,
        source=", ".join(filter(None, (one.source, one.source_place))),
        source_url=one.source_url,
        approved=written(one.approved_at) if one.approved_at else "",
    )


def record_line(one: TracedRecord, small: set[Names] | frozenset[Names]) -> TracedLine:
    """Return a counted record as a line; its unit is hidden where the group is small."""
    return TracedLine(
        title=one.key[:8].upper(),
        url=one.url,
        unit=None if one.unit in small else one.unit,
        split="",
        figure="",
        counted=one.counted,
        source="",
        source_url="",
        approved="",
    )


def file_lines(every: Sequence[TracedLine]) -> list[list[object]]:
    """Return the records or observations as lines of a file."""
    hidden = _("hidden")
    return [
        [
            line.title,
            line.unit.text if line.unit is not None else hidden,
            line.split,
            line.figure or {True: _("numerator"), False: _("denominator only"), None: ""}[line.counted],
            line.source,
            line.approved,
        ]
        for line in every
    ]
