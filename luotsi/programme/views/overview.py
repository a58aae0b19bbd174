"""The list of programmes that reach a unit, and the overview of one."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luotsi.base import clock
from luotsi.people.access import ScopedRequest
from luotsi.programme import access
from luotsi.programme.queries.overview_pages import grid_table, overview_page
from luotsi.programme.queries.programme_list import programmes_page
from luotsi.programme.queries.tabs import tabs_of_unit
from luotsi.programme.views.frame import around, fetched
from luotsi.programme.waiting import tasks_for
from luotsi.ui.exports import csv_response, xlsx_response


@require_GET
def list_programmes(request: ScopedRequest) -> HttpResponse:
    """List the programmes of the unit, those shared with it from above, and those below it."""
    context = {
        "groups": programmes_page(request.user, request.scope, clock.today()),
        "tabs": tabs_of_unit(request.scope),
        "may_plan": access.may_plan_at(request.user, request.scope),
    }
    return render(request, "programme/list_programmes.html", context)


@require_GET
def see_programme(request: ScopedRequest, programme: str) -> HttpResponse:
    """Show where the programme stands: states, sections with measures by period, figures, money, gaps."""
    found = fetched(request, programme)
    tasks = [task for task in tasks_for(request.user, request.scope) if f"/programme/{found.slug}/" in task.url]
    page = overview_page(request.user, found, request.scope, request.GET.get("unit", ""), clock.today(), tasks)
    return render(request, "programme/see_programme.html", around(request, found, "overview") | {"page": page})


@require_GET
def download_grid(request: ScopedRequest, programme: str, kind: str) -> HttpResponse:
    """Return the measures by period with their states as a table."""
    found = fetched(request, programme)
    if kind not in {"csv", "xlsx"}:
        raise Http404(_("There is no such file."))
    headers, rows = grid_table(request.user, found, request.scope, request.GET.get("unit", ""), clock.today())
    respond = csv_response if kind == "csv" else xlsx_response
    return respond(found.slug, headers, rows)
