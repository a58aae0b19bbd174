"""Adding, changing and ending events of the annual clock."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luotsi.base.errors import Refused
from luotsi.people.access import ScopedRequest
from luotsi.programme import access
from luotsi.programme.actions import clock as actions
from luotsi.programme.forms.clock import EventForm
from luotsi.programme.queries import choices
from luotsi.programme.queries.clock_pages import event_initial
from luotsi.programme.rules.rights import Right
from luotsi.programme.views.frame import around, fetched, form_page


def _back(request: ScopedRequest, programme: str) -> str:
    return reverse("programme:see-clock", args=[request.scope.key, programme])


@require_http_methods(["GET", "POST"])
def add_event(request: ScopedRequest, programme: str) -> HttpResponse:
    """Add an event to the annual clock."""
    found = fetched(request, programme, Right.PLAN)
    form = EventForm(request.POST or None, choices=choices.of_event(found))
    return form_page(
        request,
        form,
        lambda given: actions.add_event(programme=found, details=form.details(), by=request.user),
        done=_("The event is on the clock."),
        back=_back(request, programme),
        context=around(request, found, "clock")
        | {"title": _("Add an event"), "save_label": _("Add the event"), "back_label": _("Annual clock")},
    )


@require_http_methods(["GET", "POST"])
def edit_event(request: ScopedRequest, programme: str, pk: UUID) -> HttpResponse:
    """Change an event of the annual clock."""
    found = fetched(request, programme)
    event = access.event_for(request.user, found, pk, Right.PLAN)
    form = EventForm(request.POST or None, choices=choices.of_event(found), initial=event_initial(event))
    return form_page(
        request,
        form,
        lambda given: actions.change_event(event=event, details=form.details(), by=request.user),
        done=_("The event has been saved."),
        back=_back(request, programme),
        context=around(request, found, "clock")
        | {"title": _("Edit the event"), "save_label": _("Save the event"), "back_label": _("Annual clock")},
    )


@require_POST
def end_event(request: ScopedRequest, programme: str, pk: UUID) -> HttpResponse:
    """Take an event off the clock."""
    found = fetched(request, programme)
    event = access.event_for(request.user, found, pk, Right.PLAN)
    try:
        actions.end_event(event=event, by=request.user)
        messages.success(request, _("The event has left the clock."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_back(request, programme))
