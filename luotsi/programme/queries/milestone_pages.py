"""What the pages of milestones show: the list behind every count, and one milestone with its states and history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import ORDER, Names
from luotsi.base.wording import forms_of
from luotsi.programme.models import MilestoneState
from luotsi.programme.queries import rows
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.overview import indicators_of
from luotsi.programme.queries.period_words import period_words
from luotsi.programme.queries.standing import Standing, focus_of, standing_of
from luotsi.programme.queries.state_words import title, why
from luotsi.programme.rules.plan import measures_of, sections_of
from luotsi.programme.rules.states import State
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme
    from luotsi.programme.rules.plan import Measure, Milestone
    from luotsi.programme.rules.states import Judged
    from luotsi.ui.lists import Ask

RANKS = {state: place for place, state in enumerate(State)}


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone in one unit, or in all together (`unit` None)."""

    measure: Names
    code: str
    names: Names
    period: str
    label: str
    unit: Names | None
    state: State
    word: str
    why: str
    due: date | None
    url: str
    section: str
    starts: date

    @property
    def mark(self) -> str:
        """The mark that the state is shown by."""
        return self.state.value


@dataclass(frozen=True)
class LinkedFigure:
    """An indicator that shows that something was reached."""

    names: Names
    url: str


@dataclass(frozen=True)
class ToldRow:
    """What was told, with its evidence."""

    on: date
    by: str
    words: str
    link: str
    link_label: str
    file_url: str
    filename: str
    indicator: LinkedFigure | None
    is_done: bool


@dataclass(frozen=True)
class UnitRow:
    """The state of a milestone in one unit, why it is so, and what was told last."""

    unit: Names
    key: str
    is_own: bool
    mark: str
    word: str
    why: str
    told: ToldRow | None
    url: str


@dataclass(frozen=True)
class HistoryRow:
    """One state of the past: what was told, by whom and why."""

    on: date
    mark: str
    word: str
    unit: Names
    by: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class MilestonePage:
    """One milestone, or a measure as a whole (`period` empty), with its states and their history."""

    code: str
    period: str
    label: str
    measure: Names
    names: Names
    due: date | None
    rows: tuple[UnitRow, ...]
    history: tuple[HistoryRow, ...]


def milestones_listed(visitor: Visitor, programme: Programme, scope: Unit, ask: Ask, today: date) -> Rows:
    """Return the milestones that were asked for; without a member in the filter, as the overview counts them."""
    plan = plan_of(programme)
    standing = standing_of(visitor, programme, plan, today)
    found = _rows(standing, scope, str(ask.filters.get("unit", "")))
    for name, field in (("state", "state"), ("period", "period"), ("section", "section")):
        if wanted := ask.filters.get(name):
            found = [row for row in found if getattr(row, field) == wanted]
    if text := ask.filters.get("q"):
        found = [row for row in found if _says(row, str(text))]
    keys: dict[str, Any] = {
        "measure": lambda row: (row.code, row.starts),
        "period": lambda row: (row.starts, row.code),
        "unit": lambda row: (row.unit.text if row.unit else "", row.code),
        "state": lambda row: (RANKS[row.state], row.code),
        "due": lambda row: (row.due is None, row.due or date.max, row.code),
    }
    found.sort(key=keys[ask.sort], reverse=ask.descending)
    end = None if ask.limit is None else ask.offset + ask.limit
    return Rows(found[ask.offset : end], len(found))


def _rows(standing: Standing, scope: Unit, asked: str) -> list[MilestoneRow]:
    """Return a row for each milestone: of the unit asked for, of the own one, or of all together."""
    unit = next((unit for unit in standing.apart if unit.key == asked), None)
    focus = unit or (None if asked else focus_of(standing, scope))
    inside = {measure.code: section.code for section in sections_of(standing.plan) for measure in section.measures}
    return [
        _row(standing, scope, focus, measure, item, inside[measure.code])
        for measure in measures_of(standing.plan)
        for item in measure.milestones
    ]


def _row(
    standing: Standing, scope: Unit, focus: Unit | None, measure: Measure, item: Milestone, section: str
) -> MilestoneRow:
    judged = standing.milestone(measure, item, focus.pk) if focus else None
    whole = standing.milestone_together(measure, item, focus.pk if focus else None)
    if judged is None and len(standing.shown.summed) == 1:
        judged = standing.milestone(measure, item, standing.shown.summed[0])
    programme = standing.programme
    return MilestoneRow(
        measure=rows.names(measure.names),
        code=measure.code,
        names=rows.names(item.text),
        period=item.period.key,
        label=period_words(item.period.key),
        unit=focus.names if focus else None,
        state=whole.state,
        word=title(whole.state),
        why=why(judged) if judged else _together(whole.counts),
        due=item.due or item.period.end,
        url=reverse("programme:tell-state", args=[scope.key, programme.slug, measure.code, item.period.key]),
        section=section,
        starts=item.period.start,
    )


def _together(counts: Any) -> str:
    return ", ".join(f"{title(state)} {count}" for state, count in counts.items())


def _says(row: MilestoneRow, text: str) -> bool:
    words = " ".join([row.code, *(str(getattr(names, code)) for names in (row.measure, row.names) for code in ORDER)])
    return any(form in words for form in forms_of(text)) or text.lower() in words.lower()


def milestone_page(
    visitor: Visitor, programme: Programme, scope: Unit, code: str, period: str, today: date
) -> MilestonePage | None:
    """Return a milestone, or with an empty period the measure as a whole; None when the plan has none such."""
    plan = plan_of(programme)
    measure = next((item for item in measures_of(plan) if item.code == code), None)
    item = next((item for item in measure.milestones if item.period.key == period), None) if measure else None
    if measure is None or (period and item is None):
        return None
    standing = standing_of(visitor, programme, plan, today)
    return MilestonePage(
        code=code,
        period=period,
        label=period_words(period) if period else _("the measure as a whole"),
        measure=rows.names(measure.names),
        names=rows.names(item.text) if item else rows.names(measure.names),
        due=(item.due or item.period.end) if item else None,
        rows=unit_rows(standing, scope, measure, item),
        history=_history(standing, code, period),
    )


def unit_rows(standing: Standing, scope: Unit, measure: Measure, item: Milestone | None) -> tuple[UnitRow, ...]:
    """Return the states of a milestone (None: of the measure) in the units told apart, the own ones first."""
    names = {indicator.key: indicator for indicator in indicators_of(standing.programme)}
    ordered = sorted(standing.apart, key=lambda unit: (unit.pk not in standing.own,))
    period = item.period.key if item else ""
    found = []
    for unit in ordered:
        judged: Judged = standing.milestone(measure, item, unit.pk) if item else standing.measure(measure, unit.pk)
        row = standing.told.get((measure.code, period, unit.pk))
        found.append(
            UnitRow(
                unit=unit.names,
                key=unit.key,
                is_own=unit.pk in standing.own,
                mark=judged.state.value,
                word=title(judged.state),
                why=why(judged),
                told=_told(row, scope, names) if row else None,
                url=_address(standing, scope, measure.code, period, unit),
            )
        )
    return tuple(found)


def _address(standing: Standing, scope: Unit, code: str, period: str, unit: Unit) -> str:
    if not period:
        return ""
    base = reverse("programme:tell-state", args=[scope.key, standing.programme.slug, code, period])
    return f"{base}?unit={unit.key}"


def _told(row: MilestoneState, scope: Unit, names: dict[str, Any]) -> ToldRow:
    indicator = names.get(row.indicator_key)
    slug = row.programme.slug
    return ToldRow(
        on=clock.day_of(row.told_at),
        by="",
        words=row.words,
        link=row.link,
        link_label=row.link.split("//", 1)[-1][:60],
        file_url=reverse("programme:download-evidence", args=[scope.key, slug, row.pk]) if row.file else "",
        filename=row.filename,
        indicator=LinkedFigure(
            indicator.names, reverse("indicators:see-indicator", args=[scope.key, indicator.key])
        ) if indicator else None,
        is_done=row.state == MilestoneState.State.DONE,
    )  # fmt: skip


def _history(standing: Standing, code: str, period: str) -> tuple[HistoryRow, ...]:
    """Return everything that was told of the units shown apart, the latest first; who told it only of own units."""
    told = (
        MilestoneState.objects.filter(
            programme=standing.programme, measure=code, period=period, unit__in=[unit.pk for unit in standing.apart]
        )
        .select_related("unit", "told_by__person")
        .order_by("-told_at")
    )
    return tuple(
        HistoryRow(
            on=clock.day_of(row.told_at),
            mark=MARKS.get(row.state, "use"),
            word=row.get_state_display(),
            unit=row.unit.names,
            by=str(row.told_by.label) if row.told_by and row.unit_id in standing.own else "",
            reason=row.reason,
            evidence=row.words or row.link or row.filename,
        )
        for row in told
    )


MARKS: dict[str, str] = {
    MilestoneState.State.NOT_STARTED: "none",
    MilestoneState.State.ONGOING: "run",
    MilestoneState.State.AT_RISK: "risk",
    MilestoneState.State.DONE: "done",
    MilestoneState.State.CANCELLED: "cancelled",
}
