"""The door of the room: leads each to the page that they came for."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luotsi.learning.queries.tabs import door_of
from luotsi.people.access import ScopedRequest


@require_GET
def see_room(request: ScopedRequest) -> HttpResponse:
    """Lead a learner to their own studies, a counsellor to the caseload, everybody else to the first of their tabs."""
    url = door_of(request.user, request.scope)
    if url is None:
        raise PermissionDenied(_("Your role shows nothing of learning at this unit."))
    return redirect(url)
