"""Calls for everybody: the list, one call, a feed and open data; and the way from a call to an application."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_cookie

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.queries.applying import MOST, places_to_apply
from luotsi.funding.queries.closing import not_open_words
from luotsi.funding.queries.public_calls import (
    LANGUAGES,
    as_json,
    call_data,
    feed,
    open_data,
    public_list,
    public_page,
)

SHORT = 60  # seconds for which a public answer may be kept on the way: a call opens and closes to the second
ATOM = "application/atom+xml; charset=utf-8"


@require_GET
@login_not_required
@vary_on_cookie
def list_public_calls(request: HttpRequest) -> HttpResponse:
    """List the open, coming and closed calls of this installation."""
    return _fresh(render(request, "funding/list_public_calls.html", {"groups": public_list()}))


@require_GET
@login_not_required
@vary_on_cookie
def see_public_call(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """Show a published call."""
    call = access.public_call(owner, slug)
    return _fresh(render(request, "funding/see_public_call.html", {"call": call, "page": public_page(call)}))


@require_GET
@login_not_required
def follow_calls(request: HttpRequest, language: str) -> HttpResponse:
    """Return the calls as an Atom feed in one language."""
    if language not in LANGUAGES:
        raise Http404(_("There is no such feed."))
    return _open(HttpResponse(feed(language, _root(request)), content_type=ATOM))


@require_GET
@login_not_required
def download_public_calls(request: HttpRequest) -> HttpResponse:
    """Return every published call as open data."""
    return _open(HttpResponse(as_json(open_data(_root(request))), content_type="application/json"))


@require_GET
@login_not_required
def download_public_call(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """Return one published call as open data."""
    found = call_data(access.public_call(owner, slug), _root(request))
    return _open(HttpResponse(as_json(found), content_type="application/json"))


@require_GET
def apply_to_call(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """Lead somebody signed in to an application: straight when one unit may apply, else by the units there are."""
    call = access.public_call(owner, slug)
    places = places_to_apply(request.user, call)
    why_not = not_open_words(call, clock.now())
    may = [place for place in places if not place.why_not and (place.word or not why_not)]
    if len(may) == 1 and (may[0].word or not why_not):
        return redirect(may[0].url)
    context = {"call": call, "places": places, "may": may, "most": MOST, "why_not": why_not}
    return render(request, "funding/apply_to_call.html", context)


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _fresh(response: HttpResponse) -> HttpResponse:
    """Keep no old copy: whether a call is open changes to the second."""
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _open(response: HttpResponse) -> HttpResponse:
    """Let anybody keep and read open data, other sites too."""
    patch_cache_control(response, public=True, max_age=SHORT)
    response["Access-Control-Allow-Origin"] = "*"
    return response
