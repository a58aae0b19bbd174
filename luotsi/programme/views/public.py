"""Pages for everybody: what is done with public money, in plain words, with the data to take along."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_cookie

from luotsi.base import clock
from luotsi.base.errors import Refused
from luotsi.people.access import ScopedRequest
from luotsi.programme import access
from luotsi.programme.actions import publicity as actions
from luotsi.programme.queries.documents import plan_of, published_of
from luotsi.programme.queries.icalendar import calendar_of, is_feed_key
from luotsi.programme.queries.networks.schools import adoption_rows
from luotsi.programme.queries.open_data import DATA, data_file
from luotsi.programme.queries.plan_export import PUBLIC_FILES, plan_file
from luotsi.programme.queries.public_pages import public_page
from luotsi.programme.rules.rights import Right
from luotsi.programme.views.clock import calendar_response
from luotsi.programme.views.frame import fetched
from luotsi.programme.views.versions import attached

SHORT = 300  # seconds for which a page of everybody may be kept on the way


@require_GET
@login_not_required
@vary_on_cookie
def see_public_programme(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the public page of a programme: the published version, states in sums, protected figures, money."""
    found = access.public_programme(programme)
    context = {"programme": found, "page": public_page(found, clock.today())}
    return _kept(render(request, "programme/see_public_programme.html", context), request)


@require_GET
@login_not_required
@vary_on_cookie
def see_public_network(request: HttpRequest, programme: str, network: str) -> HttpResponse:
    """Show the concept of a pilot network to everybody."""
    found = access.public_programme(programme)
    one = access.public_network(found, network)
    context = {"programme": found, "network": one, "adoptions": len(adoption_rows(one))}
    return _kept(render(request, "programme/see_public_network.html", context), request)


@require_GET
@login_not_required
def download_public_clock(request: HttpRequest, programme: str) -> HttpResponse:
    """Return the annual clock of a programme with a public page."""
    found = access.public_programme(programme)
    return _open(calendar_response(calendar_of(found, clock.today()), found_name=found.slug))


@require_GET
@login_not_required
def subscribe_clock(request: HttpRequest, programme: str, key: str) -> HttpResponse:
    """Return the annual clock to a calendar program that knows the address; the address names no person."""
    found = access.programme_with_feed(programme)
    if not is_feed_key(found, key):
        raise Http404(_("There is no such calendar."))
    return calendar_response(calendar_of(found, clock.today()), found_name=found.slug)


@require_GET
@login_not_required
def download_public_plan(request: HttpRequest, programme: str, kind: str) -> HttpResponse:
    """Return the published version of the plan as a file."""
    found = access.public_programme(programme)
    if kind not in PUBLIC_FILES:
        raise Http404(_("There is no such file."))
    plan = plan_of(found, published_of(found))
    return _open(attached(plan_file(plan, kind), kind, plan.key))


@require_GET
@login_not_required
def download_public_data(request: HttpRequest, programme: str, kind: str) -> HttpResponse:
    """Return the states and figures of the public page as data."""
    found = access.public_programme(programme)
    if kind not in DATA:
        raise Http404(_("There is no such file."))
    return _open(data_file(found, clock.today(), kind))


@require_POST
def open_page(request: ScopedRequest, programme: str) -> HttpResponse:
    """Open the public page of the programme, or close it."""
    found = fetched(request, programme, Right.PLAN)
    is_open = request.POST.get("open") == "yes"
    try:
        actions.open_to_public(programme=found, is_public=is_open, by=request.user)
        messages.success(request, _("The public page is open.") if is_open else _("The public page is closed."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("programme:list-versions", scope=request.scope.key, programme=found.slug)


def _kept(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Let the page of a reader who is not signed in be kept for a while."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        patch_cache_control(response, private=True, no_cache=True)
    else:
        patch_cache_control(response, private=True, max_age=SHORT)
    return response


def _open(response: HttpResponse) -> HttpResponse:
    """Let anybody keep and read open data, other sites too."""
    patch_cache_control(response, public=True, max_age=SHORT)
    response["Access-Control-Allow-Origin"] = "*"
    return response
