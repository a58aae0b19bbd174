"""What the list of rounds shows: their state, and how many of those asked have handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.programme.models import Round
from luotsi.programme.queries.rounds.answers import asked_units
from luotsi.questionnaires.models import Submission

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme


@dataclass(frozen=True)
class RoundLine:
    """A round in the list: its state, and how many of those asked have handed in."""

    names: Names
    school_year: str
    state: str
    closes_at: datetime | None
    asked: int
    handed_in: int
    url: str


def rounds_of(programme: Programme, scope: Unit) -> tuple[RoundLine, ...]:
    """Return the rounds of a programme, the latest first; two queries and one for each kind of unit that is asked."""
    found = list(Round.objects.filter(programme=programme).select_related("collection").order_by("-number"))
    handed = _handed_in(found)
    asked: dict[str, int] = {}
    for one in found:
        one.programme = programme
        kind = one.collection.answered_by
        if kind not in asked:
            asked[kind] = len(asked_units(one, clock.today()))
    return tuple(
        RoundLine(
            names=one.names,
            school_year=one.school_year,
            state=one.collection.state_at(clock.now()),
            closes_at=one.collection.closed_at or one.collection.closes_at,
            asked=asked[one.collection.answered_by],
            handed_in=handed.get(one.collection_id, 0),
            url=reverse("programme:see-round", args=[scope.key, programme.slug, one.pk]),
        )
        for one in found
    )


def _handed_in(found: Sequence[Round]) -> dict[UUID, int]:
    rows = Submission.objects.filter(response__collection__in=[one.collection_id for one in found], number=1)
    counted: dict[UUID, int] = {}
    for collection in rows.values_list("response__collection", flat=True):
        counted[collection] = counted.get(collection, 0) + 1
    return counted
