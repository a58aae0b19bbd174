"""What waits of changes to grants: to ask for one while there is time, and to answer those that were asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.models import Call, ChangeRequest
from luotsi.funding.queries.warned import MOST, warned_among
from luotsi.funding.rules.rights import Right, may
from luotsi.people.access import reach_of
from luotsi.ui.waiting import Task

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

ROOM = "funding"


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits of changes: to ask in time, for those who prepare; to answer, for officers of the funder.

    Queries do not grow with grants.
    """
    return [*_to_ask(visitor, scope), *_to_answer(visitor, scope)]


def _to_ask(visitor: Visitor, scope: Unit) -> Iterator[Task]:
    """Yield a task for each grant that the ledger warns of."""
    if not may(reach_of(visitor), Right.PREPARE, scope.path):
        return
    seen = access.applications_visible_to(visitor, scope)
    for one, warned in warned_among(seen, clock.today()):
        yield Task(
            key=f"funding.change.{one.pk}",
            title=_("Ask for changes in time: %(name)s") % {"name": one.names.text},
            context=f"{one.unit} · {one.call.names.text}",
            url=reverse("funding:list-changes", args=[scope.key, one.pk]),
            action=_("Show"),
            due=warned.latest_on,
            room=ROOM,
        )


def _to_answer(visitor: Visitor, scope: Unit) -> Iterator[Task]:
    """Yield the requests on grants of the unit's own calls that wait for an answer."""
    if not access.may_do(visitor, Right.OFFICIATE, scope):
        return
    asked = ChangeRequest.objects.sent().filter(application__call__owner=scope, application__call__kind=Call.Kind.OWN)
    for one in asked.select_related("application__unit", "application__call__owner").order_by("sent_at")[:MOST]:
        call = one.application.call
        yield Task(
            key=f"funding.answer.{one.pk}",
            title=_("Answer the change request: %(name)s") % {"name": one.application.names.text},
            context=f"{one.application.unit} · {call.names.text}",
            url=reverse("funding:see-asked-change", args=[scope.key, call.slug, one.pk]),
            action=_("Show"),
            room=ROOM,
        )
