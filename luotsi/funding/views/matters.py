"""Pages of matters: the list, one matter with its words and outcome, its files."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.funding import access
from luotsi.funding.actions import matters as actions
from luotsi.funding.forms.matters import BeginForm, OutcomeForm, TextForm
from luotsi.funding.models import BoardItem
from luotsi.funding.queries.appeals import appeal_rows
from luotsi.funding.queries.matter_documents import KINDS, document
from luotsi.funding.queries.matters import initial_of, matter_page, matter_rows
from luotsi.funding.rules.rights import Part, Right
from luotsi.funding.views.frame import around, attempt, fetched, form_page
from luotsi.people.access import ScopedRequest
from luotsi.ui.exports import attached


def _url(request: ScopedRequest, pk: UUID, matter: UUID | None = None) -> str:
    if matter is None:
        return reverse("funding:list-matters", args=[request.scope.key, pk])
    return reverse("funding:see-matter", args=[request.scope.key, pk, matter])


@require_GET
def list_matters(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """List the matters of an application, and the clocks of appeal."""
    held = fetched(request, pk)
    context = around(request, held, "board") | {
        "rows": matter_rows(held.application, request.scope),
        "appeals": list(appeal_rows(held.application)),
    }
    return render(request, "funding/list_matters.html", context)


@require_http_methods(["GET", "POST"])
def begin_matter(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Begin a matter: its words are made from the records."""
    held = fetched(request, pk, Part.WRITE)
    form = BeginForm(request.POST or None, initial={"matter": "apply", "kind": "body"})
    return form_page(
        request,
        form,
        lambda given: actions.begin_matter(application=held.application, details=form.details(), by=request.user),
        done=_("The text has been made. Read it and write it further."),
        back=_url(request, pk),
        context=around(request, held, "board")
        | {
            "title": _("Begin a matter"),
            "save_label": _("Make the text"),
            "back_label": _("Board"),
            "intro": _("Heading, background and proposed decision are made in Finnish and Swedish from the records."),
        },
        onward=lambda made: reverse("funding:see-matter", args=[request.scope.key, pk, made.pk]),
    )


@require_GET
def see_matter(request: ScopedRequest, pk: UUID, matter: UUID) -> HttpResponse:
    """Show a matter: its words in both languages, its sums beside the records, and what was decided."""
    held = fetched(request, pk)
    item = access.matter_for(held, matter)
    context = around(request, held, "board") | {"page": matter_page(item, held), "item": item}
    return render(request, "funding/see_matter.html", context)


@require_http_methods(["GET", "POST"])
def edit_matter(request: ScopedRequest, pk: UUID, matter: UUID) -> HttpResponse:
    """Write the words of a matter further."""
    held = fetched(request, pk, Part.WRITE)
    item = access.matter_for(held, matter)
    has_share = item.matter != BoardItem.Matter.RESULT
    form = TextForm(request.POST or None, has_share=has_share, initial=initial_of(item))
    return form_page(
        request,
        form,
        lambda given: actions.write_matter(item=item, text=form.text(), seen=given["seen"], by=request.user),
        done=_("The text has been saved."),
        back=_url(request, pk, matter),
        context=around(request, held, "board")
        | {"title": _("Edit the text"), "save_label": _("Save the text"), "back_label": _("Matter")},
    )


@require_http_methods(["GET", "POST"])
def decide_matter(request: ScopedRequest, pk: UUID, matter: UUID) -> HttpResponse:
    """Record what was decided of a matter."""
    held = fetched(request, pk, Right.COMMIT)
    item = access.matter_for(held, matter)
    form = OutcomeForm(
        request.POST or None,
        has_share=item.intent.decides,
        initial={"decided_on": item.meeting_on},
    )
    return form_page(
        request,
        form,
        lambda given: actions.record_outcome(item=item, outcome=form.details(), by=request.user),
        done=_("The outcome has been recorded."),
        back=_url(request, pk, matter),
        context=around(request, held, "board")
        | {"title": _("Record the outcome"), "save_label": _("Record the outcome"), "back_label": _("Matter")},
    )


def _done(
    request: ScopedRequest, pk: UUID, matter: UUID, to: Part | Right, act: Callable[[BoardItem], object], words: str
) -> HttpResponse:
    """Do something with a matter, tell that it is done or why not, and go back to it."""
    item = access.matter_for(fetched(request, pk, to), matter)
    attempt(request, lambda: act(item), done=words)
    return redirect(_url(request, pk, matter))


@require_POST
def renew_matter(request: ScopedRequest, pk: UUID, matter: UUID) -> HttpResponse:
    """Make the words anew from the records."""
    return _done(
        request,
        pk,
        matter,
        Part.WRITE,
        lambda item: actions.renew_matter(item=item, by=request.user),
        _("The text has been made anew from the records."),
    )


@require_POST
def fix_matter(request: ScopedRequest, pk: UUID, matter: UUID) -> HttpResponse:
    """Fix the words of a matter."""
    return _done(
        request,
        pk,
        matter,
        Part.WRITE,
        lambda item: actions.fix_matter(item=item, by=request.user),
        _("The text is fixed and does not change any more."),
    )


@require_POST
def reopen_matter(request: ScopedRequest, pk: UUID, matter: UUID) -> HttpResponse:
    """Open a fixed text again."""
    return _done(
        request,
        pk,
        matter,
        Part.WRITE,
        lambda item: actions.reopen_matter(item=item, by=request.user),
        _("The text is open again."),
    )


@require_POST
def undecide_matter(request: ScopedRequest, pk: UUID, matter: UUID) -> HttpResponse:
    """Take back an outcome that was recorded by mistake."""
    return _done(
        request,
        pk,
        matter,
        Right.COMMIT,
        lambda item: actions.take_back_outcome(item=item, by=request.user),
        _("The outcome has been taken back; the log keeps it."),
    )


@require_POST
def discard_matter(request: ScopedRequest, pk: UUID, matter: UUID) -> HttpResponse:
    """Take away a matter that was not brought forward."""
    item = access.matter_for(fetched(request, pk, Part.WRITE), matter)
    words = _("The matter has been taken away.")
    gone = attempt(request, lambda: actions.discard_matter(item=item, by=request.user), done=words)
    return redirect(_url(request, pk, None if gone else matter))


@require_GET
def download_matter(request: ScopedRequest, pk: UUID, matter: UUID, language: str, kind: str) -> HttpResponse:
    """Return a matter as DOCX or PDF in Finnish or Swedish."""
    item = access.matter_for(fetched(request, pk), matter)
    if language not in {"fi", "sv"} or kind not in KINDS:
        raise Http404(_("There is no such file."))
    made = document(item, kind, language)
    return attached(made.data, made.kind, made.filename)
