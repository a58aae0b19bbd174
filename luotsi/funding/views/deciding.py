"""Pages of the funder's decisions of an own call: deciding in one go, taking back, sending, letters."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.funding import access
from luotsi.funding.actions import deciding as actions
from luotsi.funding.forms.deciding import BatchForm
from luotsi.funding.models import DecisionBatch, DecisionLetter
from luotsi.funding.queries.deciding_pages import deciding_page, decisions_page, initial_terms
from luotsi.funding.queries.letter_files import filename_of, zipped
from luotsi.funding.queries.letters import LANGUAGES
from luotsi.funding.views.frame import around_call, attempt, fetched, form_page
from luotsi.people.access import ScopedRequest
from luotsi.ui.exports import attached


def _back(request: ScopedRequest, slug: str) -> str:
    return reverse("funding:list-decisions", args=[request.scope.key, slug])


@require_GET
def list_decisions(request: ScopedRequest, slug: str) -> HttpResponse:
    """Show the decisions of a call, how far their letters are, and what waits."""
    call = access.decided_call_for(request.user, request.scope, slug)
    page = decisions_page(call, request.user, request.scope)
    return render(request, "funding/list_decisions.html", around_call(request, call, "decisions") | {"page": page})


@require_http_methods(["GET", "POST"])
def decide_call(request: ScopedRequest, slug: str) -> HttpResponse:
    """Show all sums and findings of what waits, and decide it in one go."""
    call = access.decided_call_for(request.user, request.scope, slug, to_decide=True)
    page = deciding_page(call, request.user)
    form = BatchForm(request.POST or None, initial=initial_terms(call, request.user, page.seal))
    return form_page(
        request,
        form,
        lambda given: actions.decide_batch(
            call=call, terms=form.terms(), seen=given["seen"], key=given["key"], by=request.user
        ),
        done=_("Decided. The letters are being printed; applicants learn of it when you send them."),
        back=_back(request, slug),
        context=around_call(request, call, "decisions") | {"page": page},
        template="funding/decide_call.html",
    )


def _done(
    request: ScopedRequest, slug: str, batch: UUID, act: Callable[[DecisionBatch], object], words: str
) -> HttpResponse:
    """Do something with a batch, tell that it is done or why not, and go back to the decisions."""
    call = access.decided_call_for(request.user, request.scope, slug, to_decide=True)
    held = access.batch_for(call, batch)
    attempt(request, lambda: act(held), done=words)
    return redirect(_back(request, slug))


@require_POST
def take_back_decisions(request: ScopedRequest, slug: str, batch: UUID) -> HttpResponse:
    """Take decisions back of which nobody was told."""
    words = _("The decisions are taken back; the proposals wait again.")
    return _done(request, slug, batch, lambda held: actions.take_back_batch(batch=held, by=request.user), words)


@require_POST
def send_decisions(request: ScopedRequest, slug: str, batch: UUID) -> HttpResponse:
    """Send the letters: the decisions stand."""
    words = _("The letters are being sent. Each applicant gets a mail that a decision is there.")
    return _done(request, slug, batch, lambda held: actions.send_batch(batch=held, by=request.user), words)


@require_POST
def resume_decisions(request: ScopedRequest, slug: str, batch: UUID) -> HttpResponse:
    """Take up letters that have stopped."""
    words = _("The letters go on.")
    return _done(request, slug, batch, lambda held: actions.try_again(batch=held, by=request.user), words)


@require_GET
def download_letters(request: ScopedRequest, slug: str, batch: UUID) -> FileResponse:
    """Send all letters of a batch in both languages as a zip."""
    call = access.decided_call_for(request.user, request.scope, slug)
    held = access.batch_for(call, batch)
    letters = held.letters.filter(printed_at__isnull=False).select_related("decision__application__unit")
    file = zipped(letters.defer("content").iterator(chunk_size=50))
    answer = FileResponse(file, as_attachment=True, filename=f"{call.slug}-{held.decided_on}.zip")
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_GET
def download_letter(request: ScopedRequest, slug: str, letter: UUID, language: str) -> HttpResponse:
    """Send a letter in Finnish or Swedish to an officer."""
    call = access.decided_call_for(request.user, request.scope, slug)
    if language not in LANGUAGES:
        raise Http404(_("There is no such file."))
    return _sent(access.letter_for(call, letter), language)


@require_GET
def download_own_letter(request: ScopedRequest, pk: UUID, language: str) -> HttpResponse:
    """Send the letter of the decision to whoever sees the application."""
    held = fetched(request, pk)
    if language not in LANGUAGES:
        raise Http404(_("There is no such file."))
    return _sent(access.sent_letter_for(held), language)


def _sent(letter: DecisionLetter, language: str) -> HttpResponse:
    data = bytes(getattr(letter, f"pdf_{language}"))
    return attached(data, "application/pdf", filename_of(letter, language))
