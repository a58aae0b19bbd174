"""Pages of one application."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luotsi.funding.views.frame import around, fetched
from luotsi.people.access import ScopedRequest


@require_GET
def see_application(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show an application: what is asked of which call, who prepares it, and how far it has come."""
    return render(request, "funding/see_application.html", around(request, fetched(request, pk), "overview"))
