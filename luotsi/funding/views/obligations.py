"""Pages of obligations: of one application, of a unit, and the calendar of a unit."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luotsi.funding import access
from luotsi.funding.actions import obligations as actions
from luotsi.funding.forms.decisions import DoneForm
from luotsi.funding.queries.appeals import appeal_rows
from luotsi.funding.queries.obligation_calendar import calendar_of
from luotsi.funding.queries.obligation_pages import gaps_of, listed, rows_of
from luotsi.funding.queries.own_shares import decision_of
from luotsi.funding.rules.rights import Part
from luotsi.funding.views.frame import around, around_unit, attempt, fetched
from luotsi.people.access import ScopedRequest

CALENDAR = "text/calendar; charset=utf-8"


@require_GET
def list_obligations(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """List what the decision obliges to, with the days and who did it."""
    held = fetched(request, pk)
    one = access.applications_visible_to(request.user, request.scope).filter(pk=pk)
    context = around(request, held, "obligations") | {
        "rows": rows_of(listed(one), request.scope),
        "gaps": gaps_of(held.application),
        "appeals": list(appeal_rows(held.application)),
        "decision": decision_of(held.application),
    }
    return render(request, "funding/list_obligations.html", context)


@require_GET
def list_unit_obligations(request: ScopedRequest) -> HttpResponse:
    """List the obligations of all grants of the unit: what is still to be done first."""
    seen = access.applications_visible_to(request.user, request.scope)
    rows = rows_of(listed(seen), request.scope)
    feed = reverse("funding:subscribe-obligations", args=[request.scope.key, access.feed_key(request.scope)])
    may_feed = access.may_follow(request.user, request.scope)
    context = around_unit(request, "obligations") | {
        "rows": [row for row in rows if not row.is_over],
        "done": [row for row in rows if row.is_over],
        "feed_url": request.build_absolute_uri(feed) if may_feed else "",
    }
    return render(request, "funding/list_unit_obligations.html", context)


@require_POST
def do_obligation(request: ScopedRequest, pk: UUID, obligation: UUID) -> HttpResponse:
    """Mark an obligation as done."""
    found = access.obligation_for(fetched(request, pk, Part.WRITE), obligation)
    form = DoneForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    words = _("It has been marked as done.")
    attempt(request, lambda: actions.do_obligation(obligation=found, note=note, by=request.user), done=words)
    return redirect(_from(request, pk))


@require_POST
def undo_obligation(request: ScopedRequest, pk: UUID, obligation: UUID) -> HttpResponse:
    """Take back that an obligation was done."""
    found = access.obligation_for(fetched(request, pk, Part.WRITE), obligation)
    words = _("It is to be done again.")
    attempt(request, lambda: actions.undo_obligation(obligation=found, by=request.user), done=words)
    return redirect(_from(request, pk))


def _from(request: ScopedRequest, pk: UUID) -> str:
    """Return the page that sent the deed: the list of the unit or of the application."""
    back = request.POST.get("back", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, {request.get_host()}):
        return back
    return reverse("funding:list-obligations", args=[request.scope.key, pk])


@require_GET
def download_obligations(request: ScopedRequest) -> HttpResponse:
    """Return what the visitor sees of the obligations of the unit as a calendar file."""
    seen = access.applications_visible_to(request.user, request.scope)
    return _calendar(calendar_of(request.scope, seen), request.scope.key)


@require_GET
@login_not_required
def subscribe_obligations(request: HttpRequest, unit: str, key: str) -> HttpResponse:
    """Return the obligations of a unit to whoever has the address of its calendar."""
    owner, seen = access.applications_with_feed(unit, key)
    return _calendar(calendar_of(owner, seen), unit)


def _calendar(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=CALENDAR)
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response
