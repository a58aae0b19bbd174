"""What the pages of own calls show to their officers: the list, and one call with its checklist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Sum
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.names import ORDER, Names
from luotsi.base.texts import names_of
from luotsi.funding import access
from luotsi.funding.models import Application, Call
from luotsi.funding.queries.applying import eligible_words
from luotsi.funding.queries.call_pages import Stated, dates_of, form_name, public_url, rules_of
from luotsi.funding.queries.calls import RANKS
from luotsi.funding.queries.checklist import PointRow, point_rows
from luotsi.funding.queries.closing import closing_words, days_left, left_words
from luotsi.funding.queries.state_words import CALL_MARKS, call_word
from luotsi.funding.rules.publishing import left_to_weigh
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.ui.lists import Ask


@dataclass(frozen=True)
class OwnCallRow:
    """An own call of the list: its state, and what has come in."""

    names: Names
    url: str
    owner: Names
    state: str
    mark: str
    word: str
    closes: str
    last_day: date | None
    left: str
    days: int | None
    budget: Decimal | None
    received: int
    applied: Decimal | None


def own_calls_listed(visitor: Visitor, scope: Unit, ask: Ask) -> Rows:
    """Return the own calls that were asked for; the number of queries does not grow with them."""
    calls = list(access.own_calls_of(visitor, scope))
    received = _received(calls)
    found = [_row(call, *received.get(call.pk, (0, None))) for call in calls]
    found = [row for row in found if _wanted(row, ask.filters)]
    keys: dict[str, Any] = {
        "name": lambda row: row.names.text,
        "state": lambda row: (RANKS.index(row.state), row.last_day or date.max),
        "closes": lambda row: row.last_day or date.max,
        "budget": lambda row: (row.budget is None, row.budget or 0),
        "received": lambda row: -row.received,
        "applied": lambda row: (row.applied is None, -(row.applied or 0)),
    }
    found.sort(key=lambda row: row.names.text)
    found.sort(key=keys[ask.sort], reverse=ask.descending)
    end = None if ask.limit is None else ask.offset + ask.limit
    return Rows(found[ask.offset : end], len(found))


def _received(calls: list[Call]) -> dict[UUID, tuple[int, Decimal | None]]:
    handed_in = Application.objects.handed_in().filter(call__in=calls).order_by()
    counted = handed_in.values("call").annotate(count=Count("pk"), applied=Sum("applied"))
    return {one["call"]: (one["count"], one["applied"]) for one in counted}


def _row(call: Call, received: int, applied: Decimal | None) -> OwnCallRow:
    state, today = call.state_at(clock.now()), clock.today()
    days = days_left(call, today) if state in {"open", "coming"} else None
    return OwnCallRow(
        names=call.names,
        url=reverse("funding:see-own-call", args=[call.owner.key, call.slug]),
        owner=call.owner.names,
        state=state,
        mark=CALL_MARKS[state],
        word=call_word(state),
        closes=closing_words(call) if call.last_day else "",
        last_day=call.last_day,
        left=left_words(days),
        days=days,
        budget=call.budget,
        received=received,
        applied=applied,
    )


def _wanted(row: OwnCallRow, filters: dict[str, Any]) -> bool:
    if (state := filters.get("state")) and row.state != state:
        return False
    text = (filters.get("q") or "").lower()
    return not text or any(text in str(getattr(row.names, code)).lower() for code in ORDER)


@dataclass(frozen=True)
class CriterionRow:
    """A criterion as it is told to officers and readers."""

    pk: UUID
    names: Names
    told: Names
    weight: Decimal
    lowest: Decimal
    highest: Decimal
    threshold: Decimal | None
    edit_url: str
    remove_url: str


@dataclass(frozen=True)
class OfficerRow:
    """An officer; `over` once the time has ended."""

    name: str
    since: date
    until: date | None
    over: bool
    edit_url: str
    end_url: str


@dataclass(frozen=True)
class MovedRow:
    """A closing that was moved: when, from when to when, and why."""

    at: datetime
    closed_at: datetime
    closes_at: datetime
    reason: Names


@dataclass(frozen=True)
class OwnCallPage:
    """An own call as its officers see it; `points` is empty once it is published."""

    state: str
    mark: str
    word: str
    left: str
    is_draft: bool
    points: tuple[PointRow, ...]
    open_points: int
    dates: tuple[Stated, ...]
    rules: tuple[Stated, ...]
    areas: tuple[Names, ...]
    cost_classes: tuple[Names, ...]
    eligible: str
    form: str
    criteria: tuple[CriterionRow, ...]
    left_to_weigh: Decimal
    officers: tuple[OfficerRow, ...]
    moved: tuple[MovedRow, ...]
    withdrawn_because: Names
    received: int
    applied: Decimal | None
    public_url: str
    may_take_back: bool
    may_move: bool


def own_call_page(call: Call) -> OwnCallPage:
    """Return the page of an own call; a fixed number of queries."""
    state = call.state_at(clock.now())
    is_draft = state == "draft"
    points = point_rows(call) if is_draft else ()
    criteria = tuple(criterion_rows(call, edits=is_draft))
    received, applied = _received([call]).get(call.pk, (0, None))
    return OwnCallPage(
        state=state,
        mark=CALL_MARKS[state],
        word=call_word(state),
        left=left_words(days_left(call, clock.today())) if state in {"open", "coming"} else "",
        is_draft=is_draft,
        points=points,
        open_points=sum(1 for one in points if one.mark == "bad"),
        dates=tuple(dates_of(call)),
        rules=tuple(rules_of(call)),
        areas=tuple(names_of(area) for area in call.areas),
        cost_classes=tuple(names_of(one) for one in call.cost_classes),
        eligible=eligible_words(call),
        form=form_name(call),
        criteria=criteria,
        left_to_weigh=left_to_weigh(one.weight for one in criteria),
        officers=tuple(_officers(call)),
        moved=moved_rows(call),
        withdrawn_because=names_of(call.withdrawn_because),
        received=received,
        applied=applied,
        public_url=public_url(call),
        may_take_back=state == "coming",
        may_move=state in {"coming", "open"},
    )


def criterion_rows(call: Call, *, edits: bool) -> Iterator[CriterionRow]:
    """Yield the criteria of a call in their order, with where each is changed when `edits`."""
    for one in call.criteria.all():
        here = [call.owner.key, call.slug, one.pk]
        yield CriterionRow(
            pk=one.pk,
            names=one.names,
            told=one.words,
            weight=one.weight,
            lowest=one.lowest,
            highest=one.highest,
            threshold=one.threshold,
            edit_url=reverse("funding:edit-criterion", args=here) if edits else "",
            remove_url=reverse("funding:remove-criterion", args=here) if edits else "",
        )


def _officers(call: Call) -> Iterator[OfficerRow]:
    today = clock.today()
    for one in call.officers.select_related("person"):
        over = one.until is not None and one.until < today
        here = [call.owner.key, call.slug, one.pk]
        yield OfficerRow(
            name=one.person.full_name,
            since=one.since,
            until=one.until,
            over=over,
            edit_url=reverse("funding:edit-officer", args=here),
            end_url="" if over else reverse("funding:end-officer", args=here),
        )


def moved_rows(call: Call) -> tuple[MovedRow, ...]:
    """Return how the closing of a call was moved, the last move first."""
    return tuple(
        MovedRow(
            at=datetime.fromisoformat(one["at"]),
            closed_at=datetime.fromisoformat(one["closed_at"]),
            closes_at=datetime.fromisoformat(one["closes_at"]),
            reason=names_of(one["reason"]),
        )
        for one in reversed(call.postponed)
    )
