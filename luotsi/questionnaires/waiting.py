"""What waits for a person in this room: collections to answer, drafts to hand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.questionnaires import access
from luotsi.questionnaires.models import Collection, Response
from luotsi.questionnaires.queries.collections import HEAVY, LIGHT
from luotsi.ui.waiting import Task

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

ROOM = "questionnaires"
MOST = 20


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits for the visitor in this room at the unit, in two queries."""
    found = access.collections_visible_to(visitor, scope).open(clock.now()).select_related("owner").defer(*LIGHT)
    collections = [one for one in found[:MOST] if access.may_begin(visitor, scope, one)]
    if not collections:
        return []
    begun: dict[object, Response] = {}
    for response in access.responses_of(visitor, scope).filter(collection__in=collections).defer(*HEAVY):
        begun.setdefault(response.collection_id, response)
    return [task for one in collections if (task := _task(scope, one, begun.get(one.pk)))]


def _task(scope: Unit, collection: Collection, response: Response | None) -> Task | None:
    if response is not None and response.state == Response.State.SUBMITTED:
        return None
    words = {"name": collection.names.text}
    begun = response is not None
    url = (
        reverse("questionnaires:fill-page", args=[response.pk, 0])
        if response
        else reverse("questionnaires:list-collections", args=[scope.key])
    )
    return Task(
        key=f"questionnaires.{'draft' if begun else 'asked'}.{collection.pk}",
        title=(_("Finish and hand in: %(name)s") if begun else _("Answer: %(name)s")) % words,
        context=collection.owner.names.text,
        url=url,
        action=_("Go on writing") if begun else _("Answer"),
        due=clock.day_of(collection.closes_at) if collection.closes_at else None,
        room=ROOM,
    )
