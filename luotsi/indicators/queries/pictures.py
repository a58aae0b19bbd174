"""The large picture of an indicator: figures by version, path of the target, forecast with its range; as Vega-Lite."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.base import periods
from luotsi.base.periods import PeriodKind
from luotsi.indicators.queries import words
from luotsi.indicators.queries.lines import Dot, breaks_of, runs_of
from luotsi.indicators.rules.values import PERCENT
from luotsi.ui.charts import Chart, draw
from luotsi.ui.formatting import day as written

if TYPE_CHECKING:
    from luotsi.indicators.queries.words import Measure
    from luotsi.indicators.rules.forecast import Forecast
    from luotsi.indicators.rules.targets import TargetPath

SCHOOL_YEAR = PeriodKind.SCHOOL_YEAR
NARROW_TICKS = 4
UPPER_PART = Decimal("0.85")
CLOSE = Decimal("0.08")
MOST_DOTS = 14


@dataclass(frozen=True)
class Picture:
    """What is drawn: points, path, forecast, and what they are called."""

    title: str
    dots: Sequence[Dot]
    path: TargetPath | None
    forecast: Forecast | None
    measure: Measure
    today: date
    by: PeriodKind = SCHOOL_YEAR

    @property
    def foreseen(self) -> Forecast | None:
        """The forecast, if it has a method; too little data draws no line."""
        return self.forecast if self.forecast is not None and self.forecast.method is not None else None

    @property
    def first(self) -> date:
        """The first day that is drawn."""
        return min(self._days())

    @property
    def last(self) -> date:
        """The last day that is drawn."""
        return max(self._days())

    def _days(self) -> list[date]:
        found = [dot.day for dot in self.dots] + ([day for day, _value in self.path.corners] if self.path else [])
        return found or [self.today]


def chart_of(picture: Picture, message: str) -> Chart | None:
    """Return the picture, wide and narrow, with its numbers; None where there is nothing to draw."""
    if not picture.dots and picture.path is None:
        return None
    return draw(
        spec_of(picture, narrow=False),
        title=picture.title,
        message=message,
        headers=(_("Time"), _("Actual"), _("Forecast"), _("Range, 80 %"), _("Target")),
        rows=rows_of(picture),
        narrow=spec_of(picture, narrow=True),
    )


def spec_of(picture: Picture, *, narrow: bool) -> dict[str, Any]:
    """Return the Vega-Lite specification."""
    return {
        "data": {"values": []},
        "padding": {"left": 2, "top": 44 if narrow else 26, "right": 6, "bottom": 4},
        "encoding": {"x": x_of(picture, narrow=narrow), "y": y_of(picture)},
        "layer": [
            *band_layers(picture),
            *target_layers(picture, narrow=narrow),
            *naive_layers(picture),
            *break_layers(picture),
            *today_layers(picture, narrow=narrow),
            *actual_layers(picture, narrow=narrow),
            *forecast_layers(picture, narrow=narrow),
        ],
    }


def end_words(picture: Picture) -> dict[str, str]:
    """Return the words at the right end by what they name."""
    found = {}
    if picture.path is not None:
        found["target"] = _("Target %(value)s") % {"value": words.aim(picture.path, picture.measure)}
    if (foreseen := picture.foreseen) is not None:
        found["forecast"] = _("Forecast %(value)s") % {"value": picture.measure.write(foreseen.value)}
        between = picture.measure.range(foreseen.low80, foreseen.high80)
        found["range"] = _("range %(range)s") % {"range": between}
    return found


def x_of(picture: Picture, *, narrow: bool) -> dict[str, Any]:
    """Return the axis of time: days as numbers, named by period at its first day."""
    found = [periods.containing(picture.first, picture.by)]
    while found[-1].end < picture.last:
        found.append(found[-1].next())
    every = -(-len(found) // (NARROW_TICKS if narrow else 2 * NARROW_TICKS))
    named = {str(one.end.toordinal()): words.period(one.key) for one in found[::every]}
    start, end = found[0].start, max(found[-1].end, picture.last)
    return {
        "field": "day",
        "type": "quantitative",
        "scale": {"domain": [start.toordinal(), end.toordinal()], "nice": False, "zero": False},
        "axis": {
            "title": None,
            "values": [int(place) for place in named],
            "labelExpr": f"({json.dumps(named)})[toString(datum.value)]",
            "labelAngle": 0,
            "labelAlign": "right",
            "labelFlush": False,
        },
    }


def y_of(picture: Picture) -> dict[str, Any]:
    """Return the axis of figures: from zero for shares and counts."""
    axis: dict[str, Any] = {"title": picture.measure.title or None}
    scale: dict[str, Any] = {"zero": True}
    if picture.measure.unit == PERCENT:
        axis["values"] = [0, 25, 50, 75, 100]
        scale["domain"] = [0, 100]
    return {"field": "value", "type": "quantitative", "axis": axis, "scale": scale}


def points(pairs: Iterable[tuple[date, Decimal]], **more: object) -> dict[str, Any]:
    """Return points as the data of a layer."""
    return {"values": [{"day": day.toordinal(), "value": float(value), **more} for day, value in pairs]}


def actual_layers(picture: Picture, *, narrow: bool) -> list[dict[str, Any]]:
    """Return one line for each version of the definition, a mark for each figure, and the latest in words."""
    found: list[dict[str, Any]] = []
    for run in runs_of(picture.dots):
        pairs = [(dot.day, dot.value) for dot in run]
        found.append({"data": points(pairs), "mark": {"type": "line", "style": "actual"}})
    for about in (False, True):
        marked = [dot for dot in picture.dots if dot.approximate is about]
        if not about and len(marked) > MOST_DOTS:
            marked = marked[-1:]
        pairs = [(dot.day, dot.value) for dot in marked]
        fill = "var(--paper)" if about else "var(--brand)"
        mark = {
            "type": "point",
            "filled": True,
            "fill": fill,
            "stroke": "var(--brand)",
            "strokeWidth": 1.75,
            "size": 46,
        }
        found += [{"data": points(pairs), "mark": mark | {"opacity": 1}}] if pairs else []
    if picture.dots:
        last = picture.dots[-1]
        text = picture.measure.write(last.value, approximate=last.approximate)
        falling = len(picture.dots) > 1 and picture.dots[-2].value > last.value
        mark = {"type": "text", "style": "label", "align": "right", "dx": -8, "fontWeight": 600}
        mark["dy"] = 18 if falling else -10
        found.append({"data": points([(last.day, last.value)], text=text), "mark": mark, "encoding": text_of()})
    return found


def text_of() -> dict[str, Any]:
    """Return the encoding of words that stand in the data."""
    return {"text": {"field": "text", "type": "nominal"}}


def target_layers(picture: Picture, *, narrow: bool) -> list[dict[str, Any]]:
    """Return the path to the target with a triangle at each corner after the baseline, and the target in words."""
    path = picture.path
    if path is None:
        return []
    corners = path.corners
    marked = corners[1:] if path.baseline is not None and len(corners) > 1 else corners
    found: list[dict[str, Any]] = [
        {"data": points(corners), "mark": {"type": "line", "style": "target", "strokeWidth": 1.25}},
        {"data": points(marked), "mark": {"type": "point", "style": "target-mark", "filled": True, "dy": -5,
                                          "opacity": 1}},
    ]  # fmt: skip
    raised = -16 if path.value < top_of(picture) * UPPER_PART else -30
    text = end_words(picture)["target"]
    found.append(end_label(path.due_on, path.value, text, narrow=narrow, dy=raised if narrow else -6, strong=True))
    for day, value in marked[:-1]:
        beside = (
            {"align": "left", "dx": 8, "dy": 14} if lies_below(picture, day, value) else {"align": "right", "dx": -9}
        )
        mark = {"type": "text", "style": "label", "dy": -8} | beside
        data = points([(day, value)], text=picture.measure.write(value))
        found.append({"data": data, "mark": mark, "encoding": text_of()})
    return found


def end_label(
    day: date, value: Decimal, text: str, *, narrow: bool, dy: float, strong: bool = False
) -> dict[str, Any]:
    """Return words at the right end: beside the line, or above it in narrow places."""
    mark: dict[str, Any] = {"type": "text", "style": "label", "baseline": "middle", "dy": dy}
    mark |= {"align": "right", "dx": 2} if narrow else {"align": "left", "dx": 10}
    mark |= {"fontWeight": 600} if strong else {}
    return {"data": points([(day, value)], text=text), "mark": mark, "encoding": text_of()}


def band_layers(picture: Picture) -> list[dict[str, Any]]:
    """Return the 80 per cent range as a surface."""
    foreseen = picture.foreseen
    if foreseen is None or len(foreseen.bands) < 2:
        return []
    rows = [
        {"day": band.day.toordinal(), "value": float(band.low80), "high": float(band.high80)}
        for band in foreseen.bands
    ]
    encoding = {"y2": {"field": "high"}}
    return [{"data": {"values": rows}, "mark": {"type": "area", "style": "forecast-band"}, "encoding": encoding}]


def forecast_layers(picture: Picture, *, narrow: bool) -> list[dict[str, Any]]:
    """Return the forecast as a dashed line with an open dot at its end, and its words where they do not collide."""
    foreseen = picture.foreseen
    if foreseen is None or foreseen.value is None or not foreseen.central:
        return []
    end = foreseen.central[-1]
    dot = {"type": "point", "filled": True, "fill": "var(--paper)", "stroke": "var(--brand)", "strokeWidth": 2}
    found: list[dict[str, Any]] = [
        {"data": points(foreseen.central), "mark": {"type": "line", "style": "forecast"}},
        {"data": points([end]), "mark": dot | {"size": 60, "opacity": 1}},
    ]
    told = end_words(picture)
    if narrow:
        lowest = min(value for value in (end[1], foreseen.low80) if value is not None)
        found.append(end_label(end[0], lowest, told["forecast"], narrow=True, dy=30))
        return found
    low = offset_of(picture, foreseen.value)
    found.append(end_label(*end, told["forecast"], narrow=False, dy=low))
    found.append(end_label(*end, told["range"], narrow=False, dy=low + 17))
    return found


def top_of(picture: Picture) -> Decimal:
    """Return the highest value of the axis."""
    if picture.measure.unit == PERCENT:
        return Decimal(100)
    values = [dot.value for dot in picture.dots] + ([picture.path.value] if picture.path else [])
    return max(values, default=Decimal(1))


def lies_below(picture: Picture, day: date, value: Decimal) -> bool:
    """Return True where the figures around a day are above a value: its words then go under it."""
    near = min(picture.dots, key=lambda dot: abs((dot.day - day).days), default=None)
    return near is not None and near.value > value


def offset_of(picture: Picture, value: Decimal) -> float:
    """Return how far the words of the forecast move down from those of a target that ends at the same height."""
    path = picture.path
    if path is None or abs(path.value - value) >= top_of(picture) * CLOSE:
        return 0
    return 14


def naive_layers(picture: Picture) -> list[dict[str, Any]]:
    """Return the last figure carried on as a thin line: what happens when nothing changes."""
    line = picture.forecast.naive if picture.forecast is not None else ()
    if len(line) < 2:
        return []
    mark = {"type": "line", "color": "var(--control)", "strokeWidth": 1}
    return [{"data": points(line), "mark": mark}]


def break_layers(picture: Picture) -> list[dict[str, Any]]:
    """Return where the definition changes, and to which version."""
    found: list[dict[str, Any]] = []
    for day, version in breaks_of(picture.dots):
        rule = {"type": "rule", "color": "var(--ink-2)", "strokeDash": [6, 3], "strokeWidth": 1}
        data = {"values": [{"day": day.toordinal(), "text": _("definition %(n)s") % {"n": version}}]}
        words_mark = {"type": "text", "align": "left", "dx": 5, "dy": 8, "fontSize": 12, "color": "var(--ink-2)"}
        found.append({"data": data, "mark": rule, "encoding": {"y": None}})
        found.append({"data": data, "mark": words_mark, "encoding": {"y": {"value": 0}, **text_of()}})
    return found


def today_layers(picture: Picture, *, narrow: bool) -> list[dict[str, Any]]:
    """Return today as a dotted line, where it lies inside the picture."""
    if not picture.first <= picture.today <= picture.last:
        return []
    data = {"values": [{"day": picture.today.toordinal(), "text": written(picture.today)}]}
    label = {
        "type": "text",
        "align": "right" if narrow else "center",
        "dy": -8,
        "fontSize": 12,
        "color": "var(--ink-2)",
    }
    return [
        {"data": data, "mark": {"type": "rule", "style": "now"}, "encoding": {"y": None}},
        {"data": data, "mark": label, "encoding": {"y": {"value": 0}, **text_of()}},
    ]


def rows_of(picture: Picture) -> list[tuple[object, ...]]:
    """Return the numbers of the picture: figures by period, then what is foreseen and aimed at."""
    measure, path = picture.measure, picture.path
    rows: list[tuple[object, ...]] = []
    several = len(runs_of(picture.dots)) > 1
    for dot in picture.dots:
        when = words.period(dot.period)
        if several:
            when = _("%(when)s, definition %(n)s") % {"when": when, "n": dot.version}
        aimed = path.value_on(dot.day) if path is not None else None
        actual = measure.write(dot.value, approximate=dot.approximate)
        rows.append((when, actual, None, None, None if aimed is None else measure.write(aimed)))
    last = picture.dots[-1].day if picture.dots else date.min
    for day in ahead(picture, last):
        band = next((band for band in picture.foreseen.bands if band.day == day), None) if picture.foreseen else None
        centre = dict(picture.foreseen.central).get(day) if picture.foreseen else None
        aimed = path.value_on(day) if path is not None else None
        rows.append(
            (
                written(day),
                None,
                None if centre is None else measure.write(centre),
                None if band is None else measure.range(band.low80, band.high80),
                None if aimed is None else measure.write(aimed),
            )
        )
    return rows


def ahead(picture: Picture, last: date) -> list[date]:
    """Return the days after the last figure that the table tells: corners of the path and some of the forecast."""
    corners = {day for day, _value in picture.path.corners if day > last} if picture.path else set()
    central = picture.foreseen.central if picture.foreseen else ()
    return sorted(corners | {day for day, _value in central[4::4] if day > last})
