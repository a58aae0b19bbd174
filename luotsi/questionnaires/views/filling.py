"""Filling in: one page of a response, saved by its buttons or by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base.errors import Refused
from luotsi.questionnaires import access
from luotsi.questionnaires.access import Held
from luotsi.questionnaires.actions import attachments
from luotsi.questionnaires.actions.responses import Saved, save_answers, save_token
from luotsi.questionnaires.forms.filling import MOVING, Deed, Sent, read_sent
from luotsi.questionnaires.queries.files import bytes_of
from luotsi.questionnaires.queries.shown.page import page_of
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.questionnaires.rules.filling import names
from luotsi.questionnaires.rules.rights import Grant
from luotsi.questionnaires.views.holding import (
    choose,
    has_chosen_whole,
    has_stash,
    language,
    links_of,
    must_sign_in,
    of_response,
    sent_to_sign_in,
    stashed,
)

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@require_http_methods(["GET", "POST"])
@of_response()
def fill_page(request: HttpRequest, held: Held, number: int) -> HttpResponse:
    """Show a page of a response, or lead to all pages where they were chosen; save what is sent.

    A browser takes the question that a link names along to where it is led.
    """
    if "steps" in request.GET:
        choose(request, held, whole=False)
    elif request.method == "GET" and has_chosen_whole(request, held) and not has_stash(request):
        return redirect(_address(held, None) + ("?check" if "check" in request.GET else ""))
    return _filled(request, held, number)


@require_http_methods(["GET", "POST"])
@of_response()
def fill_whole(request: HttpRequest, held: Held) -> HttpResponse:
    """Show all pages of a response on one, which stays chosen for it; save what is sent."""
    if request.method == "GET":
        choose(request, held, whole=True)
    return _filled(request, held, None)


def _filled(request: HttpRequest, held: Held, number: int | None) -> HttpResponse:
    """Show what is filled in; save what is sent, and go where its button leads."""
    fields = dict(request.POST.lists()) if request.method == "POST" else stashed(request, held)
    if fields is None:
        return shown(request, held, number)
    if not held.may(Grant.WRITE):
        raise PermissionDenied(_("You may read this response but not change it."))
    typed: Mapping[str, Any] = {}
    try:
        sent = read_sent(definition_of(held.response.collection.version), fields, held.response.values)
        typed = sent.typed.values
        saved = save_answers(held=held, typed=sent.typed)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return shown(request, held, number, typed=typed, status=409)
    held = access.response_for(request.user, saved.response.pk, links=links_of(request))
    _files(request, held, sent.deed)
    if sent.deed.verb in {"auto", "update", "add", "remove"} and request.headers.get("X-Luotsi-Part"):
        return shown(request, held, number, status=409 if saved.conflicts else 200)
    return _onward(request, held, number, sent, saved)


def shown(
    request: HttpRequest,
    held: Held,
    number: int | None,
    *,
    typed: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page; only its form to the script that saves by itself."""
    strict = "check" in request.GET
    page = page_of(held, number, language(), typed=typed, strict=strict)
    if page is None:
        return _off_view(held, number)
    part = bool(request.headers.get("X-Luotsi-Part"))
    page_id = request.POST.get("page") or save_token()
    here = _address(held, None if page.whole else page.number)
    context = {"held": held, "page": page, "here": here, "token": save_token(), "page_id": page_id}
    context |= {"part": part, "strict": strict}
    template = "questionnaires/fill_page.html#form" if part else "questionnaires/fill_page.html"
    return render(request, template, context, status=status)


def _address(held: Held, number: int | None) -> str:
    """Return the address of a page, of all pages on one for None."""
    if number is None:
        return reverse("questionnaires:fill-whole", args=[held.response.pk])
    return reverse("questionnaires:fill-page", args=[held.response.pk, number])


def _off_view(held: Held, number: int | None) -> HttpResponse:
    """Lead from a page that answers have hidden to the first one; a questionnaire without any page has no page."""
    if not number:
        raise Http404(_("No page of the questionnaire is on view."))
    return redirect("questionnaires:fill-page", pk=held.response.pk, number=0)


def _files(request: HttpRequest, held: Held, deed: Deed) -> None:
    """Take files on and off; what is refused is told above the page."""
    sent = [
        (name.removeprefix(names.FILE), file) for name, file in request.FILES.items() if name.startswith(names.FILE)
    ]
    for question, file in sent:
        try:
            attachments.add_file(held=held, question=question, file=cast("UploadedFile[bytes]", file))
        except Refused as refusal:
            messages.error(request, str(refusal))
    if deed.verb == "detach":
        attachment = access.attachment_for(request.user, held.response.pk, _uuid(deed.about), links_of(request))
        attachments.remove_file(held=held, attachment=attachment)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _onward(request: HttpRequest, held: Held, number: int | None, sent: Sent, saved: Saved) -> HttpResponse:
    """Go where the button leads; a page with versions to decide is shown first."""
    here, verb = _address(held, number), sent.deed.verb
    undecided = [name for name in saved.conflicts if name in sent.typed.values]
    if undecided:
        messages.warning(
            request, _("Somebody else has changed the same answer. Nothing is lost: decide which stands.")
        )
        return redirect(f"{here}#{names.anchor(undecided[0])}")
    page = page_of(held, number, language())
    if verb in MOVING:
        return redirect(_target(held, verb, sent.deed.about, page))
    if verb == "save":
        messages.success(request, _("Saved."))
    place = names.anchor(sent.deed.about) if verb in {"add", "remove", "attach"} else ""
    return redirect(f"{here}#{place}" if place else here)


def _target(held: Held, verb: str, about: str, page: Any) -> str:
    """Return the address of the page that a button leads to; past the last one stands the summary."""
    if verb in {"all", "steps"}:
        return _address(held, None) if verb == "all" else f"{_address(held, 0)}?steps"
    number = {"next": page.next if page else 0, "previous": page.previous if page else 0}.get(verb, 0)
    if verb == "go" and about.isascii() and about.isdigit() and len(about) < 5:
        number = int(about)
    if verb == "check" or (verb == "next" and page is not None and not number):
        return reverse("questionnaires:see-summary", args=[held.response.pk])
    return _address(held, number)


@require_GET
def download_attachment(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse | FileResponse:
    """Send a file of a response, never to be opened inside the page."""
    links = links_of(request)
    if must_sign_in(request, pk, links):
        return sent_to_sign_in(request, pk)
    attachment = access.attachment_for(request.user, pk, file, links)
    response = FileResponse(bytes_of(attachment), as_attachment=True, filename=attachment.name)
    response["Content-Type"] = "application/octet-stream"
    response["Cache-Control"] = "private, no-store"
    return response
