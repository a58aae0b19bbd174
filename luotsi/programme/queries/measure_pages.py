"""What the pages of measures show: the list, and one measure with its milestones, states, figures and neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from luotsi.base.names import ORDER, Names
from luotsi.base.wording import forms_of
from luotsi.programme import access
from luotsi.programme.queries import rows
from luotsi.programme.queries.editing_pages import milestone_gaps
from luotsi.programme.queries.grid import Gap, joined
from luotsi.programme.queries.milestone_pages import UnitRow, unit_rows
from luotsi.programme.queries.minis import Minis, minis_by_item
from luotsi.programme.queries.overview import MeasureLine, Overview, SectionBlock, named, programme_overview
from luotsi.programme.queries.period_words import period_words
from luotsi.programme.queries.standing import Standing
from luotsi.programme.queries.state_bars import Part, parts_of
from luotsi.programme.queries.state_words import title, why
from luotsi.programme.rules.plan import Responsibility, coded, measures_of
from luotsi.programme.rules.rights import Right
from luotsi.programme.rules.states import State, together
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme
    from luotsi.programme.rules.plan import Measure, Milestone
    from luotsi.ui.lists import Ask

RANKS = {state: place for place, state in enumerate(State)}


@dataclass(frozen=True)
class MeasureRow:
    """A measure in the list, with how many of its milestones are done."""

    code: str
    url: str
    names: Names
    section: Names
    section_code: str
    owners: str
    state: State
    word: str
    why: str
    done: int
    total: int

    @property
    def mark(self) -> str:
        """The mark that the state is shown by."""
        return self.state.value


@dataclass(frozen=True)
class MilestoneBlock:
    """A milestone of a measure with the states of the members."""

    label: str
    names: Names
    mark: str
    word: str
    due: date | None
    owner: str
    number: Decimal | None
    number_unit: str
    baseline: Decimal | None
    gaps: tuple[Gap, ...]
    rows: tuple[UnitRow, ...]
    hidden: int
    hidden_counts: tuple[Part, ...]
    tell_url: str


@dataclass(frozen=True)
class Neighbour:
    """Another measure of the same section."""

    names: Names
    url: str
    current: bool


@dataclass(frozen=True)
class MeasurePage:
    """A measure: who does it, how far it is and why, its milestones, figures and neighbours."""

    code: str
    names: Names
    section: Names
    mark: str
    word: str
    why: str
    matter: Names
    implementers: str
    accountable: str
    source: str
    milestones: tuple[MilestoneBlock, ...]
    minis: Minis
    neighbours: tuple[Neighbour, ...]
    edit_url: str
    tell_url: str


def measures_listed(visitor: Visitor, programme: Programme, scope: Unit, ask: Ask, today: date) -> Rows:
    """Return the measures that were asked for, with their states as the overview shows them."""
    overview = programme_overview(visitor, programme, scope, today)
    found = [_row(overview, scope, block, line) for block in overview.sections for line in block.measures]
    if section := ask.filters.get("section"):
        found = [row for row in found if row.section_code == section]
    if text := ask.filters.get("q"):
        found = [row for row in found if _says(row, str(text))]
    keys: dict[str, Any] = {
        "code": lambda row: row.code,
        "name": lambda row: row.names.text,
        "section": lambda row: (row.section_code, row.code),
        "state": lambda row: (RANKS[row.state], row.code),
        "done": lambda row: (row.done, row.code),
    }
    found.sort(key=keys[ask.sort], reverse=ask.descending)
    end = None if ask.limit is None else ask.offset + ask.limit
    return Rows(found[ask.offset : end], len(found))


def _says(row: MeasureRow, text: str) -> bool:
    words = " ".join([row.code, row.owners, *(str(getattr(row.names, code)) for code in ORDER)])
    return any(form in words for form in forms_of(text)) or text.lower() in words.lower()


def _row(overview: Overview, scope: Unit, block: SectionBlock, line: MeasureLine) -> MeasureRow:
    return MeasureRow(
        code=line.code,
        url=reverse("programme:see-measure", args=[scope.key, overview.programme.slug, line.code]),
        names=line.names,
        section=block.names,
        section_code=block.code,
        owners=joined(line.accountable),
        state=line.state,
        word=title(line.state),
        why=why(line.judged) if line.judged else "",
        done=sum(cell.state == State.DONE for cell in line.cells),
        total=len(line.cells),
    )


def measure_page(visitor: Visitor, programme: Programme, scope: Unit, code: str, today: date) -> MeasurePage | None:
    """Return a measure as the visitor sees it from a unit; None when the plan has none such."""
    overview = programme_overview(visitor, programme, scope, today)
    found = next(((b, line) for b in overview.sections for line in b.measures if line.code == code), None)
    if found is None:
        return None
    block, line = found
    measure = next(item for item in measures_of(overview.plan) if item.code == code)
    duty = coded(overview.plan).get(measure.responsibility)
    at = [scope.key, programme.slug]
    may_plan = access.may_do(visitor, programme, Right.PLAN)
    may_tell = bool(access.recording_units(visitor, programme))
    unit = overview.focus or scope
    return MeasurePage(
        code=code,
        names=line.names,
        section=block.names,
        mark=line.state.value,
        word=title(line.state),
        why=_why(overview.standing, measure, overview.focus),
        matter=rows.names(duty.matter) if isinstance(duty, Responsibility) else Names(),
        implementers=joined(line.implementers),
        accountable=joined(line.accountable),
        source=str(measure.source or ""),
        milestones=tuple(_block(overview, scope, measure, item, may_plan, may_tell) for item in _in_time(measure)),
        minis=minis_by_item(programme, unit).get(code, ()),
        neighbours=tuple(
            Neighbour(other.names, reverse("programme:see-measure", args=[*at, other.code]), other.code == code)
            for other in block.measures
        ),
        edit_url=reverse("programme:edit-item", args=[*at, code]) if may_plan else "",
        tell_url=reverse("programme:tell-measure", args=[*at, code]) if may_tell else "",
    )


def _in_time(measure: Measure) -> list[Milestone]:
    return sorted(measure.milestones, key=lambda item: item.period.start)


def _why(standing: Standing, measure: Measure, focus: Unit | None) -> str:
    """Return why a measure is in its state: of the unit in focus; of all together how many are in which."""
    units = [focus] if focus else [unit for unit in standing.units if unit.pk in standing.shown.summed]
    if len(units) == 1:
        return why(standing.measure(measure, units[0].pk))
    whole = standing.measure_together(measure)
    return ", ".join(f"{title(state)} {count}" for state, count in whole.counts.items())


def _block(
    overview: Overview, scope: Unit, measure: Measure, item: Milestone, may_plan: bool, may_tell: bool
) -> MilestoneBlock:
    standing, at = overview.standing, [scope.key, overview.programme.slug, measure.code, item.period.key]
    whole = standing.milestone_together(measure, item, overview.focus.pk if overview.focus else None)
    answered = any(
        line.accountable for block in overview.sections for line in block.measures if line.code == measure.code
    )
    edit = reverse("programme:edit-milestone", args=at) if may_plan else ""
    only_summed = [pk for pk in standing.shown.summed if pk not in standing.shown.apart]
    hidden = together(standing.milestone(measure, item, pk) for pk in only_summed)
    return MilestoneBlock(
        label=period_words(item.period.key),
        names=rows.names(item.text),
        mark=whole.state.value,
        word=title(whole.state),
        due=item.due or item.period.end,
        owner=", ".join(name.text for name in named(overview.plan, (item.owner,))) if item.owner else "",
        number=item.number,
        number_unit=item.unit,
        baseline=item.baseline,
        gaps=tuple(Gap(word, edit) for word in milestone_gaps(item, answered)),
        rows=unit_rows(standing, scope, measure, item),
        hidden=len(only_summed),
        hidden_counts=parts_of(hidden.counts),
        tell_url=reverse("programme:tell-state", args=at) if may_tell else "",
    )
