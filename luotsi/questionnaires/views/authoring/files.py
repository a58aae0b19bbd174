"""A file that becomes the draft of a questionnaire there is, looked at first."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luotsi.base.errors import Refused
from luotsi.people.access import ScopedRequest
from luotsi.questionnaires import access
from luotsi.questionnaires.actions import drafts as actions
from luotsi.questionnaires.forms.authoring.making import TakeForm
from luotsi.questionnaires.models import QuestionnaireVersion
from luotsi.questionnaires.queries.authoring.exporting import looked_again, looked_at
from luotsi.questionnaires.queries.authoring.taking import Taking, base_of, taking_of
from luotsi.questionnaires.views.authoring.drafts import revision_of
from luotsi.questionnaires.views.holding import language
from luotsi.ui.forms import show_refusal


@require_http_methods(["GET", "POST"])
def take_file(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show what a file holds and changes; on a second press make it the draft."""
    questionnaire = access.questionnaire_for(request.user, request.scope, pk)
    base, taking = base_of(questionnaire), None
    form = TakeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            taking = _looked(request, form, base)
            if request.POST.get("do") == "take" and not request.FILES:
                actions.take_in(
                    questionnaire=questionnaire, revision=revision_of(request), by=request.user,
                    definition=taking.looked.definition, rule_set=form.cleaned_data["rules"],
                )  # fmt: skip
                messages.success(request, _("The file is the draft now. The draft as it was stands under History."))
                return redirect("questionnaires:edit-draft", scope=request.scope.key, pk=pk)
        except Refused as refusal:
            show_refusal(form, refusal)
    context = {"questionnaire": questionnaire, "base": base, "form": form, "taking": taking}
    return render(request, "questionnaires/take_file.html", context, status=422 if form.errors else 200)


def _looked(request: ScopedRequest, form: TakeForm, base: QuestionnaireVersion) -> Taking:
    """Return what is in the file, now or when it was looked at before. Raises Refused."""
    given = form.cleaned_data
    looked = looked_at(given["file"].read()) if given["file"] else looked_again(request.POST.get("looked", ""))
    return taking_of(base, looked, given["rules"], language())
