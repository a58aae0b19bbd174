"""What the page of an own unit shows: what the programmes ask of it, its figures beside target and median."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.names import Names
from luotsi.indicators.queries import words as figure_words
from luotsi.indicators.queries.figures import Figures, figures_of
from luotsi.indicators.queries.minis import measure_of
from luotsi.indicators.queries.outlook import Outlook, outlooks_of
from luotsi.indicators.rules.values import Mark
from luotsi.people.models import Unit
from luotsi.people.rules import Kind
from luotsi.programme import access
from luotsi.programme.models import IndicatorLink
from luotsi.programme.queries import rows
from luotsi.programme.queries.overview import periods_of
from luotsi.programme.queries.overview_pages import WaitingLink, milestone_lists, waiting_links
from luotsi.programme.queries.period_words import period_words
from luotsi.programme.queries.standings import Stand, stands_of
from luotsi.programme.queries.state_bars import Bar, bar_of
from luotsi.programme.queries.state_words import title, why
from luotsi.programme.rules.medians import median
from luotsi.programme.rules.plan import measures_of
from luotsi.programme.rules.states import State

if TYPE_CHECKING:
    from luotsi.indicators.models import Indicator
    from luotsi.people.access import Visitor
    from luotsi.ui.waiting import Task


@dataclass(frozen=True)
class OwnMilestone:
    """A milestone of the present period, or a late one of an earlier."""

    measure: Names
    names: Names
    mark: str
    word: str
    why: str
    due: date | None
    url: str


@dataclass(frozen=True)
class OwnFigure:
    """An indicator at the unit: value, how it has moved, its target, and the median of the provider's units."""

    names: Names
    url: str
    own: str
    trend: str
    target: str
    median: str
    units: str


@dataclass(frozen=True)
class OwnProgramme:
    """What one programme asks of the unit."""

    names: Names
    url: str
    whose: str
    bar: Bar
    period_words: str
    milestones: tuple[OwnMilestone, ...]
    figures: tuple[OwnFigure, ...]


@dataclass(frozen=True)
class UnitPage:
    """What the programmes ask of a unit, and what waits there."""

    waiting: tuple[WaitingLink, ...]
    programmes: tuple[OwnProgramme, ...]


def unit_page(visitor: Visitor, scope: Unit, today: date, tasks: Sequence[Task]) -> UnitPage:
    """Return what the programmes that run today ask of the unit; the queries do not grow with them."""
    stands = [
        stand
        for stand in stands_of(visitor, access.programmes_visible_to(visitor, scope), scope, today)
        if stand.programme.runs_on(today) and scope.path.startswith(stand.programme.owner.path)
    ]
    linked: dict[UUID, dict[UUID, Indicator]] = {stand.programme.pk: {} for stand in stands}
    for link in IndicatorLink.objects.filter(programme__in=list(linked)).select_related("indicator__owner"):
        linked[link.programme_id].setdefault(link.indicator_id, link.indicator)
    figures = _figures(list({pk: one for found in linked.values() for pk, one in found.items()}.values()), scope)
    return UnitPage(
        waiting_links(tasks),
        tuple(
            _programme(stand, scope, [figures[pk] for pk in linked[stand.programme.pk] if pk in figures])
            for stand in stands
        ),
    )


def _programme(stand: Stand, scope: Unit, figures: Sequence[OwnFigure]) -> OwnProgramme:
    programme = stand.programme
    telling = stand.focus or programme.owner
    return OwnProgramme(
        names=programme.names,
        url=reverse("programme:see-programme", args=[scope.key, programme.slug]),
        whose=_("The states are those that %(unit)s tells.") % {"unit": telling.names.text},
        bar=bar_of(stand.counts.counts, milestone_lists(programme, scope, stand.focus.key if stand.focus else "")),
        period_words=_period(stand),
        milestones=tuple(_milestones(stand, scope)),
        figures=tuple(figures),
    )


def _period(stand: Stand) -> str:
    heads = periods_of(stand.standing.plan, stand.standing.today)
    now = next((period_words(head.key) for head in heads if head.is_now), "")
    return _("Milestones of %(period)s, and those that are late") % {"period": now} if now else _("Late milestones")


def _milestones(stand: Stand, scope: Unit) -> list[OwnMilestone]:
    standing, focus = stand.standing, stand.focus.pk if stand.focus else None
    found = []
    for measure in measures_of(standing.plan):
        for item in measure.milestones:
            state = standing.milestone_together(measure, item, focus).state
            if not (item.period.contains(standing.today) or state == State.LATE):
                continue
            at = [scope.key, stand.programme.slug, measure.code, item.period.key]
            found.append(
                OwnMilestone(
                    measure=rows.names(measure.names),
                    names=rows.names(item.text),
                    mark=state.value,
                    word=title(state),
                    why=why(standing.milestone(measure, item, focus)) if focus else "",
                    due=item.due or item.period.end,
                    url=reverse("programme:tell-state", args=at),
                )
            )
    return sorted(found, key=lambda row: (row.mark != "late", row.mark == "done", row.due or date.max))


def provider_of(scope: Unit) -> Unit | None:
    """Return the provider that the unit is or belongs to; None above the providers."""
    if scope.kind == Kind.PROVIDER:
        return scope
    return Unit.objects.filter(pk__in=scope.ancestor_ids, kind=Kind.PROVIDER).first()


def _figures(indicators: list[Indicator], scope: Unit) -> dict[UUID, OwnFigure]:
    if not indicators:
        return {}
    provider = provider_of(scope)
    beside = figures_of(indicators, provider, below=True) if provider else None
    schools = _institutions(provider) if provider else []
    return {
        outlook.indicator.pk: _figure(outlook, scope, beside, schools)
        for outlook in outlooks_of(indicators, scope)
        if outlook.definition
    }


def _institutions(provider: Unit) -> list[str]:
    below = Unit.objects.under(provider).filter(kind=Kind.INSTITUTION).values_list("pk", flat=True)
    return [pk.hex for pk in below]


def _figure(outlook: Outlook, scope: Unit, beside: Figures | None, schools: list[str]) -> OwnFigure:
    measure, last = measure_of(outlook), outlook.latest
    values: list[Decimal] = []
    if beside and last:
        cells = (beside.cell(outlook.indicator, school, last.period) for school in schools)
        values = [cell.value for cell in cells if cell and cell.mark is Mark.FIGURE and cell.value is not None]
    middle = median(values)
    shown = last.value if last and last.mark is Mark.FIGURE else None
    return OwnFigure(
        names=outlook.indicator.names,
        url=reverse("indicators:see-indicator", args=[scope.key, outlook.indicator.key]),
        own=measure.write(shown) if shown is not None else figure_words.mark(last),
        trend=_trend(outlook),
        target=figure_words.aim(outlook.path, measure) if outlook.path else "–",
        median=measure.write(middle) if middle is not None else "–",
        units=ngettext("of %(n)s unit", "of %(n)s units", len(values)) % {"n": len(values)}
        if middle is not None
        else "",
    )


def _trend(outlook: Outlook) -> str:
    last, before, measure = outlook.latest, outlook.previous, measure_of(outlook)
    if last is None or before is None or last.value is None or before.value is None:
        return "–"
    change = last.value - before.value
    since = figure_words.period(before.period)
    if measure.write(last.value) == measure.write(before.value):
        return _("unchanged since %(period)s") % {"period": since}
    words = {"change": measure.apart(change), "period": since}
    return _("↑ %(change)s since %(period)s") % words if change > 0 else _("↓ %(change)s since %(period)s") % words
