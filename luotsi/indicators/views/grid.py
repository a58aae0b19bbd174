"""The grid: the figures of one indicator and period for many units at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from luotsi.indicators import access
from luotsi.indicators.actions.observations.sheets import SheetRefused, SheetRow, enter_sheet
from luotsi.indicators.forms.observations import GridPlaceForm, GridRowForm
from luotsi.indicators.models import Definition, Indicator
from luotsi.indicators.queries.definitions import definition_words
from luotsi.indicators.queries.entering import (
    GridRow,
    chosen_period,
    definition_now,
    grid_of,
    indicators_to_enter,
    period_choices,
    units_that_tell,
    units_to_enter,
)
from luotsi.indicators.rules.rights import Right
from luotsi.people.access import ScopedRequest
from luotsi.ui.formatting import number
from luotsi.ui.forms import show_refusal

type Line = tuple[GridRow, GridRowForm | None]


@require_http_methods(["GET", "POST"])
def enter_many(request: ScopedRequest) -> HttpResponse:
    """Choose an indicator and a period, then enter the figures of the units below."""
    access.require(request.user, request.scope, Right.ENTER)
    indicators = indicators_to_enter(request.user, request.scope)
    indicator = next((one for one in indicators if one.key == request.GET.get("indicator")), None)
    definition = definition_now(indicator) if indicator else None
    choices = period_choices(definition) if definition else []
    period = chosen_period(request.GET.get("period"), choices)
    initial = {"indicator": indicator.key if indicator else "", "period": period}
    place = GridPlaceForm(indicators=indicators, periods=choices, initial=initial)
    context: dict[str, Any] = {"place": place, "indicator": indicator, "period": period}
    context["told"] = definition_words(definition) if definition else None
    if indicator is None or definition is None:
        return render(request, "indicators/enter_many.html", context)
    lines = _lines(request, indicator, definition, period)
    if request.method == "POST" and (count := _entered(request, indicator, period, lines)):
        text = ngettext("%(n)s figure has been saved.", "%(n)s figures have been saved.", count)
        messages.success(request, text % {"n": number(count)})
        return redirect("indicators:list-observations", scope=request.scope.key)
    wrong = [line for line in lines if line[1] is not None and line[1].errors]
    context |= {"lines": lines, "wrong": wrong, "nothing": request.method == "POST" and not wrong}
    context["open"] = any(form is not None for _row, form in lines)
    return render(request, "indicators/enter_many.html", context, status=422 if request.method == "POST" else 200)


def _lines(request: ScopedRequest, indicator: Indicator, definition: Definition, period: str) -> list[Line]:
    """Return the rows of the grid, each with its form where something can be entered."""
    units = units_that_tell(units_to_enter(request.user, request.scope), definition)
    rows = grid_of(indicator, period, units)
    return [
        (
            row,
            GridRowForm(request.POST if request.method == "POST" else None, prefix=row.unit.key, draft=row.draft)
            if row.is_open
            else None,
        )
        for row in rows
    ]


def _entered(request: ScopedRequest, indicator: Indicator, period: str, lines: Sequence[Line]) -> int:
    """Enter what was typed; return how many, 0 when something was refused or nothing was typed."""
    forms = {row.unit.key: (row, form) for row, form in lines if form is not None}
    valid = [form.is_valid() for _row, form in forms.values()]  # every one, so that all errors are shown
    if not all(valid):
        return 0
    filled = [
        SheetRow(unit=row.unit, figures=form.figures(), draft=row.draft)
        for row, form in forms.values()
        if form.is_filled()
    ]
    hand_over = "hand_over" in request.POST
    try:
        return enter_sheet(indicator=indicator, period=period, rows=filled, hand_over=hand_over, by=request.user)
    except SheetRefused as refusal:
        for key, reasons in refusal.by_unit.items():
            show_refusal(forms[key][1], SheetRefused({key: reasons}))
        return 0
