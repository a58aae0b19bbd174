"""The picture of a forecast: closed cohorts, the naive line, and the range of the cohort that closes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.learning.queries.cohorts import half_words
from luotsi.learning.rules.forecast import is_of_few
from luotsi.ui.charts import Chart, draw

if TYPE_CHECKING:
    from luotsi.learning.queries.changes import Change
    from luotsi.learning.rules.cohorts import Half
    from luotsi.learning.rules.forecast import Forecast

MOST = 8


def picture_of(
    finals: Sequence[tuple[Half, float]], found: Forecast | None, title: str, changes: Sequence[Change] = ()
) -> Chart | None:
    """Return the chart; None without a forecast. What changed is marked at its half-year by its number."""
    if found is None:
        return None
    told = finals[-MOST:]
    names = [half_words(half) for half, _share in told] + [half_words(found.half)]
    low, high, value = (round(one * 100) for one in (*found.told(), found.value))
    range_words = _("%(low)s to %(high)s per cent") % {"low": low, "high": high}
    message = _("Foreseen for %(cohort)s: %(range)s.") % {"cohort": names[-1], "range": range_words}
    marked = marks_of(changes, [half for half, _share in told] + [found.half])
    rows: list[tuple[object, ...]] = [
        (half_words(half), round(share * 100), None, None, marked.get(half)) for half, share in told
    ]
    rows.append((names[-1], None, range_words, value, marked.get(found.half)))
    return draw(
        spec_of(told, found, names, {half_words(half): numbers.replace(" ", "") for half, numbers in marked.items()}),
        title=title,
        message=message,
        headers=(_("Began"), _("Actual, %"), _("Range"), _("Forecast, %"), _("Changes")),
        rows=rows,
    )


def marks_of(changes: Sequence[Change], halves: Sequence[Half]) -> dict[Half, str]:
    """Return the numbers of what changed by half-year as drawn; later ones stand at the last, earlier ones nowhere."""
    found: defaultdict[Half, list[str]] = defaultdict(list)
    for one in changes:
        reached = [half for half in halves if half <= one.half]
        if reached:
            found[max(reached)].append(str(one.number))
    return {half: ", ".join(numbers) for half, numbers in found.items()}


def spec_of(
    told: Sequence[tuple[Half, float]], found: Forecast, names: Sequence[str], marked: Mapping[str, str]
) -> dict[str, Any]:
    """Return the Vega-Lite specification; words in the picture are those of the page."""
    last = names[-1]
    actual = [{"cohort": half_words(half), "value": share * 100} for half, share in told]
    is_told = not is_of_few(found.naive, found.before)
    naive = [{"cohort": name, "value": found.naive * 100} for name in names[-2:] if is_told]
    low, high = found.told()
    foreseen = [{"cohort": last, "value": low * 100, "high": high * 100, "middle": found.value * 100}]
    open_dot = {"type": "point", "filled": True, "fill": "var(--paper)", "stroke": "var(--brand)", "opacity": 1}
    return {
        "data": {"values": []},
        "encoding": {
            "x": {
                "field": "cohort",
                "type": "ordinal",
                "sort": list(names),
                "axis": {"title": None, "labelAngle": -40},
                "scale": {"domain": list(names)},
            },
            "y": {"field": "value", "type": "quantitative", "axis": {"title": "%"}, "scale": {"zero": True}},
        },
        "layer": [
            *change_layers(marked),
            {
                "data": {"values": foreseen},
                "mark": {"type": "bar", "width": 18, "color": "var(--brand-band)"},
                "encoding": {"y2": {"field": "high"}},
            },
            {"data": {"values": actual}, "mark": {"type": "line", "style": "actual"}},
            {
                "data": {"values": actual},
                "mark": {"type": "point", "filled": True, "fill": "var(--brand)", "size": 46, "opacity": 1},
            },
            {
                "data": {"values": naive},
                "mark": {"type": "line", "color": "var(--control)", "strokeDash": [4, 3], "strokeWidth": 1.5},
            },
            {
                "data": {"values": foreseen},
                "mark": open_dot | {"size": 60, "strokeWidth": 2},
                "encoding": {"y": {"field": "middle", "type": "quantitative"}},
            },
        ],
    }


def change_layers(marked: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return a dashed line with its numbers at each half-year in which something changed."""
    if not marked:
        return []
    data = {"values": [{"cohort": cohort, "text": numbers} for cohort, numbers in marked.items()]}
    rule = {"type": "rule", "color": "var(--ink-2)", "strokeDash": [6, 3], "strokeWidth": 1}
    label = {"type": "text", "align": "left", "dx": 5, "dy": 8, "fontSize": 12, "color": "var(--ink-2)"}
    text = {"text": {"field": "text", "type": "nominal"}}
    return [
        {"data": data, "mark": rule, "encoding": {"y": None}},
        {"data": data, "mark": label, "encoding": {"y": {"value": 0}, **text}},
    ]
