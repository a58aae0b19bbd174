"""Pages of the funder's decision: what was recorded, entering it, reading it from a text, correcting it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.funding.actions import decisions as actions
from luotsi.funding.forms.decisions import DecisionForm, ReadForm
from luotsi.funding.queries.because_words import REMARKS, all_words
from luotsi.funding.queries.decision_pages import decision_page, initial_of, read_page, seen_moment
from luotsi.funding.queries.own_shares import decision_of
from luotsi.funding.queries.readings import as_number, best_item, confirming
from luotsi.funding.rules.decision_text import read
from luotsi.funding.rules.rights import Right
from luotsi.funding.views.frame import around, fetched, form_page
from luotsi.people.access import ScopedRequest


def _back(request: ScopedRequest, pk: UUID) -> str:
    return reverse("funding:see-decision", args=[request.scope.key, pk])


@require_GET
def see_decision(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show the funder's decision: applied and granted side by side, instalments, reports, conditions, its text."""
    held = fetched(request, pk)
    context = around(request, held, "decision") | {"page": decision_page(held)}
    return render(request, "funding/see_decision.html", context)


@require_http_methods(["GET", "POST"])
def read_decision(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Read a decision from a text and show every value beside its place; nothing is stored."""
    held = fetched(request, pk, Right.COMMIT)
    if decision_of(held.application) is not None:
        return redirect(_back(request, pk))
    form = ReadForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = around(request, held, "decision") | {"form": form, "back_url": _back(request, pk)}
    if form.is_valid():
        reading = read(form.cleaned_data["text"])
        if reading.items:
            place = best_item(reading, form.cleaned_data["item"])
            page = read_page(reading, place, held.application)
            hidden = {"text": reading.text, "places": json.dumps(page.places), "item": place}
            decision = DecisionForm(initial={**page.initial, **hidden})
            return render(
                request,
                "funding/enter_decision.html",
                context | confirming(decision, reading, place, held.application),
            )
        form.add_error("text", " ".join(all_words(reading.reasons, REMARKS)) or _("Nothing could be read."))
    return render(request, "funding/read_decision.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def enter_decision(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Record a decision: typed by hand, or confirmed after it was read from a text."""
    held = fetched(request, pk, Right.COMMIT)
    if request.method == "GET" and decision_of(held.application) is not None:
        return redirect(_back(request, pk))
    form = DecisionForm(request.POST or None)
    text = str(form.data.get("text", "")) if form.is_bound else ""
    reading = read(text) if text else None
    place = best_item(reading, as_number(form.data.get("item"))) if reading else 0
    return form_page(
        request,
        form,
        lambda given: actions.record_decision(application=held.application, details=form.details(), by=request.user),
        done=_("The decision has been recorded and the application follows it."),
        back=_back(request, pk),
        context=around(request, held, "decision") | confirming(form, reading, place, held.application),
        template="funding/enter_decision.html",
    )


@require_http_methods(["GET", "POST"])
def correct_decision(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Correct what was recorded of a decision."""
    held = fetched(request, pk, Right.COMMIT)
    decision = decision_of(held.application)
    if decision is None:
        raise Http404(_("No decision has been recorded."))
    form = DecisionForm(request.POST or None, initial=initial_of(decision))
    return form_page(
        request,
        form,
        lambda given: actions.correct_decision(
            decision=decision, details=form.details(), seen=seen_moment(given["seen"]), by=request.user
        ),
        done=_("The decision has been corrected and the application follows it."),
        back=_back(request, pk),
        context=around(request, held, "decision") | confirming(form) | {"is_correction": True},
        template="funding/enter_decision.html",
    )
