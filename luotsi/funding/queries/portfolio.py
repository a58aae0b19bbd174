"""What the portfolio shows: every application with what is next, and above them what they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Count, DateTimeField, F, Max, Min, Q, Sum, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from luotsi.base import clock
from luotsi.base.addresses import addresses
from luotsi.base.money import total
from luotsi.base.names import Names
from luotsi.base.texts import names_of
from luotsi.base.wording import contains
from luotsi.funding.models import Application, Funder
from luotsi.funding.models.calls import last_day_of
from luotsi.funding.queries.counting import Figures, drafts_of
from luotsi.funding.queries.state_words import MARKS, next_words
from luotsi.funding.rules import portfolio as rules
from luotsi.funding.rules.next_step import next_of
from luotsi.funding.rules.portfolio import DECIDED, OPEN, WON, Standing, Totals, joined, middle, summed
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from django.db.models import QuerySet

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
WRITTEN = Standing.PREPARING
SUMS = tuple(Figures.__dataclass_fields__)
SHOWN = (
    *("pk", "name", "state", "granted", *SUMS),
    *("unit__name_fi", "unit__name_sv", "unit__name_en"),
    *("call__name", "call__slug", "call__closes_at", "call__closes_on", "call__decides_by"),
    *("call__funder__name", "call__owner__key"),
)
HOUR, MOST_DAYS = len("2026-11-26 14"), 20_000


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
    found, totals = _narrowed(seen, ask), totals_of(seen, drafts)
    end = None if ask.limit is None else ask.offset + ask.limit
    today = clock.today()
    see, see_call = addresses("funding:see-application", scope.key), cache(partial(addresses, "funding:see-call"))
    rows = [
        _row(one, drafts, today, see(one["pk"]), see_call(scope.key, one["call__owner__key"])(one["call__slug"]))
        for one in _ordered(found, ask)[ask.offset : end]
    ]
    return Portfolio(Rows(rows, totals.count if found is seen else found.count()), totals)


def totals_of(seen: ApplicationQuerySet, drafts: Mapping[UUID, Figures]) -> Totals:
    """Return what applications add up to; `drafts` are the sums of forms that are being written. Two queries."""
    states = list(_by_state(seen))
    won = [one for one in states if one["state"] in WON]
    decided = [one for one in states if one["state"] in DECIDED]
    told = [one for one in states if one["state"] in OPEN and not (one["on_form"] and one["state"] == WRITTEN)]
    days, timed = middle(_waits(seen))
    known = [one[place] for one in decided for place in ("first", "last") if one[place]]
    return Totals(
        count=sum(one["count"] for one in states),
        exposure=joined(_sum(told, "own_share"), summed(one.own_share for one in drafts.values())),
        asked=joined(_sum(told, "applied"), summed(one.applied for one in drafts.values())),
        granted=_sum(won, "granted"),
        won=sum(one["count"] for one in won),
        decided=sum(one["count"] for one in decided),
        first_on=min(known, default=None),
        last_on=max(known, default=None),
        days=days,
        timed=timed,
    )


def _by_state(seen: ApplicationQuerySet) -> Iterator[Mapping[str, Any]]:
    sums: dict[str, Any] = {}
    for name in ("own_share", "applied", "granted"):
        sums |= {f"{name}_sum": Sum(name), f"{name}_of": Count(name)}
    grouped = seen.order_by().annotate(on_form=Q(response__isnull=False)).values("state", "on_form")
    yield from grouped.annotate(count=Count("pk"), first=Min("decided_on"), last=Max("decided_on"), **sums)


def _sum(states: list[Mapping[str, Any]], name: str) -> rules.Sum:
    of: int = sum(one[f"{name}_of"] for one in states)
    return rules.Sum(total(one[f"{name}_sum"] for one in states), of, sum(one["count"] for one in states) - of)


def _waits(seen: ApplicationQuerySet) -> Iterator[int]:
    timed = seen.filter(state__in=DECIDED, submitted_at__isnull=False, decided_on__isnull=False).order_by()
    # As text: making a moment and a day of each of thousands is most of what the page would take.
    told = timed.annotate(at=Cast("submitted_at", TextField()), on=Cast("decided_on", TextField()))
    for at, on in told.values_list("at", "on"):
        yield _number_of(on[:10]) - _number_of(at[:HOUR])


@lru_cache(maxsize=MOST_DAYS)
def _number_of(text: str) -> int:
    """Return the number of a day, or of the day in Finland of an hour in UTC: its offset is of whole hours."""
    if len(text) < HOUR:
        return date.fromisoformat(text).toordinal()
    return clock.day_of(datetime.fromisoformat(f"{text}:00+00:00")).toordinal()


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


def _ordered(found: ApplicationQuerySet, ask: Ask) -> QuerySet[Any, dict[str, Any]]:
    """Return what is shown, in its order; as rows, since making records of five kinds takes twice the time."""
    ranks = [When(state=state.value, then=Value(place)) for place, state in enumerate(Standing)]
    keyed = found.annotate(rank=Choose(*ranks, default=Value(len(ranks))))
    if "closes" in ORDER[ask.sort]:
        # The midnight that a day begins with in UTC is after all moments of the day before in Finland, so days keep
        # their order without a time zone, which SQLite would ask Python for, application by application.
        keyed = keyed.annotate(closes=Coalesce("call__closes_at", Cast("call__closes_on", DateTimeField())))
    order = [
        F(name).desc(nulls_last=True) if ask.descending else F(name).asc(nulls_last=True) for name in ORDER[ask.sort]
    ]
    rows: QuerySet[Any, dict[str, Any]] = keyed.order_by(*order, "-begun_at", "pk").values(*SHOWN)
    return rows


def _row(one: Mapping[str, Any], drafts: Mapping[UUID, Figures], today: date, url: str, call_url: str) -> PortfolioRow:
    figures = drafts.get(one["pk"]) or Figures(**{name: one[name] for name in SUMS})
    state, closes_on = one["state"], last_day_of(one["call__closes_at"], one["call__closes_on"])
    found = next_of(Standing(state), closes_on, one["call__decides_by"], figures.ends_on, today)
    return PortfolioRow(
        names=names_of(one["name"]),
        url=url,
        call=names_of(one["call__name"]),
        call_url=call_url,
        funder=names_of(one["call__funder__name"]),
        unit=Names(fi=one["unit__name_fi"], sv=one["unit__name_sv"], en=one["unit__name_en"]),
        mark=MARKS[state],
        word=str(Application.State(state).label),
        applied=figures.applied,
        granted=one["granted"],
        own_share=figures.own_share,
        closes_on=closes_on,
        next=next_words(found),
    )


def funders_of(seen: ApplicationQuerySet) -> list[tuple[str, str]]:
    """Return the funders of the applications, as choices by name; one query."""
    found = Funder.objects.filter(pk__in=seen.order_by().values("call__funder"))
    return sorted(((str(one.pk), one.names.text) for one in found), key=lambda choice: choice[1])
