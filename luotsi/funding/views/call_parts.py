"""Pages of what belongs to an own call: its criteria and its officers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.actions import own_calls as actions
from luotsi.funding.forms.own_calls import CriterionForm, OfficerForm, OfficerTimeForm, criterion_initial
from luotsi.funding.models import Call
from luotsi.funding.queries.officers import officer_named, officers_to_add
from luotsi.funding.views.frame import around_call, attempt, form_page
from luotsi.funding.views.own_calls import call_url
from luotsi.people.access import ScopedRequest


def _fetched(request: ScopedRequest, slug: str) -> Call:
    return access.own_call_for(request.user, request.scope, slug)


@require_http_methods(["GET", "POST"])
def add_criterion(request: ScopedRequest, slug: str) -> HttpResponse:
    """Add a criterion of selection."""
    call = _fetched(request, slug)
    form = CriterionForm(request.POST or None, initial={"lowest": 0, "highest": 5})
    return form_page(
        request,
        form,
        lambda given: actions.add_criterion(call=call, details=form.details(), by=request.user),
        done=_("The criterion has been added."),
        back=f"{call_url(request, slug)}#criteria",
        context=around_call(request, call, "call")
        | {"title": _("Add a criterion"), "save_label": _("Add the criterion"), "back_label": call.names.text},
    )


@require_http_methods(["GET", "POST"])
def edit_criterion(request: ScopedRequest, slug: str, criterion: UUID) -> HttpResponse:
    """Change a criterion of selection."""
    call = _fetched(request, slug)
    one = access.criterion_for(call, criterion)
    form = CriterionForm(request.POST or None, initial=criterion_initial(actions.criterion_details(one)))
    return form_page(
        request,
        form,
        lambda given: actions.change_criterion(criterion=one, details=form.details(), by=request.user),
        done=_("The criterion has been saved."),
        back=f"{call_url(request, slug)}#criteria",
        context=around_call(request, call, "call")
        | {"title": _("Edit the criterion"), "save_label": _("Save the criterion"), "back_label": call.names.text},
    )


@require_POST
def remove_criterion(request: ScopedRequest, slug: str, criterion: UUID) -> HttpResponse:
    """Take a criterion away."""
    one = access.criterion_for(_fetched(request, slug), criterion)
    words = _("The criterion has been taken away.")
    attempt(request, lambda: actions.remove_criterion(criterion=one, by=request.user), done=words)
    return redirect(f"{call_url(request, slug)}#criteria")


@require_http_methods(["GET", "POST"])
def add_officer(request: ScopedRequest, slug: str) -> HttpResponse:
    """Name somebody who handles the call."""
    call = _fetched(request, slug)
    persons = officers_to_add(call)
    form = OfficerForm(request.POST or None, persons=persons, initial={"since": clock.today()})
    nobody = _("Everybody with the role of a funder's officer here handles the call already.")
    return form_page(
        request,
        form,
        lambda given: actions.add_officer(
            call=call, person=officer_named(call, UUID(given["person"])), details=form.details(), by=request.user
        ),
        done=_("The officer has been added."),
        back=f"{call_url(request, slug)}#officers",
        context=around_call(request, call, "call")
        | {
            "title": _("Add an officer"),
            "save_label": _("Add the officer"),
            "back_label": call.names.text,
            "intro": "" if persons else nobody,
        },
    )


@require_http_methods(["GET", "POST"])
def edit_officer(request: ScopedRequest, slug: str, officer: UUID) -> HttpResponse:
    """Change from when until when an officer handles the call."""
    call = _fetched(request, slug)
    one = access.officer_for(call, officer)
    form: OfficerTimeForm = OfficerTimeForm(request.POST or None, initial={"since": one.since, "until": one.until})
    return form_page(
        request,
        form,
        lambda given: actions.change_officer(officer=one, details=form.details(), by=request.user),
        done=_("The time has been saved."),
        back=f"{call_url(request, slug)}#officers",
        context=around_call(request, call, "call")
        | {
            "title": _("Time of an officer"),
            "save_label": _("Save the time"),
            "back_label": call.names.text,
            "intro": one.person.full_name,
        },
    )


@require_POST
def end_officer(request: ScopedRequest, slug: str, officer: UUID) -> HttpResponse:
    """End the time of an officer now."""
    one = access.officer_for(_fetched(request, slug), officer)
    words = _("%(name)s no longer handles the call.") % {"name": one.person.full_name}
    attempt(request, lambda: actions.end_officer(officer=one, by=request.user), done=words)
    return redirect(f"{call_url(request, slug)}#officers")
