"""What the public page of a programme shows: the published version only, states in sums, protected figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.names import Names
from luotsi.indicators.rules.values import Audience
from luotsi.programme import access
from luotsi.programme.queries import rows
from luotsi.programme.queries.clock_pages import ClockPage, clock_page
from luotsi.programme.queries.grid import Grid, GridLine, Head
from luotsi.programme.queries.minis import Minis, minis_by_item
from luotsi.programme.queries.money_pages import DecisionRow, SumRow, decision_rows, kind_words, sum_rows
from luotsi.programme.queries.overview import Overview, programme_overview
from luotsi.programme.queries.period_words import period_words
from luotsi.programme.queries.state_bars import Bar, bar_of
from luotsi.programme.rules.field import Field, field
from luotsi.programme.rules.sums import KINDS_SHOWN
from luotsi.programme.rules.values import SectionKind
from luotsi.ui.formatting import day, euros

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from luotsi.programme.models import Programme

MOST_QUESTIONS = 12


@dataclass(frozen=True)
class PublicSection:
    """A section in plain words, with its states and the measures that lead to nothing."""

    code: str
    names: Names
    aim: Names
    bar: Bar
    measures: tuple[GridLine, ...]
    money_words: str


@dataclass(frozen=True)
class PublicConcept:
    """A concept of a pilot network that everybody may read."""

    names: Names
    purpose: Names
    url: str


@dataclass(frozen=True)
class PublicPage:
    """The public page of a programme."""

    names: Names
    leads: tuple[Names, ...]
    today: date
    field: Field
    bar: Bar
    members: tuple[Names, ...]
    member_words: str
    sections_title: str
    sections: tuple[PublicSection, ...]
    periods: tuple[Head, ...]
    questions: Minis
    money: tuple[SumRow, ...]
    money_kinds: tuple[str, ...]
    decisions: tuple[DecisionRow, ...]
    clock: ClockPage
    concepts: tuple[PublicConcept, ...]
    version_words: str

    @property
    def lead(self) -> str:
        """The first sentence, for those who see only a line of the page."""
        return self.leads[0].text if self.leads else self.names.text


def public_page(programme: Programme, today: date) -> PublicPage:
    """Return the public page; nothing of it tells a member apart or leads to pages of a unit."""
    overview = programme_overview(None, programme, None, today)
    plan, grid, words = overview.plan, Grid(overview, None), kind_words()
    minis = minis_by_item(programme, programme.owner, Audience.PUBLIC)
    money = sum_rows(plan, programme.budget_lines.all(), "")
    members = tuple(taking.unit.names for taking in access.participations_of(programme))
    leads = [rows.names(text) for text in (plan.aim, *(goal.text for goal in plan.goals)) if text]
    return PublicPage(
        names=programme.names,
        leads=tuple(leads[:2]),
        today=today,
        field=_field(overview),
        bar=bar_of(overview.counts.counts),
        members=members,
        member_words=ngettext("of %(n)s member together", "of %(n)s members together", len(members))
        % {"n": len(members)},
        sections_title=_title(overview),
        sections=tuple(_sections(overview, grid, money)),
        periods=grid.heads,
        questions=tuple({mini.key: mini for found in minis.values() for mini in found if mini.figure}.values())[
            :MOST_QUESTIONS
        ],
        money=tuple(money),
        money_kinds=tuple(words[kind] for kind in KINDS_SHOWN),
        decisions=tuple(decision_rows(programme)),
        clock=clock_page(programme, None, today),
        concepts=tuple(_concepts(programme)),
        version_words=_version(overview),
    )


def _concepts(programme: Programme) -> Iterator[PublicConcept]:
    for network in programme.networks.filter(is_public=True).order_by("concept_on", "slug"):
        url = reverse("programme:see-public-network", args=[programme.slug, network.slug])
        yield PublicConcept(network.names, network.purposes, url)


def _field(overview: Overview) -> Field:
    drawn = []
    for head in overview.periods:
        sections = []
        for block in overview.sections:
            cells = [cell for line in block.measures for cell in line.cells if cell.period == head.key]
            sections.append([cell.state.value for cell in cells])
        drawn.append((period_words(head.key), sections))
    return field([row for row in drawn if any(row[1])])


def _title(overview: Overview) -> str:
    count = sum(block.depth == 0 for block in overview.sections)
    kinds = {block.kind for block in overview.sections if block.depth == 0}
    if kinds == {SectionKind.FOCUS_AREA}:
        return ngettext("%(n)s focus area", "%(n)s focus areas", count) % {"n": count}
    return _("What the programme consists of")


def _sections(overview: Overview, grid: Grid, money: Sequence[SumRow]) -> list[PublicSection]:
    found = []
    pairs = list(zip(overview.sections, grid.sections, strict=True))
    for place, (block, section) in enumerate(pairs):
        if not block.measures and place + 1 < len(pairs) and pairs[place + 1][0].depth > block.depth:
            continue  # a part that only holds others: what it consists of stands for it
        own = [row for row in money if row.code == block.code]
        found.append(
            PublicSection(
                code=block.code,
                names=block.names,
                aim=block.aim,
                bar=bar_of(block.counts.counts),
                measures=section.measures,
                money_words="; ".join(_money(row) for row in own),
            )
        )
    return found


def _money(row: SumRow) -> str:
    told = ", ".join(f"{label} {euros(amount)}" for label, amount in row.sums if amount is not None)
    return f"{row.period}: {told or _('no sum given')}"


def _version(overview: Overview) -> str:
    version = overview.version
    words = {"number": version.number, "day": day(version.published_at)}
    return _("Version %(number)s of the plan, published %(day)s.") % words
