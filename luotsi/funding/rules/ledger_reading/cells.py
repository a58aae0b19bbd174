"""Sums and days as ledgers write them.

The decimal mark of a ledger is decided once for the whole column: "1.234" is a thousand where other cells have a
decimal comma, and is told as doubtful where nothing decides it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from luotsi.base.money import CENT, LARGEST

LONGEST = 60  # signs of a cell that is read as a sum or a day
_JUNK = re.compile(r"[\s\u00a0\u2007\u2009\u202f'€]+|eur(?:oa|o)?$", re.IGNORECASE)
_COMMA_DECIMALS = re.compile(r"\d,\d{1,2}\D*$")
_POINT_DECIMALS = re.compile(r"\d\.\d{1,2}\D*$")
_SHAPE = re.compile(r"\d{1,15}(?:[.,]\d{1,15}){0,6}", re.ASCII)
_EPOCH = date(1899, 12, 30)  # day 0 of workbooks, true from 1 March 1900
_SERIAL = re.compile(r"(\d{5})(?:[.,]0+)?", re.ASCII)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # 1954 to 2119
_DAYS = re.compile(
    r"(?:(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"|(?P<day2>\d{1,2})[./-](?P<month2>\d{1,2})[./-](?P<year2>\d{4}"
    r"|\d{2}))(?:[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?)?",
    re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_FRACTION = Decimal("0.000001")


class Mark(StrEnum):
    """The decimal mark of a column."""

    COMMA = ","
    POINT = "."
    UNKNOWN = ""


class Bad(StrEnum):
    """Why a cell could not be read."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    CENTS = "cents"
    TOO_LARGE = "too_large"


def mark_of(cells: Iterable[str]) -> tuple[Mark, bool]:
    """Return the decimal mark that most cells of a column have, and whether some say otherwise."""
    commas = points = 0
    for cell in cells:
        if _COMMA_DECIMALS.search(cell):
            commas += 1
        elif _POINT_DECIMALS.search(cell):
            points += 1
    if commas == points:
        return Mark.UNKNOWN, bool(commas)
    return (Mark.COMMA if commas > points else Mark.POINT), bool(commas and points)


def amount_in(cell: str, mark: Mark) -> Decimal | Bad:
    """Return a sum: -1 234,50 · 1 234,50- · (1.234,50) · −1234.5 · 1 234,50 € ; or why it cannot be read."""
    if len(cell) > LONGEST:
        return Bad.UNREADABLE
    bare = _JUNK.sub("", cell).replace("\u2212", "-").replace("\u2013", "-")
    if not bare:
        return Bad.EMPTY
    sign = 1
    if bare[0] == "(" and bare[-1] == ")":
        sign, bare = -1, bare[1:-1]
    if bare[:1] in {"-", "+"} or bare[-1:] in {"-", "+"}:
        at_start = bare[:1] in {"-", "+"}
        sign = -sign if (bare[0] if at_start else bare[-1]) == "-" else sign
        bare = bare[1:] if at_start else bare[:-1]
    if not _SHAPE.fullmatch(bare):
        return Bad.UNREADABLE
    plain = _with_point(bare, mark)
    if isinstance(plain, Bad):
        return plain
    return _in_cents(sign * Decimal(plain))


def _with_point(bare: str, mark: Mark) -> str | Bad:
    """Return the digits with a decimal point or none."""
    commas, points = bare.count(","), bare.count(".")
    if not commas and not points:
        return bare
    if commas and points:
        last = "," if bare.rfind(",") > bare.rfind(".") else "."
        return _grouped(bare, last)
    used, times = (",", commas) if commas else (".", points)
    tail = len(bare) - bare.rfind(used) - 1
    if times > 1:
        return _grouped(bare, "")
    if tail != 3 or used == mark:
        return bare.replace(",", ".")
    return Bad.AMBIGUOUS if mark == Mark.UNKNOWN else _grouped(bare, "")


def _grouped(bare: str, decimal: str) -> str | Bad:
    """Return the digits of a grouped number; its groups but the first have three digits."""
    whole, _mark, decimals = bare.rpartition(decimal) if decimal else (bare, "", "")
    groups = re.split(r"[.,]", whole)
    if any(len(group) != 3 for group in groups[1:]) or (not 1 <= len(groups[0]) <= 3 and len(groups) > 1):
        return Bad.UNREADABLE
    return "".join(groups) + (f".{decimals}" if decimals else "")


def _in_cents(amount: Decimal) -> Decimal | Bad:
    """Return the sum in cents; what a workbook's binary fractions add is dropped, more decimals are not."""
    if abs(amount) > LARGEST:
        return Bad.TOO_LARGE
    rounded = amount.quantize(CENT, rounding=ROUND_HALF_EVEN)
    return rounded + Decimal("0.00") if abs(rounded - amount) < _FRACTION else Bad.CENTS


def day_in(cell: str) -> date | Bad:
    """Return a day: 31.12.2024, 31.12.24, 2024-12-31, 31/12/2024, 20241231, with or without a time, or 45657."""
    text = cell[: LONGEST + 1].strip()
    if not text:
        return Bad.EMPTY if len(cell) <= LONGEST else Bad.UNREADABLE
    if serial := _SERIAL.fullmatch(text):
        number = int(serial[1])
        return _EPOCH + timedelta(days=number) if _FIRST_SERIAL <= number <= _LAST_SERIAL else Bad.UNREADABLE
    try:
        if compact := _COMPACT.fullmatch(text):
            return date(int(compact[1]), int(compact[2]), int(compact[3]))
        if found := _DAYS.fullmatch(text):
            year = int(found["year"] or found["year2"])
            year += 2000 if year < 100 else 0
            return date(year, int(found["month"] or found["month2"]), int(found["day"] or found["day2"]))
    except ValueError:
        pass
    return Bad.UNREADABLE
