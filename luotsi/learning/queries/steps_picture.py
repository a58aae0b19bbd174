"""The picture of planned and done over time, drawn by hand: two lines of steps, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.base import clock
from luotsi.learning.queries.progress_words import amount_words, unit_words
from luotsi.learning.rules.steps import Step, done_steps, level_on, nearly_all_by, planned_steps
from luotsi.ui.charts import Chart
from luotsi.ui.formatting import day as day_words
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from luotsi.learning.rules.progress import Line

TOP, UNDER, LABEL_GAP, DIGIT, LETTER = 22, 24, 15, 8, 7
AUGUST, JANUARY = 8, 1
GRIDS = (1, 2, 3, 5)
WHOLE, NEARLY_ALL = Decimal(1), Decimal("0.99")
MOST_GRIDS, MOST_TICKS = 4, 5


@dataclass(frozen=True)
class Text:
    """Words in the drawing."""

    x: float
    y: float
    anchor: str
    css: str
    words: str


@dataclass(frozen=True)
class Frame:
    """Where days and amounts stand; measures in units of the drawing."""

    width: int
    height: int
    left: int
    right: int
    first: date
    last: date
    most: Decimal

    def x(self, day: date) -> float:
        """Return the place of a day."""
        part = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(self.left + (self.edge - self.left) * min(1.0, max(0.0, part)), 1)

    def y(self, amount: Decimal) -> float:
        """Return the height of an amount."""
        return round(self.floor - (self.floor - TOP) * float(amount / self.most), 1)

    @property
    def edge(self) -> int:
        """Where the last day stands."""
        return self.width - self.right

    @property
    def floor(self) -> int:
        """Where nothing stands."""
        return self.height - UNDER

    def path(self, steps: Sequence[Step], until: date) -> str:
        """Return steps as a line from the first day to the last one asked for."""
        drawn = [f"M{self.x(self.first):g} {self.y(Decimal(0)):g}"]
        for day, amount in steps:
            drawn.append(f"H{self.x(day):g}V{self.y(amount):g}")
        return f"{''.join(drawn)}H{self.x(until):g}"


def picture_of(lines: Sequence[Line], day: date, begun: date | None, kind: str) -> Chart | None:
    """Return the picture of somebody's progress; None when no part has both an amount and a day."""
    return picture_of_steps(planned_steps(lines), done_steps(lines, day), day, begun, kind)


def picture_of_steps(
    planned: Sequence[Step], done: Sequence[Step], day: date, begun: date | None, kind: str, *, part: Decimal = WHOLE
) -> Chart | None:
    """Return the picture of what is planned and done over time; None of nothing.

    With `part`, from 0 to 1, it ends when so much is planned: one day mistyped far ahead does not squeeze the rest.
    """
    end = nearly_all_by(planned, part)
    planned = [step for step in planned if end is None or step[0] <= max(end, day)]
    days = [at for at, _amount in (*planned, *done)]
    if not days:
        return None
    first = min(filter(None, (begun, *days, day)))
    last = max(*days, day, first + timedelta(days=30))
    most = max(amount for _day, amount in (*planned, *done)) or Decimal(1)
    told = level_on(done, day), level_on(planned, day)
    title = _("Planned and done over time")
    message = _("By %(day)s %(done)s done; the plan asked for %(planned)s.") % {
        "day": day_words(day),
        "done": amount_words(told[0], kind),
        "planned": amount_words(told[1], kind),
    }
    left = 10 + DIGIT * max(2, len(number(most, 0)))
    right = LABEL_GAP + DIGIT * max(map(len, (_("Plan"), pgettext("a part of studies", "Done"))))
    frames = {
        "wide": Frame(720, 260, left, right, first, last, most),
        "narrow": Frame(312, 220, left, right, first, last, most),
    }
    drawn = {
        size: _drawn(size, frame, planned, done, day, {"title": title, "message": message, "unit": unit_words(kind)})
        for size, frame in frames.items()
    }
    return Chart(
        wide=drawn["wide"],
        narrow=drawn["narrow"],
        title=title,
        headers=(_("Day"), _("Planned"), pgettext("a part of studies", "Done")),
        rows=tuple(_rows(planned, done, first, last, day)),
    )


def _drawn(
    size: str, frame: Frame, planned: Sequence[Step], done: Sequence[Step], day: date, words: dict[str, str]
) -> SafeString:
    grid = [(frame.y(amount), number(amount)) for amount in _grid(frame.most)]
    ticks = [(frame.x(at), f"{at.month}/{at.year}") for at in _ticks(frame)]
    context = {
        "size": size,
        "frame": frame,
        "left": frame.left,
        "edge": frame.edge,
        "grid": [y for y, _words in grid],
        "ticks": [x for x, _words in ticks],
        "planned": frame.path(planned, frame.last) if planned else "",
        "done": frame.path(done, day),
        "now": (frame.x(day), frame.y(level_on(done, day))),
        "texts": [
            *(Text(frame.left - 6, y + 4, "end", "", told) for y, told in grid),
            *(Text(x, frame.height - 4, "middle", "", told) for x, told in ticks),
            *_labels(frame, planned, done, day),
        ],
        **words,
    }
    return render_to_string("learning/steps.html", context)


def _labels(frame: Frame, planned: Sequence[Step], done: Sequence[Step], day: date) -> Iterator[Text]:
    """Yield what the lines are called, at their ends, and today."""
    x, level = frame.x(day), level_on(done, day)
    y, is_last = frame.y(level), frame.x(day) > frame.edge - 44
    top = frame.y(planned[-1][1]) if planned else frame.floor
    if planned:
        yield Text(frame.edge + 8, top + 4, "start", "c-strong", _("Plan"))
    if is_last:
        near = planned and abs(y - top) < LABEL_GAP
        yield Text(
            frame.edge + 8,
            top + 4 + LABEL_GAP if near else y + 4,
            "start",
            "c-strong",
            pgettext("a part of studies", "Done"),
        )
    else:
        called = pgettext("a part of studies", "Done")
        over = level > level_on(planned, day)
        has_room = x - frame.left > LETTER * len(called) + 8
        yield Text(
            x - 8 if over and has_room else x + 8,
            y - 9 if over else min(y + 17, frame.floor - 5),
            "end" if over and has_room else "start",
            "c-strong",
            called,
        )
    called = _("today") if day == clock.today() else day_words(day)
    yield Text(x - 5 if is_last else x + 5, 12, "end" if is_last else "start", "", called)


def _grid(most: Decimal) -> list[Decimal]:
    steps = (each * 10**power for power in range(len(str(int(most))) + 1) for each in GRIDS)
    step = next(each for each in steps if most <= each * MOST_GRIDS)
    return [Decimal(step * place) for place in range(int(most / step) + 1)]


def _ticks(frame: Frame) -> Iterator[date]:
    """Yield the beginnings of school years that have room; of half years where there are few."""
    halves = [
        date(year, month, 1)
        for year in range(frame.first.year, frame.last.year + 1)
        for month in (JANUARY, AUGUST)
        if frame.first <= date(year, month, 1) <= frame.last
    ]
    found = [at for at in halves if at.month == AUGUST] if len(halves) > MOST_TICKS else halves
    every = -(-len(found) // MOST_TICKS) if found else 1
    room, before = 58, float("-inf")
    for at in found[::every]:
        if frame.x(at) - before >= room and frame.x(at) <= frame.width - 30:
            yield at
            before = frame.x(at)


def _rows(
    planned: Sequence[Step], done: Sequence[Step], first: date, last: date, day: date
) -> Iterator[tuple[object, ...]]:
    """Yield the numbers at the ends of half years, on the day itself and at the end."""
    ends = {date(year, month, 31) for year in range(first.year, last.year + 1) for month in (7, 12)}
    for at in sorted({one for one in ends if first <= one < last} | {day, last}):
        yield day_words(at), level_on(planned, at), level_on(done, at) if at <= day else None
