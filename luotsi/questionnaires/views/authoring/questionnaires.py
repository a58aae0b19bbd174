"""Questionnaires of a unit: their list, making one, one of them with its versions, and how versions differ."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base.errors import Refused
from luotsi.base.names import Names
from luotsi.people.access import ScopedRequest
from luotsi.questionnaires import access
from luotsi.questionnaires.actions import drafts as actions
from luotsi.questionnaires.forms.authoring.making import MakeForm, QuestionnaireFilter
from luotsi.questionnaires.queries.authoring.copying import copies_for, source_of
from luotsi.questionnaires.queries.authoring.differing import changes_since, items_of
from luotsi.questionnaires.queries.authoring.exporting import Looked, looked_again, looked_at
from luotsi.questionnaires.queries.authoring.listing import questionnaire_page, questionnaires_listed
from luotsi.questionnaires.queries.authoring.packaged import begun_with
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.rights import Right
from luotsi.questionnaires.rules.shaping import texts_of
from luotsi.questionnaires.rules.shaping.words import home_language
from luotsi.questionnaires.views.holding import language
from luotsi.ui import lists
from luotsi.ui.forms import show_refusal
from luotsi.ui.lists import Column, Link, State

COLUMNS = (
    Column("name", gettext_lazy("Questionnaire"), cell=lambda row: Link(row.url, row.names), sort=True),
    Column("key", gettext_lazy("Key"), cell=lambda row: row.key),
    Column("owner", gettext_lazy("Belongs to"), cell=lambda row: row.owner),
    Column("state", gettext_lazy("State"), cell=lambda row: State(row.mark, row.state)),
    Column("version", gettext_lazy("Newest version"), cell=lambda row: row.version),
    Column("count", gettext_lazy("Versions"), cell=lambda row: row.count, numeric=True),
    Column("changed", gettext_lazy("Changed"), cell=lambda row: row.changed_at, numeric=True, sort=True),
)


@require_GET
def list_questionnaires(request: ScopedRequest) -> HttpResponse:
    """List the questionnaires along the unit."""
    listing = lists.read(request, columns=COLUMNS, filters=QuestionnaireFilter(request.GET), sort="name")
    rows = questionnaires_listed(request.user, request.scope, listing.ask)
    context = {"may_define": access.may_do(request.user, Right.DEFINE, request.scope)}
    template = "questionnaires/list_questionnaires.html"
    return lists.answer(request, template, listing, rows, filename="questionnaires", context=context)


@require_http_methods(["GET", "POST"])
def add_questionnaire(request: ScopedRequest) -> HttpResponse:
    """Make a questionnaire: empty, as a copy, or from a file, which is looked at first."""
    access.require_define(request.user, request.scope)
    copies, begun = copies_for(request.user, request.scope), begun_with(request.GET.get("copy", ""))
    form = MakeForm(request.POST or None, request.FILES or None, copies=copies, initial=begun)
    looked: Looked | None = None
    if request.method == "POST" and form.is_valid():
        try:
            looked = _looked(request, form)
            if looked is None or request.POST.get("do") == "take":
                return _made(request, form, looked)
        except Refused as refusal:
            show_refusal(form, refusal)
    context = {"form": form, "looked": looked, "kept": values.dumps(looked.definition) if looked else ""}
    return render(request, "questionnaires/add_questionnaire.html", context, status=422 if form.errors else 200)


def _looked(request: ScopedRequest, form: MakeForm) -> Looked | None:
    """Return what was found in the file, now or when it was looked at before; None where there is to be no file."""
    given = form.cleaned_data
    if given["source"] != "file":
        return None
    return looked_at(given["file"].read()) if given["file"] else looked_again(request.POST.get("looked", ""))


def _made(request: ScopedRequest, form: MakeForm, looked: Looked | None) -> HttpResponse:
    definition, rule_set = source_of(request.user, request.scope, form.cleaned_data.get("copy") or "")
    names = form.names
    if looked is not None:
        definition, rule_set = looked.definition, None
        if not names.text:
            names = Names(**texts_of(definition.get("title"), home_language(definition)))
    key, by = form.cleaned_data["key"], request.user
    draft = actions.make_questionnaire(
        owner=request.scope, key=key, names=names, definition=definition, rule_set=rule_set, by=by
    )
    messages.success(request, _("The questionnaire has been made. This is its draft."))
    return redirect("questionnaires:edit-draft", scope=request.scope.key, pk=draft.questionnaire_id)


@require_GET
def see_questionnaire(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show a questionnaire with its versions."""
    questionnaire = access.questionnaire_for(request.user, request.scope, pk, to=Right.SEE)
    context = {"page": questionnaire_page(request.user, request.scope, questionnaire)}
    return render(request, "questionnaires/see_questionnaire.html", context)


@require_POST
def begin_draft(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Begin a draft with what a version holds."""
    questionnaire = access.questionnaire_for(request.user, request.scope, pk)
    version = access.issue_for(questionnaire, request.POST.get("version", ""))
    actions.begin_draft(version=version, by=request.user)
    return redirect("questionnaires:edit-draft", scope=request.scope.key, pk=pk)


@require_POST
def discard_draft(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Throw the draft away."""
    draft = access.draft_for(request.user, request.scope, pk)
    actions.discard_draft(draft=draft, by=request.user)
    messages.success(request, _("The draft has been discarded."))
    return redirect("questionnaires:list-questionnaires", scope=request.scope.key)


@require_GET
def compare_versions(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Tell how two versions differ, or a version and the draft."""
    before, after = request.GET.get("from", ""), request.GET.get("to", "")
    drafted = "draft" in {before, after}
    questionnaire = access.questionnaire_for(
        request.user, request.scope, pk, to=Right.DEFINE if drafted else Right.SEE
    )
    old, new = access.issue_for(questionnaire, before), access.issue_for(questionnaire, after)
    changes = changes_since(old, new)
    context: dict[str, Any] = {
        "questionnaire": questionnaire,
        "old": old,
        "new": new,
        "items": items_of(changes, old, new, language()),
        "count": len(changes),
    }
    return render(request, "questionnaires/compare_versions.html", context)
