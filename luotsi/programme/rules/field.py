"""The field of marks on the public page: one mark for each milestone, a row for each period, sections set apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEFT = 75.5
STEP = 27.0
BREAK = 13.0
TOP = 24.0
ROW = 46.0
RADIUS = 9.5


@dataclass(frozen=True)
class Mark:
    """One milestone: where it stands and its state."""

    x: float
    y: float
    state: str


@dataclass(frozen=True)
class Row:
    """One period: its words, where they stand, and its marks."""

    words: str
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Field:
    """The whole drawing with its size."""

    width: float
    height: float
    rows: tuple[Row, ...]


def field(periods: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> Field:
    """Return the drawing of (words of a period, states of its milestones section by section)."""
    rows, widest = [], LEFT
    for number, (words, sections) in enumerate(periods):
        y, x = TOP + number * ROW, LEFT
        marks = []
        for states in sections:
            for state in states:
                marks.append(Mark(x, y, state))
                x += STEP
            x += BREAK if states else 0
        widest = max(widest, max((mark.x for mark in marks), default=LEFT))
        rows.append(Row(words, y + 5, tuple(marks)))
    return Field(widest + RADIUS + 4, TOP + max(len(rows) - 1, 0) * ROW + 26, tuple(rows))
