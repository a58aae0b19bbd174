"""Days in a text: 31.7.2024, 31. heinäkuuta 2024, den 31 juli 2024, 2024-07-31, and what is between two of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from luotsi.funding.rules.decision_text.found import Certainty, Found
from luotsi.funding.rules.decision_text.page import Page

_FINNISH = ["tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"]
_SWEDISH = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
_MONTHS = {f"{name}kuu": number for number, name in enumerate(_FINNISH, 1)} | {
    name: number for number, name in enumerate(_SWEDISH, 1)
}
_DAY = re.compile(
    r"(?<![\d./-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)"
    r"|(?<![\d/.])(?P<day2>\d{1,2})\.[ ]?(?P<month2>\d{1,2})\.[ ]?(?P<year2>\d{4})(?!\d)"
    r"|(?<!\d)(?P<day3>\d{1,2})(?:\.|:a|:e)?[ \n]{1,2}(?P<name>"
    + "|".join(_MONTHS)
    + r")(?:ta|n)?[ \n]{1,2}(?P<year3>\d{4})(?!\d)"
)
_SHORT_START = re.compile(r"(?<![\d./])(\d{1,2})\.(?:(\d{1,2})\.)?[ ]?-[ ]?$")
_BETWEEN = re.compile(
    r"[ \n]{0,2}-[ \n]{0,2}|[ \n]{1,2}(?:till|fram till|till och med|t\.o\.m\.)(?:[ \n]den)?[ \n]{1,2}"
    r"|[ \n]{1,2}alkaen[ ,\n]{1,3}(?:ja[ \n]päättyy[ \n])?|[ \n]{1,2}ja[ \n]päättyy[ \n]{1,2}"
)


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Two days with a dash or its like between them."""

    start: Found[date]
    end: Found[date]


def days_in(page: Page) -> tuple[list[Found[date]], list[tuple[int, int]]]:
    """Return every day that is in the calendar, and the places of those that look like one and are not."""
    found, impossible = [], []
    for one in _DAY.finditer(page.plain):
        day = _day(one)
        if day is None:
            impossible.append(one.span())
        else:
            found.append(page.found(day, one.start(), one.end()))
    return found, impossible


def _day(one: re.Match[str]) -> date | None:
    year = int(one["year"] or one["year2"] or one["year3"])
    month = _MONTHS[one["name"]] if one["name"] else int(one["month"] or one["month2"])
    try:
        return date(year, month, int(one["day"] or one["day2"] or one["day3"]))
    except ValueError:
        return None


def stretches_in(page: Page, days: Iterable[Found[date]]) -> Iterator[Stretch]:
    """Yield every pair of days with a dash or its like between them; 1.8.-31.12.2022 takes the year of its end."""
    before: Found[date] | None = None
    for one in days:
        if before and _BETWEEN.fullmatch(page.plain, before.end, one.start):
            yield Stretch(start=before, end=one)
        elif start := _short_start(page, one):
            yield Stretch(start=start, end=one)
        before = one


def _short_start(page: Page, end: Found[date]) -> Found[date] | None:
    first = max(0, end.start - 12)
    short = _SHORT_START.search(page.plain[first : end.start])
    if short is None:
        return None
    try:
        day = date(end.value.year, int(short[2] or end.value.month), int(short[1]))
    except ValueError:
        return None
    place = first + short.start()
    return page.found(day, place, place + len(short[0].rstrip(" -")), Certainty.LIKELY)
