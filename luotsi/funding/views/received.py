"""Pages of an own call for its officers: what was handed in, one application, who handles it, completion."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.funding import access
from luotsi.funding.actions import completion as actions
from luotsi.funding.forms.applications import Confirm
from luotsi.funding.forms.received import CompletionForm, HandlerForm, ReceivedFilter
from luotsi.funding.queries.handlers import handlers_of, person_among
from luotsi.funding.queries.received import received_listed, sums_of
from luotsi.funding.queries.received_pages import received_page
from luotsi.funding.views.columns import APPLIED, RECORD
from luotsi.funding.views.frame import around_call, form_page
from luotsi.people.access import ScopedRequest
from luotsi.ui import lists
from luotsi.ui.formatting import moment
from luotsi.ui.lists import Column, State

COLUMNS = (
    *RECORD,
    APPLIED,
    Column("whole", gettext_lazy("Completeness"), cell=lambda row: State(row.whole_mark, row.whole), sort=True),
    Column("state", gettext_lazy("State"), cell=lambda row: State(row.state_mark, row.state), sort=True),
    Column("handler", gettext_lazy("Who handles it"), cell=lambda row: row.handler or None, sort=True),
    Column(
        "received",
        gettext_lazy("Handed in"),
        cell=lambda row: moment(row.received_at),
        text=lambda row: row.received_at,
        numeric=True,
        sort=True,
    ),
)


@require_GET
def list_received(request: ScopedRequest, slug: str) -> HttpResponse:
    """List what was handed in to an own call, for its officers."""
    call = access.own_call_for(request.user, request.scope, slug)
    seen = access.received_by(call)
    form = ReceivedFilter(request.GET, handlers=handlers_of(call))
    listing = lists.read(request, columns=COLUMNS, filters=form, sort="number")
    rows = received_listed(seen, request.scope, listing.ask)
    context = around_call(request, call, "received") | {
        "sums": sums_of(seen),
        "empty_words": _("An application gets its number here when it is handed in."),
    }
    return lists.answer(request, "funding/list_received.html", listing, rows, filename="received", context=context)


def _fetched(request: ScopedRequest, pk: UUID, *, to_handle: bool = True) -> access.Handled:
    """Return the application of the address in the hands of an officer, through access."""
    return access.received_for(request.user, request.scope, pk, to_handle=to_handle)


def _around(request: ScopedRequest, held: access.Handled) -> dict[str, object]:
    return around_call(request, held.application.call, "received") | {"received": held.application}


def _back(request: ScopedRequest, pk: UUID) -> str:
    return reverse("funding:see-received", args=[request.scope.key, pk])


@require_GET
def see_received(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show an application as it was handed in, with the checks, requests for completion and its history."""
    held = _fetched(request, pk, to_handle=False)
    if not held.is_officer:
        raise PermissionDenied(_("Only the officers of the call do this."))
    asked = request.GET.get("submission", "")
    page = received_page(held, request.scope, int(asked) if asked.isdecimal() and len(asked) < 5 else None)
    return render(request, "funding/see_received.html", _around(request, held) | {"page": page})


@require_http_methods(["GET", "POST"])
def set_handler(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Choose which officer handles an application."""
    held = _fetched(request, pk)
    one = held.application
    handlers = handlers_of(one.call, request.user)
    form = HandlerForm(request.POST or None, handlers=handlers, initial={"handler": one.received.handler_id})
    return form_page(
        request,
        form,
        lambda given: actions.set_handler(
            application=one, handler=person_among(handlers, given["handler"]), by=request.user
        ),
        done=_("Saved who handles it."),
        back=_back(request, pk),
        context=_around(request, held)
        | {"title": _("Who handles it"), "save_label": _("Save"), "back_label": one.register_number},
    )


@require_http_methods(["GET", "POST"])
def ask_completion(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Ask the applicant to complete the application until a moment."""
    held = _fetched(request, pk)
    one, form = held.application, CompletionForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda given: actions.ask_completion(
            application=one, words=given["words"], until=form.until(), by=request.user
        ),
        done=_("The applicant has been asked, and the form is open again."),
        back=_back(request, pk),
        context=_around(request, held)
        | {
            "title": _("Ask for completion"),
            "save_label": _("Send the request"),
            "back_label": one.register_number,
            "intro": _("The form opens again for this applicant alone until the moment that you give."),
        },
    )


@require_http_methods(["GET", "POST"])
def take_back_completion(request: ScopedRequest, pk: UUID, asked: UUID) -> HttpResponse:
    """Take a request for completion back."""
    held = _fetched(request, pk)
    found = access.completion_for(held, asked)
    return form_page(
        request,
        Confirm(request.POST or None),
        lambda given: actions.take_back_completion(request=found, by=request.user),
        done=_("The request has been taken back."),
        back=_back(request, pk),
        context=_around(request, held)
        | {
            "title": _("Take the request back"),
            "save_label": _("Take the request back"),
            "back_label": held.application.register_number,
            "intro": _("What was handed in stays as it is, and the form closes again."),
        },
    )
