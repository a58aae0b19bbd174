"""What is to be said of a planned path: what keeps it from being saved, and what one should know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from luotsi.learning.rules.koski import State
from luotsi.learning.rules.tuva.completion import Gap, gaps
from luotsi.learning.rules.tuva.limits import PARTS
from luotsi.learning.rules.tuva.paths import HOME, NOTHING, Break, Path, Permit, Registers, Studies

ELECTIVE = "104"
LAST_HOLIDAY = date(2025, 12, 31)  # KOSKI takes no holiday after it (reform of the funding of vocational education)
GRADES = range(4, 11)
WEEK = 7


class Point(StrEnum):
    """What is said; `WRONG` tells which of them keep a path from being saved."""

    AMOUNT = "amount"
    PART = "part"
    OVER = "over"
    OVERALL = "overall"
    HOME = "home"
    TURNED = "turned"
    EARLY = "early"
    UNNAMED = "unnamed"
    GRADES = "grades"
    PLANNING = "planning"
    OTHERS = "others"
    SHORT = "short"
    LATE = "late"
    FULL = "full"
    LESS = "less"
    UNDATED = "undated"
    PERMIT = "permit"


WRONG = frozenset(
    {
        Point.AMOUNT,
        Point.PART,
        Point.OVER,
        Point.OVERALL,
        Point.HOME,
        Point.TURNED,
        Point.EARLY,
        Point.UNNAMED,
        Point.GRADES,
    }
)


@dataclass(frozen=True)
class Remark:
    """Something to be said: what, of which part, of which item (its place; None = of the whole), with its values.

    `gap` is told of what stands in the way of completion.
    """

    point: Point
    part: str = ""
    item: int | None = None
    values: dict[str, object] = field(default_factory=dict)
    gap: Gap | None = None

    @property
    def is_wrong(self) -> bool:
        """True for what keeps the path from being saved."""
        return self.point in WRONG


def judge(path: Path, registers: Registers) -> tuple[Remark, ...]:
    """Return everything to be said of a path, what is wrong first."""
    said = [*_of_items(path), *_of_days(path, registers), *_of_breaks(path), *_of_weeks(path, registers)]
    if registers.permit and path.permit != registers.permit:
        said.append(Remark(Point.PERMIT, values={"permit": path.permit, "told": registers.permit}))
    return tuple(sorted(said, key=lambda one: (not one.is_wrong, list(Point).index(one.point))))


def _of_items(path: Path) -> Iterator[Remark]:
    for place, one in enumerate(path.items):
        if one.part not in PARTS:
            yield Remark(Point.PART, one.part, place)
        if one.weeks <= NOTHING:
            yield Remark(Point.AMOUNT, one.part, place, {"weeks": one.weeks})
        home = HOME.get(one.studies, one.part)
        if one.part != home:
            yield Remark(Point.HOME, one.part, place, {"home": home, "studies": one.studies})
        if not one.name and (one.part == ELECTIVE or one.studies is not Studies.OWN):
            yield Remark(Point.UNNAMED, one.part, place)
        if (one.studies is Studies.RAISED) != _raises(one.grade_from, one.grade_to):
            yield Remark(Point.GRADES, one.part, place)


def _raises(grade_from: int | None, grade_to: int | None) -> bool:
    """Return True for two grades of which the second is better; a grade told of other studies is no raise at all."""
    if grade_from is None and grade_to is None:
        return False
    told = grade_from in GRADES and grade_to in GRADES
    return bool(told and grade_from is not None and grade_to is not None and grade_from < grade_to)


def _of_days(path: Path, registers: Registers) -> Iterator[Remark]:
    begins = max(filter(None, (path.starts_on, registers.starts_on)))
    last = registers.ended_on or registers.estimated_end
    for place, one in enumerate(path.items):
        if one.starts_on is None or one.ends_on is None:
            yield Remark(Point.UNDATED, one.part, place)
        elif one.ends_on < one.starts_on:
            yield Remark(Point.TURNED, one.part, place)
        if one.starts_on and one.starts_on < begins:
            yield Remark(Point.EARLY, one.part, place, {"day": one.starts_on, "begins": begins})
        if one.ends_on and last and one.ends_on > last:
            yield Remark(Point.LATE, one.part, place, {"day": one.ends_on, "last": last})
    for monday, load in loads(path).items():
        if load > path.weekly:
            yield Remark(
                Point.FULL, values={"week": monday, "load": load.quantize(Decimal("0.1")), "most": path.weekly}
            )
            return


def _of_breaks(path: Path) -> Iterator[Remark]:
    for one in path.breaks:
        if one.ends_on < one.starts_on:
            yield Remark(Point.TURNED, values={"day": one.starts_on})


def state_of(one: Break, permit: str) -> State:
    """Return the state in which a break is told to the register of studies: only one permit ever knew a holiday."""
    return State.HOLIDAY if permit == Permit.VOCATIONAL and one.ends_on <= LAST_HOLIDAY else State.AWAY


def _of_weeks(path: Path, registers: Registers) -> Iterator[Remark]:
    for gap in gaps(path.weeks):
        yield Remark(Point(gap.lack.value), gap.part, gap=gap)
    for part, done in registers.done.items():
        planned = path.weeks.get(part, NOTHING)
        if planned < done:
            yield Remark(Point.LESS, part, values={"planned": planned, "done": done})


def loads(path: Path) -> dict[date, Decimal]:
    """Return how many weeks of studies fall on each week of the calendar, by its Monday, in order.

    An item falls evenly on its days; days of breaks have nothing, what would be on them falls on the others. Items
    without both days, and those whose days are all breaks, fall on none.
    """
    found: dict[date, Decimal] = {}
    for one in path.items:
        if one.starts_on is None or one.ends_on is None:
            continue
        days = [day for day in _days(one.starts_on, one.ends_on) if not any(a <= day <= b for a, b in path.pauses)]
        for day in days:
            monday = day - timedelta(days=day.weekday())
            found[monday] = found.get(monday, NOTHING) + one.weeks / len(days)
    return dict(sorted(found.items()))


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last and (day - first).days < WEEK * 200:
        yield day
        day += timedelta(days=1)
