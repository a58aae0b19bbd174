"""The picture of a forecast: closed cohorts, the naive line, and the range of the cohort that closes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.learning.queries.cohorts import half_words
from luotsi.ui.charts import Chart, draw

if TYPE_CHECKING:
    from luotsi.learning.rules.cohorts import Half
    from luotsi.learning.rules.forecast import Forecast

MOST = 8


def picture_of(finals: Sequence[tuple[Half, float]], found: Forecast | None, title: str) -> Chart | None:
    """Return the chart; None without a forecast."""
    if found is None:
        return None
    told = finals[-MOST:]
    names = [half_words(half) for half, _share in told] + [half_words(found.half)]
    low, high, value = (round(one * 100) for one in (found.low, found.high, found.value))
    range_words = _("%(low)s to %(high)s per cent") % {"low": low, "high": high}
    message = _("Foreseen for %(cohort)s: %(range)s.") % {"cohort": names[-1], "range": range_words}
    rows: list[tuple[object, ...]] = [(half_words(half), round(share * 100), None, None) for half, share in told]
    rows.append((names[-1], None, range_words, value))
    return draw(
        spec_of(told, found, names),
        title=title,
        message=message,
        headers=(_("Began"), _("Actual, %"), _("Range"), _("Forecast, %")),
        rows=rows,
    )


def spec_of(told: Sequence[tuple[Half, float]], found: Forecast, names: Sequence[str]) -> dict[str, Any]:
    """Return the Vega-Lite specification; words in the picture are those of the page."""
    last = names[-1]
    actual = [{"cohort": half_words(half), "value": share * 100} for half, share in told]
    naive = [{"cohort": name, "value": found.naive * 100} for name in (names[-2], last)]
    foreseen = [{"cohort": last, "value": found.low * 100, "high": found.high * 100, "middle": found.value * 100}]
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
