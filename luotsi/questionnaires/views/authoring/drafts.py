"""The draft of a questionnaire: its outline, its elements one by one, its history."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base.errors import Refused
from luotsi.people.access import ScopedRequest
from luotsi.questionnaires import access
from luotsi.questionnaires.actions import drafts as actions
from luotsi.questionnaires.actions.drafts.shaping import SHAPES
from luotsi.questionnaires.forms.authoring.elements import AddForm, ElementForm
from luotsi.questionnaires.forms.authoring.making import KindForm
from luotsi.questionnaires.models import QuestionnaireVersion
from luotsi.questionnaires.queries.authoring.editing import Edited, edited, holder_at
from luotsi.questionnaires.queries.authoring.listing import revisions_of
from luotsi.questionnaires.queries.authoring.names import checked
from luotsi.questionnaires.queries.authoring.outline import anchor, outline_page
from luotsi.questionnaires.queries.authoring.turning import kinds_or_none, kinds_to, turn_of
from luotsi.questionnaires.views.holding import language
from luotsi.ui.forms import show_refusal

type View = Callable[..., HttpResponse]


def of_draft(view: View) -> View:
    """Make a view one of the draft of a questionnaire, for those who may change it."""

    @wraps(view)
    def inner(request: ScopedRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        return view(request, access.draft_for(request.user, request.scope, pk), **kwargs)

    return inner


def revision_of(request: ScopedRequest) -> int:
    """Return the number of the revision that the page showed, 0 where it tells none."""
    told = request.POST.get("revision", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 0


def to_outline(request: ScopedRequest, draft: QuestionnaireVersion, at: str = "") -> HttpResponse:
    """Lead back to the outline, to an element of it."""
    url = reverse("questionnaires:edit-draft", args=[request.scope.key, draft.questionnaire_id])
    return redirect(f"{url}#{anchor(at)}" if at else url)


@require_GET
@of_draft
def edit_draft(request: ScopedRequest, draft: QuestionnaireVersion) -> HttpResponse:
    """Show the outline of the draft, with what the linter finds."""
    context = {"draft": draft, "page": outline_page(request.scope, draft, language())}
    return render(request, "questionnaires/edit_draft.html", context)


@require_POST
@of_draft
def shape_draft(request: ScopedRequest, draft: QuestionnaireVersion) -> HttpResponse:
    """Move, copy or remove the element that a button of the outline names."""
    deed, _colon, at = request.POST.get("do", "").partition(":")
    if deed not in SHAPES:
        return HttpResponse(status=400)
    try:
        _made, at = actions.shape_draft(draft=draft, revision=revision_of(request), deed=deed, at=at, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return to_outline(request, draft)
    if deed == "remove":
        messages.success(request, _("Removed. The draft as it was stands under History, and can be taken back."))
    return to_outline(request, draft, at)


@require_http_methods(["GET", "POST"])
@of_draft
def add_element(request: ScopedRequest, draft: QuestionnaireVersion) -> HttpResponse:
    """Add an element to the page, section, table or part that the address names."""
    holder, spot = holder_at(draft, request.GET.get("at", ""))
    form = AddForm(request.POST or None, holds=spot.holds if spot else "pages", initial={"revision": draft.revision})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made, at = actions.add_element(
                draft=draft, revision=given["revision"], holder=holder, kind=given["kind"], name=given["name"].strip(),
                title=form.title, by=request.user,
            )  # fmt: skip
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            url = reverse("questionnaires:edit-element", args=[request.scope.key, made.questionnaire_id])
            return redirect(f"{url}?at={at}")
    context = {"draft": draft, "form": form, "spot": spot, "revision": draft.revision}
    return render(request, "questionnaires/add_element.html", context, status=422 if form.errors else 200)


def _form(request: ScopedRequest, draft: QuestionnaireVersion, found: Edited) -> ElementForm:
    url = reverse("questionnaires:check-expression", args=[request.scope.key, draft.questionnaire_id])
    return ElementForm(
        request.POST or None,
        data_of=draft.definition,
        item=found.item,
        spot=found.spot,
        holders=list(found.holders),
        check_url=f"{url}?at={found.at}",
        initial={"revision": draft.revision},
    )


@require_http_methods(["GET", "POST"])
@of_draft
def edit_element(request: ScopedRequest, draft: QuestionnaireVersion) -> HttpResponse:
    """Change one element, or the questionnaire as a whole."""
    found = edited(draft, request.GET.get("at", ""), language())
    form = _form(request, draft, found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made, at = actions.change_element(
                draft=draft, revision=given["revision"], at=found.at, values=form.values,
                name=given.get("name", "").strip(), holder=given.get("holder", ""), by=request.user,
            )  # fmt: skip
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return to_outline(request, made, at)
    kinds = kinds_to(found.spot)
    context = {"draft": draft, "form": form, "found": found, "revision": draft.revision, "kinds": kinds}
    return render(request, "questionnaires/edit_element.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@of_draft
def change_kind(request: ScopedRequest, draft: QuestionnaireVersion) -> HttpResponse:
    """Tell what another kind would take from a question, and give it that kind."""
    found = edited(draft, request.GET.get("at", ""), language())
    asked = request.POST or (request.GET if "kind" in request.GET else None)
    form, turn = KindForm(asked, kinds=kinds_or_none(found.spot)), None
    if asked and form.is_valid():
        kind = form.cleaned_data["kind"]
        try:
            turn = turn_of(draft, found.at, kind)
            if request.method == "POST":
                revision = revision_of(request)
                actions.change_kind(draft=draft, revision=revision, at=found.at, kind=kind, by=request.user)
                messages.success(request, _("The question has another kind. The outline can undo this change."))
                url = reverse("questionnaires:edit-element", args=[request.scope.key, draft.questionnaire_id])
                return redirect(f"{url}?at={found.at}")
        except Refused as refusal:
            show_refusal(form, refusal)
    context = {"draft": draft, "form": form, "found": found, "turn": turn, "revision": draft.revision}
    return render(request, "questionnaires/change_kind.html", context, status=422 if form.errors else 200)


@require_GET
@of_draft
def check_expression(request: ScopedRequest, draft: QuestionnaireVersion) -> HttpResponse:
    """Tell what is wrong with an expression while it is being written."""
    key = request.GET.get("key", "")
    words = checked(draft.definition, request.GET.get("at", ""), key, request.GET.get(key, "")[:10_000])
    return render(
        request, "questionnaires/expression_checked.html", {"words": words, "asked": request.GET.get(key, "")}
    )


@require_GET
@of_draft
def list_revisions(request: ScopedRequest, draft: QuestionnaireVersion) -> HttpResponse:
    """List the revisions of the draft that are kept."""
    context = {"draft": draft, "lines": revisions_of(draft.questionnaire)}
    return render(request, "questionnaires/list_revisions.html", context)


@require_POST
@of_draft
def restore_draft(request: ScopedRequest, draft: QuestionnaireVersion, number: int) -> HttpResponse:
    """Take the draft back to an earlier revision."""
    try:
        draft = actions.restore_draft(draft=draft, revision=revision_of(request), number=number, by=request.user)
        messages.success(request, _("The draft is as it was in revision %(number)s.") % {"number": number})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return to_outline(request, draft)
