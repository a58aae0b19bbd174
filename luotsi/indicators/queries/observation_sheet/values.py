"""What people write into cells, as values: numbers with commas and blanks, periods in several forms, splits."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from luotsi.base import periods
from luotsi.base.periods import NotAPeriod, Period, PeriodKind

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f']+")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,10})?(?:[eE]-?\d{1,2})?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3})+", re.ASCII)
_MONTH = re.compile(r"(\d{1,2})[/.](\d{4})", re.ASCII)
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_YEARS = re.compile(r"(?:lv\.?|lå\.?|läsår|lukuvuosi|school year)?\s*(\d{4})\s*[-–/]\s*(\d{2}|\d{4})", re.ASCII | re.I)


class NotReadable(ValueError):
    """A cell that holds something else than it should; `unclear` where it may mean two numbers."""

    def __init__(self, text: str, *, unclear: bool = False) -> None:
        super().__init__(text)
        self.unclear = unclear


def number_of(text: str) -> Decimal:
    """Return the number of "1 234,5", "1234.5", "79,5 %".

    Raises:
        NotReadable: it is no number, or "1.234", which may be a thousand or one and a quarter.
    """
    plain = _SPACES.sub("", text).replace("\u2212", "-").replace("\u2013", "-").removesuffix("%")
    if _THOUSANDS.fullmatch(plain) and len(re.sub(r"\D", "", plain.partition(",")[0].partition(".")[0])) <= 3:
        raise NotReadable(text, unclear=True)
    if not _NUMBER.fullmatch(plain):
        raise NotReadable(text)
    return Decimal(plain.replace(",", "."))


def day_of(text: str) -> date:
    """Return the day of 2026-08-01 or 1.8.2026. Raises NotReadable."""
    try:
        if found := _DAY.fullmatch(text.strip()):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text.strip())
    except ValueError:
        raise NotReadable(text) from None


def period_of(text: str, kind: str) -> Period:
    """Return the period of 2026-11, 11/2026, 2026, 2026-27, 2026–2027, 1.11.2026 as an indicator understands it.

    A spreadsheet turns months into their first days, so the first day of a period of the right kind means the period.

    Raises:
        NotReadable: it is no period.
    """
    plain = text.strip()
    try:
        if found := _MONTH.fullmatch(plain):
            return periods.parse(f"{found[2]}-{int(found[1]):02}")
        if found := _YEARS.fullmatch(plain):
            first, second = int(found[1]), int(found[2]) % 100
            # 2001-02 is a month or a school year: the kind of the indicator tells.
            if second == (first + 1) % 100 and (kind == PeriodKind.SCHOOL_YEAR or not 1 <= second <= 12):
                return periods.school_year(first)
            return periods.parse(f"{first}-{second:02}")
        if _DAY.fullmatch(plain) or re.fullmatch(r"\d{4}-\d{2}-\d{2}", plain):
            return _of_day(day_of(plain), kind)
        return periods.parse(plain)
    except NotAPeriod:
        raise NotReadable(text) from None


def _of_day(day: date, kind: str) -> Period:
    wanted = periods.containing(day, PeriodKind(kind))
    return wanted if wanted.start == day else periods.containing(day, PeriodKind.DAY)


def between(first: date, last: date) -> Period:
    """Return the period from one day to another. Raises NotReadable where the days are not those of a period."""
    for kind in PeriodKind:
        found = periods.containing(first, kind)
        if (found.start, found.end) == (first, last):
            return found
    raise NotReadable(f"{first}–{last}")


def split_of(text: str) -> dict[str, str]:
    """Return the split of "language=sv" or "language: sv; group: class". Raises NotReadable."""
    found = {}
    for part in filter(None, (one.strip() for one in text.split(";"))):
        name, mark, value = part.partition("=") if "=" in part else part.partition(":")
        if not mark or not name.strip() or not value.strip():
            raise NotReadable(text)
        found[name.strip()] = value.strip()
    return found
