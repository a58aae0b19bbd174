"""Collections: what a unit is asked and answers; opening and closing for those who ask."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base import clock
from luotsi.base.errors import Refused
from luotsi.people.access import ScopedRequest
from luotsi.questionnaires import access
from luotsi.questionnaires.actions import collections as actions
from luotsi.questionnaires.actions.responses import begin_response
from luotsi.questionnaires.forms.writing import OpenForm, ReceivedFilter
from luotsi.questionnaires.queries.collections import ReceivedRow, collections_page, counts_of, received
from luotsi.questionnaires.rules.rights import Right
from luotsi.ui import lists
from luotsi.ui.forms import show_refusal
from luotsi.ui.lists import Column, Link, State


def _name(row: ReceivedRow) -> object:
    return Link(row.url, row.names) if row.url else row.names


COLUMNS = (
    Column("name", gettext_lazy("Answered by"), cell=_name, sort=True),
    Column("state", gettext_lazy("State"), cell=lambda row: State(row.mark, row.state)),
    Column("number", gettext_lazy("Submission"), cell=lambda row: row.number, numeric=True),
    Column("handed_in", gettext_lazy("Handed in"), cell=lambda row: row.submitted_at, numeric=True, sort=True),
)


@require_GET
def list_collections(request: ScopedRequest) -> HttpResponse:
    """List what asks the unit and the visitor, with what has been answered."""
    page = collections_page(request.user, request.scope)
    return render(request, "questionnaires/list_collections.html", {"page": page})


@require_GET
def see_collection(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show what has come in, to whoever asked."""
    collection = access.collection_for(request.user, request.scope, pk, to=Right.RECEIVE)
    listing = lists.read(request, columns=COLUMNS, filters=ReceivedFilter(request.GET), sort="name")
    context = {
        "collection": collection,
        "state": collection.state_at(clock.now()),
        "counts": counts_of(collection),
        "may_close": access.may_do(request.user, Right.DEFINE, collection.owner),
    }
    rows = received(collection, listing.ask)
    template = "questionnaires/see_collection.html"
    return lists.answer(request, template, listing, rows, filename="responses", context=context)


@require_POST
def begin(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Begin to answer, for the unit or for oneself."""
    collection = access.collection_to_answer(request.user, request.scope, pk)
    try:
        unit = request.scope if collection.unit_kind else None
        response = begin_response(collection=collection, unit=unit, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("questionnaires:list-collections", scope=request.scope.key)
    return redirect("questionnaires:fill-page", pk=response.pk, number=0)


@require_http_methods(["GET", "POST"])
def open_collection(request: ScopedRequest, version: UUID) -> HttpResponse:
    """Open a published version to be answered."""
    found = access.version_for(request.user, request.scope, version)
    names = {f"name_{code}": text for code, text in vars(found.questionnaire.names).items()}
    form = OpenForm(request.POST or None, initial=names)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_collection(version=found, owner=request.scope, details=form.details(), by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The collection has been opened."))
            return redirect("questionnaires:see-collection", scope=request.scope.key, pk=made.pk)
    context = {"form": form, "version": found}
    return render(request, "questionnaires/open_collection.html", context, status=422 if form.errors else 200)


@require_POST
def close_collection(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Close a collection now."""
    collection = access.collection_for(request.user, request.scope, pk, to=Right.DEFINE)
    try:
        actions.close_collection(collection=collection, by=request.user)
        messages.success(request, _("The collection has been closed. Drafts stay with those who write them."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("questionnaires:see-collection", scope=request.scope.key, pk=collection.pk)
