"""What waits for a person in this room: drafts to finish, frozen reports to decide, decided ones to publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.reports import access
from luotsi.reports.models import Report
from luotsi.reports.queries.reports import LIGHT
from luotsi.reports.rules.rights import Right
from luotsi.ui.waiting import Task

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

ROOM = "reports"
OPEN = (Report.State.DRAFT, Report.State.FROZEN, Report.State.APPROVED, Report.State.NOTED)
MOST = 5


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits for the visitor in this room at the unit and below, in one query."""
    if not access.may_do(visitor, Right.WRITE, scope):
        return []
    found = access.reports_visible_to(visitor, scope).filter(unit__path__startswith=scope.path, state__in=OPEN)
    rows = found.select_related("programme", "unit").defer(*LIGHT).order_by("made_at")[:MOST]
    return [_task(report) for report in rows]


def _task(report: Report) -> Task:
    words = {"kind": report.get_kind_display(), "period": report.period}
    titles = {
        Report.State.DRAFT: (_("Finish and freeze: %(kind)s %(period)s") % words, _("Write")),
        Report.State.FROZEN: (_("Take to decision: %(kind)s %(period)s") % words, _("Show")),
    }
    title, action = titles.get(Report.State(report.state), (_("Publish: %(kind)s %(period)s") % words, _("Show")))
    return Task(
        key=f"reports.{report.state}.{report.pk}",
        title=title,
        context=report.programme.names.text,
        url=reverse("reports:see-report", args=[report.unit.key, report.pk]),
        action=action,
        room=ROOM,
    )
