"""Notes when a session was last in use, every five minutes instead of with every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession

from luotsi.base import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

NOTED_AT = "people.noted_at"
PAUSE_SECONDS = 300


def session_activity(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: keep the list of a person's sessions fresh; in between it asks the database nothing."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        session = request.session
        now = int(clock.now().timestamp())
        if session.session_key and now - session.get(NOTED_AT, 0) >= PAUSE_SECONDS and request.user.is_authenticated:
            session[NOTED_AT] = now
            UserSession.objects.create_from_request(request)
        return get_response(request)

    return answer
