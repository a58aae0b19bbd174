"""Figures of studies at every level, for those who lead them: no person stands in them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luotsi.learning import access
from luotsi.learning.queries.figure_pages import figure_page
from luotsi.learning.rules.rights import Right
from luotsi.learning.views.frame import around_unit
from luotsi.people.access import ScopedRequest


@require_GET
def see_figures(request: ScopedRequest) -> HttpResponse:
    """Show how studies end and advance at the unit, at those below it and by qualification."""
    access.require(request.user, request.scope, Right.SEE)
    page = figure_page(request.scope)
    return render(request, "learning/see_figures.html", around_unit(request, "figures") | {"page": page})
