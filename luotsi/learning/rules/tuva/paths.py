"""A path through preparatory studies (TUVA) as it is planned, and what the registers tell beside it.

A path is items: so many weeks of a part, from a day until a day. An item may be preparatory studies themselves,
studies of vocational or upper secondary education, or raising a grade of basic education; each of those has its part.
Weeks are what the register counts; points and credits are told beside them and never turned into weeks by a rule of
thumb, since how much a week is worth is for those who teach to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

NOTHING = Decimal(0)


class Permit(StrEnum):
    """Under which permit the studies are arranged (code list tuvajarjestamislupa); it never changes."""

    VOCATIONAL = "ammatillinen"
    GENERAL = "lukio"
    BASIC = "perusopetus"


class Studies(StrEnum):
    """What an item is studies of."""

    OWN = "own"
    VOCATIONAL = "vocational"
    GENERAL = "general"
    RAISED = "raised"


# The part that studies of another kind belong to (code list koulutuksenosattuva); those of its own may be in each.
HOME = {Studies.VOCATIONAL: "105", Studies.GENERAL: "106", Studies.RAISED: "107"}


@dataclass(frozen=True)
class Item:
    """So many weeks of a part.

    Attributes:
        points: Points of competence (vocational) or credits (upper secondary) that come of it; None = not told.
        grade_from: The grade of basic education that is to be raised, 4 to 9.
        grade_to: The grade that is aimed at, 5 to 10.
    """

    part: str
    weeks: Decimal
    studies: Studies = Studies.OWN
    name: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    points: Decimal | None = None
    grade_from: int | None = None
    grade_to: int | None = None


@dataclass(frozen=True)
class Break:
    """A time without studies, both days included."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Path:
    """Somebody's preparatory studies as they are planned; `weekly` = weeks of studies in a week of the calendar."""

    permit: str
    starts_on: date
    items: tuple[Item, ...] = ()
    breaks: tuple[Break, ...] = ()
    weekly: Decimal = Decimal(1)
    aim: str = ""

    @property
    def weeks(self) -> dict[str, Decimal]:
        """The weeks of each part that has an item."""
        return weeks_of(self.items)

    @property
    def total(self) -> Decimal:
        """All weeks."""
        return sum((one.weeks for one in self.items), NOTHING)

    @property
    def ends_on(self) -> date | None:
        """The last day of the items; None when none has one."""
        return max((one.ends_on for one in self.items if one.ends_on), default=None)

    def points(self, studies: Studies) -> Decimal:
        """Points or credits of studies of a kind, as far as they are told."""
        return sum((one.points for one in self.items if one.studies == studies and one.points), NOTHING)

    @property
    def pauses(self) -> tuple[tuple[date, date], ...]:
        """The breaks as pairs of days."""
        return tuple((one.starts_on, one.ends_on) for one in self.breaks)


@dataclass(frozen=True)
class Planned:
    """A part as the national service of personal plans (eHOKS) has it."""

    weeks: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Registers:
    """What the registers tell of the same studies: the right, what is done by part, what the personal plan has."""

    permit: str = ""
    starts_on: date | None = None
    estimated_end: date | None = None
    ended_on: date | None = None
    done: Mapping[str, Decimal] = field(default_factory=dict)
    planned: Mapping[str, Planned] = field(default_factory=dict)


def weeks_of(items: Iterable[Item]) -> dict[str, Decimal]:
    """Return the weeks of each part that has an item."""
    found: dict[str, Decimal] = {}
    for one in items:
        found[one.part] = found.get(one.part, NOTHING) + one.weeks
    return found


def told_items(items: Iterable[Item]) -> list[dict[str, Any]]:
    """Return items as plain data, without what is not told."""
    return [
        {
            name: value
            for name, value in (
                ("part", one.part),
                ("weeks", str(one.weeks)),
                ("studies", one.studies.value),
                ("name", one.name),
                ("starts_on", one.starts_on.isoformat() if one.starts_on else None),
                ("ends_on", one.ends_on.isoformat() if one.ends_on else None),
                ("points", str(one.points) if one.points is not None else None),
                ("grade_from", one.grade_from),
                ("grade_to", one.grade_to),
            )
            if value not in (None, "")
        }
        for one in items
    ]


def read_items(data: Iterable[Mapping[str, Any]]) -> tuple[Item, ...]:
    """Return items of plain data, as `told_items` made them."""
    return tuple(
        Item(
            part=one["part"],
            weeks=Decimal(one["weeks"]),
            studies=Studies(one["studies"]),
            name=one.get("name", ""),
            starts_on=_day(one.get("starts_on")),
            ends_on=_day(one.get("ends_on")),
            points=_number(one.get("points")),
            grade_from=one.get("grade_from"),
            grade_to=one.get("grade_to"),
        )
        for one in data
    )


def told_breaks(breaks: Iterable[Break]) -> list[list[str]]:
    """Return breaks as plain data."""
    return [[one.starts_on.isoformat(), one.ends_on.isoformat()] for one in breaks]


def read_breaks(data: Iterable[Iterable[str]]) -> tuple[Break, ...]:
    """Return breaks of plain data, as `told_breaks` made them."""
    return tuple(Break(date.fromisoformat(first), date.fromisoformat(last)) for first, last in data)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None
