"""Small pictures of an indicator, drawn by hand: actual line, range of the forecast, target; geometry only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from luotsi.indicators.queries.lines import Dot, breaks_of, runs_of
from luotsi.indicators.rules.values import PERCENT

if TYPE_CHECKING:
    from luotsi.indicators.queries.words import Measure
    from luotsi.indicators.rules.forecast import Forecast
    from luotsi.indicators.rules.targets import TargetPath

LEFT, TOP, BOTTOM, WIDTH = 4, 12, 60, 300
LETTER, LINE_HEIGHT, GAP = 6.5, 14, 14
PADDING = Decimal("0.15")


@dataclass(frozen=True)
class Label:
    """A word at the right end: where its line stands, and whether it is strong."""

    y: float
    text: str
    strong: bool


@dataclass(frozen=True)
class Spark:
    """The picture as paths for SVG attributes; empty strings are not drawn."""

    lines: tuple[str, ...] = ()
    dots: tuple[tuple[float, float, bool], ...] = ()
    breaks: tuple[float, ...] = ()
    band: str = ""
    forecast: str = ""
    naive: str = ""
    target: str = ""
    target_mark: str = ""
    now: tuple[float, float] | None = None
    labels: tuple[Label, ...] = ()
    begins: str = ""
    ends: str = ""
    right: int = WIDTH - GAP


@dataclass(frozen=True)
class Frame:
    """Where days and values stand in the picture."""

    first: date
    last: date
    low: Decimal
    high: Decimal
    right: int = WIDTH - GAP

    def x(self, day: date) -> float:
        """Return the place of a day."""
        whole = (self.last - self.first).days
        return self.right if not whole else round(LEFT + (self.right - LEFT) * (day - self.first).days / whole, 1)

    def y(self, value: Decimal) -> float:
        """Return the height of a value, kept inside the picture."""
        span = self.high - self.low
        part = float((value - self.low) / span) if span else 0.5
        return round(BOTTOM - (BOTTOM - TOP) * min(1.0, max(0.0, part)), 1)

    def path(self, points: Iterable[tuple[date, Decimal]]) -> str:
        """Return a line through points; nothing for a single one."""
        places = [f"{self.x(day):g} {self.y(value):g}" for day, value in points]
        return f"M{'L'.join(places)}" if len(places) > 1 else ""


def spark_of(
    dots: Sequence[Dot], path: TargetPath | None, forecast: Forecast | None, measure: Measure
) -> Spark | None:
    """Return the picture of an indicator; None where there is neither a figure nor a target to draw."""
    if not dots and path is None:
        return None
    foreseen = forecast if forecast is not None and forecast.method is not None else None
    texts = [measure.write(end.value) for end in (path, foreseen) if end is not None]
    room = round(max(map(len, texts), default=0) * LETTER)
    frame = replace(frame_of(dots, path, forecast, measure), right=WIDTH - GAP - room)
    naive = forecast.naive if forecast is not None else ()
    corner = None if path is None else (frame.x(path.due_on), frame.y(path.value))
    return Spark(
        lines=tuple(filter(None, (frame.path((dot.day, dot.value) for dot in run) for run in runs_of(dots)))),
        dots=tuple((frame.x(dot.day), frame.y(dot.value), dot.approximate) for dot in shown(dots)),
        breaks=tuple(frame.x(day) for day, _version in breaks_of(dots)),
        band=band_of(frame, foreseen),
        forecast=frame.path(foreseen.central) if foreseen else "",
        naive=frame.path(naive),
        target=frame.path(path.corners) if path else "",
        target_mark=f"M{corner[0] - 4.5:g} {corner[1] - 7:g}h9L{corner[0]:g} {corner[1]:g}z" if corner else "",
        now=(frame.x(dots[-1].day), frame.y(dots[-1].value)) if dots else None,
        labels=labels_of(frame, path, foreseen, measure),
        begins=f"{frame.first.month}/{frame.first.year}",
        ends=f"{frame.last.month}/{frame.last.year}",
        right=frame.right,
    )


def shown(dots: Sequence[Dot]) -> list[Dot]:
    """Return the points that get a mark: approximate ones, and those that stand alone in their version."""
    alone = {id(run[0]) for run in runs_of(dots) if len(run) == 1}
    return [dot for dot in dots[:-1] if dot.approximate or id(dot) in alone]


def frame_of(dots: Sequence[Dot], path: TargetPath | None, forecast: Forecast | None, measure: Measure) -> Frame:
    """Return the frame that holds every point, the target and the forecast; shares stand between 0 and 100."""
    days = [dot.day for dot in dots] + ([day for day, _value in path.corners] if path else [])
    values = [dot.value for dot in dots] + ([value for _day, value in path.corners] if path else [])
    if forecast is not None:
        values += [band.low80 for band in forecast.bands] + [band.high80 for band in forecast.bands]
    if measure.unit == PERCENT:
        return Frame(min(days), max(days), Decimal(0), Decimal(100))
    low, high = min(values), max(values)
    if low >= 0 and low * 2 < high:
        return Frame(min(days), max(days), Decimal(0), high)
    room = (high - low) * PADDING or abs(high) * PADDING or Decimal(1)
    return Frame(min(days), max(days), low - room, high + room)


def band_of(frame: Frame, forecast: Forecast | None) -> str:
    """Return the range as a closed surface: out along its upper edge, back along its lower one."""
    if forecast is None or len(forecast.bands) < 2:
        return ""
    upper = [(band.day, band.high80) for band in forecast.bands]
    lower = [(band.day, band.low80) for band in reversed(forecast.bands)]
    return f"{frame.path([*upper, *lower])}z"


def labels_of(frame: Frame, path: TargetPath | None, forecast: Forecast | None, measure: Measure) -> tuple[Label, ...]:
    """Return the words at the right end: target and forecast, moved apart so that both can be read."""
    found: list[Label] = []
    if path is not None:
        found.append(Label(frame.y(path.value) + 4, measure.write(path.value), True))
    if forecast is not None and forecast.value is not None:
        found.append(Label(frame.y(forecast.value) + 4, measure.write(forecast.value), False))
    if len(found) < 2:
        return tuple(found)
    upper, lower = sorted(found, key=lambda label: label.y)
    if lower.y - upper.y < LINE_HEIGHT:
        middle = (upper.y + lower.y) / 2
        upper, lower = (Label(middle + off, label.text, label.strong) for off, label in ((-7, upper), (7, lower)))
    return upper, lower
