"""Pages in place of bare answers of the framework."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from luotsi.ui.errors import only_for_forms

type Handler = Callable[[HttpRequest], HttpResponseBase]


def only_for_forms_in_words(get_response: Handler) -> Handler:
    """Give a page to whoever opens an address that takes forms only; the framework answers 405 without a word."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method != "GET" or not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = only_for_forms(request)
        page["Allow"] = response["Allow"]
        return page

    return answer
