"""How values of one kind stand for another, as SurveyJS has it: texts that are numbers, what counts as true."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation, Overflow
from typing import Any
from zoneinfo import ZoneInfo

from luotsi.questionnaires.rules import values

# Sums and products of answers are exact: no answer has more digits than half of this.
EXACT = Context(prec=140, rounding=ROUND_HALF_EVEN, Emin=-999, Emax=999, traps=[InvalidOperation, Overflow])
# What has no end, such as a third, is cut at 34 digits, as IEEE 754 decimal128 has it.
ROUNDED = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-999, Emax=999, traps=[InvalidOperation, Overflow])
LARGEST = 100  # digits before the point of anything worked out
SMALLEST = -40  # place of the first digit of anything worked out
NUMBER = re.compile(r"\s*[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,2})?\s*", re.ASCII)
WHOLE = 15  # digits of a text of nothing but digits; a longer one is a key, not a number
LONGEST = 60
ZONE = ZoneInfo("Europe/Helsinki")
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - moments here are those of the place, without a zone


def number_in(text: str) -> Decimal | None:
    """Return the number that a text is, also with a decimal comma; None for any other text."""
    if len(text) > LONGEST or not NUMBER.fullmatch(text):
        return None
    text = text.strip()
    if len(text) > WHOLE and text.isdigit():
        return None
    return Decimal(text.replace(",", "."))


def converted(value: Any) -> Any:
    """Return the value of a name as expressions see it: "7" as 7, "true" as true, "007" as it is, "" as nothing."""
    if not isinstance(value, str):
        return value
    if not value:
        return None
    if value[0] in "tfTF" and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    if value[0] not in " \t\n+-.,0123456789" or (number := number_in(value)) is None:
        return value
    leading = value[0] == "0" and len(value) > 1 and value[1] not in ".,"
    return value if leading else number


def is_true(value: Any) -> bool:
    """Return True for what a condition takes for true: all but nothing, false, 0 and the empty text."""
    return isinstance(value, list | dict) or bool(value)


def as_number(value: Any) -> Decimal | None:
    """Return a value as a number for sums and comparisons; None where it is none."""
    if isinstance(value, bool):
        return Decimal(int(value))
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, str):
        return number_in(value)
    if isinstance(value, datetime):
        return Decimal((value - EPOCH) // timedelta(milliseconds=1))
    return None


def kept(number: Decimal) -> Decimal | None:
    """Return a number worked out, None where it is past all measure."""
    if not number.is_finite() or number.adjusted() > LARGEST:
        return None
    return Decimal(0) if number.adjusted() < SMALLEST else number


def as_text(value: Any) -> str:
    """Return a value as the text that it is joined to others with."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if values.is_number(value):
        return values.plain(value)
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, list):
        return ", ".join(as_text(item) for item in value)
    return value if isinstance(value, str) else ""


def iso(moment: datetime) -> str:
    """Return a moment as text: the day alone at midnight, else with the time too."""
    if moment.time() == time():
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds" if moment.second or moment.microsecond else "minutes")


def moment_in(value: Any) -> datetime | None:
    """Return the moment that a value tells: a moment, a text by ISO 8601 (a month is its first day), milliseconds."""
    if isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str):
            return _told(value.strip())
        if values.is_number(value) and abs(value) < 10**14:
            return EPOCH + timedelta(milliseconds=int(value))
    except (ValueError, OverflowError):
        pass
    return None


def _told(text: str) -> datetime | None:
    if len(text) > 40 or not text[:4].isdigit():
        return None
    if len(text) in {4, 7}:
        text = f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"
    if len(text) == 10:
        return datetime.combine(date.fromisoformat(text), time())
    moment = datetime.fromisoformat(text)
    return moment.astimezone(ZONE).replace(tzinfo=None) if moment.tzinfo else moment
