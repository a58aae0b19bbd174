"""What the list of received applications shows: number, applicant, sum, how complete, state, who handles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.base.wording import contains
from luotsi.funding.models import CompletionRequest
from luotsi.funding.queries.state_words import MARKS
from luotsi.funding.rules.completeness import Found, Whole, wholeness
from luotsi.ui.formatting import moment
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from luotsi.funding.models import Application, Received
    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.people.models import Unit
    from luotsi.ui.lists import Ask

ORDER = {
    "number": ("received__sequence",),
    "unit": ("unit__name_fi", "unit__name_sv"),
    "name": ("name__fi", "name__sv", "name__en"),
    "applied": ("applied",),
    "whole": ("received__blocks", "received__warns"),
    "state": ("state",),
    "handler": ("received__handler__family_name", "received__handler__given_name"),
    "received": ("received__received_at",),
}
WHOLE_MARKS = {
    Whole.COMPLETE: "done",
    Whole.LACKING: "risk",
    Whole.UNREADABLE: "none",
    Whole.ASKED: "use",
    Whole.LATE: "late",
}


@dataclass(frozen=True)
class ReceivedRow:
    """One application as its officers list it; `whole` is how complete it is, `blocks` how many errors it has."""

    number: str
    url: str
    unit: Names
    names: Names
    applied: Decimal | None
    whole_mark: str
    whole: str
    blocks: int | None
    state_mark: str
    state: str
    handler: str
    received_at: datetime


def received_listed(seen: ApplicationQuerySet, scope: Unit, ask: Ask) -> Rows:
    """Return the applications that were asked for; two queries, however many there are."""
    found = _narrowed(_with_deadlines(seen), ask)
    order = [
        F(name).desc(nulls_last=True) if ask.descending else F(name).asc(nulls_last=True) for name in ORDER[ask.sort]
    ]
    end = None if ask.limit is None else ask.offset + ask.limit
    now = clock.now()
    rows = [_row(one, scope, now) for one in found.order_by(*order, "received__sequence")[ask.offset : end]]
    return Rows(rows, found.count())


def _with_deadlines(seen: ApplicationQuerySet) -> ApplicationQuerySet:
    asked = CompletionRequest.objects.waiting().filter(application=OuterRef("pk"))
    return seen.annotate(complete_until=Subquery(asked.values("until")[:1]))


def _narrowed(seen: ApplicationQuerySet, ask: Ask) -> ApplicationQuerySet:
    found, asked = seen, ask.filters
    if text := asked.get("q"):
        sought = Q(register_number__icontains=text)
        for name in ("name__fi", "name__sv", "name__en", "unit__name_fi", "unit__name_sv", "unit__name_en"):
            sought |= contains(name, text)
        found = found.filter(sought)
    if state := asked.get("state"):
        found = found.filter(state=state)
    if handler := asked.get("handler"):
        found = found.filter(received__handler=None if handler == "nobody" else handler)
    if whole := asked.get("whole"):
        found = found.filter(_whole(whole))
    return found


def _whole(wanted: str) -> Q:
    now = clock.now().replace(microsecond=0)
    settled = Q(complete_until=None)
    return {
        Whole.LATE.value: Q(complete_until__lt=now),
        Whole.ASKED.value: Q(complete_until__gte=now),
        Whole.UNREADABLE.value: settled & Q(received__blocks=None),
        Whole.LACKING.value: settled & Q(received__blocks__gt=0),
        Whole.COMPLETE.value: settled & Q(received__blocks=0),
    }[wanted]


def _row(one: Application, scope: Unit, now: datetime) -> ReceivedRow:
    received, until = one.received, getattr(one, "complete_until", None)
    whole = wholeness(Found(blocks=received.blocks), until, now)
    return ReceivedRow(
        number=one.register_number,
        url=reverse("funding:see-received", args=[scope.key, one.pk]),
        unit=one.unit.names,
        names=one.names,
        applied=one.applied,
        whole_mark=WHOLE_MARKS[whole],
        whole=whole_words(whole, received, until),
        blocks=received.blocks,
        state_mark=MARKS[one.state],
        state=str(one.get_state_display()),
        handler=received.handler.full_name if received.handler else "",
        received_at=received.received_at,
    )


def whole_words(whole: Whole, received: Received, until: datetime | None = None) -> str:
    """Return how complete an application is in words, with the counts of findings or the deadline."""
    if whole == Whole.LATE:
        return _("Completion late since %(when)s") % {"when": moment(until)}
    if whole == Whole.ASKED:
        return _("To be completed by %(when)s") % {"when": moment(until)}
    if whole == Whole.UNREADABLE:
        return _("Could not be checked")
    warns = received.warns or 0
    told = []
    if received.blocks:
        told.append(ngettext("%(n)s error", "%(n)s errors", received.blocks) % {"n": received.blocks})
    if warns:
        told.append(ngettext("%(n)s to look at", "%(n)s to look at", warns) % {"n": warns})
    return ", ".join(told) or _("Complete")


def sums_of(seen: ApplicationQuerySet) -> dict[str, Any]:
    """Return how many applications there are and what they ask for together; one query."""
    return seen.order_by().aggregate(count=Count("pk"), asked=Sum("applied"), unknown=Count("pk", Q(applied=None)))
