"""Lists of reports, the menu entry, and what may be begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.programme.models import Participation
from luotsi.programme.queries.documents import plan_of
from luotsi.reports import access
from luotsi.reports.models import Report
from luotsi.reports.queries.material import latest_version
from luotsi.ui.lists import Ask, Rows
from luotsi.ui.shell import NavEntry

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme

ORDER = {
    "period": ("period", "kind", "version"),
    "version": ("version", "period", "kind"),
    "frozen": ("frozen_at", "period", "kind", "version"),
}
LIGHT = ("frozen", "overrides", "board")


@dataclass(frozen=True)
class ReportRow:
    """A report in a list."""

    programme: Names
    kind: str
    period: str
    version: int
    state: str
    state_words: str
    data_on: date
    frozen_at: datetime | None
    url: str


@dataclass(frozen=True)
class Beginning:
    """A report that could be begun: of which programme and kind, for which periods."""

    programme: Programme
    kind: str
    kind_words: str
    url: str


def menu_entry(visitor: Visitor, scope: Unit) -> NavEntry:
    """Return the entry of this room in the main menu of a unit."""
    return NavEntry(key="reports", label=_("Reports"), url=reverse("reports:list-reports", args=[scope.key]))


def reports_listed(visitor: Visitor, scope: Unit, ask: Ask) -> Rows:
    """Return the reports along the unit that the visitor may see, filtered, ordered and cut as asked."""
    found = access.reports_visible_to(visitor, scope).select_related("programme").defer(*LIGHT)
    if kind := ask.filters.get("kind"):
        found = found.filter(kind=kind)
    if state := ask.filters.get("state"):
        found = found.filter(state=state)
    fields = ORDER[ask.sort]
    order = [f"-{fields[0]}" if ask.descending else fields[0], *fields[1:], "pk"]
    total = found.count()
    cut = found.order_by(*order)[ask.offset : ask.offset + ask.limit if ask.limit else None]
    return Rows(items=[_row(report, scope) for report in cut], total=total)


def _row(report: Report, scope: Unit) -> ReportRow:
    return ReportRow(
        programme=report.programme.names,
        kind=report.get_kind_display(),
        period=report.period,
        version=report.version,
        state=report.state,
        state_words=report.get_state_display(),
        data_on=report.data_on,
        frozen_at=report.frozen_at,
        url=reverse("reports:see-report", args=[scope.key, report.pk]),
    )


def beginnings(visitor: Visitor, scope: Unit) -> list[Beginning]:
    """Return the reports that the visitor may begin: an evaluation of each programme, a comparison of shared ones."""
    found = []
    programmes = access.programmes_to_report(visitor, scope)
    shared = set(Participation.objects.filter(programme__in=programmes).values_list("programme_id", flat=True))
    for programme in programmes:
        kinds = [Report.Kind.EVALUATION]
        if programme.pk in shared:
            kinds.append(Report.Kind.COMPARISON)
        found += [
            Beginning(
                programme,
                kind,
                str(kind.label),
                reverse("reports:begin-report", args=[scope.key, programme.slug, kind.value]),
            )
            for kind in kinds
        ]
    return found


def periods_of(programme: Programme) -> list[tuple[str, str]]:
    """Return the periods of a programme for a choice: those of its plan, the last that has ended first."""
    version = latest_version(programme)
    if version is None:
        return []
    today = clock.today()
    spans = [span for span in plan_of(programme, version).periods if span.start <= today]
    spans.sort(key=lambda span: (span.end is None or span.end >= today, -span.start.toordinal()))
    return [(span.key, span.key) for span in spans]
