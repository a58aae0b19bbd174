"""Staggered starts of guidance lists, for those who answer for guidance: planned, drawn, stopped, judged."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base import clock
from luotsi.learning import access
from luotsi.learning.actions import staggered as actions
from luotsi.learning.forms.models import ReasonForm
from luotsi.learning.forms.staggered import StartForm
from luotsi.learning.queries.guidance.staggered.page import start_page, units_to_start
from luotsi.learning.rules.rights import Right
from luotsi.learning.views.frame import around_unit, attempt, form_page
from luotsi.people.access import ScopedRequest

AT_FIRST = {"level": "group", "step": 8, "waves": 4}


def _url(request: ScopedRequest, pk: UUID) -> str:
    return reverse("learning:see-staggered", args=[request.scope.key, pk])


@require_http_methods(["GET", "POST"])
def plan_staggered(request: ScopedRequest) -> HttpResponse:
    """Plan a staggered start: everything but the order, which the lot gives."""
    scope = access.require(request.user, request.scope, Right.GOVERN)
    given = request.POST if request.method == "POST" else None
    form = StartForm(given, units=units_to_start(scope, clock.today()), initial=AT_FIRST)
    return form_page(
        request,
        form,
        lambda given: actions.plan_start(unit=scope, units=form.units, by=request.user, **_told(given)),
        done=_("Planned. Read it through before the lot is drawn: afterwards nothing can be changed."),
        back=reverse("learning:see-effects", args=[scope.key]),
        onward=lambda made: _url(request, made.pk),
        context=around_unit(request, "effects") | _words(),
    )


def _words() -> dict[str, str]:
    return {
        "title": _("Plan a staggered start"),
        "intro": _(
            "Groups or schools begin to use guidance lists one after another, in an order drawn by lot. Whoever waits "
            "works as before, without lists. So it can be told whether the lists help."
        ),
        "save_label": _("Keep the plan"),
        "back_label": _("Effect of guidance"),
    }


def _told(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("starts_on", "step", "waves", "outcome", "seed")}


@require_GET
def see_staggered(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show a staggered start: what was told before, the order, and after its end what it came to."""
    start = access.start_for(request.user, pk)
    may_govern = access.may_do(request.user, Right.GOVERN, start.unit)
    context = {"page": start_page(start, clock.today()), "start": start, "may_govern": may_govern}
    return render(request, "learning/see_staggered.html", around_unit(request, "effects") | context)


@require_POST
def lock_staggered(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Draw the lot and lock the plan."""
    start = access.start_for(request.user, pk, Right.GOVERN)
    attempt(
        request,
        lambda: actions.lock_start(start=start, by=request.user),
        done=_("The lot has been drawn and the order is locked. Tell everybody when they begin."),
    )
    return redirect(_url(request, pk))


@require_http_methods(["GET", "POST"])
def stop_staggered(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Stop a staggered start for good."""
    start = access.start_for(request.user, pk, Right.GOVERN)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda given: actions.stop_start(start=start, reason=given["reason"], by=request.user),
        done=_("Stopped. Lists are for all again, and nothing is claimed of this start."),
        back=_url(request, pk),
        context=around_unit(request, "effects")
        | {
            "title": _("Stop the staggered start"),
            "intro": _("It is kept with your reason and cannot be taken up again."),
            "save_label": _("Stop it"),
            "back_label": _("Staggered start"),
        },
    )
