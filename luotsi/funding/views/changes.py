"""Pages of change requests: the early warning, one request, writing and sending it, the funder's answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base.errors import Refused
from luotsi.funding import access
from luotsi.funding.actions import changes as actions
from luotsi.funding.forms.changes import AnswerForm, ChangeForm, initial_of
from luotsi.funding.forms.grant_reports import SendForm
from luotsi.funding.models import ChangeRequest
from luotsi.funding.queries.change_documents import document
from luotsi.funding.queries.change_pages import ChangePage, change_page, changes_page, is_outside
from luotsi.funding.queries.changes import standing_of
from luotsi.funding.queries.cost_classes import class_words
from luotsi.funding.queries.papers import KINDS
from luotsi.funding.rules.change_request import Part as Asked
from luotsi.funding.rules.rights import Part, Right
from luotsi.funding.views.frame import around, attempt, fetched, form_page
from luotsi.people.access import ScopedRequest
from luotsi.ui.exports import attached


def _url(request: ScopedRequest, pk: UUID, change: UUID | None = None) -> str:
    if change is None:
        return reverse("funding:list-changes", args=[request.scope.key, pk])
    return reverse("funding:see-change", args=[request.scope.key, pk, change])


@require_GET
def list_changes(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show what the ledger warns of while there is time to ask, and the requests of the grant."""
    held = access.grant_for(request.user, request.scope, pk)
    context = around(request, held, "changes") | {"page": changes_page(held, request.scope)}
    return render(request, "funding/list_changes.html", context)


@require_POST
def begin_change(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Draft a request from the warnings and open it."""
    held = fetched(request, pk, Part.WRITE)
    try:
        made = actions.begin_change(application=held.application, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_url(request, pk))
    return redirect(_url(request, pk, made.pk))


@require_GET
def see_change(request: ScopedRequest, pk: UUID, change: UUID) -> HttpResponse:
    """Show a request part by part, beside the grant as it stood, with its answers."""
    held = fetched(request, pk)
    page = change_page(held, access.change_request_for(held, change))
    context = around(request, held, "changes") | {"page": page, "change": page.request}
    return render(request, "funding/see_change.html", context)


@require_http_methods(["GET", "POST"])
def write_change(request: ScopedRequest, pk: UUID, change: UUID) -> HttpResponse:
    """Write what is asked for and why."""
    held = fetched(request, pk, Part.WRITE)
    found, standing = access.change_request_for(held, change), standing_of(held.application)
    if request.method == "GET" and found.state != ChangeRequest.State.DRAFT:
        return redirect(_url(request, pk, change))
    keys = {**standing.budget, **found.parts.get(Asked.BUDGET, {}).get("new", {})}
    form = ChangeForm(
        request.POST or None,
        classes=class_words(held.application.call, keys),
        initial=initial_of(found, standing.budget),
    )
    return form_page(
        request,
        form,
        lambda given: actions.write_change(request=found, asked=form.asked(), seen=given["seen"], by=request.user),
        done=_("The text has been saved."),
        back=_url(request, pk, change),
        context=around(request, held, "changes")
        | {"title": _("Write the request"), "save_label": _("Save the text"), "back_label": _("Change request")},
        template="funding/write_change.html",
    )


@require_http_methods(["GET", "POST"])
def send_change(request: ScopedRequest, pk: UUID, change: UUID) -> HttpResponse:
    """Send a request to a funder that is here, or mark it as sent to one outside."""
    held = fetched(request, pk, Part.SUBMIT)
    found, outside = access.change_request_for(held, change), is_outside(held.application)
    there = _("The request does not change any more. Copy its parts into the funder's own system.")
    here = _("The request does not change any more. The funder sees it at once.")
    return form_page(
        request,
        SendForm(request.POST if request.method == "POST" else None, outside=outside),
        lambda given: actions.send_change(request=found, by=request.user, **given),
        done=_("The request has been sent."),
        back=_url(request, pk, change),
        context=around(request, held, "changes")
        | {
            "title": _("Mark the request as sent") if outside else _("Send the change request"),
            "save_label": _("The request is sent") if outside else _("Send the change request"),
            "back_label": _("Change request"),
            "intro": there if outside else here,
        },
    )


@require_http_methods(["GET", "POST"])
def answer_change(request: ScopedRequest, pk: UUID, change: UUID) -> HttpResponse:
    """Type what a funder that is not here has answered to each part."""
    held = fetched(request, pk, Right.COMMIT)
    found = access.change_request_for(held, change)
    if not is_outside(held.application):
        raise PermissionDenied(_("The funder answers here itself."))
    classes = class_words(held.application.call, found.parts.get(Asked.BUDGET, {}).get("new", {}))
    form = AnswerForm(request.POST or None, parts=found.parts, classes=classes)
    return form_page(
        request,
        form,
        lambda given: actions.answer_change(
            request=found, answers=form.answers(), answered_on=given["answered_on"], by=request.user
        ),
        done=_("The answer has been recorded. What was accepted is in force."),
        back=_url(request, pk, change),
        context=around(request, held, "changes")
        | answering(change_page(held, found), form)
        | {"title": _("Record the answer"), "save_label": _("Record the answer")},
        template="funding/answer_change.html",
    )


def answering(page: ChangePage, form: AnswerForm) -> dict[str, Any]:
    """Return what the form of an answer shows besides itself: each part as it was asked for, with its fields."""
    pairs = list(zip(page.parts, form.groups, strict=True))
    return {"change": page.request, "answered": pairs, "back_label": _("Change request")}


@require_POST
def withdraw_change(request: ScopedRequest, pk: UUID, change: UUID) -> HttpResponse:
    """Withdraw a request before it is answered."""
    held = fetched(request, pk, Part.SUBMIT)
    found = access.change_request_for(held, change)
    words = _("The request has been withdrawn.")
    attempt(request, lambda: actions.withdraw_change(request=found, by=request.user), done=words)
    return redirect(_url(request, pk, change))


@require_GET
def download_change(request: ScopedRequest, pk: UUID, change: UUID, language: str, kind: str) -> HttpResponse:
    """Send a request as text for copying, DOCX or tagged PDF, in Finnish or Swedish."""
    held = fetched(request, pk)
    found = access.change_request_for(held, change)
    if kind not in KINDS or language not in {"fi", "sv"}:
        raise Http404(_("There is no such file."))
    made = document(found, kind, language)
    return attached(made.data, made.kind, made.filename)
