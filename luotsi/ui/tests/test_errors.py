"""What went wrong is told in the look of the product, in the reader's language, without the database."""

from collections.abc import Callable

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from luotsi.ui import errors

type Handler = Callable[[HttpRequest], HttpResponse]

# The tests have no database mark: a handler that asks the database fails.
HANDLERS: list[tuple[Handler, int]] = [
    (errors.bad_request, 400),
    (errors.no_permission, 403),
    (errors.not_found, 404),
    (errors.failed, 500),
    (errors.form_expired, 403),
    (errors.database_away, 503),
]


def request(**headers: str) -> HttpRequest:
    return RequestFactory().get("/u/somewhere/", headers=headers)


class TestEveryErrorPage:
    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    @pytest.mark.parametrize(("handler", "status"), HANDLERS)
    def test_it_answers_in_the_language_with_one_way_on(self, handler: Handler, status: int, language: str) -> None:
        with translation.override(language):
            response = handler(request(**{"accept-language": language}))
        html = response.content.decode()
        assert response.status_code == status
        assert f'<html lang="{language}"' in html
        assert html.count("<h1>") == 1
        assert html.count("hds-button--primary") == 1

    def test_what_is_said_is_escaped(self) -> None:
        html = errors.not_found(request(), Http404("<b>gone</b>")).content.decode()
        assert "&lt;b&gt;gone&lt;/b&gt;" in html

    def test_our_own_fault_carries_the_id_of_the_request(self) -> None:
        asked = request()
        asked.id = "7f2031"  # type: ignore[attr-defined]
        assert "7f2031" in errors.failed(asked).content.decode()
