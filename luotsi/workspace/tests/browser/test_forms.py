"""A form that was filled in wrongly: the summary takes the focus, leads to the field, and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from luotsi.people.tests.cast import Cast
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.eyes import faults, too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wrong(cast: Cast, open_as: OpenAs) -> Page:
    """Aino's page after a school was given a number of three digits."""
    page = open_as(cast.aino)
    page.goto(f"/u/{cast.school.key}/unit/edit/")
    page.get_by_label("Name in English").fill("Example School of Pines")
    page.get_by_label("Institution number").fill("123")
    page.keyboard.press("Enter")
    page.locator(".lu-error-summary").wait_for()
    return page


class TestAWrongForm:
    def test_the_summary_has_the_focus_and_leads_to_the_field(self, wrong: Page) -> None:
        assert wrong.evaluate("document.activeElement.classList.contains('lu-error-summary')")
        wrong.keyboard.press("Tab")
        wrong.keyboard.press("Enter")
        field = wrong.get_by_label("Institution number")
        assert wrong.evaluate("location.hash") == f"#{field.get_attribute('id')}"
        assert field.get_attribute("aria-invalid") == "true"
        described = (field.get_attribute("aria-describedby") or "").split()
        told = [wrong.locator(f"#{part}").inner_text() for part in described]
        assert any("five digits" in words for words in told)

    def test_what_was_typed_is_kept(self, wrong: Page) -> None:
        assert wrong.get_by_label("Name in English").input_value() == "Example School of Pines"
        assert wrong.get_by_label("Institution number").input_value() == "123"

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_it_is_accessible(self, wrong: Page, scheme: str) -> None:
        wrong.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert [*faults(wrong), *too_wide(wrong)] == []


class TestAPageThatLayTooLong:
    def test_it_says_so_in_the_look_of_the_product(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino)
        page.goto(f"/u/{cast.school.key}/unit/edit/")
        page.context.clear_cookies(name="csrftoken")
        page.get_by_role("button", name="Save").first.click()
        page.locator("main .lu-empty").wait_for()
        assert page.locator("header.lu-top .lu-logo").count() == 1
        assert faults(page) == []
