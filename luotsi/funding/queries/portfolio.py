"""What the portfolio shows: every application with what is next, and above them what they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import DateField, F, Q, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.base.wording import contains
from luotsi.funding.models import Application, Funder
from luotsi.funding.queries.counting import Figures, drafts_of, typed
from luotsi.funding.queries.state_words import MARKS, next_words
from luotsi.funding.rules.next_step import next_of
from luotsi.funding.rules.portfolio import DECIDED, OPEN, Case, Standing, Totals, added_up
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.people.models import Unit
    from luotsi.ui.lists import Ask

WORDS = ("name", "call__name", "call__funder__name")
ORDER = {
    "name": ("name__fi", "name__sv", "name__en"),
    "call": ("call__name__fi", "call__name__sv"),
    "funder": ("call__funder__name__fi", "call__funder__name__sv"),
    "unit": ("unit__name_fi", "unit__name_sv"),
    "state": ("rank",),
    "applied": ("applied",),
    "granted": ("granted",),
    "own": ("own_share",),
    "closes": ("closes",),
    "next": ("rank", "closes"),
}
GROUPS = {"open": OPEN, "decided": DECIDED}


@dataclass(frozen=True)
class PortfolioRow:
    """One application of the portfolio; `closes` in words, with the clock time only where the call states one."""

    names: Names
    url: str
    call: Names
    call_url: str
    funder: Names
    unit: Names
    mark: str
    word: str
    applied: Decimal | None
    granted: Decimal | None
    own_share: Decimal | None
    closes_on: date | None
    next: str


@dataclass(frozen=True)
class Portfolio:
    """The rows that were asked for and what all that the visitor sees adds up to."""

    rows: Rows
    totals: Totals


def portfolio_of(seen: ApplicationQuerySet, scope: Unit, ask: Ask) -> Portfolio:
    """Return the portfolio of a unit; at most four queries, however many applications there are."""
    light = list(seen.values_list("pk", "state", "response", *CASE))
    drafts = drafts_of(pk for pk, state, response, *_rest in light if state == Standing.PREPARING and response)
    totals = added_up(_case(row, drafts) for row in light)
    found = _ordered(_narrowed(seen, ask), ask)
    total = len(light) if not ask.filters else found.count()
    end = None if ask.limit is None else ask.offset + ask.limit
    return Portfolio(Rows([_row(one, scope, drafts) for one in found[ask.offset : end]], total), totals)


CASE = ("applied", "own_share", "granted", "submitted_at", "decided_on")


def _case(row: tuple[Any, ...], drafts: Mapping[UUID, Figures]) -> Case:
    pk, state, _response, applied, own_share, granted, submitted_at, decided_on = row
    made = Case(
        standing=Standing(state),
        applied=applied,
        own_share=own_share,
        granted=granted,
        submitted_on=clock.day_of(submitted_at) if submitted_at and decided_on else None,
        decided_on=decided_on,
    )
    if (counted := drafts.get(pk)) is None:
        return made
    return replace(made, applied=counted.applied, own_share=counted.own_share)


def _narrowed(seen: ApplicationQuerySet, ask: Ask) -> ApplicationQuerySet:
    found, asked = seen, ask.filters
    if text := asked.get("q"):
        sought = Q(register_number__icontains=text) | Q(call__register_number__icontains=text)
        for word in WORDS:
            for code in ("fi", "sv", "en"):
                sought |= contains(f"{word}__{code}", text)
        found = found.filter(sought)
    if state := asked.get("state"):
        found = found.filter(state__in=GROUPS.get(state, {state}))
    if funder := asked.get("funder"):
        found = found.filter(call__funder=funder)
    return found


def _ordered(found: ApplicationQuerySet, ask: Ask) -> ApplicationQuerySet:
    ranks = [When(state=state.value, then=Value(place)) for place, state in enumerate(Standing)]
    closes = Coalesce(TruncDate("call__closes_at", tzinfo=clock.HELSINKI), "call__closes_on", output_field=DateField())
    keyed = found.annotate(rank=Choose(*ranks, default=Value(len(ranks))), closes=closes)
    order = [
        F(name).desc(nulls_last=True) if ask.descending else F(name).asc(nulls_last=True) for name in ORDER[ask.sort]
    ]
    return keyed.order_by(*order, "-begun_at", "pk").select_related("unit", "call__funder", "call__owner")


def _row(one: Application, scope: Unit, drafts: Mapping[UUID, Figures]) -> PortfolioRow:
    figures, call = drafts.get(one.pk) or typed(one), one.call
    closes_on = call.last_day
    found = next_of(Standing(one.state), closes_on, call.decides_by, figures.ends_on, clock.today())
    return PortfolioRow(
        names=one.names,
        url=reverse("funding:see-application", args=[scope.key, one.pk]),
        call=call.names,
        call_url=reverse("funding:see-call", args=[scope.key, call.owner.key, call.slug]),
        funder=call.funder.names,
        unit=one.unit.names,
        mark=MARKS[one.state],
        word=one.get_state_display(),
        applied=figures.applied,
        granted=one.granted,
        own_share=figures.own_share,
        closes_on=closes_on,
        next=next_words(found),
    )


def funders_of(seen: ApplicationQuerySet) -> list[tuple[str, str]]:
    """Return the funders of the applications, as choices by name; one query."""
    found = Funder.objects.filter(pk__in=seen.values("call__funder"))
    return sorted(((str(one.pk), one.names.text) for one in found), key=lambda choice: choice[1])
