"""What the overview of a programme shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.names import Names
from luotsi.programme import access
from luotsi.programme.queries.finding_pages import FindingRow, rows_of
from luotsi.programme.queries.grid import Grid, GridSection, Head, gaps_in
from luotsi.programme.queries.minis import Minis, minis_by_item
from luotsi.programme.queries.money_pages import DecisionRow, SumRow, decision_rows, sum_rows
from luotsi.programme.queries.overview import Overview, programme_overview
from luotsi.programme.queries.period_words import period_words
from luotsi.programme.queries.state_bars import Bar, Part, StateAddress, bar_of, parts_of
from luotsi.programme.queries.told_facts import Fact, facts_by_section
from luotsi.programme.rules.rights import Right
from luotsi.programme.rules.states import State

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme
    from luotsi.ui.waiting import Task

ALL = "all"


@dataclass(frozen=True)
class ViewLink:
    """Whose states the page may show: a member, or all together."""

    key: str
    names: Names
    url: str
    current: bool


@dataclass(frozen=True)
class WaitingLink:
    """One thing that waits, as the strip above a page names it."""

    title: str
    url: str


def waiting_links(tasks: Sequence[Task]) -> tuple[WaitingLink, ...]:
    """Return what waits; where several have one title, each is named by where it belongs too."""
    titles = [task.title for task in tasks]
    return tuple(
        WaitingLink(
            f"{task.title}: {task.context.split(' · ')[0]}" if titles.count(task.title) > 1 else task.title, task.url
        )
        for task in tasks
    )


@dataclass(frozen=True)
class GapCount:
    """How much of something is missing in the plan; the address opens the forms that fill it."""

    words: str
    url: str


@dataclass(frozen=True)
class SectionPage:
    """A section of the overview with all that belongs to it; `number` is 0 within another section."""

    number: int
    grid: GridSection
    counts: tuple[Part, ...]
    minis: Minis
    money: tuple[SumRow, ...]
    findings: tuple[FindingRow, ...]
    facts: tuple[Fact, ...]

    @property
    def names(self) -> Names:
        """The name of the section."""
        return self.grid.names


@dataclass(frozen=True)
class OverviewPage:
    """The overview of a programme for one unit or all together."""

    waiting: tuple[WaitingLink, ...]
    views: tuple[ViewLink, ...]
    query: str
    members: int
    version: str
    bar: Bar
    now_words: str
    left_out: str
    gaps: tuple[GapCount, ...]
    periods: tuple[Head, ...]
    minis: Minis
    sections: tuple[SectionPage, ...]
    decisions: tuple[DecisionRow, ...]
    may_plan: bool


def milestone_lists(programme: Programme, scope: Unit, unit: str, section: str = "") -> StateAddress:
    """Return what gives the address of the list of milestones in a state, of a unit ("" = as the page begins)."""
    url = reverse("programme:list-milestones", args=[scope.key, programme.slug])

    def address(state: State | None) -> str:
        asked = {"state": state.value if state else "", "section": section, "unit": unit}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{url}?{query}" if query else url

    return address


def overview_for(visitor: Visitor, programme: Programme, scope: Unit, asked: str, today: date) -> Overview:
    """Return the overview of the unit that is asked for: its key, "all", or nothing for the own one.

    Raises:
        Http404: the reader does not see that unit apart.
    """
    if asked == ALL:
        return programme_overview(visitor, programme, None, today)
    if not asked:
        return programme_overview(visitor, programme, scope, today)
    told = access.units_told_to(visitor, programme)
    unit = next((unit for unit in access.units_of(programme) if unit.key == asked and unit.pk in told), None)
    if unit is None:
        raise Http404(_("The states of this unit are not shown apart."))
    return programme_overview(visitor, programme, unit, today)


def views_of(overview: Overview) -> tuple[ViewLink, ...]:
    """Return whose states may be looked at: the only own unit first, then all together, then the others."""
    standing = overview.standing
    if len(standing.units) < 2:
        return ()
    focus = overview.focus.key if overview.focus else ALL
    made = [(unit.pk in standing.own, ViewLink(unit.key, unit.names, f"?unit={unit.key}", unit.key == focus))
            for unit in standing.apart]  # fmt: skip
    own, others = [link for mine, link in made if mine], [link for mine, link in made if not mine]
    words = ngettext("All %(n)s member", "All %(n)s members", len(standing.units)) % {"n": len(standing.units)}
    everybody = ViewLink(ALL, Names(fi=words, sv=words, en=words), "?unit=all", focus == ALL)
    return (*own, everybody, *others) if len(own) == 1 else (everybody, *own, *others)


def overview_page(
    visitor: Visitor, programme: Programme, scope: Unit, asked: str, today: date, tasks: Sequence[Task]
) -> OverviewPage:
    """Return the overview as the visitor sees it from a unit; the number of queries does not grow with the plan."""
    may_plan = access.may_do(visitor, programme, Right.PLAN)
    overview = overview_for(visitor, programme, scope, asked, today)
    grid = Grid(overview, scope, may_plan=may_plan)
    focus = overview.focus.key if overview.focus else ""
    minis = minis_by_item(programme, overview.focus or scope)
    number = overview.version.number
    return OverviewPage(
        waiting=waiting_links(tasks),
        views=views_of(overview),
        query=f"?unit={focus or ALL}",
        members=len(access.participations_of(programme)),
        version=_("Version %(number)s") % {"number": number} if number else _("Draft, not yet published"),
        bar=bar_of(overview.counts.counts, milestone_lists(programme, scope, focus)),
        now_words=_now_words(overview, grid.heads),
        left_out=_left_out(overview),
        gaps=_gap_counts(overview, grid),
        periods=grid.heads,
        minis=minis.get("", ()),
        sections=_sections(overview, grid, minis, today),
        decisions=tuple(decision_rows(programme, scope if may_plan else None)),
        may_plan=may_plan,
    )


def _now_words(overview: Overview, heads: Sequence[Head]) -> str:
    """Return which period is the present one, how many milestones are late somewhere, and how far the members are."""
    now = next((period_words(head.key) for head in heads if head.is_now), "")
    late = overview.counts.count(State.LATE)
    parts = [_("Present period %(period)s") % {"period": now}] if now else []
    if late:
        parts.append(ngettext("%(n)s milestone is late", "%(n)s milestones are late", late) % {"n": late})
    told = [cell.together for block in overview.sections for line in block.measures for cell in line.cells]
    members = sum(together.total for together in told)
    if members > overview.milestones:
        done = sum(together.count(State.DONE) for together in told)
        parts.append(_("%(done)s of the members’ %(all)s states are done") % {"done": done, "all": members})
    return ", ".join(parts)


def _left_out(overview: Overview) -> str:
    """Return in words which members are only in the sums, and which in none."""
    hidden, out = overview.hidden, overview.left_out
    told = []
    if hidden:
        told.append(
            ngettext("%(n)s member is in the sums only.", "%(n)s members are in the sums only.", hidden)
            % {"n": hidden}
        )
    if out:
        told.append(ngettext("%(n)s member shows nothing.", "%(n)s members show nothing.", out) % {"n": out})
    return " ".join(told)


def _gap_counts(overview: Overview, grid: Grid) -> tuple[GapCount, ...]:
    words = {
        "owner": lambda n: ngettext("owner of %(n)s milestone", "owner of %(n)s milestones", n),
        "number": lambda n: ngettext("number of %(n)s milestone", "number of %(n)s milestones", n),
        "baseline": lambda n: ngettext("baseline of %(n)s milestone", "baseline of %(n)s milestones", n),
    }
    url = grid.address("edit-plan") if grid.may_plan else ""
    return tuple(GapCount(words[key](n) % {"n": n}, url) for key, n in gaps_in(overview).items() if n)


def _sections(overview: Overview, grid: Grid, minis: dict[str, Minis], today: date) -> tuple[SectionPage, ...]:
    programme, scope = overview.programme, grid.scope
    if scope is None:
        return ()
    money = sum_rows(overview.plan, programme.budget_lines.all(), grid.address("see-money"))
    findings = rows_of(programme, scope, today)
    facts = facts_by_section(overview.plan)
    focus = overview.focus.key if overview.focus else ""
    pages: list[SectionPage] = []
    outermost = 0
    for block, section in zip(overview.sections, grid.sections, strict=True):
        codes = (section.code, *(line.code for line in section.measures))
        outermost += section.depth == 0
        pages.append(
            SectionPage(
                number=outermost if section.depth == 0 else 0,
                grid=section,
                counts=parts_of(block.counts.counts, milestone_lists(programme, scope, focus, section.code)),
                minis=tuple({mini.key: mini for code in codes for mini in minis.get(code, ())}.values()),
                money=tuple(row for row in money if row.code == section.code),
                findings=tuple(row for row in findings if row.section_code == section.code),
                facts=facts.get(section.code, ()),
            )
        )
    return tuple(pages)


def grid_table(
    visitor: Visitor, programme: Programme, scope: Unit, asked: str, today: date
) -> tuple[list[str], list[list[Any]]]:
    """Return the grid as a table for a file: a row for each milestone."""
    overview = overview_for(visitor, programme, scope, asked, today)
    headers = [
        _("Section of the plan"),
        _("Measure"),
        _("Code"),
        _("Accountable"),
        _("Period"),
        _("Milestone"),
        _("State"),
    ]
    found = [
        [section.names.text, line.names.text, line.code, line.owners, cell.period, cell.names.text, cell.word]
        for section in Grid(overview, scope).sections
        for line in section.measures
        for cell in line.cells
        if cell.milestone
    ]
    return headers, found
