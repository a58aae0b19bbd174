"""One indicator in depth at a unit: where it stands, where it goes, by unit, by split, how it is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.base.periods import PeriodKind
from luotsi.indicators import access
from luotsi.indicators.queries import words
from luotsi.indicators.queries.comparing import Side, side_by_side
from luotsi.indicators.queries.definitions import DefinitionWords, versions_of
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.queries.lines import dots_of
from luotsi.indicators.queries.minis import Mini, measure_of, mini_of
from luotsi.indicators.queries.outlook import Outlook, outlook_of, path_of
from luotsi.indicators.queries.pictures import Picture, chart_of
from luotsi.indicators.queries.splits import SplitTable, split_tables
from luotsi.indicators.queries.uses import Use, uses_of
from luotsi.indicators.rules.rights import Right
from luotsi.indicators.rules.values import PERCENT, Mark
from luotsi.ui.formatting import day as written

if TYPE_CHECKING:
    from luotsi.indicators.models import Indicator, KeptForecast, Target
    from luotsi.indicators.queries.words import Measure, Said
    from luotsi.indicators.rules.values import Cell
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.ui.charts import Chart

AXES = {PeriodKind.CALENDAR_YEAR: PeriodKind.CALENDAR_YEAR}


@dataclass(frozen=True)
class TargetRow:
    """A target and what became of it."""

    target: Target
    aim: str
    said: Said
    decided: str


@dataclass(frozen=True)
class KeptRow:
    """A forecast that was kept: when it was made, for when, what it said and what came."""

    made_on: date
    for_day: date
    said: str
    range: str
    actual: str
    error: str


@dataclass(frozen=True)
class IndicatorPage:
    """What the page of an indicator shows.

    Args:
        mini: figure, verdict, target, addresses.
        change: since the figure before, in words; empty where there is none.
        goal: the target of the verdict in words with its day; `goal_note` whose it is, where it is inherited.
        forecast: the value foreseen, `between` its 80 per cent range, `chance` the probability; empty without one.
        so_far, needed: paces per year.
        gap: how far the figure is from the target, in words.
        doubts: what makes the forecast uncertain.
        coverage: how kept forecasts turned out, in a sentence; empty without any that can be judged.
    """

    indicator: Indicator
    mini: Mini
    measure: Measure
    change: str
    goal_note: str
    goal: str
    share: str
    forecast: str
    between: str
    chance: str
    so_far: str
    needed: str
    gap: str
    method: str
    doubts: tuple[str, ...]
    chart: Chart | None
    about: DefinitionWords | None
    versions: tuple[DefinitionWords, ...]
    targets: tuple[TargetRow, ...]
    kept: tuple[KeptRow, ...]
    coverage: str
    side: Side
    splits: tuple[SplitTable, ...]
    uses: tuple[Use, ...]
    marks: tuple[str, ...]
    may_define: bool
    may_aim: bool
    may_enter: bool


def indicator_page(visitor: Visitor, scope: Unit, indicator: Indicator) -> IndicatorPage:
    """Return the page; a number of queries that does not grow with units, periods or splits."""
    outlook = outlook_of(indicator, scope)
    below = figures_of([indicator], scope, below=True)
    versions = tuple(versions_of(indicator))
    measure, mini, forecast = measure_of(outlook), mini_of(outlook, scope.key), outlook.forecast
    known = forecast if forecast is not None and forecast.method is not None else None
    return IndicatorPage(
        indicator=indicator,
        mini=mini,
        measure=measure,
        change=change_words(outlook, measure),
        goal_note=_("the target of the unit above") if outlook.inherited else "",
        goal=place_of(outlook.path.value if outlook.path else None, measure),
        share=place_of(outlook.latest.value if outlook.latest else None, measure),
        forecast=measure.write(known.value) if known else "",
        between=measure.range(known.low80, known.high80) if known else "",
        chance=words.probability(forecast),
        so_far=measure.change(forecast.pace_so_far) if forecast and forecast.pace_so_far is not None else "",
        needed=measure.change(forecast.needed_pace) if forecast and forecast.needed_pace is not None else "",
        gap=measure.apart(outlook.gap) if outlook.gap else "",
        method=words.method(known) if known else "",
        doubts=tuple(filter(None, (words.doubt(remark) for remark in forecast.remarks))) if forecast else (),
        chart=chart(outlook, mini, measure),
        about=versions[0] if versions else None,
        versions=versions,
        targets=tuple(target_rows(outlook, measure)),
        kept=tuple(kept_rows(outlook, measure)),
        coverage=coverage_words(outlook, measure),
        side=side_by_side(visitor, scope, indicator, figures=below),
        splits=tuple(split_tables(visitor, scope, indicator, below)),
        uses=tuple(uses_of(visitor, scope, indicator)),
        marks=marks_shown(below.cells),
        may_define=access.may_define(visitor, indicator),
        may_aim=access.may_do(visitor, Right.DEFINE, scope),
        may_enter=bool(versions) and not versions[0].counted and access.may_do(visitor, Right.ENTER, scope),
    )


def chart(outlook: Outlook, mini: Mini, measure: Measure) -> Chart | None:
    """Return the large picture."""
    kind = PeriodKind(outlook.definition.period_kind) if outlook.definition else PeriodKind.SCHOOL_YEAR
    picture = Picture(
        title=outlook.indicator.names.text,
        dots=dots_of(outlook.series, outlook.day),
        path=outlook.path,
        forecast=outlook.forecast,
        measure=measure,
        today=outlook.day,
        by=AXES.get(kind, PeriodKind.SCHOOL_YEAR),
    )
    return chart_of(picture, mini.message)


def place_of(value: Decimal | None, measure: Measure) -> str:
    """Return where a share stands on a bar, in per cent of its length; empty for figures that are no shares."""
    if value is None or measure.unit != PERCENT:
        return ""
    return f"{min(Decimal(100), max(Decimal(0), value)):.1f}"


def change_words(outlook: Outlook, measure: Measure) -> str:
    """Return the change since the figure before: "+1.9 since 2024–25"; empty where there is none."""
    last, before = outlook.latest, outlook.previous
    if last is None or before is None or last.value is None or before.value is None:
        return ""
    told = {"change": measure.change(last.value - before.value), "period": words.period(before.period)}
    return _("%(change)s since %(period)s") % told


def target_rows(outlook: Outlook, measure: Measure) -> list[TargetRow]:
    """Return the targets in order of time: what came of those that are past, what is foreseen of the one ahead."""
    rows = []
    dots = dots_of(outlook.series, outlook.day)
    for target in outlook.targets:
        path = path_of(target)
        if target == outlook.target:
            said = words.verdict(outlook.forecast, path, measure)
        else:
            until = [dot for dot in dots if dot.day <= target.due_on]
            said = words.outcome(path, until[-1].value if until else None, measure, past=target.due_on < outlook.day)
        who = filter(
            None, (target.decided_by, written(target.decided_on) if target.decided_on else "", target.reference)
        )
        rows.append(TargetRow(target, words.aim(path, measure), said, ", ".join(who)))
    return rows


def kept_rows(outlook: Outlook, measure: Measure, most: int = 6) -> list[KeptRow]:
    """Return the latest kept forecasts, the newest first, with what came of those whose day is over."""
    errors = {(one.made_on, one.for_day): error for one, error in outlook.score.errors}
    rows = []
    for kept in sorted(outlook.kept, key=lambda one: one.made_on, reverse=True)[:most]:
        error = errors.get((kept.made_on, kept.for_day))
        rows.append(kept_row(kept, error, measure))
    return rows


def kept_row(kept: KeptForecast, error: Decimal | None, measure: Measure) -> KeptRow:
    """Return one kept forecast in words."""
    known = error is not None and kept.value is not None
    return KeptRow(
        made_on=kept.made_on,
        for_day=kept.for_day,
        said=measure.write(kept.value) if kept.value is not None else _("too little data"),
        range=measure.range(kept.low, kept.high) if kept.low is not None else "",
        actual=measure.write(kept.value + error) if known and kept.value is not None and error is not None else "",
        error=measure.change(error) if known else "",
    )


def coverage_words(outlook: Outlook, measure: Measure) -> str:
    """Return how earlier forecasts turned out, in a sentence; empty where none can be judged yet."""
    score = outlook.score
    if score.mae is None:
        return ""
    told = {"n": score.n, "error": measure.apart(score.mae)}
    text = _("%(n)s earlier forecasts can be judged; they were off by %(error)s on average.") % told
    if score.coverage80 is None:
        return text
    share = words.Measure("percent", 0).write(score.coverage80 * 100)
    held = _("The range held the figure in %(share)s of them.") % {"share": share}
    return f"{text} {held}"


def marks_shown(cells: Sequence[Cell]) -> tuple[str, ...]:
    """Return the marks that stand on the page, for its legend: missing, protected, not_applicable, approximate."""
    marks = {cell.mark for cell in cells}
    found = [str(mark) for mark in (Mark.MISSING, Mark.PROTECTED, Mark.NOT_APPLICABLE) if mark in marks]
    return (*found, "approximate") if any(cell.approximate for cell in cells) else tuple(found)
