"""When studies will be done: at the learner's own pace or another one, with a break; and the pace of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from luotsi.learning.rules.progress import NOTHING, WEEK, Line, end_at, pace_of, progress_on

# The pace is that of the last year: it holds each season once, and a slow beginning is left behind.
PACE_WEEKS = 52
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Outlook:
    """What comes of a pace.

    Attributes:
        left: What is not done of all that the plan has.
        pace: The amount in a week that `ends_on` is counted with; None where nothing tells one.
        own: The learner's own pace; None before the first whole week.
        ends_on: The day on which all is done; None when nothing is done in a week.
        planned: The day on which the plan has all done.
        needed: The amount in a week, rounded up to a tenth, that reaches that day; None when it is past.
    """

    left: Decimal
    pace: Decimal | None
    own: Decimal | None
    ends_on: date | None
    planned: date | None
    needed: Decimal | None

    @property
    def days_late(self) -> int | None:
        """How many days after the plan the end comes; None where either is not known."""
        return (self.ends_on - self.planned).days if self.ends_on and self.planned else None


def outlook_of(
    lines: Sequence[Line],
    day: date,
    since: date | None,
    *,
    planned: date | None = None,
    pace: Decimal | None = None,
    breaks: Sequence[tuple[date, date]] = (),
) -> Outlook:
    """Return what comes of a pace from a day on.

    Args:
        lines: the parts of the studies.
        day: the day it is counted on.
        since: the day on which the studies began.
        planned: the day of the end by the register; the last day of the plan where it has one wins.
        pace: an amount in a week to try; by default the learner's own.
        breaks: first and last day of times in which nothing is done.
    """
    found = progress_on(day, lines)
    left = max(found.total - found.done, NOTHING)
    begun = max(filter(None, (since, day - timedelta(weeks=PACE_WEEKS))), default=day)
    own = pace_of(lines, begun, day)
    taken = pace if pace is not None else own
    last = max((one.planned_until for one in lines if one.planned_until), default=planned)
    return Outlook(
        left=left,
        pace=taken,
        own=own,
        ends_on=end_at(day, left, taken or NOTHING, breaks),
        planned=last,
        needed=_needed(left, day, last, breaks),
    )


def _needed(left: Decimal, day: date, last: date | None, breaks: Sequence[tuple[date, date]]) -> Decimal | None:
    """Return the pace that reaches the last day, without the days of breaks."""
    if last is None or left <= 0:
        return None
    away = {
        first + timedelta(days=place)
        for first, until in breaks
        for place in range((min(until, last) - first).days + 1)
        if first + timedelta(days=place) > day
    }
    days = (last - day).days - len(away)
    return (left / days * WEEK).quantize(TENTH, ROUND_CEILING) if days > 0 else None
