"""What waits for a person in this room: figures to approve, own drafts to hand over, targets that were missed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.indicators import access
from luotsi.indicators.models import Definition, Observation, ObservationImport, Target
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.queries.outlook import path_of
from luotsi.indicators.queries.telling import period_of
from luotsi.indicators.queries.words import Measure
from luotsi.indicators.rules.rights import Right
from luotsi.indicators.rules.values import ObservationState
from luotsi.ui.formatting import day
from luotsi.ui.waiting import Task

if TYPE_CHECKING:
    from luotsi.indicators.queries.figures import Figures
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

ROOM = "indicators"
RECENTLY = timedelta(days=120)
MOST = 3


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits for the visitor in this room at the unit and below.

    One query for each of four things, and those of the figures where a target has fallen due lately.
    """
    tasks = []
    if access.may_do(visitor, Right.APPROVE, scope):
        tasks += _to_approve(visitor, scope)
    if access.may_do(visitor, Right.ENTER, scope):
        tasks += [*_own_drafts(visitor, scope), *_imports(visitor, scope)]
    if access.may_do(visitor, Right.DEFINE, scope):
        tasks += _missed(scope)
    return tasks


def _to_approve(visitor: Visitor, scope: Unit) -> list[Task]:
    waiting = access.approvable_by(visitor, scope).order_by()
    told = waiting.aggregate(count=Count("pk"), since=Min("submitted_at"))
    if not told["count"]:
        return []
    count, since = told["count"], told["since"]
    title = ngettext("Approve %(count)s figure", "Approve %(count)s figures", count) % {"count": count}
    context = _("Handed over since %(day)s.") % {"day": day(clock.day_of(since))} if since else ""
    url = reverse("indicators:approve-observations", args=[scope.key])
    return [Task("indicators.approve", title, context, url, _("Approve"), room=ROOM)]


def _own_drafts(visitor: Visitor, scope: Unit) -> list[Task]:
    drafts = Observation.objects.under(scope).filter(state=ObservationState.DRAFT, entered_by=visitor.pk)
    count = drafts.count()
    if not count:
        return []
    title = ngettext("Hand over %(count)s draft of a figure", "Hand over %(count)s drafts of figures", count)
    url = reverse("indicators:list-observations", args=[scope.key]) + f"?state={ObservationState.DRAFT}"
    words = _("Nobody else sees them yet.")
    return [Task("indicators.drafts", title % {"count": count}, words, url, _("Show"), room=ROOM)]


def _imports(visitor: Visitor, scope: Unit) -> list[Task]:
    tried = ObservationImport.objects.filter(
        scope__path__startswith=scope.path, uploaded_by=visitor.pk, state=ObservationImport.State.TRIED
    )
    return [
        Task(
            key=f"indicators.import.{found.pk}",
            title=_("Finish the import: %(file)s") % {"file": found.filename},
            context=_("The dry run is done, nothing has been saved yet."),
            url=reverse("indicators:see-import", args=[found.scope.key, found.pk]),
            action=_("Show"),
            room=ROOM,
        )
        for found in tried.select_related("scope").defer("rows")[:MOST]
    ]


def _missed(scope: Unit) -> list[Task]:
    """Return targets of the unit that fell due lately and were not met; the latest of each indicator."""
    today = clock.today()
    due = Target.objects.in_force().filter(unit=scope, due_on__lt=today, due_on__gte=today - RECENTLY)
    latest = {one.indicator_id: one for one in due.select_related("indicator").order_by("due_on")}
    if not latest:
        return []
    figures = figures_of([one.indicator for one in latest.values()], scope)
    found = [task for one in latest.values() if (task := _task_of(one, figures, scope))]
    return found[:MOST]


def _task_of(target: Target, figures: Figures, scope: Unit) -> Task | None:
    """Return the task about a target that was missed; None where it was met, or nobody knows."""
    series = [cell for cell in figures.series(target.indicator, scope) if cell.value is not None]
    told = [cell for cell in series if period_of(cell.period).end <= target.due_on]
    last = told[-1] if told else None
    definition = figures.definition(target.indicator, last.version if last else None)
    if last is None or definition is None or path_of(target).met_by(last.value) is not False:
        return None
    measure = _measure(definition)
    return Task(
        key=f"indicators.missed.{target.pk}",
        title=_("Explain the missed target: %(name)s") % {"name": target.indicator.names.text},
        context=_("It was %(target)s by %(day)s; the figure was %(value)s.")
        % {"target": measure.write(target.value), "day": day(target.due_on), "value": measure.write(last.value)},
        url=reverse("indicators:see-indicator", args=[scope.key, target.indicator.key]),
        action=_("Show"),
        due=target.due_on,
        room=ROOM,
    )


def _measure(definition: Definition) -> Measure:
    return Measure(definition.unit_of_measure, definition.decimals)
