"""A passkey from adding it to signing in with it, in a real browser with a virtual authenticator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator

from luotsi.people.models import Account
from luotsi.people.tests.cast import Cast
from luotsi.people.tests.signing_in import PASSWORD, give_password, verbs

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def aino(transactional_db: None, cast: Cast) -> Account:
    """Aino, with a password."""
    return give_password(cast.aino)


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complains of, such as a script that the content security policy stops."""
    return []


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, complaints: list[str]) -> Iterator[Page]:
    """A page with a virtual authenticator, at an address with a name."""
    context = browser.new_context(
        base_url=live_server.url.replace("127.0.0.1", "localhost"), locale="en-GB", ignore_https_errors=True
    )
    opened = context.new_page()
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    tools = context.new_cdp_session(opened)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield opened
    context.close()


class TestAPasskey:
    def test_it_is_added_and_then_opens_the_account_without_a_password(
        self, aino: Account, page: Page, complaints: list[str]
    ) -> None:
        page.goto("/account/2fa/webauthn/add/")
        page.fill("[name=login]", aino.email)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/reauthenticate/**")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.fill("[name=name]", "Work phone")
        page.click("#mfa_webauthn_add")
        page.wait_for_url("**/recovery-codes/")
        assert Authenticator.objects.get(user=aino, type="webauthn").wrap().is_passwordless

        page.context.clear_cookies()
        page.goto("/account/login/")
        page.click("#passkey_login")
        page.wait_for_url("**/u/**")
        assert verbs(aino) == ["signed-in", "passkey-added", "recovery-codes-added", "signed-in"]
        assert complaints == []

    def test_it_is_the_second_step_after_a_password(self, aino: Account, page: Page) -> None:
        page.goto("/account/login/?next=/account/2fa/webauthn/add/")
        page.fill("[name=login]", aino.email)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/reauthenticate/**")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_selector("#mfa_webauthn_add")
        page.uncheck("[name=passwordless]")
        page.click("#mfa_webauthn_add")
        page.wait_for_url("**/recovery-codes/")

        page.context.clear_cookies()
        page.goto("/account/login/")
        page.fill("[name=login]", aino.email)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/2fa/authenticate/")
        page.click("#mfa_webauthn_authenticate")
        page.wait_for_url("**/u/**")
        assert verbs(aino)[-1] == "signed-in"
