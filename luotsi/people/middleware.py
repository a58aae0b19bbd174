"""Before any view runs: sends the signed-out to sign in, and turns the unit in the address into `request.scope`."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from luotsi.people import access
from luotsi.ui.errors import page_before


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends the signed-out to sign in; a form that comes after the session has ended is told to have been lost."""

    def handle_no_permission(  # type: ignore[override]  # htmx has redirects of its own
        self, request: HttpRequest, view: Callable[..., Any]
    ) -> HttpResponseBase:
        """Go to sign in, and from there on to the page that was asked for, or that the form was sent from.

        What htmx sends answers with its own redirect: it would follow a plain one, and read the message unseen.
        """
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view)
        messages.warning(
            request, _("Your session had ended, so what you sent was not saved. Sign in and send it again.")
        )
        answer = redirect_to_login(page_before(request), settings.LOGIN_URL)
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(answer["Location"])
        return answer


class ScopeMiddleware:
    """Takes `scope` out of the address: views of a unit's pages find the unit on the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]) -> None:
        """Fetch the unit of the address; strangers get 404, the signed-out were sent to sign in before this."""
        if "scope" in kwargs:
            request.scope = access.unit_for(request.user, kwargs.pop("scope"))  # type: ignore[attr-defined]


scope = ScopeMiddleware
sign_in = SignInMiddleware
