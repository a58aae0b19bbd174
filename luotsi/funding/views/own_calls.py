"""Pages of own calls for their officers: the list, one call with its checklist, beginning, copying and writing it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.funding import access
from luotsi.funding.actions import own_calls as actions
from luotsi.funding.forms.calls import MirrorForm
from luotsi.funding.forms.own_calls import OwnCallFilter, OwnCallForm, own_initial
from luotsi.funding.queries.choices import versions_to_mirror
from luotsi.funding.queries.own_call_pages import own_call_page, own_calls_listed
from luotsi.funding.queries.public_calls import public_page
from luotsi.funding.rules.rights import Right
from luotsi.funding.views.columns import CALL, sums
from luotsi.funding.views.frame import around_call, around_unit, attempt, form_page
from luotsi.people.access import ScopedRequest, person_of
from luotsi.ui import lists
from luotsi.ui.lists import Column, Link

COLUMNS = (
    Column("name", gettext_lazy("Call"), cell=lambda row: Link(row.url, row.names), sort=True),
    Column("owner", gettext_lazy("Funder"), cell=lambda row: row.owner),
    *CALL,
    Column("received", gettext_lazy("Handed in"), cell=lambda row: row.received, numeric=True, sort=True),
    sums("applied", gettext_lazy("Applied for in all"), lambda row: row.applied),
)


def call_url(request: ScopedRequest, slug: str) -> str:
    """Return the address of an own call for its officers."""
    return reverse("funding:see-own-call", args=[request.scope.key, slug])


@require_GET
def list_own_calls(request: ScopedRequest) -> HttpResponse:
    """List the own calls of the unit with their state and what has come in."""
    access.require(request.user, request.scope, Right.OFFICIATE)
    listing = lists.read(request, columns=COLUMNS, filters=OwnCallFilter(request.GET), sort="state")
    rows = own_calls_listed(request.user, request.scope, listing.ask)
    context = around_unit(request, "own-calls") | {
        "title": _("Own calls"),
        "empty_words": _("Begin a call: it is a draft until everything it needs is there and you publish it."),
    }
    return lists.answer(request, "funding/list_own_calls.html", listing, rows, filename="own-calls", context=context)


@require_GET
def see_own_call(request: ScopedRequest, slug: str) -> HttpResponse:
    """Show an own call: what it says, what it still lacks, its criteria and officers."""
    call = access.own_call_for(request.user, request.scope, slug)
    context = around_call(request, call, "call") | {"page": own_call_page(call)}
    return render(request, "funding/see_own_call.html", context)


@require_http_methods(["GET", "POST"])
def begin_own_call(request: ScopedRequest) -> HttpResponse:
    """Begin an own call as a draft; whoever begins it is its first officer."""
    access.require(request.user, request.scope, Right.OFFICIATE)
    form = OwnCallForm(request.POST or None, owner=request.scope)
    return form_page(
        request,
        form,
        lambda given: actions.begin_own_call(
            owner=request.scope, details=form.own_details(), officer=person_of(request.user), by=request.user
        ),
        done=_("The draft has been begun. The checklist tells what it still needs."),
        back=reverse("funding:list-own-calls", args=[request.scope.key]),
        context=around_unit(request, "own-calls")
        | {"title": _("Begin a call"), "save_label": _("Save the draft"), "back_label": _("Own calls")},
        template="funding/edit_own_call.html",
        onward=lambda made: call_url(request, made.slug),
    )


@require_http_methods(["GET", "POST"])
def edit_own_call(request: ScopedRequest, slug: str) -> HttpResponse:
    """Write the draft of an own call."""
    call = access.own_call_for(request.user, request.scope, slug)
    before = actions.own_details_of(call)
    form = OwnCallForm(request.POST or None, owner=call.owner, initial=own_initial(call.owner, before))
    return form_page(
        request,
        form,
        lambda given: actions.change_own_call(call=call, details=form.own_details(before), by=request.user),
        done=_("The draft has been saved."),
        back=call_url(request, slug),
        context=around_call(request, call, "call")
        | {"title": _("Edit the draft"), "save_label": _("Save the draft"), "back_label": call.names.text},
        template="funding/edit_own_call.html",
    )


@require_http_methods(["GET", "POST"])
def choose_form(request: ScopedRequest, slug: str) -> HttpResponse:
    """Choose the published form on which applications will be written."""
    call = access.own_call_for(request.user, request.scope, slug)
    versions = versions_to_mirror(request.user, call.owner)
    form = MirrorForm(request.POST or None, versions=versions, initial={"version": str(call.form_id or "")})
    return form_page(
        request,
        form,
        lambda given: actions.choose_form(
            call=call, version=access.form_version_for(request.user, call, UUID(given["version"])), by=request.user
        ),
        done=_("The form has been chosen."),
        back=call_url(request, slug),
        context=around_call(request, call, "call")
        | {
            "title": _("Choose the form"),
            "save_label": _("Use this form"),
            "back_label": call.names.text,
            "intro": _("Published questionnaires of the funder and of those above it. Publishing the call opens it.")
            if versions
            else _("The funder has no published questionnaire yet: publish one in Questionnaires first."),
        },
    )


@require_GET
def preview_call(request: ScopedRequest, slug: str) -> HttpResponse:
    """Show the public page of an own call as everybody will read it."""
    call = access.own_call_for(request.user, request.scope, slug)
    context = {"call": call, "page": public_page(call), "is_preview": True}
    return render(request, "funding/see_public_call.html", context)


@require_POST
def copy_call(request: ScopedRequest, slug: str) -> HttpResponse:
    """Begin a draft from an earlier own call."""
    call = access.own_call_for(request.user, request.scope, slug)
    made = actions.copy_own_call(call=call, officer=person_of(request.user), by=request.user)
    messages.success(request, _("A draft has been begun from the call. Give it its days."))
    return redirect(call_url(request, made.slug))


@require_POST
def discard_call(request: ScopedRequest, slug: str) -> HttpResponse:
    """Take a draft away."""
    call = access.own_call_for(request.user, request.scope, slug)
    words = _("The draft has been taken away. The log keeps what it said.")
    if not attempt(request, lambda: actions.discard_own_call(call=call, by=request.user), done=words):
        return redirect(call_url(request, slug))
    return redirect("funding:list-own-calls", scope=request.scope.key)
