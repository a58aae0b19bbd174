"""What every answer gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from luotsi.base import middleware, requests
from luotsi.base.requests import request_id

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


def away(request: HttpRequest) -> HttpResponse:
    """Stand for the page that says that the database is away."""
    return HttpResponse("away", status=503)


@pytest.fixture
def request_at_hand() -> HttpRequest:
    """Return a request to some page."""
    return RequestFactory().get("/", headers={"X-Request-ID": "of the client"})


class TestTheRequestId:
    def test_it_is_known_while_the_request_is_answered_and_told_in_the_answer(
        self, request_at_hand: HttpRequest
    ) -> None:
        seen: list[str] = []

        def view(request: HttpRequest) -> HttpResponse:
            seen.extend([request_id(), request.id])  # type: ignore[attr-defined]
            return HttpResponse()

        response = middleware.request_id(view)(request_at_hand)
        assert set(seen) == {response.headers["X-Request-ID"]}
        assert len(seen[0]) == 32
        assert request_id() == ""

    def test_it_is_forgotten_also_when_the_view_fails(self, request_at_hand: HttpRequest) -> None:
        def fails(request: HttpRequest) -> HttpResponse:
            raise LookupError

        with pytest.raises(LookupError):
            middleware.request_id(fails)(request_at_hand)
        assert request_id() == ""

    def test_one_inside_another_gives_way_to_it_again(self) -> None:
        with requests.within("outer"):
            with requests.within("inner"):
                assert request_id() == "inner"
            assert request_id() == "outer"


class TestThePermissionsPolicy:
    def answer(self, request: HttpRequest, **headers: str) -> HttpResponseBase:
        return middleware.permissions_policy(lambda asked: HttpResponse(headers=headers))(request)

    def test_it_switches_sensors_off_and_leaves_passkeys_to_our_own_pages(self, request_at_hand: HttpRequest) -> None:
        policy = self.answer(request_at_hand).headers["Permissions-Policy"].split(", ")
        assert {"camera=()", "microphone=()", "geolocation=()"} < set(policy)
        assert {"publickey-credentials-get=(self)", "publickey-credentials-create=(self)"} < set(policy)

    def test_a_page_can_have_its_own(self, request_at_hand: HttpRequest) -> None:
        response = self.answer(request_at_hand, **{"Permissions-Policy": "camera=(self)"})
        assert response.headers["Permissions-Policy"] == "camera=(self)"


@pytest.mark.django_db
class TestTheDatabaseAtHand:
    @pytest.fixture(autouse=True)
    def _page(self, settings: Any) -> None:
        settings.DATABASE_AWAY_VIEW = f"{__name__}.away"

    def status(self, request: HttpRequest, answer: HttpResponse) -> int:
        return middleware.database_at_hand(lambda asked: answer)(request).status_code

    def test_a_failure_with_the_database_at_hand_stays_a_failure(self, request_at_hand: HttpRequest) -> None:
        assert self.status(request_at_hand, HttpResponse(status=500)) == 500

    def test_a_failure_without_a_database_becomes_the_page_for_that(
        self, request_at_hand: HttpRequest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def lost() -> None:
            raise OperationalError("server closed the connection unexpectedly")

        monkeypatch.setattr(connection, "ensure_connection", lost)
        monkeypatch.setattr(connection, "close", lambda: None)
        assert self.status(request_at_hand, HttpResponse(status=200)) == 200
        response = middleware.database_at_hand(lambda asked: HttpResponse(status=500))(request_at_hand)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
