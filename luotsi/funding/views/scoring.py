"""Pages of scorers: what they score, declaring an interest or none, giving points and handing them in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base import clock
from luotsi.base.errors import Refused
from luotsi.funding import access
from luotsi.funding.actions import scoring as actions
from luotsi.funding.forms.scoring import InterestForm, PointsForm, ScoringFilter, initial_points
from luotsi.funding.queries.received_pages import answers_received, interest_words
from luotsi.funding.queries.scoring import scored_of
from luotsi.funding.queries.scoring_pages import narrowed, own_scoring, points_page, why_hidden
from luotsi.funding.views.columns import RECORD, RECORD_KEYS
from luotsi.funding.views.frame import around_call, around_unit, form_page
from luotsi.people.access import ScopedRequest
from luotsi.ui import lists
from luotsi.ui.formatting import moment
from luotsi.ui.forms import show_refusal
from luotsi.ui.lists import Column, State

COLUMNS = (
    *RECORD,
    Column("call", gettext_lazy("Call"), cell=lambda row: row.call, sort=True),
    Column("state", gettext_lazy("State"), cell=lambda row: State(row.mark, row.word), sort=True),
    Column(
        "given",
        gettext_lazy("Points given"),
        cell=lambda row: f"{row.given} / {row.of}",
        numeric=True,
        sort=True,
    ),
)
KEYS: dict[str, Any] = {
    **RECORD_KEYS,
    "call": lambda row: row.call.text,
    "given": lambda row: row.given,
}


@require_GET
def list_scoring(request: ScopedRequest) -> HttpResponse:
    """List what the visitor scores over all calls, what waits first."""
    rows = own_scoring(list(access.scored_by(request.user)), request.scope)
    listing = lists.read(request, columns=COLUMNS, filters=ScoringFilter(request.GET), sort="state")
    context = around_unit(request, "scoring") | {
        "title": _("Scoring"),
        "empty_words": _("Applications stand here when the officers of a call name you to score it."),
    }
    found = narrowed(rows, listing.ask, KEYS)
    return lists.answer(request, "funding/list_scoring.html", listing, found, filename="scoring", context=context)


def _around(request: ScopedRequest, held: access.Handled) -> dict[str, Any]:
    call = held.application.call
    if held.is_officer:
        return around_call(request, call, "scoring") | {"received": held.application}
    return around_unit(request, "scoring") | {"received": held.application}


@require_http_methods(["GET", "POST"])
def declare_interest(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Declare an interest in an application with its reason, or none."""
    held, scorer = access.scoring_for(request.user, request.scope, pk)
    form = InterestForm(request.POST or None, only_interest=bool(held.interests))
    return form_page(
        request,
        form,
        lambda given: actions.declare(
            scorer=scorer,
            application=held.application,
            has_conflict=given["interest"] == "yes",
            words=given["words"],
            by=request.user,
        ),
        done=_("Your declaration has been kept."),
        back=reverse("funding:score-application", args=[request.scope.key, pk]),
        context=_around(request, held)
        | {
            "title": _("Interest in the application %(number)s") % {"number": held.application.register_number},
            "save_label": _("Declare"),
            "applicant": held.application.unit.names,
            "interests": interest_words(held.interests),
        },
        template="funding/declare_interest.html",
    )


@require_http_methods(["GET", "POST"])
def score_application(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show an application to one who scores it, with the points as they are kept; take points that are handed in."""
    held, scorer = access.scoring_for(request.user, request.scope, pk)
    one, scored = held.application, scored_of(held.application.call, only=held.application)
    declared = scored.declared.get((scorer.pk, pk))
    if declared is None and not scored.is_closed:
        return redirect(reverse("funding:declare-interest", args=[request.scope.key, pk]))
    kept = initial_points(scored.points.get((scorer.pk, pk), {}), declared.words if declared else "")
    form = PointsForm(request.POST or None, criteria=scored.criteria, initial=kept)
    if form.is_bound and form.is_valid() and _handed_in(request, form, held):
        messages.success(request, _("Your points are handed in."))
        return redirect(reverse("funding:score-application", args=[request.scope.key, pk]))
    is_given = bool(declared and declared.handed_in_at)
    context = _around(request, held) | {
        "form": form,
        "declared": declared,
        "is_given": is_given,
        "may_write": bool(declared and not declared.has_conflict and not is_given and not scored.is_closed),
        "sections": () if not declared or declared.has_conflict else answers_received(one),
        "page": points_page(scored, one) if not why_hidden(scored, held) else None,
    }
    return render(request, "funding/score_application.html", context, status=422 if form.errors else 200)


def _handed_in(request: ScopedRequest, form: PointsForm, held: access.Handled) -> bool:
    given, words, one = form.given(), form.cleaned_data["words"], held.application
    if held.scorer is None:
        return False
    try:
        actions.save_points(scorer=held.scorer, application=one, given=given, words=words, by=request.user)
        actions.hand_in_points(scorer=held.scorer, application=one, by=request.user)
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True


@require_POST
def save_points(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Keep points as they are written: answers with words for the page, or goes back to it without htmx."""
    held, scorer = access.scoring_for(request.user, request.scope, pk)
    form = PointsForm(request.POST, criteria=list(held.application.call.criteria.all()))
    words = _("Saved %(when)s") % {"when": moment(clock.now())}
    if form.is_valid():
        try:
            actions.save_points(
                scorer=scorer,
                application=held.application,
                given=form.given(),
                words=form.cleaned_data["words"],
                by=request.user,
            )
        except Refused as refusal:
            words = " ".join(str(one.message) for one in refusal.reasons)
    else:
        words = _("Not saved: points are numbers on the scale.")
    if request.headers.get("HX-Request"):
        return render(request, "funding/points_saved.html", {"words": words})
    messages.info(request, words)
    return redirect(reverse("funding:score-application", args=[request.scope.key, pk]))


@require_GET
def see_points(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show all points of an application that were handed in, to those who may see them."""
    held = access.received_for(request.user, request.scope, pk)
    scored = scored_of(held.application.call, only=held.application)
    if words := why_hidden(scored, held):
        raise PermissionDenied(words)
    context = _around(request, held) | {"page": points_page(scored, held.application)}
    return render(request, "funding/see_points.html", context)
