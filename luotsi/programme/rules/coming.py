"""When an event of the annual clock comes next: yearly ones this year or the next, others in their year."""

from __future__ import annotations

from datetime import date

type MonthDay = tuple[int, int]


def on(year: int, month: int, day: int) -> date:
    """Return the day of a year; 29 February is 28 February where the year has none."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def days_in(year: int, starts: MonthDay, until: MonthDay | None) -> tuple[date, date]:
    """Return the first and the last day of an event that begins in a year; it may end in the year after."""
    first = on(year, *starts)
    if until is None:
        return first, first
    last = on(year, *until)
    return first, last if last >= first else on(year + 1, *until)


def coming(starts: MonthDay, until: MonthDay | None, year: int | None, today: date) -> tuple[date, date]:
    """Return the days of the event that is going on or comes next; of one bound to a year, those of that year."""
    if year is not None:
        return days_in(year, starts, until)
    for candidate in (today.year - 1, today.year):
        first, last = days_in(candidate, starts, until)
        if last >= today:
            return first, last
    return days_in(today.year + 1, starts, until)
