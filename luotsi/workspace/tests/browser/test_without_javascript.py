"""The main flow where no script runs: the server does the same work."""

from __future__ import annotations

import pytest

from luotsi.people.models import Invitation, Unit
from luotsi.people.tests.cast import Cast
from luotsi.people.tests.signing_in import PASSWORD, give_password
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.test_adding_a_school import add_school

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class TestWithoutJavaScript:
    def test_one_signs_in_adds_a_school_narrows_a_list_and_signs_out(self, cast: Cast, open_as: OpenAs) -> None:
        give_password(cast.aino)
        page = open_as(java_script_enabled=False)
        page.goto("/account/login/")
        page.fill("[name=login]", cast.aino.email)
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"**/u/{cast.region.key}/")

        add_school(page, cast)
        page.get_by_role("button", name="Add the unit and send the invitation").click()
        page.get_by_text("the invitation is on its way").wait_for()
        assert Unit.objects.filter(name_fi="Uusi esimerkkikoulu").exists()
        assert Invitation.objects.filter(email="oona@luotsi.example").exists()

        page.goto(f"/u/{cast.tampere.key}/units/")
        page.get_by_label("Name or code").fill("Uusi")
        page.get_by_role("button", name="Narrow").click()
        page.wait_for_url("**q=Uusi**")
        assert page.locator("tbody tr").count() == 1
        page.get_by_role("columnheader", name="Name").get_by_role("link").click()
        page.wait_for_url("**sort=name**")

        page.click(".lu-top [popovertarget=me]")
        page.locator("#me").get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/account/login/**")

    def test_a_wrong_form_tells_what_is_wrong_and_keeps_the_rest(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino, java_script_enabled=False)
        page.goto(f"/u/{cast.school.key}/invitations/new/")
        page.get_by_label("Given name").fill("Oona")
        page.get_by_role("button", name="Send the invitation").click()
        page.locator(".lu-error-summary a").first.wait_for()
        assert page.get_by_label("Given name").input_value() == "Oona"
