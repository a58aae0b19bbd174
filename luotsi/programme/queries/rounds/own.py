"""What a round or a call asks of the unit of a page: the state of its response, and where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from luotsi.base import clock
from luotsi.questionnaires.access import may_begin, responses_of
from luotsi.questionnaires.models import Response

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.questionnaires.models import Collection


@dataclass(frozen=True)
class OwnPart:
    """What the round asks of the unit of the page: state of its response, and where it goes on."""

    state: str
    url: str
    begin_url: str


def own_part(visitor: Visitor, collection: Collection, scope: Unit) -> OwnPart | None:
    """Return what a collection asks of the unit of the page, for those who may answer for it."""
    now = clock.now()
    if not may_begin(visitor, scope, collection):
        return None
    state = collection.state_at(now)
    response = responses_of(visitor, scope).filter(collection=collection, unit=scope).first()
    if response is None:
        begin = reverse("questionnaires:begin-response", args=[scope.key, collection.pk]) if state == "open" else ""
        return OwnPart("none", "", begin)
    if response.state == Response.State.DRAFT:
        return OwnPart("draft" if state == "open" else "unfinished", _fill(response), "")
    last = response.submissions.order_by("-number").first()
    url = reverse("questionnaires:see-receipt", args=[response.pk, last.number]) if last else _fill(response)
    return OwnPart("submitted", url, "")


def _fill(response: Response) -> str:
    return reverse("questionnaires:fill-page", args=[response.pk, 0])
