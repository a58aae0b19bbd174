"""The school year of the invented college: in which weeks it teaches, on which days its registers are delivered."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from functools import lru_cache

FREE = frozenset({1, 8, 42, 52, 53, *range(23, 33)})  # weeks of ISO 8601 without teaching
FIRST, LAST = 2016, 2040
DELIVERED = ((9, 25), (11, 13), (2, 14), (5, 16))
COHORTS = 6  # those of the last five years and of this autumn


@lru_cache(maxsize=1)
def weeks() -> tuple[date, ...]:
    """Return the Mondays of all weeks with teaching, in their order."""
    day = date(FIRST, 1, 4)
    found = []
    while day.year < LAST:
        if day.isocalendar().week not in FREE:
            found.append(day)
        day += timedelta(days=7)
    return tuple(found)


def week_at(day: date) -> int:
    """Return the number of the first week with teaching that begins on the day or later."""
    return bisect_left(weeks(), day)


def monday(number: int) -> date:
    """Return the Monday of a week with teaching."""
    return weeks()[number]


def friday(number: int) -> date:
    """Return the Friday of a week with teaching."""
    return weeks()[number] + timedelta(days=4)


def first_year(today: date) -> int:
    """Return the year in whose August the first of the cohorts began."""
    return (today.year if today.month >= 8 else today.year - 1) - COHORTS + 1


def delivery_days(today: date) -> tuple[date, ...]:
    """Return the days on which the registers were delivered: four times a school year, and at last today."""
    first = first_year(today)
    days = [date(year, month, day) for year in range(first, today.year + 1) for month, day in DELIVERED]
    return (*sorted(day for day in days if date(first, 8, 1) < day < today), today)
