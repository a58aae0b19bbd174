"""Figures of studies at every level, for those who lead them: no person stands in them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luotsi.learning import access
from luotsi.learning.queries.cohorts import Measure
from luotsi.learning.queries.figure_pages import figure_page
from luotsi.learning.queries.forecast_pages import forecast_page
from luotsi.learning.queries.targeting_pages import targeting_page
from luotsi.learning.rules.rights import Right
from luotsi.learning.views.frame import around_unit
from luotsi.people.access import ScopedRequest
from luotsi.questionnaires.queries.authoring.packaged import ENGAGEMENT, asking_address


@require_GET
def see_figures(request: ScopedRequest) -> HttpResponse:
    """Show how studies end and advance at the unit, at those below it and by qualification."""
    access.require(request.user, request.scope, Right.SEE)
    page = figure_page(request.scope)
    ask_url = asking_address(request.user, request.scope, ENGAGEMENT) if page.is_unasked else ""
    context = around_unit(request, "figures") | {"page": page, "ask_url": ask_url}
    return render(request, "learning/see_figures.html", context)


@require_GET
def see_forecasts(request: ScopedRequest) -> HttpResponse:
    """Show what is foreseen of cohorts that are open, with range, naive line and the errors of earlier forecasts."""
    access.require(request.user, request.scope, Right.SEE)
    asked = request.GET.get("measure", "")
    measure = Measure(asked) if asked in set(Measure) else Measure.LEFT
    page = forecast_page(request.user, request.scope, measure, request.GET.get("qualification", ""))
    return render(request, "learning/see_forecasts.html", around_unit(request, "forecasts") | {"page": page})


@require_GET
def see_targeting(request: ScopedRequest) -> HttpResponse:
    """Show the groups in which most are behind, and whom help for groups or for some would have reached."""
    access.require(request.user, request.scope, Right.SEE)
    page = targeting_page(request.user, request.scope)
    return render(request, "learning/see_targeting.html", around_unit(request, "targeting") | {"page": page})
