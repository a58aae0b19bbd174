"""What the comparison of members shows: measures by members for one period, own member first, as consent allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.names import Names
from luotsi.programme import access
from luotsi.programme.queries.grid import Head, label_of
from luotsi.programme.queries.overview import Overview, programme_overview
from luotsi.programme.queries.period_words import period_words
from luotsi.programme.queries.state_bars import Part, parts_of
from luotsi.programme.queries.state_words import title
from luotsi.programme.rules.plan import measures_of
from luotsi.programme.rules.states import State, together

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme
    from luotsi.programme.rules.plan import Measure, Milestone


@dataclass(frozen=True)
class MemberHead:
    """A column: a member told apart, with how many of its milestones of the period are done."""

    pk: UUID
    names: Names
    is_own: bool
    done: int


@dataclass(frozen=True)
class MemberCell:
    """The state of a milestone in a member; without a word the measure has none in the period."""

    mark: str
    word: str
    is_own: bool


@dataclass(frozen=True)
class MemberRow:
    """A measure by members; `section` stands above the first measure of each, `others` are those in sums only."""

    section: Names | None
    names: Names
    url: str
    cells: tuple[MemberCell, ...]
    others: tuple[Part, ...]


@dataclass(frozen=True)
class ComparisonPage:
    """Members side by side for one period."""

    period: str
    label: str
    periods: tuple[Head, ...]
    members: tuple[MemberHead, ...]
    rows: tuple[MemberRow, ...]
    hidden: int
    hidden_words: str
    consent_url: str
    tints: bool

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.members) + 1 + bool(self.hidden)


def comparison(visitor: Visitor, programme: Programme, scope: Unit, asked: str, today: date) -> ComparisonPage:
    """Return the comparison for the period asked for; the present one, or the last, where it is none of the plan."""
    overview = programme_overview(visitor, programme, None, today)
    heads = overview.periods
    keys = [head.key for head in heads]
    now = next((head.key for head in heads if head.is_now), keys[-1] if keys else "")
    period = asked if asked in keys else now
    items = {
        measure.code: (measure, item)
        for measure in measures_of(overview.plan)
        for item in measure.milestones
        if item.period.key == period
    }
    standing = overview.standing
    ordered = sorted(standing.apart, key=lambda unit: unit.pk not in standing.own)
    only_summed = [pk for pk in standing.shown.summed if pk not in standing.shown.apart]
    taking = next((one for one in access.participations_of(programme) if one.unit_id == scope.pk), None)
    may_consent = taking is not None and access.may_plan_at(visitor, taking.unit)
    return ComparisonPage(
        period=period,
        label=period_words(period),
        periods=tuple(Head(head.key, label_of(head), head.is_now) for head in heads),
        members=tuple(
            MemberHead(unit.pk, unit.names, unit.pk in standing.own, _done(overview, unit, items)) for unit in ordered
        ),
        rows=tuple(_rows(overview, scope, ordered, only_summed, items)),
        hidden=len(only_summed),
        hidden_words=_hidden(overview),
        consent_url=reverse("programme:edit-consent", args=[scope.key, programme.slug]) if may_consent else "",
        tints=len(standing.own) == 1,
    )


def _done(overview: Overview, unit: Unit, items: dict[str, tuple[Measure, Milestone]]) -> int:
    judged = (overview.standing.milestone(*pair, unit.pk) for pair in items.values())
    return sum(found.state == State.DONE for found in judged)


def _rows(
    overview: Overview,
    scope: Unit,
    ordered: list[Unit],
    only_summed: list[UUID],
    items: dict[str, tuple[Measure, Milestone]],
) -> list[MemberRow]:
    standing, found = overview.standing, []
    for block in overview.sections:
        for place, line in enumerate(block.measures):
            pair = items.get(line.code)
            cells: list[MemberCell] = []
            others: tuple[Part, ...] = ()
            for unit in ordered:
                judged = standing.milestone(*pair, unit.pk) if pair else None
                word = title(judged.state) if judged else ""
                cells.append(MemberCell(judged.state.value if judged else "", word, unit.pk in standing.own))
            if pair and only_summed:
                others = parts_of(together(standing.milestone(*pair, pk) for pk in only_summed).counts)
            url = reverse("programme:see-measure", args=[scope.key, overview.programme.slug, line.code])
            found.append(MemberRow(block.names if place == 0 else None, line.names, url, tuple(cells), others))
    return found


def _hidden(overview: Overview) -> str:
    told = []
    if hidden := overview.hidden:
        words = ngettext("%(n)s member is in the sums only.", "%(n)s members are in the sums only.", hidden)
        told.append(words % {"n": hidden})
    if out := overview.left_out:
        told.append(ngettext("%(n)s member shows nothing.", "%(n)s members show nothing.", out) % {"n": out})
    return " ".join(told)


def comparison_table(page: ComparisonPage) -> tuple[list[str], list[list[Any]]]:
    """Return the comparison as a table for a file."""
    headers = [_("Section of the plan"), _("Measure"), *(member.names.text for member in page.members)]
    if page.hidden:
        headers.append(_("Others together"))
    found: list[list[Any]] = []
    section = ""
    for row in page.rows:
        section = row.section.text if row.section else section
        others = [", ".join(f"{part.word} {part.count}" for part in row.others)] if page.hidden else []
        found.append([section, row.names.text, *(cell.word or None for cell in row.cells), *others])
    return headers, found
