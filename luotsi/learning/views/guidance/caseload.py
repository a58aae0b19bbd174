"""A counsellor's caseload: the week, and how many meetings it has."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base import clock
from luotsi.learning import access
from luotsi.learning.actions import caseloads as actions
from luotsi.learning.actions.looking import looked_at
from luotsi.learning.forms.guidance import CaseloadForm
from luotsi.learning.models import ScoreView
from luotsi.learning.queries.guidance.caseload_page import caseload_page
from luotsi.learning.rules.rights import Right
from luotsi.learning.views.frame import around_unit, attempt, form_page
from luotsi.people.access import ScopedRequest


def _url(request: ScopedRequest) -> str:
    return reverse("learning:see-caseload", args=[request.scope.key])


@require_GET
def see_caseload(request: ScopedRequest) -> HttpResponse:
    """Show a counsellor's week; each score on it is logged as seen."""
    access.require(request.user, request.scope, Right.GUIDE)
    caseloads = access.caseloads_of(request.user, request.scope)
    guided = access.learners_guided_by(request.user, request.scope)
    page = caseload_page(caseloads, guided, request.user.person, request.scope, clock.today())
    looked_at(scores=page.scores, person=request.user.person, purpose=ScoreView.Purpose.CASELOAD)
    may_take = request.scope.kind in {"institution", "group"} and not caseloads
    context = around_unit(request, "caseload") | {"page": page, "may_take": may_take}
    return render(request, "learning/see_caseload.html", context)


@require_http_methods(["GET", "POST"])
def take_caseload(request: ScopedRequest) -> HttpResponse:
    """Begin to guide the learners of the unit."""
    access.require(request.user, request.scope, Right.GUIDE)
    return form_page(
        request,
        CaseloadForm(request.POST or None, initial={"slots": 5}),
        lambda given: actions.take_caseload(
            counsellor=request.user.person, unit=request.scope, slots=given["slots"], by=request.user
        ),
        done=_("The caseload is yours. The order of this week has been drawn."),
        back=_url(request),
        context=around_unit(request, "caseload")
        | {"title": _("Take the caseload"), "save_label": _("Take the caseload"), "back_label": _("Caseload")},
    )


@require_http_methods(["GET", "POST"])
def change_caseload(request: ScopedRequest, caseload: UUID) -> HttpResponse:
    """Say how many meetings there are in a week."""
    found = access.caseload_for(request.user, caseload)
    if found.until is not None:
        messages.error(request, _("This caseload has ended already."))
        return redirect(_url(request))
    return form_page(
        request,
        CaseloadForm(request.POST or None, initial={"slots": found.slots}),
        lambda given: actions.change_caseload(caseload=found, slots=given["slots"], by=request.user),
        done=_("Saved. The order of the next week follows it."),
        back=_url(request),
        context=around_unit(request, "caseload")
        | {
            "title": _("Meetings in a week"),
            "save_label": _("Save"),
            "back_label": _("Caseload"),
            "caseload": found,
        },
        template="learning/change_caseload.html",
    )


@require_POST
def end_caseload(request: ScopedRequest, caseload: UUID) -> HttpResponse:
    """End a caseload."""
    found = access.caseload_for(request.user, caseload)
    attempt(
        request,
        lambda: actions.end_caseload(caseload=found, by=request.user),
        done=_("The caseload has ended."),
    )
    return redirect(_url(request))
