"""Handing in: the summary before it, the receipt after it, files, versions and what differs between them."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from luotsi.base import clock
from luotsi.base.errors import Refused
from luotsi.questionnaires import access
from luotsi.questionnaires.access import Held
from luotsi.questionnaires.actions.responses import renew_response
from luotsi.questionnaires.actions.submitting import submit_response
from luotsi.questionnaires.queries.documents import KINDS, document
from luotsi.questionnaires.queries.handed import receipt_page, summary_page, versions_page
from luotsi.questionnaires.rules.rights import Grant
from luotsi.questionnaires.views.holding import language, links_of, must_sign_in, of_response, sent_to_sign_in
from luotsi.ui.exports import attached


@require_GET
@of_response()
def see_summary(request: HttpRequest, held: Held) -> HttpResponse:
    """Show everything that would be handed in, and what is still wrong."""
    page = summary_page(held, language())
    return render(request, "questionnaires/see_summary.html", {"held": held, "page": page})


@require_POST
@of_response(Grant.SUBMIT)
def submit(request: HttpRequest, held: Held) -> HttpResponse:
    """Hand the response in; what is still wrong is told above the summary."""
    received_at = clock.now()
    word = request.POST.get("revision", "")
    revision = int(word) if word.isascii() and word.isdigit() and len(word) < 10 else -1
    try:
        handed = submit_response(held=held, received_at=received_at, language=language(), revision=revision)
    except Refused as refusal:
        page = summary_page(held, language())
        context = {"held": held, "page": page, "refusal": refusal}
        return render(request, "questionnaires/see_summary.html", context, status=422)
    if not handed.repeated:
        messages.success(request, _("The response has been handed in."))
    return redirect("questionnaires:see-receipt", pk=held.response.pk, number=handed.submission.number)


@require_POST
@of_response(Grant.WRITE)
def renew(request: HttpRequest, held: Held) -> HttpResponse:
    """Begin a new draft from what was handed in."""
    try:
        renew_response(held=held)
        messages.success(request, _("This is a new draft. What was handed in stays valid until you hand this in."))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("questionnaires:list-versions", pk=held.response.pk)
    return redirect("questionnaires:fill-page", pk=held.response.pk, number=0)


@require_GET
@login_not_required
@never_cache
def see_receipt(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Show what was handed in, with its hash, to those who hold it and those who asked."""
    links = links_of(request)
    if must_sign_in(request, pk, links):
        return sent_to_sign_in(request, pk)
    submission = access.submission_for(request.user, pk, number, links)
    holds = access.holds(request.user, submission.response, links)
    page = receipt_page(submission, language(), holds=holds)
    return render(request, "questionnaires/see_receipt.html", {"page": page, "languages": settings.LANGUAGES})


@require_GET
@login_not_required
@never_cache
def download_submission(request: HttpRequest, pk: UUID, number: int, lang: str, kind: str) -> HttpResponse:
    """Send what was handed in as PDF or JSON."""
    links = links_of(request)
    if must_sign_in(request, pk, links):
        return sent_to_sign_in(request, pk)
    submission = access.submission_for(request.user, pk, number, links)
    if kind not in KINDS or lang not in dict(settings.LANGUAGES):
        raise Http404
    found = document(submission, kind, lang)
    return attached(found.data, found.kind, found.filename)


@require_GET
@of_response()
def list_versions(request: HttpRequest, held: Held) -> HttpResponse:
    """List what has been handed in, and what each changed."""
    page = versions_page(held, language())
    return render(request, "questionnaires/list_versions.html", {"held": held, "page": page})
