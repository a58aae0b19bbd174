"""What is behind a figure: as a page, and the same as a drawer over the page it is opened from."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luotsi.base.periods import NotAPeriod
from luotsi.indicators import access
from luotsi.indicators.forms.traces import TraceForm
from luotsi.indicators.queries.trace_page import MOST_SHOWN, Asked, file_lines, trace_page
from luotsi.people.access import ScopedRequest
from luotsi.ui import exports

ALL = 1_000_000


@require_GET
def see_trace(request: ScopedRequest, key: str) -> HttpResponse:
    """Show the path from the figure to what it is made of, as a page, a drawer or a file."""
    indicator = access.indicator_for(request.user, request.scope, key)
    form = TraceForm(request.GET)
    if not form.is_valid():
        raise Http404(_("There is no such figure, or you have no role that shows it."))
    unit = access.unit_below(request.user, request.scope, form.cleaned_data["unit"])
    as_file = form.cleaned_data["format"] == "csv"
    asked = form.completed(Asked(request.scope, unit, most=ALL if as_file else MOST_SHOWN))
    try:
        page = trace_page(request.user, indicator, asked)
    except NotAPeriod as error:
        raise Http404(str(error)) from None
    if as_file:
        headers = [_("Record"), _("Unit"), _("Split"), _("Figure"), _("Source"), _("Approved")]
        return exports.csv_response(f"{indicator.key}-{asked.period}", headers, file_lines(page.lines))
    drawer = request.headers.get("HX-Target") == "drawer"
    name = "indicators/trace_drawer.html" if drawer else "indicators/see_trace.html"
    context = {"page": page, "indicator": indicator, "unit": unit, "drawer": drawer}
    context["again"] = asked.again
    response = render(request, name, context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
