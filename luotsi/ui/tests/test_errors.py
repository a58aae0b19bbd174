"""The pages for what went wrong look like the product, speak three languages and ask the database nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory

from luotsi.ui import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from pytest_django.fixtures import Settings

PAGES: list[tuple[Callable[..., HttpResponse], int]] = [
    (errors.bad_request, 400),
    (errors.no_permission, 403),
    (errors.not_found, 404),
    (errors.failed, 500),
    (errors.form_expired, 403),
    (errors.database_away, 503),
]


@pytest.fixture
def request_of(rf: RequestFactory) -> Callable[..., HttpRequest]:
    """Return a maker of requests as they are before any middleware has seen them."""

    def make(language: str = "en", **headers: Any) -> HttpRequest:
        return rf.get("/somewhere/", headers={"Accept-Language": language, **headers})

    return make


class TestErrorPages:
    @pytest.mark.parametrize(("page", "status"), PAGES)
    def test_they_answer_with_their_status_and_without_the_database(
        self, request_of: Callable[..., HttpRequest], page: Callable[..., HttpResponse], status: int
    ) -> None:
        answer = page(request_of())
        assert answer.status_code == status
        assert b"<h1>" in answer.content
        assert b"lu-top" in answer.content

    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    @pytest.mark.parametrize(("page", "status"), PAGES)
    def test_they_speak_the_language_of_the_reader_before_any_middleware_has_read_it(
        self, request_of: Callable[..., HttpRequest], page: Callable[..., HttpResponse], status: int, language: str
    ) -> None:
        assert f'<html lang="{language}"'.encode() in page(request_of(language)).content

    def test_a_failure_tells_the_id_by_which_it_is_found_in_the_log(
        self, request_of: Callable[..., HttpRequest]
    ) -> None:
        request = request_of()
        request.id = "7f2031"  # type: ignore[attr-defined]
        assert b"7f2031" in errors.failed(request).content

    def test_a_failure_is_told_even_when_the_page_itself_fails(
        self, request_of: Callable[..., HttpRequest], settings: Settings
    ) -> None:
        settings.ROOT_URLCONF = "django.conf.urls.i18n"  # the footer finds no addresses
        answer = errors.failed(request_of())
        assert answer.status_code == 500
        assert answer["Content-Type"].startswith("text/plain")
        assert b"Something went wrong" in answer.content

    def test_a_refusal_gives_its_reason(self, request_of: Callable[..., HttpRequest]) -> None:
        answer = errors.no_permission(request_of(), PermissionDenied("Only the coordinator adds schools."))
        assert b"Only the coordinator adds schools." in answer.content

    def test_what_is_missing_is_named_and_escaped(self, request_of: Callable[..., HttpRequest]) -> None:
        answer = errors.not_found(request_of(), Http404("No unit <b>here</b>."))
        assert b"No unit &lt;b&gt;here&lt;/b&gt;." in answer.content

    def test_an_expired_form_leads_back_to_the_page_it_was_on(self, request_of: Callable[..., HttpRequest]) -> None:
        answer = errors.form_expired(request_of(Referer="http://testserver/u/koivula/add/"))
        assert b'href="http://testserver/u/koivula/add/"' in answer.content

    def test_an_expired_form_never_leads_to_another_site(self, request_of: Callable[..., HttpRequest]) -> None:
        answer = errors.form_expired(request_of(Referer="https://elsewhere.example/"))
        assert b"elsewhere.example" not in answer.content


@pytest.mark.django_db
class TestErrorPagesOfTheSite:
    def test_a_form_without_a_token_gets_the_page_of_an_expired_form(self) -> None:
        answer = Client(enforce_csrf_checks=True).post(
            "/language/", {"language": "sv"}, headers={"Accept-Language": "en"}
        )
        assert answer.status_code == 403
        assert b"The form is too old" in answer.content

    def test_the_language_can_be_changed_on_an_error_page(self) -> None:
        client = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
        page = client.get("/no-such-page/")
        token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        changed = client.post("/language/", {"language": "sv", "next": "/privacy/", "csrfmiddlewaretoken": token})
        assert changed.status_code == 302
        assert b'<html lang="sv"' in client.get("/no-such-page/").content
