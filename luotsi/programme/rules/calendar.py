"""The text of a calendar feed (RFC 5545) of whole-day events, as calendars subscribe to it.

An event that comes every year is one VEVENT with a yearly rule. Lines are folded at 75 octets, texts escaped, lines
end in CRLF (§3.1, §3.3.11); the end of an event is the day after its last (§3.6.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

OCTETS = 75
PRODUCT = "-//Luotsi//Annual clock//EN"
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event of whole days.

    Args:
        uid: a name that stays the same for ever, unique in the world.
        first, last: the days of its first coming.
        is_yearly: whether it comes again every year; on the last of February when that is a 29th.
        until: the last day on which a yearly one may begin; None = for ever.
        remind_days: how many days before it a calendar reminds; 0 = not at all.
    """

    uid: str
    title: str
    first: date
    last: date
    is_yearly: bool = False
    until: date | None = None
    note: str = ""
    remind_days: int = 0


def calendar(name: str, events: Iterable[Event], made_at: datetime) -> str:
    """Return the text of a calendar: `name` is what its readers call it, `made_at` an aware moment."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for event in events for line in _event(event, made_at)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(event: Event, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"
    if event.is_yearly:
        yield _rule(event)
    yield f"SUMMARY:{escaped(event.title)}"
    if event.note:
        yield f"DESCRIPTION:{escaped(event.note)}"
    yield "TRANSP:TRANSPARENT"
    if event.remind_days:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(event.title)}")
        yield from (f"TRIGGER:-P{event.remind_days}D", "END:VALARM")
    yield "END:VEVENT"


def _rule(event: Event) -> str:
    leap = ";BYMONTH=2;BYMONTHDAY=-1" if (event.first.month, event.first.day) == (2, 29) else ""
    until = f";UNTIL={event.until:%Y%m%d}" if event.until else ""
    return f"RRULE:FREQ=YEARLY{leap}{until}"


def escaped(text: str) -> str:
    """Return a text as a value of a calendar: backslash, semicolon, comma and line ends are escaped."""
    return text.replace("\r\n", "\n").translate(_ESCAPES)


def folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets, each after the first with a space before it; no letter is torn."""
    part, room = "", OCTETS
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield part
            part, room = " ", OCTETS - 1
        part += letter
        room -= size
    yield part
