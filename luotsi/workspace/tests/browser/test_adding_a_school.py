"""Aino adds a school and invites its principal, who makes an account, adds a passkey and sees the own school only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from luotsi.base.models import AuditEntry
from luotsi.people.models import Invitation, Unit
from luotsi.people.tests.cast import Cast
from luotsi.people.tests.signing_in import last_mail, link_in
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.eyes import faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "kolme sanaa jonossa"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def add_school(page: Page, cast: Cast) -> None:
    """Walk the three steps at Tampere, inviting Oona to lead the new school."""
    page.goto(f"/u/{cast.tampere.key}/unit/")
    page.get_by_role("link", name="Add an institution").click()
    page.get_by_label("Name in Finnish").fill("Uusi esimerkkikoulu")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/leader/")
    page.get_by_label("Given name").fill("Oona")
    page.get_by_label("Family name").fill("Esimerkki")
    page.get_by_label("E-mail").fill("oona@luotsi.example")
    page.get_by_label("Language of the message").select_option("en")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/check/")
    assert "Oona Esimerkki, oona@luotsi.example" in page.inner_text("main")


class TestAddingASchool:
    def test_nothing_is_saved_before_the_last_step(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino)
        add_school(page, cast)
        assert faults(page) == []
        assert not Unit.objects.filter(name_fi="Uusi esimerkkikoulu").exists()
        page.get_by_role("link", name="Who leads").click()
        assert page.get_by_label("Family name").input_value() == "Esimerkki"

    def test_the_invited_principal_arrives_with_a_passkey_and_sees_the_own_school_only(
        self, cast: Cast, open_as: OpenAs
    ) -> None:
        aino = open_as(cast.aino)
        add_school(aino, cast)
        aino.get_by_role("button", name="Add the unit and send the invitation").click()
        aino.wait_for_url("**/unit/")
        assert "the invitation is on its way" in aino.inner_text("main")
        school = Unit.objects.get(name_fi="Uusi esimerkkikoulu")

        oona = open_as()
        tools = oona.context.new_cdp_session(oona)
        tools.send("WebAuthn.enable")
        tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        self.accept(oona)
        self.add_passkey(oona)
        self.sign_out(oona)
        oona.click("#passkey_login")
        oona.wait_for_url(f"**/u/{school.key}/")

        self.sees_only(oona, school, cast.school)
        verbs = AuditEntry.objects.order_by("seq").values_list("verb", flat=True)
        told = {"unit.added", "invitation.sent", "invitation.accepted", "account.passkey-added", "account.signed-in"}
        assert told - {verb.removeprefix("people.") for verb in verbs} == set()

    @staticmethod
    def accept(page: Page) -> None:
        page.goto(link_in(last_mail()))
        assert page.get_by_label("Given name").input_value() == "Oona"
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Accept and create the account").click()
        page.wait_for_url("**/account/2fa/")
        assert Invitation.objects.get(email="oona@luotsi.example").accepted_at

    @staticmethod
    def add_passkey(page: Page) -> None:
        page.get_by_role("link", name="Add a passkey").click()
        page.wait_for_load_state()
        if "/reauthenticate/" in page.url:
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
        page.fill("[name=name]", "Work phone")
        page.click("#mfa_webauthn_add")
        page.wait_for_url("**/recovery-codes/")

    @staticmethod
    def sign_out(page: Page) -> None:
        page.click(".lu-top [popovertarget=me]")
        page.locator("#me").get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/account/login/**")

    @staticmethod
    def sees_only(page: Page, own: Unit, other: Unit) -> None:
        page.click("button.lu-scope")
        listed = page.locator("#unit-list a").all_inner_texts()
        assert len(listed) == 1
        assert re.search("Uusi esimerkkikoulu", listed[0])
        answer = page.goto(f"/u/{other.key}/unit/")
        assert answer
        assert answer.status == 404
