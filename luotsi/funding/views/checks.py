"""Pages of checks and of what is copied into another system."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luotsi.funding.queries.check_pages import check_page
from luotsi.funding.queries.exports import KINDS, document, export_page
from luotsi.funding.rules.rights import Part
from luotsi.funding.views.frame import around, fetched
from luotsi.people.access import ScopedRequest
from luotsi.ui.exports import attached
from luotsi.ui.formatting import language


@require_GET
def list_findings(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show what the checks find in an application, with both sides of the evidence."""
    held = fetched(request, pk)
    page = check_page(request.user, held, request.scope)
    return render(request, "funding/list_findings.html", around(request, held, "checks") | {"page": page})


@require_GET
def see_export(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show the application question by question, for copying into another system, with counted characters."""
    held = fetched(request, pk, Part.WRITE)
    page = export_page(held.application)
    return render(request, "funding/see_export.html", around(request, held, "export") | {"page": page})


@require_GET
def download_application(request: ScopedRequest, pk: UUID, kind: str) -> HttpResponse:
    """Send the application as text, PDF or JSON; the hash of its content stands in each."""
    held = fetched(request, pk, Part.WRITE)
    if kind not in KINDS:
        raise Http404(_("There is no such file."))
    found = document(held.application, kind, language())
    return attached(found.data, found.kind, found.filename)
