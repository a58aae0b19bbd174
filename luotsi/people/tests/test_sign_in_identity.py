"""Identities of other systems, and the demo's one-click sign-in."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from pytest_django import Settings

from luotsi.people.models import Account
from luotsi.people.tests.cast import Cast
from luotsi.people.tests.signing_in import FIREFOX, browser_of, is_signed_in, verbs

PROVIDER = {
    "provider_id": "entra",
    "name": "Entra ID of Tampere",
    "client_id": "luotsi",
    "secret": "not a secret",
    "settings": {"server_url": "https://identity.example/"},
}


@pytest.fixture
def provider(settings: Settings) -> None:
    """One identity provider is set up."""
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [PROVIDER]}}


def come_back(email: str, *, verified: bool, uid: str = "1234") -> tuple[HttpRequest, HttpResponse]:
    """Come back from the provider with an address; returns the request and what is answered."""
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/account/oidc/entra/login/callback/", HTTP_USER_AGENT=FIREFOX)
    request.session, request.user = SessionStore(), AnonymousUser()
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    with context.request_context(request):
        provider = get_adapter().get_provider(request, "entra")
        given = {"sub": uid, "email": email, "email_verified": verified}
        login: SocialLogin = provider.sociallogin_from_response(request, {"userinfo": given})
        return request, complete_login(request, login)


class TestWithoutProviders:
    def test_the_sign_in_page_shows_none(self, db: None) -> None:
        assert "/oidc/" not in browser_of().get(reverse("account_login")).content.decode()

    def test_their_addresses_are_not_found(self, db: None) -> None:
        assert browser_of().get("/account/oidc/entra/login/").status_code == 404


@pytest.mark.usefixtures("provider")
class TestWithAProvider:
    def test_the_sign_in_page_offers_it(self, db: None) -> None:
        page = browser_of().get(reverse("account_login")).content.decode()
        assert "Sign in with Entra ID of Tampere" in page

    def test_a_verified_address_opens_the_account_and_links_the_identity(self, cast: Cast) -> None:
        request, _answer = come_back(cast.aino.email.upper(), verified=True)
        assert request.user == cast.aino
        assert SocialAccount.objects.get(user=cast.aino).uid == "1234"
        assert verbs(cast.aino) == ["identity-added", "signed-in"]

    def test_a_linked_identity_opens_the_account_whatever_its_address_is_now(self, cast: Cast) -> None:
        come_back(cast.aino.email, verified=True)
        request, _answer = come_back("other@luotsi.example", verified=False)
        assert request.user == cast.aino

    def test_an_address_that_the_provider_has_not_verified_opens_nothing(self, cast: Cast) -> None:
        request, answer = come_back(cast.aino.email, verified=False)
        assert not request.user.is_authenticated
        assert "invitation" in answer.content.decode()
        assert not SocialAccount.objects.exists()

    def test_an_address_that_the_account_has_not_confirmed_opens_nothing(self, cast: Cast) -> None:
        EmailAddress.objects.filter(user=cast.aino).update(verified=False)
        request, _answer = come_back(cast.aino.email, verified=True)
        assert not request.user.is_authenticated

    def test_a_stranger_gets_no_account(self, cast: Cast) -> None:
        before = Account.objects.count()
        request, answer = come_back("stranger@luotsi.example", verified=True)
        assert not request.user.is_authenticated
        assert "invitation" in answer.content.decode()
        assert Account.objects.count() == before

    def test_an_account_out_of_use_stays_closed(self, cast: Cast) -> None:
        come_back(cast.aino.email, verified=True)
        Account.objects.filter(pk=cast.aino.pk).update(is_active=False)
        request, answer = come_back(cast.aino.email, verified=True)
        assert not request.user.is_authenticated
        assert answer["location"] == reverse("account_inactive")


class TestTheDemo:
    def test_the_sign_in_page_lists_its_people(self, cast: Cast) -> None:
        page = browser_of().get(reverse("account_login")).content.decode()
        assert cast.aino.email in page

    def test_one_click_signs_in_and_is_written_down(self, cast: Cast) -> None:
        client = browser_of()
        client.post(reverse("people:sign-in-as"), {"email": cast.bilal.email})
        assert is_signed_in(client)
        assert verbs(cast.bilal) == ["signed-in"]

    def test_it_leads_on_to_the_page_that_was_asked_for_and_never_elsewhere(self, cast: Cast) -> None:
        asked = f"/u/{cast.school.key}/roles/"
        client = browser_of()
        page = client.get(reverse("account_login"), {"next": asked}).text
        assert page.partition("demo/sign-in/")[2].count(f'name="next" value="{asked}"') == 1
        given = {"email": cast.bilal.email}
        assert client.post(reverse("people:sign-in-as"), given | {"next": asked})["Location"] == asked
        foreign = client.post(reverse("people:sign-in-as"), given | {"next": "https://example.org/"})
        assert foreign["Location"] == reverse("workspace:enter")

    def test_it_changes_from_one_to_another(self, cast: Cast) -> None:
        client = browser_of()
        for person in (cast.bilal, cast.celia):
            client.post(reverse("people:sign-in-as"), {"email": person.email})
        assert verbs(cast.bilal) == ["signed-in", "signed-out"]
        assert client.get(reverse("people:see-my-account")).context["page"].account == cast.celia

    def test_nobody_outside_the_cast_can_be_signed_in(self, cast: Cast) -> None:
        account = Account(email="real@luotsi.example")
        account.save(force_insert=True)
        answer = browser_of().post(reverse("people:sign-in-as"), {"email": account.email})
        assert answer.status_code == 404

    def test_it_does_not_exist_outside_the_demo(self, cast: Cast, settings: Settings) -> None:
        settings.DEMO = False
        client = browser_of()
        assert cast.aino.email not in client.get(reverse("account_login")).content.decode()
        assert client.post(reverse("people:sign-in-as"), {"email": cast.aino.email}).status_code == 404
        assert not is_signed_in(client)
