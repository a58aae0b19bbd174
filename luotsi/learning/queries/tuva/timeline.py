"""A path drawn on a line of months: each item a bar, breaks shaded, today and the end at the present pace marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luotsi.learning.rules.tuva.paths import Path

ROW, BAR, TOP = 38, 12, 8
LEAST_WIDTH = 4.0
SHORT = 42  # signs that fit the narrow picture
EDGE = 4  # beside the first and the last day
BARS = {"done": "c-bar", "late": "c-bar c-bar--bad"}


@dataclass(frozen=True)
class Bar:
    """One item: its words, and its bar in units of the picture."""

    words: str
    x: float
    width: float
    y: int
    kind: str

    @property
    def text_y(self) -> int:
        """Where the words stand."""
        return self.y - 5


@dataclass(frozen=True)
class Drawn:
    """One picture, as wide as `width`."""

    kind: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    breaks: tuple[tuple[float, float], ...]
    months: tuple[tuple[float, str], ...]
    today: float | None
    end: float | None

    @property
    def floor(self) -> int:
        """Where the bars end and the months begin."""
        return self.height - 22


def timeline(
    path: Path, items: Sequence[tuple[str, date | None, date | None, str]], today: date, end: date | None
) -> tuple[Drawn, ...]:
    """Return the wide and the narrow picture of items (words, first day, last day, mark); none without any days."""
    dated = [(words, first, last, mark) for words, first, last, mark in items if first and last and first <= last]
    if not dated:
        return ()
    first = min(path.starts_on, *(one[1] for one in dated))
    last = max([one[2] for one in dated] + ([end] if end else []))
    return tuple(
        _drawn(kind, width, every, (first, last), dated, path, today, end)
        for kind, width, every in (("wide", 720, 1), ("narrow", 312, 3))
    )


def _drawn(
    kind: str,
    width: int,
    every: int,
    span: tuple[date, date],
    dated: Sequence[tuple[str, date, date, str]],
    path: Path,
    today: date,
    end: date | None,
) -> Drawn:
    first, last = span
    scale = (width - 2 * EDGE) / ((last - first).days + 1)

    def at(day: date) -> float:
        return round(EDGE + (day - first).days * scale, 1)

    bars = tuple(
        Bar(
            words=words if kind == "wide" or len(words) <= SHORT else f"{words[: SHORT - 1]}…",
            x=at(begins),
            width=max(round(((ends - begins).days + 1) * scale, 1), LEAST_WIDTH),
            y=TOP + place * ROW + ROW - BAR - 8,
            kind=BARS.get(mark, "c-band"),
        )
        for place, (words, begins, ends, mark) in enumerate(dated)
    )
    shaded = [(max(one.starts_on, first), min(one.ends_on, last)) for one in path.breaks]
    return Drawn(
        kind=kind,
        width=width,
        height=TOP + len(dated) * ROW + 24,
        bars=bars,
        breaks=tuple((at(a), round(((b - a).days + 1) * scale, 1)) for a, b in shaded if a <= b),
        months=tuple((at(day), f"{day.month}/{day.year % 100:02d}") for day in _months(first, last, every)),
        today=at(today) if first <= today <= last else None,
        end=at(end) if end else None,
    )


def _months(first: date, last: date, every: int) -> Iterator[date]:
    """Yield the first days of months within the span, each that many months apart; not too near to the right edge."""
    day = first.replace(day=1)
    while day <= last - timedelta(days=20):
        if day >= first and (day.month - 1) % every == 0:
            yield day
        day = (day + timedelta(days=32)).replace(day=1)
