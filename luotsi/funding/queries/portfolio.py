"""What the portfolio shows: every application with what is next, and above them what they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Count, DateField, F, Max, Min, Q, Sum, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.base.wording import contains
from luotsi.funding.models import Application, Funder
from luotsi.funding.queries.counting import Figures, drafts_of, typed
from luotsi.funding.queries.state_words import MARKS, next_words
from luotsi.funding.rules import portfolio as rules
from luotsi.funding.rules.next_step import next_of
from luotsi.funding.rules.portfolio import DECIDED, OPEN, WON, Standing, Totals, joined, middle, summed
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
    """Return the portfolio of a unit; at most five queries, however many applications there are."""
    drafts = drafts_of(seen)
    found = _narrowed(seen, ask)
    end = None if ask.limit is None else ask.offset + ask.limit
    rows = [_row(one, scope, drafts) for one in _ordered(found, ask)[ask.offset : end]]
    return Portfolio(Rows(rows, found.count()), totals_of(seen, drafts))


def totals_of(seen: ApplicationQuerySet, drafts: Mapping[UUID, Figures]) -> Totals:
    """Return what applications add up to; `drafts` are the sums of forms that are being written. Two queries."""
    written = Q(state=Standing.PREPARING, response__isnull=False)
    open_ones = Q(state__in=OPEN) & ~written
    of = {"own_share": open_ones, "applied": open_ones, "granted": Q(state__in=WON)}
    asked: dict[str, Any] = {"decided": Count("pk", filter=Q(state__in=DECIDED))}
    for name, among in of.items():
        asked |= {
            f"{name}_sum": Sum(name, filter=among),
            f"{name}_of": Count(name, filter=among),
            f"{name}_all": Count("pk", filter=among),
        }
    when = Q(state__in=DECIDED)
    asked |= {"first": Min("decided_on", filter=when), "last": Max("decided_on", filter=when)}
    told = seen.order_by().aggregate(**asked)
    sums = {name: _sum(told, name) for name in of}
    days, timed = middle(_waits(seen))
    return Totals(
        exposure=joined(sums["own_share"], summed(one.own_share for one in drafts.values())),
        asked=joined(sums["applied"], summed(one.applied for one in drafts.values())),
        granted=sums["granted"],
        won=told["granted_all"],
        decided=told["decided"],
        first_on=told["first"],
        last_on=told["last"],
        days=days,
        timed=timed,
    )


def _sum(told: Mapping[str, Any], name: str) -> rules.Sum:
    of: int = told[f"{name}_of"]
    return rules.Sum(told[f"{name}_sum"], of, told[f"{name}_all"] - of)


def _waits(seen: ApplicationQuerySet) -> Iterator[int]:
    timed = seen.filter(state__in=DECIDED, submitted_at__isnull=False, decided_on__isnull=False)
    for submitted_at, decided_on in timed.order_by().values_list("submitted_at", "decided_on"):
        if submitted_at is not None and decided_on is not None:
            yield (decided_on - clock.day_of(submitted_at)).days


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
    keyed = found.annotate(rank=Choose(*ranks, default=Value(len(ranks))))
    if "closes" in ORDER[ask.sort]:
        day = TruncDate("call__closes_at", tzinfo=clock.HELSINKI)
        keyed = keyed.annotate(closes=Coalesce("call__closes_on", day, output_field=DateField()))
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
