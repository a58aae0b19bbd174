"""Filling in a questionnaire as people do: on a phone by keyboard, in two tabs, without network, signed out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.sessions.models import Session

from luotsi.base.models import OutboxMail
from luotsi.people.tests.cast import Cast
from luotsi.people.tests.signing_in import PASSWORD, give_password
from luotsi.questionnaires.actions.demo.load import CALL
from luotsi.questionnaires.models import Response, Submission
from luotsi.questionnaires.queries.authoring.packaged import packaged
from luotsi.questionnaires.tests.answered import Asked, make_asked
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.eyes import faults, too_wide
from luotsi.workspace.tests.browser.keyboard import tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def asked(cast: Cast) -> Asked:
    """The call of the demo, with an empty draft of Bilal's school."""
    return make_asked(cast, packaged(CALL))


def saved(page: Page, asked: Asked, name: str, value: Any) -> None:
    """Wait until an answer has reached the server."""
    for _turn in range(600):  # a minute, as every wait of a page
        if Response.objects.get(pk=asked.response.pk).values.get(name) == value:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{name} is {Response.objects.get(pk=asked.response.pk).values.get(name)!r}")


def until(page: Page, condition: str) -> None:
    """Wait until a condition holds in the page, which does not let anything be evaluated inside it for long."""
    for _turn in range(600):  # a minute, as every wait of a page
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(condition)


def write(page: Page, target: str, text: str) -> None:
    """Go to a field by keyboard and type."""
    tab_to(page, target)
    page.keyboard.type(text)


def press(page: Page, target: str, key: str = "Enter") -> None:
    """Go to a button or choice by keyboard and press it."""
    tab_to(page, target)
    page.keyboard.press(key)


class TestByKeyboardOnAPhone:
    def test_three_pages_are_filled_in_and_handed_in(self, cast: Cast, asked: Asked, open_as: OpenAs) -> None:
        page = open_as(cast.bilal, viewport=PHONE)
        page.goto(f"/q/{asked.response.pk}/1/")
        write(page, "#q-title", "Robots for the first grades")
        press(page, "#q-kind-1, #q-kind-0", "Space")
        press(page, "#q-grades-1", "Space")
        write(page, "#q-learners", "48")
        write(page, "#q-need", "Skills differ from class to class.")
        press(page, "button[value=next]")
        page.wait_for_url("**/2/")
        assert too_wide(page) == []
        write(page, "#q-starts", "01012027")
        write(page, "#q-ends", "12122027")
        tab_to(page, "[name='a:steps[0].what']")
        page.keyboard.type("Planning")
        press(page, "button[value='add:steps']")
        until(page, "() => document.activeElement.name === 'a:steps[1].what'")
        page.keyboard.type("Trying out")
        press(page, "#q-partner-yes", "Space")
        page.locator("#q-partner_name").wait_for()
        write(page, "#q-partner_name", "Example Library")
        press(page, "button[value=next]")
        page.wait_for_url("**/3/")
        write(page, "[name='a:costs[0].sum']", "1 200,50")
        write(page, "[name='a:costs[2].sum']", "300")
        page.keyboard.press("Tab")
        page.locator("output", has_text="€1,500.50").first.wait_for()
        until(page, "() => document.getElementById('told').textContent.includes('Costs in total')")
        write(page, "[name='a:funding[0].source']", "The region")
        write(page, "[name='a:funding[0].sum']", "1500.50")
        write(page, "#q-contact", "school@luotsi.example")
        press(page, "button[value=next]")
        page.wait_for_url("**/summary/")
        assert [*faults(page), *too_wide(page)] == []
        press(page, "form[action$='/submit/'] button")
        page.wait_for_url("**/versions/1/")
        answers = Submission.objects.get().content["answers"]
        assert answers["steps"] == [{"what": "Planning"}, {"what": "Trying out"}]
        assert (answers["starts"], answers["partner_name"]) == ("2027-01-01", "Example Library")
        assert Submission.objects.get().sha256 in OutboxMail.objects.get().body

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("number", [1, 2, 3])
    def test_each_page_is_accessible(
        self, cast: Cast, asked: Asked, open_as: OpenAs, number: int, scheme: Any
    ) -> None:
        page = open_as(cast.bilal, viewport=PHONE)
        page.emulate_media(color_scheme=scheme)
        page.goto(f"/q/{asked.response.pk}/{number}/?check")
        assert [*faults(page), *too_wide(page)] == []


class TestNothingTypedIsLost:
    def test_what_two_tabs_wrote_is_shown_side_by_side_and_decided(
        self, cast: Cast, asked: Asked, open_as: OpenAs
    ) -> None:
        one, two = open_as(cast.bilal), open_as(cast.bilal)
        for page in (one, two):
            page.goto(f"/q/{asked.response.pk}/1/")
        one.fill("#q-title", "From the first tab")
        saved(one, asked, "title", "From the first tab")
        two.fill("#q-title", "From the second tab")
        two.fill("#q-need", "Only the second tab wrote this")
        two.locator("text=Two versions have been written").first.wait_for()
        two.locator(".lu-version", has_text="From the second tab").locator("label").click()
        two.get_by_role("button", name="Let the chosen one stand").click()
        two.locator("input#q-title").wait_for()
        assert two.input_value("#q-title") == "From the second tab"
        saved(two, asked, "title", "From the second tab")
        saved(two, asked, "need", "Only the second tab wrote this")

    def test_the_network_may_be_gone_for_a_while(self, cast: Cast, asked: Asked, open_as: OpenAs) -> None:
        page = open_as(cast.bilal)
        page.goto(f"/q/{asked.response.pk}/1/")
        page.context.set_offline(True)
        page.fill("#q-title", "Typed in a tunnel")
        page.locator("#fill-state", has_text="No connection").wait_for()
        page.context.set_offline(False)
        saved(page, asked, "title", "Typed in a tunnel")

    def test_a_closed_tab_has_left_its_text_on_the_device(self, cast: Cast, asked: Asked, open_as: OpenAs) -> None:
        page = open_as(cast.bilal)
        page.goto(f"/q/{asked.response.pk}/1/")
        page.context.set_offline(True)
        page.fill("#q-title", "Typed just before")
        page.locator("#fill-state", has_text="No connection").wait_for()
        page.context.set_offline(False)
        page.goto("about:blank")
        page.goto(f"/q/{asked.response.pk}/1/")
        assert page.input_value("#q-title") == "Typed just before"
        saved(page, asked, "title", "Typed just before")

    def test_a_session_that_ended_brings_the_text_back_after_signing_in(
        self, cast: Cast, asked: Asked, open_as: OpenAs
    ) -> None:
        give_password(cast.bilal)
        page = open_as(cast.bilal)
        page.goto(f"/q/{asked.response.pk}/1/")
        Session.objects.all().delete()
        page.fill("#q-title", "Typed too late")
        page.locator("#fill-state a", has_text="Sign in").click()
        page.fill("[name=login]", cast.bilal.email)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/1/")
        assert page.input_value("#q-title") == "Typed too late"
        saved(page, asked, "title", "Typed too late")

    def test_text_that_is_pasted_too_long_is_kept_and_marked(self, cast: Cast, asked: Asked, open_as: OpenAs) -> None:
        page = open_as(cast.bilal)
        page.goto(f"/q/{asked.response.pk}/1/")
        page.fill("#q-title", "ä" * 90)
        assert page.inner_text("#q-title-count") == "10 characters too many"
        page.locator("#q-title-error").wait_for()
        assert page.get_attribute("#q-title", "aria-invalid") == "true"
        saved(page, asked, "title", "ä" * 90)


class TestWithoutJavaScript:
    def test_conditions_rows_and_totals_work_by_buttons(self, cast: Cast, asked: Asked, open_as: OpenAs) -> None:
        page = open_as(cast.bilal, java_script_enabled=False)
        page.goto(f"/q/{asked.response.pk}/2/")
        page.click("label[for=q-partner-yes]")
        assert page.locator("#q-partner_name").count() == 0
        page.get_by_role("button", name="Update the page").last.click()
        page.fill("#q-partner_name", "Example Library")
        page.locator("button[value=next]").click()
        page.wait_for_url("**/3/")
        page.fill("[name='a:funding[0].sum']", "100")
        page.locator("button[value='add:funding']").click()
        page.fill("[name='a:funding[1].sum']", "50")
        page.locator("button[value='remove:funding:0']").click()
        page.wait_for_url(re.compile("#q-funding$"))
        assert page.input_value("[name='a:funding[0].sum']") == "50"
        page.get_by_role("button", name="Summary", exact=True).click()
        page.wait_for_url("**/summary/")
        assert Response.objects.get(pk=asked.response.pk).values["partner_name"] == "Example Library"

    def test_what_was_typed_after_the_session_ended_is_saved_after_signing_in(
        self, cast: Cast, asked: Asked, open_as: OpenAs
    ) -> None:
        give_password(cast.bilal)
        page = open_as(cast.bilal, java_script_enabled=False)
        page.goto(f"/q/{asked.response.pk}/1/")
        Session.objects.all().delete()
        page.fill("#q-title", "Typed too late")
        page.locator("button[value=save]").click()
        page.fill("[name=login]", cast.bilal.email)
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/1/")
        assert page.input_value("#q-title") == "Typed too late"
