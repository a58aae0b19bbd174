"""Pages of the funder: change requests on grants of an own call, and answering one part by part."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.funding import access
from luotsi.funding.actions import changes as actions
from luotsi.funding.forms.changes import AnswerForm
from luotsi.funding.queries.change_pages import asked_page, asked_rows
from luotsi.funding.queries.cost_classes import class_words
from luotsi.funding.rules.change_request import Part
from luotsi.funding.views.changes import answering
from luotsi.funding.views.frame import around_call, form_page
from luotsi.people.access import ScopedRequest


@require_GET
def list_asked_changes(request: ScopedRequest, slug: str) -> HttpResponse:
    """List the change requests on grants of an own call, those that wait for an answer first."""
    call = access.own_call_for(request.user, request.scope, slug)
    rows = asked_rows(access.changes_asked_of(call), request.scope)
    return render(request, "funding/list_asked_changes.html", around_call(request, call, "changes") | {"rows": rows})


@require_GET
def see_asked_change(request: ScopedRequest, slug: str, change: UUID) -> HttpResponse:
    """Show a request part by part beside the grant as it stood, with its answers."""
    call = access.own_call_for(request.user, request.scope, slug)
    found = access.change_asked_of(request.user, call, change)
    page = asked_page(found, may_answer=access.may_answer(request.user, found))
    return render(
        request,
        "funding/see_asked_change.html",
        around_call(request, call, "changes") | {"page": page, "change": found},
    )


@require_http_methods(["GET", "POST"])
def answer_asked_change(request: ScopedRequest, slug: str, change: UUID) -> HttpResponse:
    """Answer each part of a request with its reasons; what is accepted is in force at once."""
    call = access.decided_call_for(request.user, request.scope, slug, to_decide=True)
    found = access.change_asked_of(request.user, call, change, to_answer=True)
    classes = class_words(call, found.parts.get(Part.BUDGET, {}).get("new", {}))
    form = AnswerForm(request.POST or None, parts=found.parts, classes=classes)
    return form_page(
        request,
        form,
        lambda given: actions.answer_change(
            request=found, answers=form.answers(), answered_on=given["answered_on"], by=request.user
        ),
        done=_("The answer has been recorded. What was accepted is in force."),
        back=reverse("funding:see-asked-change", args=[request.scope.key, slug, change]),
        context=around_call(request, call, "changes")
        | answering(asked_page(found, may_answer=True), form)
        | {"title": _("Answer the change request"), "save_label": _("Answer the change request")},
        template="funding/answer_change.html",
    )
