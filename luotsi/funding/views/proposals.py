"""Pages of proposals for the officers of a call: the table, dealing out by the rule, changing and fixing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base.errors import Refused
from luotsi.funding import access
from luotsi.funding.actions import proposals as actions
from luotsi.funding.forms.applications import Confirm
from luotsi.funding.forms.proposals import AmountForm, DealingForm, ProposalFilter, ProposalForm, initial_proposal
from luotsi.funding.queries.proposal_pages import proposal_page
from luotsi.funding.queries.proposals import table_of
from luotsi.funding.queries.rounds import dealing_initial
from luotsi.funding.queries.scoring_pages import narrowed
from luotsi.funding.views.columns import APPLIED, MEAN, RECORD, RECORD_KEYS, euros_or_none
from luotsi.funding.views.frame import around_call, form_page
from luotsi.people.access import ScopedRequest
from luotsi.ui import lists
from luotsi.ui.lists import Buttons, Column, State

if TYPE_CHECKING:
    from luotsi.funding.models import Call


COLUMNS = (
    Column("place", gettext_lazy("Place"), cell=lambda row: row.place, numeric=True, sort=True),
    *RECORD,
    MEAN,
    APPLIED,
    Column(
        "proposed",
        gettext_lazy("Proposed"),
        cell=lambda row: Buttons("funding/proposal_amount.html") if row.amount_url else euros_or_none(row.proposed),
        text=lambda row: row.proposed,
        numeric=True,
        sort=True,
    ),
    Column("outcome", gettext_lazy("Outcome"), cell=lambda row: State(row.mark, row.outcome)),
    Column("grounds", gettext_lazy("Reasons"), cell=lambda row: row.grounds if row.grounds.text else None),
    Column("notes", gettext_lazy("Notes"), cell=lambda row: " ".join(row.notes) or None),
    Column("state", gettext_lazy("State"), cell=lambda row: State(row.state_mark, row.state), sort=True),
    Column("actions", gettext_lazy("Actions"), cell=lambda row: Buttons("funding/proposal_links.html"), export=False),
)
KEYS: dict[str, Any] = {
    **RECORD_KEYS,
    "mean": lambda row: (row.mean is not None, row.mean or 0),
    "applied": lambda row: row.applied or 0,
    "proposed": lambda row: row.proposed or 0,
    "state": lambda row: row.state,
}


@require_GET
def see_proposal(request: ScopedRequest, slug: str) -> HttpResponse:
    """Show applied and proposed side by side in the order of the ranking, with what is left of the budget."""
    call = access.own_call_for(request.user, request.scope, slug)
    table = table_of(call)
    page = proposal_page(table, request.scope, access.interested_in(request.user, table.scored.applications))
    columns = COLUMNS if any(row.edit_url or row.reopen_url for row in page.rows) else COLUMNS[:-1]
    listing = lists.read(request, columns=columns, filters=ProposalFilter(request.GET), sort="place")
    context = around_call(request, call, "proposal") | {
        "page": page,
        "empty_words": _("Applications stand here when they are handed in."),
    }
    found = narrowed(page.rows, listing.ask, KEYS)
    return lists.answer(request, "funding/see_proposal.html", listing, found, filename="proposal", context=context)


def _back(request: ScopedRequest, slug: str) -> str:
    return reverse("funding:see-proposal", args=[request.scope.key, slug])


@require_http_methods(["GET", "POST"])
def make_proposal(request: ScopedRequest, slug: str) -> HttpResponse:
    """Deal the budget out by the rule."""
    call = access.own_call_for(request.user, request.scope, slug)
    form = DealingForm(request.POST or None, initial=dealing_initial(call))
    return form_page(
        request,
        form,
        lambda given: actions.make_proposal(call=call, dealing=form.dealing(), anew=given["anew"], by=request.user),
        done=_("The proposal has been made of the ranking."),
        back=_back(request, slug),
        context=around_call(request, call, "proposal")
        | {
            "title": _("Make the proposal by the rule"),
            "save_label": _("Make the proposal"),
            "intro": _(
                "The rule deals the sum of the call out in the order of the points. Equals that do not all fit are"
                " left to you. Every sum can be changed by hand, with reasons."
            ),
        },
    )


def _held(request: ScopedRequest, pk: UUID) -> access.Handled:
    """Return the application of the address in the hands of an officer who may handle it, through access."""
    return access.received_for(request.user, request.scope, pk, to_handle=True)


@require_http_methods(["GET", "POST"])
def edit_proposal(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Change what is proposed of an application, with reasons."""
    held = _held(request, pk)
    one, found = held.application, access.proposal_for(held)
    row = table_of(one.call).row_of(one)
    form = ProposalForm(request.POST or None, initial=initial_proposal(found))
    return form_page(
        request,
        form,
        lambda given: actions.change_proposal(proposal=found, details=form.details(), by=request.user),
        done=_("The proposal has been changed."),
        back=_back(request, one.call.slug),
        context=around_call(request, one.call, "proposal")
        | {
            "title": _("Proposal: %(number)s") % {"number": one.register_number},
            "save_label": _("Save the proposal"),
            "received": one,
            "row": row,
        },
        template="funding/edit_proposal.html",
    )


@require_POST
def set_amount(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Change the sum alone, typed in the table."""
    held = _held(request, pk)
    found, form = access.proposal_for(held), AmountForm(request.POST)
    back = _back(request, held.application.call.slug)
    try:
        if form.is_valid():
            actions.change_proposal(proposal=found, details=form.details(found), by=request.user)
            return redirect(back)
        words = " ".join(str(error) for errors in form.errors.values() for error in errors)
    except Refused as refusal:
        words = " ".join(str(one.message) for one in refusal.reasons)
    messages.error(request, words)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect(back)


@require_http_methods(["GET", "POST"])
def fix_proposals(request: ScopedRequest, slug: str) -> HttpResponse:
    """Fix every proposal of the call but those in which the officer has an interest."""
    call = access.own_call_for(request.user, request.scope, slug)
    applications = list(access.received_by(call))
    own = access.interested_in(request.user, applications)
    mine = [one for one in applications if one.pk not in own]
    return form_page(
        request,
        Confirm(request.POST or None),
        lambda given: actions.fix_proposals(call=call, applications=mine, by=request.user),
        done=_("The proposals are fixed and wait for the decision."),
        back=_back(request, slug),
        context=around_call(request, call, "proposal")
        | {
            "title": _("Fix the proposals"),
            "save_label": _("Fix the proposals"),
            "intro": _fixing_words(call, len(own)),
        },
    )


def _fixing_words(call: Call, own: int) -> str:
    words = _("What is fixed is decided as it stands; it can be opened again until then.")
    if not own:
        return words
    left = ngettext(
        "%(n)s application in which you have an interest is left to another officer.",
        "%(n)s applications in which you have an interest are left to another officer.",
        own,
    )
    return f"{words} {left % {'n': own}}"


@require_http_methods(["GET", "POST"])
def reopen_proposal(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Open a proposal that was fixed."""
    held = _held(request, pk)
    one, found = held.application, access.proposal_for(held)
    return form_page(
        request,
        Confirm(request.POST or None),
        lambda given: actions.reopen_proposal(proposal=found, by=request.user),
        done=_("The proposal is open again."),
        back=_back(request, one.call.slug),
        context=around_call(request, one.call, "proposal")
        | {
            "title": _("Open the proposal again: %(number)s") % {"number": one.register_number},
            "save_label": _("Open it again"),
        },
    )
