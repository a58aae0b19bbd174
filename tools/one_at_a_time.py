"""Middleware of the tests on SQLite: the live server answers one request after another.

Its threads share one connection to a database in memory, which breaks when two use it at the same moment. The product
keeps its data in a file, where each thread has a connection of its own.
"""

from collections.abc import Callable
from threading import Lock

from django.http import HttpRequest, HttpResponse

ONE = Lock()


class OneAtATime:
    """Lets one request in at a time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer when the request before has been answered."""
        with ONE:
            return self.get_response(request)
