"""Pages of one application: its overview, beginning it, changing it, handing it in, taking it back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.actions import applications as actions
from luotsi.funding.forms.applications import (
    ApplicationForm,
    BeginForm,
    HandInForm,
    ReasonForm,
    SubmitForm,
    initial_of,
)
from luotsi.funding.models import Application, Call
from luotsi.funding.queries.application_pages import application_page
from luotsi.funding.queries.call_pages import form_name
from luotsi.funding.queries.handing import handing_page
from luotsi.funding.rules.moves import Move
from luotsi.funding.rules.rights import Part, Right
from luotsi.funding.views.frame import around, around_unit, fetched, form_page
from luotsi.people.access import ScopedRequest
from luotsi.ui.formatting import language

TITLES = {
    Move.DROP: (
        gettext_lazy("Give the application up"),
        gettext_lazy("Give it up"),
        gettext_lazy("The application was given up."),
    ),
    Move.WITHDRAW: (
        gettext_lazy("Withdraw the application"),
        gettext_lazy("Withdraw"),
        gettext_lazy("The application was withdrawn."),
    ),
    Move.RESUME: (
        gettext_lazy("Take the application up again"),
        gettext_lazy("Take it up again"),
        gettext_lazy("The application goes on."),
    ),
}


def _back(request: ScopedRequest, pk: UUID) -> str:
    return reverse("funding:see-application", args=[request.scope.key, pk])


@require_GET
def see_application(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show an application: what is asked of which call, who prepares it, and how far it has come."""
    held = fetched(request, pk)
    page = application_page(request.user, held, request.scope)
    return render(request, "funding/see_application.html", around(request, held, "overview") | {"page": page})


@require_http_methods(["GET", "POST"])
def begin_application(request: ScopedRequest, owner: str, slug: str) -> HttpResponse:
    """Begin an application of the unit from a call."""
    call = access.call_for(request.user, request.scope, owner, slug)
    access.require(request.user, request.scope, Right.PREPARE)
    form = BeginForm(request.POST or None, has_form=call.has_form, must=call.kind == Call.Kind.OWN)
    return form_page(
        request,
        form,
        lambda given: begun(request, call, form),
        done=_("The application has been begun."),
        back=reverse("funding:see-call", args=[request.scope.key, owner, slug]),
        context=around_unit(request, "calls")
        | {
            "title": _("Begin an application"),
            "save_label": _("Begin the application"),
            "back_label": call.names.text,
            "intro": form_name(call),
        },
        onward=lambda made: _back(request, made.pk),
    )


def begun(request: ScopedRequest, call: Call, form: BeginForm) -> Application:
    """Begin what the form asks for."""
    details = form.details()
    return actions.begin_application(
        call=call, unit=request.scope, details=details, on_form=form.on_form, by=request.user
    )


@require_http_methods(["GET", "POST"])
def edit_application(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Change what is told of an application."""
    held = fetched(request, pk, Part.WRITE)
    one = held.application
    typed = one.state == Application.State.PREPARING and one.response_id is None
    form = ApplicationForm(request.POST or None, typed=typed, initial=initial_of(actions.details_of(one)))
    return form_page(
        request,
        form,
        lambda given: actions.change_application(application=one, details=form.details(), by=request.user),
        done=_("The application has been saved."),
        back=_back(request, pk),
        context=around(request, held, "overview")
        | {"title": _("Edit the application"), "save_label": _("Save the application")},
    )


@require_http_methods(["GET", "POST"])
def submit_application(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Hand an application in to an own call, or tell how it was handed in to a foreign funder."""
    received_at = clock.now()  # before anything is looked up: a slow answer costs nobody a deadline
    held = fetched(request, pk, Part.SUBMIT)
    own = held.application.call.kind == Call.Kind.OWN
    form = HandInForm(request.POST or None) if own else SubmitForm(request.POST or None)
    found = access.form_for(request.user, held.application)
    page = handing_page(held.application, found)
    return form_page(
        request,
        form,
        lambda given: actions.submit_application(
            application=held.application,
            handing=handing_of(form, received_at),
            form=found,
            by=request.user,
        ),
        done=_("The application is handed in."),
        back=_back(request, pk),
        context=around(request, held, "overview") | {"page": page, "title": page.title, "save_label": page.button},
        template="funding/submit_application.html",
    )


def handing_of(form: HandInForm | SubmitForm, received_at: datetime) -> actions.Handing:
    """Return how it was handed in: here when the request came, elsewhere as it was told."""
    if isinstance(form, HandInForm):
        return actions.Handing(at=received_at, revision=form.cleaned_data["revision"], language=language())
    number = form.cleaned_data["register_number"]
    return actions.Handing(at=form.moment(), register_number=number, language=language())


@require_http_methods(["GET", "POST"])
def move_application(request: ScopedRequest, pk: UUID, move: str) -> HttpResponse:
    """Give an application up, withdraw it, or undo what was told by mistake."""
    held = fetched(request, pk, Part.SUBMIT)
    if move not in TITLES:
        raise Http404(_("There is no such page."))
    title, button, done = TITLES[Move(move)]
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda given: actions.move_application(
            application=held.application,
            move=Move(move),
            reason=given["reason"],
            form=access.form_for(request.user, held.application),
            by=request.user,
        ),
        done=str(done),
        back=_back(request, pk),
        context=around(request, held, "overview") | {"title": title, "save_label": button},
    )
