"""The index of rules: who may need guidance, counted in points from what the registers say, with the reasons.

It needs no history and no model, and it is called rules wherever it is shown. Every fact gives points by the steps of
one table; more of a fact never gives fewer points. What is not known gives none and is told as missing. The sum puts a
learner into one of three bands. The steps are this product's own choice, to be judged by outcomes, not a measurement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from luotsi.learning.rules.kept import Away, Due, Judged, Planned, Record, Seen

VERSION = "1"
MOST_REASONS = 3
FIRST_FROM = 6
SOON_FROM = 3
JUDGED_FOR = 182
WITHOUT_PLAN = 30
LEAST_WEEKS = 2


class Band(StrEnum):
    """How a sum of points is told."""

    FIRST = "first"
    SOON = "soon"
    FINE = "fine"


class Why(StrEnum):
    """What gives points."""

    LATE = "late"
    AWAY = "away"
    NO_PLAN = "no_plan"
    STALE_PLAN = "stale_plan"
    SHOWING = "showing"
    JUDGEMENT = "judgement"
    IDLE = "idle"
    PAUSED = "paused"


class Gap(StrEnum):
    """What is not known, and so gives no points."""

    PARTS = "parts"
    DAYS = "days"
    ABSENCES = "absences"
    JUDGEMENT = "judgement"


# From which value on a fact gives how many points; the last step that is reached counts.
STEPS: Mapping[Why, tuple[tuple[Decimal, int], ...]] = {
    # weeks since the plan first asked for more than what is done
    Why.LATE: ((Decimal(2), 1), (Decimal(6), 2), (Decimal(12), 3), (Decimal(24), 4)),
    # share of the hours of teaching missed in the last four weeks
    Why.AWAY: ((Decimal("0.10"), 1), (Decimal("0.20"), 2), (Decimal("0.35"), 3)),
    # days since studies began, without a plan
    Why.NO_PLAN: ((Decimal(WITHOUT_PLAN), 2), (Decimal(90), 3)),
    # days since the plan was last changed
    Why.STALE_PLAN: ((Decimal(90), 1), (Decimal(180), 2)),
    # demonstrations whose day has passed
    Why.SHOWING: ((Decimal(1), 1), (Decimal(3), 2)),
    # a judgement of the start: 2 = not sure, 1 = hardly (the item is turned round: 5 less the judgement)
    Why.JUDGEMENT: ((Decimal(3), 1), (Decimal(4), 3)),
    # days since a part was last passed, while parts are late
    Why.IDLE: ((Decimal(120), 1), (Decimal(210), 2)),
    # days of an interruption
    Why.PAUSED: ((Decimal(60), 1), (Decimal(180), 2)),
}
ORDER = {why: place for place, why in enumerate(Why)}


class Reason(NamedTuple):
    """Why there are points: what, how many, by which record of which day, and what its sentence needs."""

    why: Why
    points: int
    record: Record
    params: Mapping[str, str]

    def kept(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "why": self.why.value,
            "points": self.points,
            "record": self.record.kept(),
            "params": dict(self.params),
        }


@dataclass(frozen=True)
class Index:
    """The points of a learner, the band, all reasons from the heaviest on, and what is not known."""

    points: int
    band: Band
    reasons: tuple[Reason, ...]
    gaps: tuple[Gap, ...]

    @property
    def told(self) -> tuple[Reason, ...]:
        """The reasons that are told: three at most."""
        return self.reasons[:MOST_REASONS]


def index_of(seen: Seen) -> Index:
    """Return the index of what is seen of a learner on a day; the same facts always give the same index."""
    points, reasons = summed(reasons_of(seen))
    return Index(points, band_of(points), reasons, tuple(_gaps(seen)))


def summed(facts: Mapping[Why, Reason]) -> tuple[int, tuple[Reason, ...]]:
    """Return the points that facts come to, and those that give any from the heaviest on."""
    reasons = [one for one in facts.values() if one.points]
    reasons.sort(key=lambda one: (-one.points, ORDER[one.why]))
    return sum(one.points for one in reasons), tuple(reasons)


def band_of(points: int) -> Band:
    """Return the band of a sum of points."""
    if points >= FIRST_FROM:
        return Band.FIRST
    return Band.SOON if points >= SOON_FROM else Band.FINE


def points_for(why: Why, value: Decimal | int) -> int:
    """Return the points that a fact of this value gives."""
    found = 0
    for least, points in STEPS[why]:
        if value < least:
            break
        found = points
    return found


def reasons_of(seen: Seen) -> dict[Why, Reason]:
    """Return every fact that has a record, with its points, also those that give none: a model's reasons use them."""
    return {one.why: one for one in _facts(seen)}


def rests_on(seen: Seen) -> frozenset[tuple[str, str, str]]:
    """Return what the points of somebody rest on: each fact with the kind and key of its record."""
    return frozenset(
        (one.why.value, one.record.kind, one.record.ref) for one in reasons_of(seen).values() if one.points
    )


def share_away(weeks: tuple[Away, ...]) -> Decimal | None:
    """Return the share of teaching missed in the weeks told; None when fewer than two tell the hours of teaching."""
    told = [one for one in weeks if one.lessons]
    if len(told) < LEAST_WEEKS:
        return None
    lessons = sum((one.lessons for one in told if one.lessons), Decimal(0))
    return min(sum((one.hours for one in told), Decimal(0)) / lessons, Decimal(1))


def _facts(seen: Seen) -> Iterator[Reason]:
    if seen.paused_since is not None:
        days = (seen.day - seen.paused_since).days
        yield _reason(Why.PAUSED, days, Record("right", seen.right, seen.paused_since))
    elif seen.late:
        yield from _late(seen, seen.late[0])
    if seen.showings:
        first = seen.showings[0]
        params = {"n": str(seen.showings_late), "name": first.name}
        yield _reason(Why.SHOWING, seen.showings_late, Record("line", first.ref, first.until), params)
    yield from _plan(seen, seen.plan)
    yield from _away(seen.weeks)
    if seen.judgement is not None and (seen.day - seen.judgement.on).days <= JUDGED_FOR:
        yield _judged(seen.judgement)


def _late(seen: Seen, first: Due) -> Iterator[Reason]:
    params = {"behind": str(seen.behind), "weeks": str(seen.weeks_late), "n": str(seen.late_parts), "name": first.name}
    yield _reason(Why.LATE, seen.weeks_late, Record("line", first.ref, first.until), params)
    if (since := seen.passed_on or seen.begun) is not None:
        days = (seen.day - since).days
        record = Record("line", seen.passed, since) if seen.passed else Record("right", seen.right, since)
        yield _reason(Why.IDLE, days, record, {"days": str(days)})


def _plan(seen: Seen, plan: Planned | None) -> Iterator[Reason]:
    if plan is None:
        if seen.begun is not None:
            days = (seen.day - seen.begun).days
            yield _reason(Why.NO_PLAN, days, Record("right", seen.right, seen.begun), {"days": str(days)})
    elif plan.touched_on is not None:
        days = (seen.day - plan.touched_on).days
        yield _reason(Why.STALE_PLAN, days, Record("plan", plan.ref, plan.touched_on), {"days": str(days)})


def _away(weeks: tuple[Away, ...]) -> Iterator[Reason]:
    share = share_away(weeks)
    if share is None:
        return
    heaviest = max(weeks, key=lambda one: (one.hours, one.week))
    hours = sum((one.hours for one in weeks if one.lessons), Decimal(0))
    lessons = sum((one.lessons for one in weeks if one.lessons), Decimal(0))
    params = {"hours": str(hours), "lessons": str(lessons)}
    yield _reason(Why.AWAY, share, Record("absence", heaviest.ref, heaviest.week), params)


def _judged(judgement: Judged) -> Reason:
    turned = 5 - judgement.value
    record = Record("judgement", judgement.ref, judgement.on)
    return _reason(Why.JUDGEMENT, turned, record, {"value": str(judgement.value)})


def _reason(why: Why, value: Decimal | int, record: Record, params: Mapping[str, str] | None = None) -> Reason:
    return Reason(why, points_for(why, value), record, params or {})


def _gaps(seen: Seen) -> Iterator[Gap]:
    if not seen.parts:
        yield Gap.PARTS
    elif seen.undated * 2 > seen.parts:
        yield Gap.DAYS
    if share_away(seen.weeks) is None:
        yield Gap.ABSENCES
    if seen.judgement is None:
        yield Gap.JUDGEMENT
