"""The indicators of a programme, section by section, each small with target and forecast."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luotsi.people.access import ScopedRequest
from luotsi.programme.queries.indicator_pages import indicators_page
from luotsi.programme.views.frame import around, fetched


@require_GET
def list_programme_indicators(request: ScopedRequest, programme: str) -> HttpResponse:
    """Show every indicator of the programme with its latest figure, target and forecast."""
    found = fetched(request, programme)
    page = indicators_page(found, request.scope)
    context = around(request, found, "indicators") | {"page": page}
    return render(request, "programme/list_programme_indicators.html", context)
