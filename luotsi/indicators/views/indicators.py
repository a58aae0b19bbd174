"""Pages of indicators: the list, one in depth, units side by side."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from luotsi.indicators import access
from luotsi.indicators.forms.filters import IndicatorFilter
from luotsi.indicators.queries.comparing import UnitRow, side_by_side
from luotsi.indicators.queries.definitions import versions_of
from luotsi.indicators.queries.indicator_list import indicators_listed
from luotsi.indicators.queries.indicator_page import indicator_page
from luotsi.indicators.queries.tabs import second_level
from luotsi.indicators.rules.rights import Right
from luotsi.people.access import ScopedRequest
from luotsi.ui import exports, lists
from luotsi.ui.lists import Buttons, Column, Link, State

COLUMNS = (
    Column("name", gettext_lazy("Indicator"), cell=lambda row: Link(row.mini.url, row.mini.names), sort=True),
    Column(
        "value",
        gettext_lazy("Latest figure"),
        cell=lambda row: Buttons("indicators/figure_cell.html"),
        text=lambda row: row.value if row.mini.figure else row.mini.gone,
        numeric=True,
    ),
    Column("period", gettext_lazy("Period"), cell=lambda row: row.mini.period),
    Column(
        "target", gettext_lazy("Target"), cell=lambda row: row.mini.target, text=lambda row: row.target, numeric=True
    ),
    Column("due", gettext_lazy("Until"), cell=lambda row: row.mini.due),
    Column("trend", gettext_lazy("Course"), cell=lambda row: Buttons("indicators/spark_cell.html"), export=False),
    Column(
        "state",
        gettext_lazy("Verdict"),
        cell=lambda row: State("none", _("Retired")) if row.retired else State(row.mini.said.mark, row.mini.said.word),
        sort=True,
    ),
    Column("owner", gettext_lazy("Owner"), cell=lambda row: row.owner or _("Everybody"), sort=True),
)


@require_GET
def list_indicators(request: ScopedRequest) -> HttpResponse:
    """List the indicators that are followed at the unit."""
    access.require(request.user, request.scope, Right.SEE)
    found = list(access.indicators_visible_to(request.user, request.scope))
    filters = IndicatorFilter(request.GET, found=found)
    listing = lists.read(request, columns=COLUMNS, filters=filters, sort="state")
    rows = indicators_listed(request.user, request.scope, listing.ask)
    context = {
        "tabs": second_level(request.user, request.scope),
        "may_define": access.may_do(request.user, Right.DEFINE, request.scope),
    }
    return lists.answer(
        request, "indicators/list_indicators.html", listing, rows, filename="indicators", context=context
    )


@require_GET
def see_indicator(request: ScopedRequest, key: str) -> HttpResponse:
    """Show one indicator in depth at the unit."""
    indicator = access.indicator_for(request.user, request.scope, key)
    page = indicator_page(request.user, request.scope, indicator)
    return render(request, "indicators/see_indicator.html", {"page": page})


@require_GET
def see_definition(request: ScopedRequest, key: str) -> HttpResponse:
    """Show every version of how the indicator is counted."""
    indicator = access.indicator_for(request.user, request.scope, key)
    context = {
        "indicator": indicator,
        "versions": versions_of(indicator),
        "may_define": access.may_define(request.user, indicator),
    }
    return render(request, "indicators/see_definition.html", context)


@require_GET
def compare_units(request: ScopedRequest, key: str) -> HttpResponse:
    """Show the units below side by side in one period, or send the table as a file."""
    indicator = access.indicator_for(request.user, request.scope, key)
    side = side_by_side(request.user, request.scope, indicator, request.GET.get("period", ""))
    if (kind := request.GET.get("format", "")) in {"csv", "xlsx"}:
        write = exports.csv_response if kind == "csv" else exports.xlsx_response
        headers = [_("Unit"), _("Figure"), _("Numerator"), _("Denominator"), _("Change"), _("Place"), _("Note")]
        return write(f"{indicator.key}-units", headers, [line_of(row) for row in side.rows])
    return render(request, "indicators/compare_units.html", {"indicator": indicator, "side": side})


def line_of(row: UnitRow) -> list[object]:
    """Return one unit as a line of a file."""
    cell = row.cell
    note = "; ".join(filter(None, (row.gone, *row.notes)))
    parts = [None, None, None] if cell is None else [cell.value, cell.numerator, cell.denominator]
    return [row.names.text, *parts, row.change or None, row.rank, note or None]
