"""Periods: day, month, calendar year and school year (1.8. to 31.7.), as closed intervals of days.

Source: Basic Education Act 628/1998 §23 (school year), Statistics Finland (statistics day 20.9.).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_ONE_DAY = timedelta(days=1)
_DAY_KEY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_PAIR_KEY = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_LONG_KEY = re.compile(r"(\d{4})-(\d{4})", re.ASCII)
_YEAR_KEY = re.compile(r"(\d{4})", re.ASCII)
SCHOOL_YEAR_BEGINS = 8
STATISTICS_DAY = (9, 20)


class PeriodKind(StrEnum):
    """The kinds of period that figures, plans and reports are kept by."""

    DAY = "day"
    MONTH = "month"
    CALENDAR_YEAR = "year"
    SCHOOL_YEAR = "school_year"


class NotAPeriod(ValueError):
    """A key that names no period: an address that leads nowhere."""


@dataclass(frozen=True)
class Period:
    """A closed interval of calendar days, from the first day of its kind to the last.

    Raises:
        ValueError: the days are not the first and the last of a period of that kind.
    """

    kind: PeriodKind
    start: date
    end: date

    def __post_init__(self) -> None:
        if (self.start, self.end) != _bounds(self.start, self.kind):
            raise ValueError(f"{self.start} to {self.end} is not a period of the kind {self.kind}.")

    def __str__(self) -> str:
        return self.key

    def __contains__(self, day: date) -> bool:
        return self.contains(day)

    @property
    def key(self) -> str:
        """A stable name for addresses and files: 2026-11-23, 2026-11, 2026 or 2026-27.

        School years whose short form would read as a month (2000-01 … 2011-12) are in full: 2010-2011.
        """
        match self.kind:
            case PeriodKind.DAY:
                return self.start.isoformat()
            case PeriodKind.MONTH:
                return self.start.isoformat()[:7]
            case PeriodKind.CALENDAR_YEAR:
                return f"{self.start.year:04}"
        ending = self.end.year % 100
        return f"{self.start.year:04}-{self.end.year:04}" if 1 <= ending <= 12 else f"{self.start.year:04}-{ending:02}"

    @property
    def days(self) -> int:
        """How many calendar days the period has."""
        return (self.end - self.start).days + 1

    def contains(self, day: date) -> bool:
        """Return True when the day is in the period, its first and last day included."""
        return self.start <= day <= self.end

    def overlaps(self, other: Period) -> bool:
        """Return True when the two periods share a day."""
        return self.start <= other.end and other.start <= self.end

    def next(self) -> Period:
        """Return the period of the same kind that begins the day after this one ends."""
        return containing(self.end + _ONE_DAY, self.kind)

    def previous(self) -> Period:
        """Return the period of the same kind that ends the day before this one begins."""
        return containing(self.start - _ONE_DAY, self.kind)

    def split(self, kind: PeriodKind) -> Iterator[Period]:
        """Yield the periods of another kind that lie wholly inside this one, in order of time."""
        part = containing(self.start, kind)
        while part.start < self.start:
            part = part.next()
        while part.end <= self.end:
            yield part
            part = part.next()

    @property
    def statistics_day(self) -> date:
        """The day on which the national statistics count pupils: 20.9. of a school year or a calendar year.

        Raises:
            ValueError: the period is a day or a month.
        """
        if self.kind in (PeriodKind.DAY, PeriodKind.MONTH):
            raise ValueError(f"A {self.kind} has no statistics day.")
        return date(self.start.year, *STATISTICS_DAY)


def _bounds(day: date, kind: PeriodKind) -> tuple[date, date]:
    match kind:
        case PeriodKind.DAY:
            return day, day
        case PeriodKind.MONTH:
            start = day.replace(day=1)
            return start, (start + timedelta(days=31)).replace(day=1) - _ONE_DAY
        case PeriodKind.CALENDAR_YEAR:
            return date(day.year, 1, 1), date(day.year, 12, 31)
    first = day.year if day.month >= SCHOOL_YEAR_BEGINS else day.year - 1
    return date(first, SCHOOL_YEAR_BEGINS, 1), date(first + 1, SCHOOL_YEAR_BEGINS, 1) - _ONE_DAY


def containing(day: date, kind: PeriodKind) -> Period:
    """Return the period of the kind in which the day lies."""
    return Period(kind, *_bounds(day, kind))


def months_before(day: date, months: int) -> date:
    """Return the day so many whole months earlier; the last of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def school_year(first: int) -> Period:
    """Return the school year that begins on 1.8. of the calendar year `first`."""
    return containing(date(first, SCHOOL_YEAR_BEGINS, 1), PeriodKind.SCHOOL_YEAR)


def parse(key: str) -> Period:
    """Return the period that a key names.

    Raises:
        NotAPeriod: the key has another form, or names no day, month or pair of years that exists.
    """
    try:
        if found := _DAY_KEY.fullmatch(key):
            return containing(date.fromisoformat(found[0]), PeriodKind.DAY)
        if found := _LONG_KEY.fullmatch(key):
            return _pair(int(found[1]), int(found[2]) % 100, int(found[2]))
        if found := _PAIR_KEY.fullmatch(key):
            if 1 <= int(found[2]) <= 12:
                return containing(date(int(found[1]), int(found[2]), 1), PeriodKind.MONTH)
            return _pair(int(found[1]), int(found[2]), int(found[1]) + 1)
        if found := _YEAR_KEY.fullmatch(key):
            return containing(date(int(found[1]), 1, 1), PeriodKind.CALENDAR_YEAR)
    except (ValueError, OverflowError):
        pass
    raise NotAPeriod(f"{key!r} names no day, month, year or school year.")


def _pair(first: int, ending: int, second: int) -> Period:
    if second != first + 1 or ending != second % 100:
        raise ValueError(f"{first} and {second} do not make a school year.")
    return school_year(first)
