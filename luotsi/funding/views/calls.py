"""Pages of calls: those that are watched, one call, adding and changing it, the form that mirrors the funder's."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.funding import access
from luotsi.funding.actions import calls as actions
from luotsi.funding.forms.calls import CallFilter, CallForm, MirrorForm, initial_of
from luotsi.funding.queries.call_pages import call_page
from luotsi.funding.queries.calls import calls_listed
from luotsi.funding.queries.choices import versions_to_mirror
from luotsi.funding.rules.rights import Right
from luotsi.funding.views.columns import CALL
from luotsi.funding.views.frame import around_unit, form_page
from luotsi.people.access import ScopedRequest
from luotsi.questionnaires import access as questionnaires
from luotsi.questionnaires.rules.rights import Right as FormRight
from luotsi.ui import lists
from luotsi.ui.lists import Column, Link

COLUMNS = (
    Column("name", gettext_lazy("Call"), cell=lambda row: Link(row.url, row.names), sort=True),
    Column("funder", gettext_lazy("Funder"), cell=lambda row: row.funder, sort=True),
    *CALL,
    Column(
        "fits",
        gettext_lazy("Measures it speaks of"),
        cell=lambda row: Link(row.fits_url, row.fits) if row.fits else 0,
        numeric=True,
        sort=True,
    ),
    Column("preparers", gettext_lazy("Who prepares"), cell=lambda row: row.preparers),
    Column(
        "applications", gettext_lazy("Own applications"), cell=lambda row: row.applications, numeric=True, sort=True
    ),
)


@require_GET
def list_calls(request: ScopedRequest) -> HttpResponse:
    """List the calls that are watched along the unit and the published ones, open ones first."""
    listing = lists.read(request, columns=COLUMNS, filters=CallFilter(request.GET), sort="closes")
    rows = calls_listed(request.user, request.scope, listing.ask)
    context = around_unit(request, "calls") | {
        "title": _("Calls"),
        "may_prepare": access.may_do(request.user, Right.PREPARE, request.scope),
        "empty_words": _("Add a call by hand or import a file of calls to watch it here."),
    }
    return lists.answer(request, "funding/list_calls.html", listing, rows, filename="calls", context=context)


@require_GET
def see_call(request: ScopedRequest, owner: str, slug: str) -> HttpResponse:
    """Show a call: what it states, the measures it speaks of, the own applications."""
    call = access.call_for(request.user, request.scope, owner, slug)
    context = around_unit(request, "calls") | {"page": call_page(request.user, request.scope, call)}
    return render(request, "funding/see_call.html", context)


@require_http_methods(["GET", "POST"])
def add_call(request: ScopedRequest) -> HttpResponse:
    """Add a call of another funder by hand."""
    access.require(request.user, request.scope, Right.PREPARE)
    form = CallForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda given: actions.add_call(owner=request.scope, details=form.details(), by=request.user),
        done=_("The call is watched."),
        back=reverse("funding:list-calls", args=[request.scope.key]),
        context=around_unit(request, "calls")
        | {"title": _("Add a call"), "save_label": _("Watch the call"), "back_label": _("Calls")},
        onward=lambda made: reverse("funding:see-call", args=[request.scope.key, made.owner.key, made.slug]),
    )


@require_http_methods(["GET", "POST"])
def edit_call(request: ScopedRequest, owner: str, slug: str) -> HttpResponse:
    """Change what is known of a watched call."""
    call = access.watched_call_for(request.user, request.scope, owner, slug)
    before = actions.details_of(call)
    form = CallForm(request.POST or None, initial=initial_of(before))
    return form_page(
        request,
        form,
        lambda given: actions.change_call(call=call, details=form.details(before), by=request.user),
        done=_("The call has been saved."),
        back=reverse("funding:see-call", args=[request.scope.key, owner, slug]),
        context=around_unit(request, "calls")
        | {"title": _("Edit the call"), "save_label": _("Save the call"), "back_label": call.names.text},
    )


@require_http_methods(["GET", "POST"])
def mirror_form(request: ScopedRequest, owner: str, slug: str) -> HttpResponse:
    """Choose the published form on which applications to a watched call are written."""
    call = access.watched_call_for(request.user, request.scope, owner, slug)
    form = MirrorForm(request.POST or None, versions=versions_to_mirror(request.user, call.owner))
    return form_page(
        request,
        form,
        lambda given: actions.mirror_form(
            call=call,
            version=questionnaires.version_for(request.user, call.owner, given["version"], FormRight.SEE),
            by=request.user,
        ),
        done=_("Applications are now written on this form."),
        back=reverse("funding:see-call", args=[request.scope.key, owner, slug]),
        context=around_unit(request, "calls")
        | {
            "title": _("Choose the form"),
            "save_label": _("Use this form"),
            "back_label": call.names.text,
            "intro": _(
                "A form that mirrors the funder's own lets you write, count and check the application here. It is "
                "then copied into the funder's system question by question."
            ),
        },
    )
