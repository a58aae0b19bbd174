"""How numbers, sums, shares, days and moments are written in Finnish, Swedish and English (DESIGN.md, section 9)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import get_language

if TYPE_CHECKING:
    from fractions import Fraction

    type Numeric = int | float | Decimal | Fraction

MISSING = "–"
MINUS = "\u2212"
NBSP = "\u00a0"
WEEKDAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
FULL_WEEKDAYS = {
    "fi": ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"),
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
             "November", "December")  # fmt: skip


def language() -> str:
    """Return fi, sv or en: the language of the page."""
    active = (get_language() or "fi")[:2]
    return active if active in WEEKDAYS else "en"


def number(value: Numeric | None, decimals: int | None = None, spoken: str = "") -> str:
    """Return a number with no-break spaces in thousands and a decimal comma (a point and commas in English).

    Args:
        value: None gives the dash for missing; zero is a zero.
        decimals: how many decimals; None keeps a whole number whole and gives others one.
        spoken: the language; that of the page where it is left out.
    """
    if value is None:
        return MISSING
    exact = Decimal(str(float(value))) if not isinstance(value, int | Decimal) else Decimal(value)
    if not exact.is_finite():
        return MISSING
    places = decimals if decimals is not None else (0 if exact == exact.to_integral_value() else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{places}f}"
    if (spoken or language()) != "en":
        text = text.replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{text}" if rounded < 0 else text


def percent(share: Numeric | None, decimals: int = 0) -> str:
    """Return a share (0.794 = 79 %) as a percentage; None gives the dash for missing."""
    if share is None:
        return MISSING
    gap = "" if language() == "en" else NBSP
    return f"{number(Decimal(str(float(share))) * 100, decimals)}{gap}%"


def euros(value: Decimal | int | None, decimals: int | None = None) -> str:
    """Return a sum in euros; cents are shown when there are any, unless `decimals` says otherwise."""
    if value is None:
        return MISSING
    exact = Decimal(value)
    places = decimals if decimals is not None else (0 if exact == exact.to_integral_value() else 2)
    spoken = language()
    text = number(exact, places, spoken)
    if spoken != "en":
        return f"{text}{NBSP}€"
    return f"{MINUS}€{text.removeprefix(MINUS)}" if text.startswith(MINUS) else f"€{text}"


def day(value: date | None) -> str:
    """Return 23.11.2026 (23 November 2026 in English); None gives the dash for missing."""
    if value is None or value == "":
        return MISSING
    value = _local(value)
    if language() == "en":
        return f"{value.day} {MONTHS_EN[value.month - 1][:3]} {value.year}"
    return f"{value.day}.{value.month}.{value.year}"


def weekday(value: date | None) -> str:
    """Return "pe 27.11." as in lists (Fri 27 Nov in English)."""
    if value is None or value == "":
        return MISSING
    value = _local(value)
    name = WEEKDAYS[language()][value.weekday()]
    if language() == "en":
        return f"{name} {value.day} {MONTHS_EN[value.month - 1][:3]}"
    return f"{name}{NBSP}{value.day}.{value.month}."


def full_day(value: date | None) -> str:
    """Return "Maanantai 23.11.2026, viikko 48": the head of a working day."""
    if value is None or value == "":
        return MISSING
    value = _local(value)
    name = FULL_WEEKDAYS[language()][value.weekday()].capitalize()
    week = {"fi": "viikko", "sv": "vecka", "en": "week"}[language()]
    return f"{name} {day(value)}, {week} {value.isocalendar().week}"


def moment(value: datetime | None) -> str:
    """Return "23.11.2026 klo 14.32" in Finnish time, in the manner of the language."""
    if value is None or value == "":
        return MISSING
    local = timezone.localtime(value)
    match language():
        case "fi":
            return f"{day(local)} klo{NBSP}{local.hour}.{local.minute:02}"
        case "sv":
            return f"{day(local)} kl.{NBSP}{local.hour}.{local.minute:02}"
        case _:
            return f"{day(local)} at {local.hour}:{local.minute:02}"


def exact_moment(value: datetime | None) -> str:
    """Return "23.11.2026 klo 14.32.05": a moment to the second, where a second decides."""
    if value is None or value == "":
        return MISSING
    local = timezone.localtime(value)
    mark = ":" if language() == "en" else "."
    return f"{moment(value)}{mark}{local.second:02}"


def words(value: object) -> str:
    """Return any plain value as it is written: numbers, days and moments in the manner of the language."""
    match value:
        case None | "":
            return MISSING
        case bool():
            return str(value)
        case int() | float() | Decimal():
            return number(value)
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case _:
            return str(value)


def _local(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
