"""The overview of a programme: sections, measures and periods, with the state of each and of all together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from luotsi.base.names import Names
from luotsi.programme.models import Programme
from luotsi.programme.queries.documents import plan_of, published_of, version_of
from luotsi.programme.queries.rows import names
from luotsi.programme.queries.standing import Standing, focus_of, standing_of
from luotsi.programme.rules.plan import Measure, Milestone, Plan, Section, coded, measures_of
from luotsi.programme.rules.states import Judged, State, Together

if TYPE_CHECKING:
    from luotsi.indicators.models import Indicator
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import PlanVersion
    from luotsi.programme.rules.values import Span


@dataclass(frozen=True)
class UnitState:
    """The state of one unit that the reader sees apart, and whether the reader belongs there."""

    unit: Unit
    judged: Judged
    is_own: bool


@dataclass(frozen=True)
class Cell:
    """One milestone: what should be reached, and how far it is.

    `units` are those told apart, `together` counts all that may be summed up; with a unit in focus it is that one
    alone, and `judged` says why.
    """

    measure: str
    period: str
    text: Names
    due: date | None
    is_now: bool
    together: Together
    judged: Judged | None
    units: tuple[UnitState, ...]

    @property
    def state(self) -> State:
        """The state that the cell shows."""
        return self.together.state


@dataclass(frozen=True)
class MeasureLine:
    """One measure: who does it and who answers for it, its milestones in the order of time, its state."""

    code: str
    names: Names
    implementers: tuple[Names, ...]
    accountable: tuple[Names, ...]
    together: Together
    judged: Judged | None
    cells: tuple[Cell, ...]
    indicators: tuple[Indicator, ...]

    @property
    def state(self) -> State:
        """The state of the measure."""
        return self.together.state


@dataclass(frozen=True)
class SectionBlock:
    """A part, focus area or package. `depth` 0 is the outermost; `counts` are its milestones by state."""

    code: str
    kind: str
    names: Names
    aim: Names
    depth: int
    chapter: str
    counts: Together
    measures: tuple[MeasureLine, ...]
    indicators: tuple[Indicator, ...]
    open_findings: int


@dataclass(frozen=True)
class PeriodHead:
    """A column of the grid."""

    key: str
    start: date
    end: date | None
    is_now: bool


@dataclass(frozen=True)
class Overview:
    """Everything that the overview page shows.

    `focus` is the unit whose states are shown; None = all together. `hidden` is how many members are in the sums
    without being told apart, `left_out` how many are in no sum.
    """

    programme: Programme
    plan: Plan
    version: PlanVersion
    published: PlanVersion | None
    focus: Unit | None
    units: tuple[Unit, ...]
    hidden: int
    left_out: int
    periods: tuple[PeriodHead, ...]
    sections: tuple[SectionBlock, ...]
    counts: Together
    indicators: tuple[Indicator, ...]
    standing: Standing

    @property
    def milestones(self) -> int:
        """How many milestones there are."""
        return self.counts.total

    @property
    def measures(self) -> int:
        """How many measures there are."""
        return sum(len(section.measures) for section in self.sections)


def programme_overview(
    visitor: Visitor | None, programme: Programme, scope: Unit | None, today: date, *, draft: bool = False
) -> Overview:
    """Return the overview for a reader at a unit; visitor None is the public. At most seven queries."""
    published = published_of(programme)
    version = version_of(programme, draft=draft) if draft or published is None else published
    if version is None:
        raise Programme.DoesNotExist(f"{programme.key} has no version.")
    plan = plan_of(programme, version)
    standing = standing_of(visitor, programme, plan, today)
    focus = focus_of(standing, scope)
    linked = links_of(programme)
    writer = _Writer(standing, focus, linked, _open_findings(programme))
    sections = tuple(block for section in plan.sections for block in writer.blocks(section, 0))
    cells = [cell for block in sections for line in block.measures for cell in line.cells]
    return Overview(
        programme=programme,
        plan=plan,
        version=version,
        published=published,
        focus=focus,
        units=standing.units,
        hidden=0 if focus else standing.shown.hidden,
        left_out=0 if focus else len(standing.units) - len(standing.shown.summed),
        periods=periods_of(plan, today),
        sections=sections,
        counts=counted(cells),
        indicators=linked.get("", ()),
        standing=standing,
    )


def periods_of(plan: Plan, today: date) -> tuple[PeriodHead, ...]:
    """Return the periods of a plan, or those of its milestones where it names none."""
    spans: dict[str, Span] = {span.key: span for span in plan.periods}
    if not spans:
        found = {item.period.key: item.period for measure in measures_of(plan) for item in measure.milestones}
        spans = dict(sorted(found.items(), key=lambda pair: pair[1].start))
    return tuple(PeriodHead(span.key, span.start, span.end, span.contains(today)) for span in spans.values())


def counted(cells: list[Cell]) -> Together:
    """Return milestones by the state that each shows."""
    found = [cell.state for cell in cells]
    return Together({state: found.count(state) for state in State if state in found})


def links_of(programme: Programme) -> dict[str, tuple[Indicator, ...]]:
    """Return the indicators by the item they are linked to; "" is the whole programme. One query."""
    found: dict[str, list[Indicator]] = {}
    for link in programme.indicator_links.select_related("indicator__owner").order_by("position", "item"):
        found.setdefault(link.item, []).append(link.indicator)
    return {item: tuple(indicators) for item, indicators in found.items()}


def indicators_of(programme: Programme) -> tuple[Indicator, ...]:
    """Return every indicator of a programme once, in the order of its links. One query."""
    found = {indicator.pk: indicator for group in links_of(programme).values() for indicator in group}
    return tuple(found.values())


def _open_findings(programme: Programme) -> dict[str, int]:
    found: dict[str, int] = {}
    for section in programme.findings.open().values_list("section", flat=True):
        found[section] = found.get(section, 0) + 1
    return found


@dataclass(frozen=True)
class _Writer:
    standing: Standing
    focus: Unit | None
    linked: dict[str, tuple[Indicator, ...]]
    open_findings: dict[str, int]

    def blocks(self, section: Section, depth: int) -> Iterator[SectionBlock]:
        """Yield the section and those within it, from the outside in."""
        lines = tuple(self.line(measure) for measure in section.measures)
        yield SectionBlock(
            code=section.code,
            kind=section.kind,
            names=names(section.names),
            aim=names(section.aim),
            depth=depth,
            chapter=section.chapter,
            counts=counted([cell for line in lines for cell in line.cells]),
            measures=lines,
            indicators=self.linked.get(section.code, ()),
            open_findings=self.open_findings.get(section.code, 0),
        )
        for inner in section.sections:
            yield from self.blocks(inner, depth + 1)

    def line(self, measure: Measure) -> MeasureLine:
        """Return a measure with its milestones."""
        items = coded(self.standing.plan)
        responsible = items.get(measure.responsibility)
        focus = self.focus.pk if self.focus else None
        return MeasureLine(
            code=measure.code,
            names=names(measure.names),
            implementers=tuple(named(self.standing.plan, getattr(responsible, "implementers", ()))),
            accountable=tuple(named(self.standing.plan, getattr(responsible, "accountable", ()))),
            together=self.standing.measure_together(measure, focus),
            judged=self.standing.measure(measure, focus) if focus else None,
            cells=tuple(self.cell(measure, item) for item in measure.milestones),
            indicators=self.linked.get(measure.code, ()),
        )

    def cell(self, measure: Measure, milestone: Milestone) -> Cell:
        """Return one milestone."""
        standing, focus = self.standing, self.focus.pk if self.focus else None
        apart = standing.apart if self.focus is None else (self.focus,)
        return Cell(
            measure=measure.code,
            period=milestone.period.key,
            text=names(milestone.text),
            due=milestone.due or milestone.period.end,
            is_now=milestone.period.contains(standing.today),
            together=standing.milestone_together(measure, milestone, focus),
            judged=standing.milestone(measure, milestone, focus) if focus else None,
            units=tuple(
                UnitState(unit, standing.milestone(measure, milestone, unit.pk), unit.pk in standing.own)
                for unit in apart
            ),
        )


def named(plan: Plan, codes: tuple[str, ...]) -> Iterator[Names]:
    """Yield the names of actors and participants by their codes."""
    items = coded(plan)
    for code in codes:
        given = getattr(items.get(code), "names", None)
        yield names(given) if given else Names(fi=code)
