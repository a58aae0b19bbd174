"""Turns the unit in the address into `request.scope`, through access, before any view runs."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from luotsi.people import access


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
