"""The draft as a whole: its texts side by side, its rule set, trying it, publishing it, taking it along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base.errors import Refused
from luotsi.people.access import ScopedRequest
from luotsi.questionnaires import access
from luotsi.questionnaires.actions import drafts as actions
from luotsi.questionnaires.forms.authoring.making import PublishDraftForm, RulesForm
from luotsi.questionnaires.forms.authoring.trying import Looks, typed_in
from luotsi.questionnaires.models import QuestionnaireVersion
from luotsi.questionnaires.queries.authoring import exporting
from luotsi.questionnaires.queries.authoring.outline import outline_page
from luotsi.questionnaires.queries.authoring.proposing import proposal_of
from luotsi.questionnaires.queries.authoring.translating import sent_texts, translate_page
from luotsi.questionnaires.queries.authoring.trying import tried
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.rights import Right
from luotsi.questionnaires.views.authoring.drafts import of_draft, revision_of
from luotsi.questionnaires.views.holding import language
from luotsi.ui.exports import attached
from luotsi.ui.forms import show_refusal


def _number(request: ScopedRequest, name: str) -> int:
    told = request.GET.get(name, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 6 else 0


@require_http_methods(["GET", "POST"])
@of_draft
def translate_draft(request: ScopedRequest, draft: QuestionnaireVersion) -> HttpResponse:
    """Show the texts side by side; keep what was translated."""
    if request.method == "POST":
        try:
            texts = sent_texts(draft, request.POST.dict())
            draft = actions.save_texts(draft=draft, revision=revision_of(request), texts=texts, by=request.user)
            messages.success(request, _("Saved."))
            return redirect(request.get_full_path())
        except Refused as refusal:
            messages.error(request, str(refusal))
    only = "missing" in request.GET
    page = translate_page(request.scope, draft, _number(request, "page"), only_missing=only)
    context = {"draft": draft, "page": page, "only_missing": only, "typed": request.POST}
    return render(request, "questionnaires/translate_draft.html", context, status=409 if request.POST else 200)


@require_http_methods(["GET", "POST"])
@of_draft
def edit_rules(request: ScopedRequest, draft: QuestionnaireVersion) -> HttpResponse:
    """Change the rule set of the draft."""
    shown = values.dumps(draft.rule_set, indent=2) if draft.rule_set is not None else ""
    form = RulesForm(request.POST or None, initial={"revision": draft.revision, "rule_set": shown})
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_rules(draft=draft, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("questionnaires:edit-draft", scope=request.scope.key, pk=draft.questionnaire_id)
    context = {"draft": draft, "form": form, "revision": draft.revision}
    return render(request, "questionnaires/edit_rules.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@of_draft
def try_draft(request: ScopedRequest, draft: QuestionnaireVersion) -> HttpResponse:
    """Show the draft as it is answered, with what follows from test answers; nothing is stored."""
    looks, read = Looks.of(request.GET, language()), d.read(draft.definition)
    context: dict[str, Any] = {"draft": draft, "looks": looks, "page": None}
    answers: Mapping[str, Any] = {}
    number = _number(request, "page")
    if read.definition is not None and read.ok:
        if request.method == "POST":
            try:
                answers, number = typed_in(read.definition, dict(request.POST.lists()), number)
            except Refused as refusal:
                messages.error(request, str(refusal))
        context["page"] = tried(draft, read.definition, answers, number, looks.language)
    return render(request, "questionnaires/try_draft.html", context)


@require_http_methods(["GET", "POST"])
@of_draft
def publish_draft(request: ScopedRequest, draft: QuestionnaireVersion) -> HttpResponse:
    """Publish the draft as the next version."""
    proposal = proposal_of(draft, language())
    form = PublishDraftForm(request.POST or None, initial={"revision": draft.revision, "version": proposal.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_draft(draft=draft, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The version has been published. It can be opened now."))
            return redirect("questionnaires:see-questionnaire", scope=request.scope.key, pk=draft.questionnaire_id)
    outline = outline_page(request.scope, draft, language())
    context = {"draft": draft, "form": form, "proposal": proposal, "outline": outline, "revision": draft.revision}
    return render(request, "questionnaires/publish_draft.html", context, status=422 if form.errors else 200)


def _issue(request: ScopedRequest, pk: UUID) -> QuestionnaireVersion:
    """Return the version that the address names; the draft only to those who may change it."""
    version = request.GET.get("version", "")
    to = Right.DEFINE if version == "draft" else Right.SEE
    return access.issue_for(access.questionnaire_for(request.user, request.scope, pk, to=to), version)


@require_GET
def see_export(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show in which formats a version can be taken along, and what each of them loses."""
    version = _issue(request, pk)
    try:
        found = [exporting.exported(version, kind, language()) for kind in exporting.KINDS]
    except Refused as refusal:
        messages.error(request, str(refusal))
        found = [exporting.exported(version, "surveyjs", language())]
    query = urlencode({"version": request.GET.get("version", "")})
    context = {"version": version, "questionnaire": version.questionnaire, "formats": found, "query": query}
    return render(request, "questionnaires/see_export.html", context)


@require_GET
def download_version(request: ScopedRequest, pk: UUID, kind: str) -> HttpResponse:
    """Send a version as a file of another format."""
    if kind not in exporting.KINDS:
        raise Http404(_("There is no such format."))
    version = _issue(request, pk)
    try:
        found = exporting.exported(version, kind, language())
    except Refused as refusal:
        return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
    return attached(found.content, exporting.TYPES[kind], found.filename)
