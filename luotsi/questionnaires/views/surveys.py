"""Surveys for those who ask: opening, how far they have come, reminders, results."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base import clock
from luotsi.base.errors import Refused
from luotsi.people.access import ScopedRequest
from luotsi.questionnaires import access
from luotsi.questionnaires.actions.responses import save_token
from luotsi.questionnaires.actions.surveys import inviting, looking, moving, opening, settling, works
from luotsi.questionnaires.forms.surveying import MoveClosingForm, OpenSurveyForm
from luotsi.questionnaires.queries.surveys import files
from luotsi.questionnaires.queries.surveys.audience import counted, people_of
from luotsi.questionnaires.queries.surveys.results import results_page
from luotsi.questionnaires.queries.surveys.turnout import mode_words, poster, survey_page
from luotsi.questionnaires.queries.surveys.work import work_told
from luotsi.questionnaires.rules.rights import Right
from luotsi.questionnaires.views.holding import language
from luotsi.ui.exports import attached, csv_response, xlsx_response
from luotsi.ui.forms import show_refusal


@require_http_methods(["GET", "POST"])
def open_survey(request: ScopedRequest, version: UUID) -> HttpResponse:
    """Count ahead whom a survey would ask, and open it."""
    found = access.version_for(request.user, request.scope, version)
    names = {f"name_{code}": text for code, text in vars(found.questionnaire.names).items()}
    form = OpenSurveyForm(request.POST or None, scope=request.scope, initial=names)
    key, people = request.POST.get("key") or save_token(), None
    if request.method == "POST" and form.is_valid():
        people = people_of(form.audience(), request.scope, form.cleaned_data["language"])
        if request.POST.get("do") == "open":
            try:
                details = form.details(key)
                made = opening.open_survey(version=found, owner=request.scope, details=details, by=request.user)
            except Refused as refusal:
                show_refusal(form, refusal)
            else:
                messages.success(request, _("The survey has been opened, and the invitations are on their way."))
                return redirect("questionnaires:see-survey", scope=request.scope.key, pk=made.pk)
    context = {"form": form, "version": found, "people": people, "counted": counted(people or ()), "key": key}
    return render(request, "questionnaires/open_survey.html", context, status=422 if form.errors else 200)


@require_GET
def see_survey(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show how far a survey has come."""
    collection = access.survey_for(request.user, request.scope, pk, to=Right.RECEIVE)
    page = survey_page(collection, request.scope)
    context = {
        "collection": collection,
        "page": page,
        "mode_words": mode_words(collection.mode),
        "may_close": access.may_do(request.user, Right.DEFINE, collection.owner),
    }
    return looking_again(request, render(request, "questionnaires/see_survey.html", context), work=page.work)


def looking_again(request: ScopedRequest, response: HttpResponse, *, work: object) -> HttpResponse:
    """Let a page that looks again by itself be drawn anew as a whole when the work is done."""
    if request.headers.get("HX-Request") and work is None:
        response["HX-Refresh"] = "true"
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_GET
def see_common_link(request: ScopedRequest, pk: UUID, unit: str) -> HttpResponse:
    """Show the common link of a unit with its QR code, to be printed."""
    collection = access.survey_for(request.user, request.scope, pk, to=Right.RECEIVE)
    page = poster(collection, access.unit_of_survey(collection, unit), request.scope)
    return render(request, "questionnaires/see_common_link.html", {"collection": collection, "page": page})


@require_POST
def remind(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Write again to those who have not answered."""
    collection = access.survey_for(request.user, request.scope, pk, to=Right.DEFINE)
    try:
        count = inviting.remind(collection=collection, by=request.user)
        words = ngettext("%(count)s reminder is on its way.", "%(count)s reminders are on their way.", count)
        messages.success(request, words % {"count": count})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("questionnaires:see-survey", scope=request.scope.key, pk=collection.pk)


@require_http_methods(["GET", "POST"])
def move_closing(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Let an open survey close at another time."""
    collection = access.survey_for(request.user, request.scope, pk, to=Right.DEFINE)
    form = MoveClosingForm(request.POST or None, collection=collection)
    if request.method == "POST" and form.is_valid():
        try:
            count = moving.move_closing(
                collection=collection, closes_at=form.closes_at(), tell=form.cleaned_data["tell"], by=request.user
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            words = ngettext(
                "The closing time has been moved. %(count)s person is told by mail.",
                "The closing time has been moved. %(count)s persons are told by mail.",
                count,
            )
            messages.success(request, words % {"count": count})
            return redirect("questionnaires:see-survey", scope=request.scope.key, pk=collection.pk)
    context = {"form": form, "collection": collection, "is_open": collection.state_at(clock.now()) == "open"}
    return render(request, "questionnaires/move_closing.html", context, status=422 if form.errors else 200)


@require_POST
def resume(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Take work up again that has stopped."""
    collection = access.survey_for(request.user, request.scope, pk, to=Right.DEFINE)
    try:
        works.try_again(collection=collection, by=request.user)
        messages.success(request, _("It is tried again now."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("questionnaires:see-survey", scope=request.scope.key, pk=collection.pk)


@require_POST
def settle(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Close a survey for good and work out its results."""
    collection = access.survey_for(request.user, request.scope, pk, to=Right.DEFINE)
    try:
        closed = settling.settle_survey(collection=collection, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("questionnaires:see-survey", scope=request.scope.key, pk=collection.pk)
    if not closed.settled_at:
        messages.success(request, _("The survey has been closed, and its results are being worked out."))
        return redirect("questionnaires:see-survey", scope=request.scope.key, pk=collection.pk)
    messages.success(request, _("The survey has been closed, and its results have been worked out."))
    return redirect("questionnaires:see-results", scope=request.scope.key, pk=collection.pk)


@require_GET
def see_results(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show the results of a group beside a reference."""
    collection = access.survey_for(request.user, request.scope, pk)
    page = None
    if collection.settled_at:
        page = results_page(
            request.user,
            request.scope,
            collection,
            group=request.GET.get("group", ""),
            against=request.GET.get("against", ""),
            language=language(),
        )
    may_receive = access.may_do(request.user, Right.RECEIVE, collection.owner)
    has_rows = may_receive and not collection.forgotten_at and files.has_rows(collection)
    work = work_told(collection)
    context = {"collection": collection, "page": page, "may_receive": may_receive, "has_rows": has_rows, "work": work}
    return looking_again(request, render(request, "questionnaires/see_results.html", context), work=work)


@require_GET
def download_results(request: ScopedRequest, pk: UUID, file: str) -> HttpResponse:
    """Send results as a file: figures, answers row by row, words, the dictionary."""
    collection = access.survey_for(request.user, request.scope, pk, to=Right.RECEIVE)
    if not collection.settled_at:
        raise Http404(_("The results have not been worked out yet."))
    if collection.forgotten_at and (file == "spss" or file.startswith(("rows-", "texts-"))):
        raise Http404(_("The answers have been deleted, as was told to those who answered. The figures stay."))
    if file == "spss" or file.startswith("rows-"):
        if not files.has_rows(collection):
            raise Http404(_("Answers one by one are given out of ten or more."))
        looking.note_rows_taken(collection=collection, by=request.user)
    if file == "spss":
        return attached(files.spss_archive(collection, language()), "application/zip", "answers-spss.zip")
    name, _hyphen, kind = file.partition("-")
    if name not in files.TABLES or kind not in {"csv", "xlsx"}:
        raise Http404(_("There is no such file."))
    table = files.TABLES[name](collection, language())
    answer = csv_response if kind == "csv" else xlsx_response
    return answer(name, table.headings, table.rows)
