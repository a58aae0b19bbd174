"""The grid of a programme as its pages draw it: words, marks and addresses around the overview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.names import Names
from luotsi.programme.queries.editing_pages import milestone_gaps
from luotsi.programme.queries.period_words import period_words
from luotsi.programme.queries.state_bars import Part, members_of
from luotsi.programme.queries.state_words import title
from luotsi.programme.rules.plan import measures_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.people.models import Unit
    from luotsi.programme.queries.overview import Cell, MeasureLine, Overview, PeriodHead, SectionBlock
    from luotsi.programme.rules.plan import Measure, Milestone
    from luotsi.programme.rules.states import State

NO_NAMES = Names()


@dataclass(frozen=True)
class Head:
    """A column of the grid; the present one is tinted and named so."""

    key: str
    label: str
    is_now: bool


@dataclass(frozen=True)
class Gap:
    """Something missing in the plan; the address opens the form that fills it."""

    word: str
    url: str = ""


@dataclass(frozen=True)
class GridCell:
    """A milestone with its state; without one (`milestone` False) the measure has nothing to reach in the period."""

    period: str
    label: str
    is_now: bool
    milestone: bool
    state: State | None = None
    word: str = ""
    names: Names = NO_NAMES
    url: str = ""
    members: tuple[Part, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def mark(self) -> str:
        """The mark that the state is shown by."""
        return self.state.value if self.state else ""


@dataclass(frozen=True)
class GridLine:
    """A measure with who answers for it and a cell for each period."""

    code: str
    names: Names
    url: str
    owners: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class GridSection:
    """A section with its grid; depth 0 is the outermost."""

    code: str
    chapter: str
    names: Names
    aim: Names
    accountable: str
    depth: int
    measures: tuple[GridLine, ...]


@dataclass(frozen=True)
class Grid:
    """The whole grid, as it is drawn for somebody at a unit; `scope` None is the public, for whom nothing opens."""

    overview: Overview
    scope: Unit | None
    may_plan: bool = False

    @property
    def heads(self) -> tuple[Head, ...]:
        """The columns."""
        return tuple(Head(head.key, label_of(head), head.is_now) for head in self.overview.periods)

    @property
    def sections(self) -> tuple[GridSection, ...]:
        """The sections, those within others after the one that holds them."""
        items = {measure.code: measure for measure in measures_of(self.overview.plan)}
        return tuple(self._section(block, items) for block in self.overview.sections)

    def address(self, name: str, *arguments: str) -> str:
        """Return the address of a page of the programme, empty for the public."""
        if self.scope is None:
            return ""
        return reverse(f"programme:{name}", args=[self.scope.key, self.overview.programme.slug, *arguments])

    def _section(self, block: SectionBlock, items: dict[str, Measure]) -> GridSection:
        answering = dict.fromkeys(name.text for line in block.measures for name in line.accountable)
        return GridSection(
            code=block.code,
            chapter=block.chapter,
            names=block.names,
            aim=block.aim,
            accountable=", ".join(answering),
            depth=block.depth,
            measures=tuple(self._line(line, items[line.code]) for line in block.measures),
        )

    def _line(self, line: MeasureLine, measure: Measure) -> GridLine:
        cells = {cell.period: cell for cell in line.cells}
        milestones = {item.period.key: item for item in measure.milestones}
        return GridLine(
            code=line.code,
            names=line.names,
            url=self.address("see-measure", line.code),
            owners=joined(line.accountable),
            cells=tuple(
                self._cell(head, cells.get(head.key), milestones.get(head.key), bool(line.accountable))
                for head in self.overview.periods
            ),
        )

    def _cell(self, head: PeriodHead, cell: Cell | None, item: Milestone | None, answered: bool) -> GridCell:
        if cell is None or item is None:
            return GridCell(head.key, label_of(head), head.is_now, milestone=False)
        edit = self.address("edit-milestone", cell.measure, cell.period) if self.may_plan else ""
        gaps = milestone_gaps(item, answered)
        shown = gaps if item.number is not None or not answered else ()
        return GridCell(
            period=cell.period,
            label=label_of(head),
            is_now=head.is_now,
            milestone=True,
            state=cell.state,
            word=title(cell.state),
            names=cell.text,
            url=self.address("tell-state", cell.measure, cell.period),
            members=members_of(cell.together),
            gaps=tuple(Gap(word, edit) for word in shown),
        )


def label_of(head: PeriodHead) -> str:
    """Return the words of a column; the present one is named so."""
    words = period_words(head.key)
    return _("%(period)s, now") % {"period": words} if head.is_now else words


def joined(names: Iterable[Names]) -> str:
    """Return names in one line."""
    return ", ".join(name.text for name in names)


def gaps_in(overview: Overview) -> dict[str, int]:
    """Return how many milestones of the plan lack an owner, a number or a baseline."""
    answered = {line.code: bool(line.accountable) for block in overview.sections for line in block.measures}
    found = {"owner": 0, "number": 0, "baseline": 0}
    for measure in measures_of(overview.plan):
        for item in measure.milestones:
            found["owner"] += not item.owner and not answered[measure.code]
            found["number"] += item.number is None and not item.indicator
            found["baseline"] += item.number is not None and item.baseline is None
    return found
