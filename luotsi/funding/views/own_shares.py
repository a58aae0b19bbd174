"""Pages of the own share: of one application with its ledger, its entries, and all applications together."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.funding import access
from luotsi.funding.actions import commitments as actions
from luotsi.funding.forms.shares import CommitmentForm, WhatIfForm
from luotsi.funding.queries.exposure_pages import exposure_page
from luotsi.funding.queries.share_pages import (
    entry_initial,
    line_choices,
    line_words,
    share_page,
    tried,
)
from luotsi.funding.rules.rights import Right
from luotsi.funding.views.frame import around, around_unit, attempt, fetched, form_page
from luotsi.people.access import ScopedRequest

if TYPE_CHECKING:
    from luotsi.funding.access import Held
    from luotsi.funding.models import Commitment


def _back(request: ScopedRequest, pk: UUID) -> str:
    return reverse("funding:see-own-share", args=[request.scope.key, pk])


@require_GET
def list_own_shares(request: ScopedRequest) -> HttpResponse:
    """Show what all open applications of the unit would cost of its own money, and what of it is committed."""
    seen = access.applications_visible_to(request.user, request.scope)
    context = around_unit(request, "own-shares") | {"page": exposure_page(seen, request.scope)}
    return render(request, "funding/list_own_shares.html", context)


@require_GET
def see_own_share(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show what own share is needed, what of it is committed, and what would be with other sums."""
    held = fetched(request, pk)
    form = WhatIfForm(request.GET) if "amount" in request.GET else WhatIfForm(initial={"given": "grant"})
    is_tried = form.is_bound and form.is_valid()
    context = around(request, held, "own-share") | {
        "page": share_page(held, request.scope),
        "form": form,
        "tried": tried(held.application, **form.cleaned_data) if is_tried else None,
        "was_tried": is_tried,
    }
    return render(request, "funding/see_own_share.html", context)


def _form(request: ScopedRequest, held: Held, entry: Commitment | None = None) -> CommitmentForm:
    lines = line_choices(held.application)
    earlier = [one for one in held.application.commitments.all() if entry is None or one.pk != entry.pk]
    return CommitmentForm(
        request.POST or None,
        lines=lines,
        labels=[line_words(line) for line in lines],
        earlier=earlier,
        of_matter=entry is not None and entry.item_id is not None,
        initial=entry_initial(entry) if entry else {"deed": "decided"},
    )


@require_http_methods(["GET", "POST"])
def add_commitment(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Write an entry into the ledger by hand."""
    held = fetched(request, pk, Right.COMMIT)
    form = _form(request, held)
    return form_page(
        request,
        form,
        lambda given: actions.add_commitment(application=held.application, details=form.details(), by=request.user),
        done=_("The entry is in the ledger."),
        back=_back(request, pk),
        context=around(request, held, "own-share")
        | {
            "title": _("Add an entry of the own share"),
            "save_label": _("Add the entry"),
            "back_label": _("Own share"),
        },
    )


@require_http_methods(["GET", "POST"])
def edit_commitment(request: ScopedRequest, pk: UUID, commitment: UUID) -> HttpResponse:
    """Mend an entry of the ledger; of one that a matter made only the line of the budget and the note."""
    held = fetched(request, pk, Right.COMMIT)
    entry = access.commitment_for(held, commitment)
    form = _form(request, held, entry)
    context = around(request, held, "own-share") | {"title": _("Edit the entry"), "save_label": _("Save the entry")}
    if entry.item_id is None:
        place = [request.scope.key, pk, commitment]
        context["remove_url"] = reverse("funding:remove-commitment", args=place)
    return form_page(
        request,
        form,
        lambda given: actions.change_commitment(entry=entry, details=form.details(), by=request.user),
        done=_("The entry has been saved."),
        back=_back(request, pk),
        context=context | {"back_label": _("Own share")},
        template="funding/edit_commitment.html",
    )


@require_POST
def remove_commitment(request: ScopedRequest, pk: UUID, commitment: UUID) -> HttpResponse:
    """Take away an entry that was written by mistake."""
    held = fetched(request, pk, Right.COMMIT)
    entry = access.commitment_for(held, commitment)
    words = _("The entry has been taken away.")
    attempt(request, lambda: actions.remove_commitment(entry=entry, by=request.user), done=words)
    return redirect(_back(request, pk))
