"""What waits around completions: for the applicant who was asked, and for officers whose request is late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.models import Application, CompletionRequest
from luotsi.funding.rules.rights import Right
from luotsi.ui.formatting import moment
from luotsi.ui.waiting import Task

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

ROOM = "funding"
MOST = 5


def tasks_for(visitor: Visitor, scope: Unit) -> Iterator[Task]:
    """Yield what waits for those who prepare, and for the officers of calls of the unit; at most two queries."""
    waiting = CompletionRequest.objects.waiting().filter(application__state=Application.State.SUBMITTED)
    mine = waiting.filter(application__in=access.applications_prepared_by(visitor, scope).order_by())
    for one in mine.select_related("application__unit", "application__call").order_by("until")[:MOST]:
        yield Task(
            key=f"funding.completion.{one.pk}",
            title=_("Complete the application: %(name)s") % {"name": one.application.names.text},
            context=_("Asked by the funder, by %(when)s") % {"when": moment(one.until)},
            url=reverse("funding:see-application", args=[scope.key, one.application_id]),
            action=_("Show"),
            due=clock.day_of(one.until),
            room=ROOM,
        )
    if not access.may_do(visitor, Right.OFFICIATE, scope):
        return
    late = waiting.filter(application__call__owner=scope, until__lt=clock.now())
    for one in late.select_related("application__unit").order_by("until")[:MOST]:
        yield Task(
            key=f"funding.late-completion.{one.pk}",
            title=_("A completion is late: %(name)s") % {"name": one.application.names.text},
            context=f"{one.application.register_number} · {one.application.unit}",
            url=reverse("funding:see-received", args=[scope.key, one.application_id]),
            action=_("Show"),
            due=clock.day_of(one.until),
            room=ROOM,
        )
