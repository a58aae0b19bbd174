"""What is seen of a learner on a day, as it is kept beside a score: enough to count the score again, and no more.

Every fact carries the key and the day of its record, so that a reason opens to where it comes from. Kept as JSON and
read again, it is the same thing: sums of points are kept as text, never as a float.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

NOTHING = Decimal(0)


class Record(NamedTuple):
    """What a reason opens to: the kind of record, its key, and the day it tells about."""

    kind: str
    ref: str
    on: date

    def kept(self) -> dict[str, str]:
        """Return it as JSON."""
        return {"kind": self.kind, "ref": self.ref, "on": self.on.isoformat()}


@dataclass(frozen=True)
class Due:
    """A part whose day in the plan has passed, or the demonstration of one."""

    ref: str
    name: str
    until: date


@dataclass(frozen=True)
class Away:
    """Hours away in the week that begins on `week`; `lessons` None = hours of teaching not told."""

    ref: str
    week: date
    hours: Decimal
    lessons: Decimal | None


@dataclass(frozen=True)
class Planned:
    """The personal plan: when it was last changed."""

    ref: str
    touched_on: date | None


@dataclass(frozen=True)
class Judged:
    """A teacher's judgement of the start: 4 surely, 3 probably, 2 not sure, 1 hardly."""

    ref: str
    on: date
    value: int


@dataclass(frozen=True)
class Seen:
    """What is known of a learner on a day.

    Attributes:
        right: The OID of the right to study that is looked at.
        begun: When it began.
        paused_since: Since when studies are interrupted; None when they are not.
        behind: What the plan asked for and is not done, in points or weeks of studies.
        weeks_late: Weeks since the plan first asked for more than what is done.
        parts: How many parts there are, of which `undated` have no day in the plan and are not done.
        late: The late parts from the oldest on, three at most; `late_parts` counts all.
        showings: Likewise the demonstrations whose day has passed; `showings_late` counts all.
        passed_on: When a part was last passed, by the record `passed`.
        weeks: Hours away in the last four whole weeks, as far as they are told.
    """

    day: date
    right: str
    begun: date | None = None
    paused_since: date | None = None
    behind: Decimal = NOTHING
    weeks_late: Decimal = NOTHING
    parts: int = 0
    undated: int = 0
    late_parts: int = 0
    late: tuple[Due, ...] = ()
    showings_late: int = 0
    showings: tuple[Due, ...] = ()
    passed_on: date | None = None
    passed: str = ""
    weeks: tuple[Away, ...] = ()
    plan: Planned | None = None
    judgement: Judged | None = None

    def kept(self) -> dict[str, Any]:
        """Return it as JSON."""
        plan, judged = self.plan, self.judgement
        return {
            "day": self.day.isoformat(),
            "right": self.right,
            "begun": _text(self.begun),
            "paused_since": _text(self.paused_since),
            "behind": str(self.behind),
            "weeks_late": str(self.weeks_late),
            "parts": self.parts,
            "undated": self.undated,
            "late_parts": self.late_parts,
            "late": [[one.ref, one.name, one.until.isoformat()] for one in self.late],
            "showings_late": self.showings_late,
            "showings": [[one.ref, one.name, one.until.isoformat()] for one in self.showings],
            "passed_on": _text(self.passed_on),
            "passed": self.passed,
            "weeks": [[one.ref, one.week.isoformat(), str(one.hours), _text(one.lessons)] for one in self.weeks],
            "plan": [plan.ref, _text(plan.touched_on)] if plan else None,
            "judgement": [judged.ref, judged.on.isoformat(), judged.value] if judged else None,
        }


def seen_from(kept: Mapping[str, Any]) -> Seen:
    """Return what was kept as JSON. Raises KeyError or ValueError when it is not what `Seen.kept` writes."""
    plan, judged = kept["plan"], kept["judgement"]
    return Seen(
        day=date.fromisoformat(kept["day"]),
        right=kept["right"],
        begun=_day(kept["begun"]),
        paused_since=_day(kept["paused_since"]),
        behind=Decimal(kept["behind"]),
        weeks_late=Decimal(kept["weeks_late"]),
        parts=kept["parts"],
        undated=kept["undated"],
        late_parts=kept["late_parts"],
        late=tuple(Due(ref, name, date.fromisoformat(until)) for ref, name, until in kept["late"]),
        showings_late=kept["showings_late"],
        showings=tuple(Due(ref, name, date.fromisoformat(until)) for ref, name, until in kept["showings"]),
        passed_on=_day(kept["passed_on"]),
        passed=kept["passed"],
        weeks=tuple(
            Away(ref, date.fromisoformat(week), Decimal(hours), None if lessons is None else Decimal(lessons))
            for ref, week, hours, lessons in kept["weeks"]
        ),
        plan=Planned(plan[0], _day(plan[1])) if plan else None,
        judgement=Judged(judged[0], date.fromisoformat(judged[1]), judged[2]) if judged else None,
    )


def _text(value: date | Decimal | None) -> str | None:
    return None if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
