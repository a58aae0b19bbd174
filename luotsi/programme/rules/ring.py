"""The geometry of the annual clock: twelve months around a ring, the hand of today, numbered events outside it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin

CENTRE = 140.0
OUTER = 100.0
INNER = 66.0
GAP = 1.4
LABELS = 83.0
EVENTS = 119.0
HAND = (58.0, 106.0)
CLOSEST = 22.0
MONTHS = 12


@dataclass(frozen=True)
class Arc:
    """One month: its SVG path, where its number stands, and whether it is past, now or next."""

    month: int
    path: str
    x: float
    y: float
    state: str


@dataclass(frozen=True)
class Spot:
    """Where the number of an event stands."""

    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Hand:
    """The line that points at today."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Ring:
    """A drawn clock: months from the first, the hand (None when today is in another year), the events."""

    arcs: tuple[Arc, ...]
    hand: Hand | None
    spots: tuple[Spot, ...]


def ring(starts: date, today: date, days: Sequence[date]) -> Ring:
    """Return the clock of the twelve months from the first of `starts`'s month, with an event on each of `days`.

    Events keep the order given and are numbered from 1; those too near each other are moved apart along the ring.
    """
    first = starts.replace(day=1)
    months = [_month(first, number) for number in range(MONTHS)]
    last = _month(first, MONTHS)
    inside = first <= today < last
    arcs = tuple(_arc(number, month, today) for number, month in enumerate(months))
    spots = tuple(
        Spot(number, *_point(EVENTS, turn))
        for number, turn in enumerate(_apart([_turn(first, day) for day in days]), start=1)
    )
    return Ring(arcs, _hand(_turn(first, today)) if inside else None, spots)


def _month(first: date, number: int) -> date:
    year, month = divmod(first.year * MONTHS + first.month - 1 + number, MONTHS)
    return date(year, month + 1, 1)


def _turn(first: date, day: date) -> float:
    """Return how far around the ring a day is, 0 at the top; a day of another year stands at its month and day."""
    months = (day.month - first.month) % MONTHS
    return (months + (day.day - 1) / monthrange(day.year, day.month)[1]) / MONTHS


def _point(radius: float, turn: float) -> tuple[float, float]:
    angle = 2 * pi * turn - pi / 2
    return round(CENTRE + radius * cos(angle), 1), round(CENTRE + radius * sin(angle), 1)


def _arc(number: int, month: date, today: date) -> Arc:
    start, end = number / MONTHS, (number + 1) / MONTHS
    gap = GAP / (2 * pi * OUTER)
    inner_gap = GAP / (2 * pi * INNER)
    x1, y1 = _point(OUTER, start + gap)
    x2, y2 = _point(OUTER, end - gap)
    x3, y3 = _point(INNER, end - inner_gap)
    x4, y4 = _point(INNER, start + inner_gap)
    path = f"M{x1} {y1}A{OUTER:g} {OUTER:g} 0 0 1 {x2} {y2}L{x3} {y3}A{INNER:g} {INNER:g} 0 0 0 {x4} {y4}z"
    x, y = _point(LABELS, (start + end) / 2)
    this = (today.year, today.month)
    state = "now" if (month.year, month.month) == this else "past" if (month.year, month.month) < this else "next"
    return Arc(month.month, path, x, y, state)


def _hand(turn: float) -> Hand:
    return Hand(*_point(HAND[0], turn), *_point(HAND[1], turn))


def _apart(turns: list[float]) -> list[float]:
    """Return the turns with those nearer than a mark's width moved on, in the order of the ring."""
    least = CLOSEST / (2 * pi * EVENTS)
    if len(turns) * least >= 1:
        least = 1 / len(turns)
    order = sorted(range(len(turns)), key=lambda place: turns[place])
    moved, before = list(turns), -1.0
    for place in order:
        moved[place] = before = max(turns[place], before + least)
    over = moved[order[-1]] - (turns[order[0]] + 1 - least) if order else 0.0
    if over > 0:  # the last ones would run into the first: everybody moves back
        before = moved[order[-1]] - over + least
        for place in reversed(order):
            moved[place] = before = min(moved[place], before - least)
    return moved
