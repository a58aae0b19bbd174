"""Statistics of an own call and of a funder; open data of grants."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luotsi.funding import access
from luotsi.funding.queries.open_grants import grants_csv, grants_json
from luotsi.funding.queries.statistics import statistics_page
from luotsi.funding.rules.rights import Right
from luotsi.funding.views.frame import around_call, around_unit
from luotsi.people.access import ScopedRequest

SHORT = 300


@require_GET
def see_statistics(request: ScopedRequest, slug: str) -> HttpResponse:
    """Show what a call comes to."""
    call = access.decided_call_for(request.user, request.scope, slug)
    page = statistics_page(access.own_calls_of(request.user, request.scope).filter(pk=call.pk))
    context = around_call(request, call, "statistics") | {"page": page, "title": _("Statistics")}
    return render(request, "funding/see_statistics.html", context)


@require_GET
def see_funder_statistics(request: ScopedRequest) -> HttpResponse:
    """Show what all own calls of a unit come to, call by call."""
    access.require(request.user, request.scope, Right.OFFICIATE)
    page = statistics_page(access.own_calls_of(request.user, request.scope), by_call=True)
    context = around_unit(request, "own-calls") | {"page": page, "title": _("Statistics of own calls")}
    return render(request, "funding/see_statistics.html", context)


@require_GET
@login_not_required
def download_grants(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the grants of published calls as open data, as CSV or JSON."""
    if kind not in {"csv", "json"}:
        raise Http404(_("The grants are given as CSV and as JSON."))
    if kind == "csv":
        response = HttpResponse(grants_csv(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="grants.csv"'
    else:
        response = HttpResponse(grants_json(), content_type="application/json")
    patch_cache_control(response, public=True, max_age=SHORT)
    response["Access-Control-Allow-Origin"] = "*"
    return response
