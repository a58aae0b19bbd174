"""What an own call needs before everybody may read it, and how its closing may be moved afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

BOTH = frozenset({"fi", "sv"})  # what a public authority writes in: both national languages
WHOLE = Decimal(100)


class Point(StrEnum):
    """One point of the checklist."""

    NAME = "name"
    TEXT = "text"
    APPLICANTS = "applicants"
    ELIGIBILITY = "eligibility"
    BUDGET = "budget"
    OPENS = "opens"
    CLOSES = "closes"
    AHEAD = "ahead"
    FORM = "form"
    CRITERIA = "criteria"
    WEIGHTS = "weights"
    OFFICERS = "officers"
    SHARE = "share"
    MAXIMUM = "maximum"
    COSTS = "costs"
    CENTS = "cents"
    PERIOD = "period"
    CHANGES = "changes"


# What a call may leave unsaid: the page then says that the call does not state it.
ADVISED = frozenset({Point.SHARE, Point.MAXIMUM, Point.COSTS, Point.CENTS, Point.PERIOD, Point.CHANGES})


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """A criterion: the languages of its name, and its weight."""

    languages: frozenset[str]
    weight: Decimal


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """An own call as far as it is ready. Languages are those in which a text is written; None is not said."""

    name: frozenset[str] = frozenset()
    text: frozenset[str] = frozenset()
    eligibility: frozenset[str] = frozenset()
    applicants: str = ""
    budget: Decimal | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    has_form: bool = False
    criteria: tuple[Weighed, ...] = ()
    officers: int = 0
    share: bool = False
    maximum: bool = False
    costs: bool = False
    cents: bool = False
    period: bool = False
    changes: bool = False


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A point of the checklist; `is_needed` False where the call may be published without it."""

    point: Point
    is_done: bool
    is_needed: bool


def checklist(prepared: Prepared, now: datetime) -> tuple[Checked, ...]:
    """Return every point with whether it is done, those that are needed first."""
    found = [
        Checked(point=point, is_done=done, is_needed=point not in ADVISED) for point, done in _points(prepared, now)
    ]
    return tuple(sorted(found, key=lambda one: not one.is_needed))


def _points(one: Prepared, now: datetime) -> Iterator[tuple[Point, bool]]:
    yield Point.NAME, one.name >= BOTH
    yield Point.TEXT, one.text >= BOTH
    yield Point.APPLICANTS, bool(one.applicants)
    yield Point.ELIGIBILITY, one.eligibility >= BOTH
    yield Point.BUDGET, one.budget is not None and one.budget > 0
    yield Point.OPENS, one.opens_at is not None
    yield Point.CLOSES, one.closes_at is not None
    if one.closes_at is not None:
        yield Point.AHEAD, one.closes_at > now
    yield Point.FORM, one.has_form
    yield Point.CRITERIA, bool(one.criteria) and all(criterion.languages >= BOTH for criterion in one.criteria)
    yield Point.WEIGHTS, not left_to_weigh(criterion.weight for criterion in one.criteria)
    yield Point.OFFICERS, one.officers > 0
    yield Point.SHARE, one.share
    yield Point.MAXIMUM, one.maximum
    yield Point.COSTS, one.costs
    yield Point.CENTS, one.cents
    yield Point.PERIOD, one.period
    yield Point.CHANGES, one.changes


def lacking(prepared: Prepared, now: datetime) -> tuple[Point, ...]:
    """Return what keeps the call from being published."""
    return tuple(one.point for one in checklist(prepared, now) if one.is_needed and not one.is_done)


def left_to_weigh(weights: Iterable[Decimal]) -> Decimal:
    """Return how much the weights fall short of 100; below zero where they are more, zero where they sum to it."""
    return WHOLE - sum(weights, Decimal(0))


class Wrong(StrEnum):
    """Why a closing cannot be moved as asked."""

    OVER = "over"  # the call has closed or was withdrawn
    DRAFT = "draft"  # not published: the draft is changed instead
    EARLIER = "earlier"  # an open call never closes earlier than it said
    SAME = "same"  # it closes then already
    PAST = "past"  # the moment has passed
    BEFORE_OPENING = "before_opening"


def moving(state: str, *, opens_at: datetime | None, was: datetime, to: datetime, now: datetime) -> Wrong | None:
    """Return why the closing of a call cannot be moved; None when it can.

    Args:
        state: of the call: draft, coming, open, closed or withdrawn.
        opens_at: from when it is open.
        was: when it closes now.
        to: when it shall close.
        now: the present moment.
    """
    if state in {"closed", "withdrawn"}:
        return Wrong.OVER
    if state == "draft":
        return Wrong.DRAFT
    if to == was:
        return Wrong.SAME
    if state == "open" and to < was:
        return Wrong.EARLIER
    if to <= now:
        return Wrong.PAST
    return Wrong.BEFORE_OPENING if opens_at is not None and to <= opens_at else None
