"""Pages of the annual clock: the ring with its events, and the calendar to download."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from luotsi.base import clock
from luotsi.people.access import ScopedRequest
from luotsi.programme.queries.clock_pages import clock_page
from luotsi.programme.queries.icalendar import calendar_of, feed_key
from luotsi.programme.queries.other_days import other_days
from luotsi.programme.views.frame import around, fetched

CALENDAR = "text/calendar; charset=utf-8"


@require_GET
def see_clock(request: ScopedRequest, programme: str) -> HttpResponse:
    """Show the annual clock as a ring and as a numbered list."""
    found = fetched(request, programme)
    feed = reverse("programme:subscribe-clock", args=[found.slug, feed_key(found)])
    today = clock.today()
    others = other_days(request.user, request.scope, found, today)
    context = around(request, found, "clock") | {
        "clock": clock_page(found, request.scope, today, others),
        "feed_url": request.build_absolute_uri(feed),
    }
    return render(request, "programme/see_clock.html", context)


@require_GET
def download_clock(request: ScopedRequest, programme: str) -> HttpResponse:
    """Return the events as a calendar file."""
    return calendar_response(calendar_of(fetched(request, programme), clock.today()), found_name=programme)


def calendar_response(text: str, *, found_name: str) -> HttpResponse:
    """Return an iCalendar file (RFC 5545)."""
    response = HttpResponse(text, content_type=CALENDAR)
    response["Content-Disposition"] = f'inline; filename="{found_name}.ics"'
    return response
