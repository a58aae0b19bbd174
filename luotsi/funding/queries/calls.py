"""What the pages of calls show: those that are watched with the time that is left, and everything one of them says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

from luotsi.base import clock
from luotsi.base.names import ORDER, Names
from luotsi.base.wording import forms_of
from luotsi.funding import access
from luotsi.funding.models import ApplicationMember
from luotsi.funding.queries.closing import closing_words, days_left, left_words
from luotsi.funding.queries.fitting import planned
from luotsi.funding.queries.state_words import CALL_MARKS, call_word
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from luotsi.funding.models import Call
    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.ui.lists import Ask

SOON = timedelta(days=30)
RANKS = ("open", "coming", "draft", "closed", "withdrawn")


@dataclass(frozen=True)
class CallRow:
    """A call of the list, with what this unit does about it."""

    names: Names
    url: str
    funder: Names
    state: str
    mark: str
    word: str
    closes: str
    last_day: date | None
    left: str
    days: int | None
    budget: Decimal | None
    fits: int
    fits_url: str
    preparers: str
    applications: int


def calls_listed(visitor: Visitor, scope: Unit, ask: Ask) -> Rows:
    """Return the calls that were asked for; the number of queries does not grow with them."""
    seen = access.applications_visible_to(visitor, scope)
    mine = _mine(seen)
    plan = planned(visitor, scope)
    found = []
    for call in access.calls_visible_to(visitor, scope):
        names, count = mine.get(call.pk, ((), 0))
        found.append(_row(call, scope, len(plan.fits(call)), ", ".join(names), count))
    found = [row for row in found if _wanted(row, ask.filters)]
    keys: dict[str, Any] = {
        "name": lambda row: row.names.text,
        "funder": lambda row: row.funder.text,
        "state": lambda row: (RANKS.index(row.state), row.last_day or date.max),
        "closes": lambda row: (RANKS.index(row.state), row.last_day or date.max),
        "budget": lambda row: (row.budget is None, row.budget or 0),
        "fits": lambda row: -row.fits,
        "applications": lambda row: -row.applications,
    }
    found.sort(key=lambda row: row.names.text)
    found.sort(key=keys[ask.sort], reverse=ask.descending)
    end = None if ask.limit is None else ask.offset + ask.limit
    return Rows(found[ask.offset : end], len(found))


def _mine(seen: ApplicationQuerySet) -> dict[UUID, tuple[tuple[str, ...], int]]:
    """Return by call who prepares and how many applications there are; two queries."""
    by_call: dict[UUID, set[UUID]] = defaultdict(set)
    calls = dict(seen.values_list("pk", "call"))
    for pk, call in calls.items():
        by_call[call].add(pk)
    people: dict[UUID, dict[str, None]] = defaultdict(dict)
    preparing = ApplicationMember.objects.on(clock.today()).filter(is_preparer=True, application__in=seen)
    for member in preparing.select_related("person"):
        people[calls[member.application_id]].setdefault(member.person.full_name)
    return {call: (tuple(people[call]), len(found)) for call, found in by_call.items()}


def _row(call: Call, scope: Unit, fits: int, preparers: str, applications: int) -> CallRow:
    state, today = call.state_at(clock.now()), clock.today()
    url = reverse("funding:see-call", args=[scope.key, call.owner.key, call.slug])
    days = days_left(call, today) if state in {"open", "coming"} else None
    return CallRow(
        names=call.names,
        url=url,
        funder=call.funder.names,
        state=state,
        mark=CALL_MARKS[state],
        word=call_word(state),
        closes=closing_words(call),
        last_day=call.last_day,
        left=left_words(days),
        days=days,
        budget=call.budget,
        fits=fits,
        fits_url=f"{url}#fits",
        preparers=preparers,
        applications=applications,
    )


def _wanted(row: CallRow, filters: dict[str, Any]) -> bool:
    state = filters.get("state")
    if state == "soon":
        if row.state != "open" or row.days is None or row.days > SOON.days:
            return False
    elif state and row.state != state:
        return False
    text = filters.get("q")
    words = " ".join(str(getattr(names, code)) for names in (row.names, row.funder) for code in ORDER)
    return not text or any(form in words for form in forms_of(text)) or text.lower() in words.lower()
