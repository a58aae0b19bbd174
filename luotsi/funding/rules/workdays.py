"""Finnish days off and the last day of a time limit.

The feasts are the public holidays of Finland; Midsummer Eve and Christmas Eve are not holidays but end time limits
like them. Source of the shift of a time limit: act on the calculation of time limits 150/1930, 5 §. It is not read
from Finlex here, so whether a limit shifts is a parameter of the caller.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

DAY = timedelta(days=1)


class Shift(StrEnum):
    """What becomes of a day that falls on a day off."""

    NONE = "none"
    NEXT = "next"  # the next working day, as time limits of appeals
    PREVIOUS = "previous"  # the working day before, for those who want to be safe


def shifted(day: date, shift: Shift) -> date:
    """Return the day, or the nearest working day in the direction of the shift."""
    if shift == Shift.NONE:
        return day
    step = DAY if shift == Shift.NEXT else -DAY
    while is_day_off(day):
        day += step
    return day


def is_day_off(day: date) -> bool:
    """Return True on a Saturday, a Sunday, a public holiday, Midsummer Eve and Christmas Eve."""
    return day.weekday() >= 5 or day in _feasts(day.year)


@lru_cache(maxsize=200)
def _feasts(year: int) -> frozenset[date]:
    easter = easter_day(year)
    fixed = {date(year, month, day) for month, day in [(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)]}
    moving = {easter + timedelta(days=days) for days in (-2, 0, 1, 39, 49)}
    midsummer = _saturday_from(date(year, 6, 20))
    return frozenset(fixed | moving | {midsummer - DAY, midsummer, _saturday_from(date(year, 10, 31))})


def _saturday_from(day: date) -> date:
    return day + timedelta(days=(5 - day.weekday()) % 7)


def easter_day(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous computus)."""
    golden, century = year % 19, year // 100
    leaps = century - century // 4 - (8 * century + 13) // 25
    moon = (19 * golden + leaps + 15) % 30
    moon -= (moon // 28) * (1 - (moon // 28) * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    sunday = moon - weekday
    month = 3 + (sunday + 40) // 44
    return date(year, month, sunday + 28 - 31 * (month // 4))
