"""What became of applications to a funder before: how often it granted, how much, and how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse

from luotsi.base.names import Names
from luotsi.funding import access
from luotsi.funding.models import Application
from luotsi.funding.queries.portfolio import totals_of
from luotsi.funding.queries.state_words import MARKS
from luotsi.funding.rules.portfolio import DECIDED

if TYPE_CHECKING:
    from luotsi.funding.models import Call
    from luotsi.funding.rules.portfolio import Totals
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

MOST = 5


@dataclass(frozen=True)
class PastRow:
    """An application to the funder that was decided."""

    names: Names
    call: Names
    url: str
    mark: str
    word: str
    applied: Decimal | None
    granted: Decimal | None
    decided_on: date | None


@dataclass(frozen=True)
class History:
    """All decided applications to a funder that the visitor may see, and the latest of them; `url` lists them."""

    totals: Totals
    rows: tuple[PastRow, ...]
    url: str


def history_of(visitor: Visitor, scope: Unit, call: Call) -> History:
    """Return what became of the unit's applications to the funder of a call; at most five queries.

    Those to the very call count, too, once they are decided.
    """
    decided = access.applications_visible_to(visitor, scope).filter(call__funder=call.funder_id, state__in=DECIDED)
    latest = decided.order_by(F("decided_on").desc(nulls_last=True), "-begun_at", "pk")[:MOST]
    asked = urlencode({"funder": str(call.funder_id), "state": "decided"})
    return History(
        totals=totals_of(decided, {}),
        rows=tuple(_row(one, scope) for one in latest),
        url=f"{reverse('funding:list-portfolio', args=[scope.key])}?{asked}",
    )


def _row(one: Application, scope: Unit) -> PastRow:
    return PastRow(
        names=one.names,
        call=one.call.names,
        url=reverse("funding:see-application", args=[scope.key, one.pk]),
        mark=MARKS[one.state],
        word=one.get_state_display(),
        applied=one.applied,
        granted=one.granted,
        decided_on=one.decided_on,
    )
