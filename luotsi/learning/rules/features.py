"""What a score may be computed from: a list of allowed features, each counted from what was known on one day.

Nothing else gets in. Who somebody is (gender, language, age, support) is kept for the audit only; welfare and health
are not kept at all. What guidance was given is left out on purpose: it follows from scores and would feed them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol

from luotsi.base.declarations import marked as _

WEEK = 7
RECENT = 26 * WEEK
YEAR = 52 * WEEK
LAST_WEEKS, WEEKS_BEFORE = 4, 8
DIGITS = 4
AWAY = frozenset({"valiaikaisestikeskeytynyt", "loma"})


class Record(StrEnum):
    """What kind of record a feature is counted from, to open it by."""

    RIGHT = "right"
    LINE = "line"
    PLAN = "plan"
    WORK = "work"
    ABSENCE = "absence"
    JUDGEMENT = "judgement"


@dataclass(frozen=True)
class Feature:
    """A number that a score may be computed from.

    Attributes:
        title: What it is, marked for translation.
        record: What it is counted from.
        more_is: 1 when more of it can only mean more need of guidance, -1 when less, 0 when either: a weight that says
            the opposite is not learnt.
    """

    title: str
    record: Record
    more_is: int


FEATURES: Mapping[str, Feature] = {
    "weeks_studied": Feature(_("Weeks since studies began"), Record.RIGHT, 0),
    "weeks_to_end": Feature(_("Weeks until the estimated end"), Record.RIGHT, 0),
    "interrupted_weeks": Feature(_("Weeks interrupted within a year"), Record.RIGHT, 1),
    "done_share": Feature(_("Share of the studies that is done"), Record.LINE, -1),
    "recent_share": Feature(_("Share of the studies that was done within half a year"), Record.LINE, -1),
    "behind_share": Feature(_("Share of the studies that the plan asked for and that is not done"), Record.LINE, 1),
    "weeks_late": Feature(_("Weeks that studies are late by the plan"), Record.LINE, 1),
    "late_parts": Feature(_("Parts whose day in the plan has passed"), Record.LINE, 1),
    "late_demonstrations": Feature(_("Demonstrations whose day in the plan has passed"), Record.LINE, 1),
    "weeks_since_done": Feature(_("Weeks since a part was done"), Record.LINE, 1),
    "unplanned_share": Feature(_("Share of the parts that have no day in the plan"), Record.LINE, 1),
    "no_plan": Feature(_("No personal plan"), Record.PLAN, 1),
    "plan_weeks": Feature(_("Weeks since the personal plan was changed"), Record.PLAN, 1),
    "work_untold": Feature(_("Planned periods at work that the register does not tell of"), Record.WORK, 1),
    "absence_share": Feature(_("Share of lessons away within four weeks"), Record.ABSENCE, 1),
    "absence_trend": Feature(_("Change in the share of lessons away"), Record.ABSENCE, 1),
    "unexcused_share": Feature(_("Share of lessons away without excuse within four weeks"), Record.ABSENCE, 1),
    "judgement": Feature(_("Teacher's judgement of the start"), Record.JUDGEMENT, -1),
}

# Refused by name wherever they stand in a name, in the languages in which registers name their fields.
PROTECTED = frozenset(
    {
        "gender",
        "sex",
        "sukupuoli",
        "kön",
        "age",
        "ika",
        "ikä",
        "syntyma",
        "birth",
        "language",
        "kieli",
        "aidinkieli",
        "mothertongue",
        "nationality",
        "kansalaisuus",
        "nacionality",
        "origin",
        "religion",
        "uskonto",
        "disability",
        "vamma",
        "vammainen",
        "deprivation",
        "imd",
        "region",
        "scholarship",
        "parent",
        "mother",
        "father",
        "guardian",
        "huoltaja",
        "marital",
        "special",
        "needs",
        "international",
        "displaced",
        "fee",
        "fees",
        "debt",
        "debtor",
    }
)
WELFARE = frozenset(
    {
        "welfare",
        "huolto",
        "oppilashuolto",
        "opiskeluhuolto",
        "health",
        "terveys",
        "diagnosis",
        "diagnoosi",
        "psychologist",
        "psykologi",
        "curator",
        "kuraattori",
        "nurse",
        "terveydenhoitaja",
        "support",
        "tuki",
        "erityinentuki",
        "lastensuojelu",
        "wellbeing",
        "mood",
        "emotion",
        "sentiment",
        "tunne",
    }
)


class NotAllowed(ValueError):
    """A feature that no model of this product may have."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"Not allowed as features: {', '.join(names)}.")
        self.names = tuple(names)


def refuse_others(names: Iterable[str]) -> None:
    """Raise NotAllowed unless every name is on the list; a list that holds what somebody is would not help either."""
    found = sorted({name for name in names if name not in FEATURES or is_personal(name)})
    if found:
        raise NotAllowed(found)


def is_personal(name: str) -> bool:
    """Return True when a word of the name is that of a protected attribute or of welfare."""
    words = "".join(letter if letter.isalpha() else " " for letter in name.casefold()).split()
    return not (PROTECTED | WELFARE).isdisjoint(words)


class Told(Protocol):
    """What a part of studies tells: `Part` has it, and so has a line of progress."""

    @property
    def amount(self) -> Decimal | float | None:
        """How much it is."""

    @property
    def planned_until(self) -> date | None:
        """The last day by the plan."""

    @property
    def done_on(self) -> date | None:
        """When it was passed or recognised."""

    @property
    def recognised(self) -> bool:
        """Acquired before these studies."""

    @property
    def shown_by(self) -> date | None:
        """Until when it is to be demonstrated by the plan."""

    @property
    def shown_on(self) -> date | None:
        """When it was demonstrated."""


class Part(NamedTuple):
    """A part of studies, as a line of progress tells it."""

    amount: float | None
    planned_until: date | None
    done_on: date | None
    recognised: bool = False
    shown_by: date | None = None
    shown_on: date | None = None


class Work(NamedTuple):
    """A period at work, and which of the two registers tells of it."""

    starts_on: date | None
    in_register: bool
    in_plan: bool


class Away(NamedTuple):
    """Hours away in the week of a Monday; None where the file does not tell."""

    week: date
    hours: float
    unexcused: float | None
    lessons: float | None


@dataclass(frozen=True, slots=True)
class Studies:
    """What was known on a day of one right to study; nothing that became known later may be here.

    Attributes:
        periods: States of the right with their first days, in order.
        touched_on: When the plan was changed last, or approved.
        judgement: The latest judgement of a teacher given by the day, 1 to 4.
    """

    starts_on: date | None = None
    estimated_end: date | None = None
    periods: Sequence[tuple[date, str]] = ()
    has_plan: bool = False
    touched_on: date | None = None
    parts: Sequence[Told] = ()
    work: Sequence[Work] = ()
    away: Sequence[Away] = ()
    judgement: int | None = None


def snapshot_of(studies: Studies, on: date) -> dict[str, float | None]:
    """Return every feature of what was known on a day; None = cannot be told, which is never 0.

    Rounded, so that what is kept as JSON is what was counted with.
    """
    found = {
        "weeks_studied": _weeks(studies.starts_on, on),
        "weeks_to_end": _weeks(on, studies.estimated_end),
        "interrupted_weeks": _interrupted(studies.periods, on),
        **_of_parts(studies.parts, studies.starts_on, on),
        "no_plan": 0.0 if studies.has_plan else 1.0,
        "plan_weeks": _weeks(studies.touched_on, on),
        "work_untold": _untold(studies.work, on),
        **_of_absence(studies.away, on),
        "judgement": None if studies.judgement is None else float(studies.judgement),
    }
    return {name: None if value is None else round(value, DIGITS) for name, value in found.items()}


def _weeks(first: date | None, last: date | None) -> float | None:
    return (last - first).days / WEEK if first and last else None


def _interrupted(periods: Sequence[tuple[date, str]], on: date) -> float | None:
    """Return the weeks within a year before the day in which the right was interrupted."""
    if not periods:
        return None
    since, days = on.toordinal() - YEAR, 0
    ends = [*(first for first, _state in periods[1:]), on]
    for (first, state), last in zip(periods, ends, strict=True):
        if state in AWAY:
            days += max(0, min(last, on).toordinal() - max(first.toordinal(), since))
    return days / WEEK


def _of_parts(parts: Sequence[Told], starts_on: date | None, on: date) -> dict[str, float | None]:
    """Return what the lines of progress tell; the sums are those of `progress.progress_on`."""
    total = done = planned = recent = credited = 0.0
    late = unplanned = shows = 0
    last: date | None = None
    since = on - timedelta(days=RECENT)
    asked: list[tuple[date, float]] = []
    for one in parts:
        until, done_on = one.planned_until, one.done_on
        amount = float(one.amount or 0.0)
        total += amount
        is_done = done_on is not None and done_on <= on
        if is_done:
            done += amount
            if not one.recognised and done_on is not None:
                last = done_on if last is None or done_on > last else last
                recent += amount if done_on > since else 0.0
        elif until is None:
            unplanned += 1
        if one.recognised and done_on is not None:  # asked for on the day on which it was recognised
            planned += amount if is_done else 0.0
            credited += amount if is_done else 0.0
        elif until is not None:
            planned += amount if until <= on else 0.0
            late += not is_done and until < on
            asked.append((until, amount))
        shows += one.shown_by is not None and one.shown_by < on and not (one.shown_on and one.shown_on <= on)
    count = len(parts)
    return {
        "done_share": done / total if total else None,
        "recent_share": recent / total if total else None,
        "behind_share": max(0.0, planned - done) / total if total else None,
        "weeks_late": _late(asked, done - credited, on) if count else None,
        "late_parts": float(late) if count else None,
        "late_demonstrations": float(shows) if count else None,
        "weeks_since_done": _weeks(last or starts_on, on),
        "unplanned_share": unplanned / count if count else None,
    }


def _late(asked: list[tuple[date, float]], done: float, on: date) -> float:
    """Return the weeks since the plan first asked for more than what is done; 0 when it does not yet."""
    total = 0.0
    for until, amount in sorted(asked):
        total += amount
        if total > done + 1e-9:
            return max(0, (on - until).days) / WEEK
    return 0.0


def _untold(work: Sequence[Work], on: date) -> float:
    """Return how many planned periods at work have begun without the register telling of them."""
    return float(
        sum(one.in_plan and not one.in_register and bool(one.starts_on and one.starts_on <= on) for one in work)
    )


def _of_absence(away: Sequence[Away], on: date) -> dict[str, float | None]:
    """Return the share of lessons away within four whole weeks, without excuse, and the change from eight before."""
    monday = on.toordinal() - on.weekday()
    last: list[Away] = []
    before: list[Away] = []
    for one in away:
        weeks = (monday - one.week.toordinal()) // WEEK
        if 1 <= weeks <= LAST_WEEKS:
            last.append(one)
        elif LAST_WEEKS < weeks <= LAST_WEEKS + WEEKS_BEFORE:
            before.append(one)
    now = _share([(one.hours, one.lessons) for one in last])
    then = _share([(one.hours, one.lessons) for one in before])
    return {
        "absence_share": now,
        "absence_trend": now - then if now is not None and then is not None else None,
        "unexcused_share": _share([(one.unexcused, one.lessons) for one in last if one.unexcused is not None]),
    }


def _share(weeks: Sequence[tuple[float, float | None]]) -> float | None:
    told = [(hours, lessons) for hours, lessons in weeks if lessons]
    lessons = sum([each for _hours, each in told])
    return sum([hours for hours, _lessons in told]) / lessons if lessons else None
