"""What waits for the officers of a funder: drafts of calls whose opening is near or has passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.rules.rights import Right
from luotsi.ui.waiting import Task

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

ROOM = "funding"
SOON = timedelta(days=14)
MOST = 5


def tasks_for(visitor: Visitor, scope: Unit) -> Iterator[Task]:
    """Yield the drafts to be published for those who handle calls at the unit; one query."""
    if not access.may_do(visitor, Right.OFFICIATE, scope):
        return
    soon = clock.now() + SOON
    drafts = access.own_calls_of(visitor, scope).filter(published_at=None, withdrawn_at=None, opens_at__lte=soon)
    for call in drafts.order_by("opens_at", "pk")[:MOST]:
        yield Task(
            key=f"funding.own-call.{call.pk}",
            title=_("Publish the call: %(name)s") % {"name": call.names.text},
            context=str(call.owner),
            url=reverse("funding:see-own-call", args=[call.owner.key, call.slug]),
            action=_("Show"),
            due=clock.day_of(call.opens_at) if call.opens_at else None,
            room=ROOM,
        )
