"""What went wrong is told in the look of the product, in the reader's language, without the database."""

from collections.abc import Callable

import pytest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory
from django.utils import translation

from luotsi.ui import errors
from luotsi.ui.middleware import only_for_forms_in_words

type Handler = Callable[[HttpRequest], HttpResponse]

# The tests have no database mark: a handler that asks the database fails.
HANDLERS: list[tuple[Handler, int]] = [
    (errors.bad_request, 400),
    (errors.no_permission, 403),
    (errors.not_found, 404),
    (errors.only_for_forms, 405),
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


class TestAnAddressForFormsOnly:
    def test_whoever_opens_it_gets_words(self) -> None:
        response = only_for_forms_in_words(lambda _request: HttpResponseNotAllowed(["POST"]))(request())
        assert (response.status_code, response["Allow"]) == (405, "POST")
        assert b"<h1>" in response.content  # type: ignore[attr-defined]

    def test_another_answer_stays_as_it_is(self) -> None:
        for given in (HttpResponse("all well"), HttpResponseNotAllowed(["POST"], b"in words")):
            assert only_for_forms_in_words(lambda _request, given=given: given)(request()) is given  # type: ignore[misc]
