"""Pages of the tables that rooms offer: what they hold, and their rows as files."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luotsi.indicators import access
from luotsi.indicators.queries.fact_export import TooManyRows, export_of
from luotsi.indicators.queries.fact_files import CONTENT_TYPES, file_of
from luotsi.indicators.queries.fact_pages import tables_told
from luotsi.indicators.queries.offered import tables_offered
from luotsi.indicators.queries.tabs import second_level
from luotsi.indicators.rules.rights import Right
from luotsi.people.access import ScopedRequest
from luotsi.ui.exports import attached


@require_GET
def list_facts(request: ScopedRequest) -> HttpResponse:
    """Show the tables with what each column means."""
    access.require(request.user, request.scope, Right.SEE)
    context = {
        "tables": tables_told(),
        "may_export": access.may_do(request.user, Right.EXPORT, request.scope),
        "tabs": second_level(request.user, request.scope),
    }
    return render(request, "indicators/list_facts.html", context)


@require_GET
def download_facts(request: ScopedRequest, table: str, kind: str) -> HttpResponse:
    """Return a table of the unit and those below as CSV, XLSX or Parquet; where persons stand, as protected counts."""
    access.require(request.user, request.scope, Right.EXPORT)
    if table not in tables_offered() or kind not in CONTENT_TYPES:
        raise Http404(_("There is no such table or no such kind of file."))
    try:
        export = export_of(table, request.scope)
    except TooManyRows:
        messages.error(request, _("The table has more rows than a file can hold. Choose a smaller unit."))
        return redirect("indicators:list-facts", scope=request.scope.key)
    return attached(file_of(export, kind), CONTENT_TYPES[kind], f"{table}.{kind}")
