"""What the pages do in a browser, with and without scripts: the same work, only smoother."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    type Opens = Callable[..., Page]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("luotsi.ui.tests.urls"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def opens(browser: Browser, live_server: LiveServer) -> Iterator[Opens]:
    """Yield what opens the component sheet in a browser of its own, in English."""
    contexts: list[BrowserContext] = []

    def open_sheet(query: str = "", **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce", **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto(f"/sheet/{query}")
        return page

    yield open_sheet
    for context in contexts:
        context.close()


def focused(page: Page) -> str:
    """Return the id of the element that has the keyboard."""
    found: str = page.evaluate("document.activeElement.id")
    return found


class TestAList:
    @pytest.mark.parametrize("scripts", [True, False])
    def test_it_is_narrowed_with_and_without_scripts(self, opens: Opens, scripts: bool) -> None:
        page = opens(java_script_enabled=scripts)
        page.fill("#id_q", "koivula")
        page.press("#id_q", "Enter")
        page.locator("[data-told]:has-text('Name: koivula')").wait_for()
        assert "q=koivula" in page.url
        assert page.locator("#list tbody tr").count() == 12

    def test_the_keyboard_stays_and_the_result_is_told(self, opens: Opens) -> None:
        page = opens()
        page.fill("#id_q", "koivula")
        page.press("#id_q", "Enter")
        page.locator("#told:has-text('12')").wait_for(state="attached")
        assert focused(page) == "id_q"
        assert page.url.endswith("?q=koivula")  # empty filters stay out of the address

    def test_sorting_keeps_the_keyboard_on_the_heading(self, opens: Opens) -> None:
        page = opens()
        page.focus("#sort-pupils")
        page.keyboard.press("Enter")
        page.locator("th[aria-sort=ascending] #sort-pupils").wait_for()
        assert focused(page) == "sort-pupils"

    def test_the_next_page_is_read_from_its_top(self, opens: Opens) -> None:
        page = opens()
        page.click(".lu-pager a[rel=next]")
        page.locator(".lu-pager [aria-current=page]:has-text('2')").wait_for()
        assert focused(page) == "list"
        assert page.evaluate("Math.abs(document.getElementById('list').getBoundingClientRect().top)") < 200

    def test_the_back_button_brings_back_whole_pages(self, opens: Opens) -> None:
        page = opens()
        page.click("#sort-pupils")
        page.locator("th[aria-sort=ascending] #sort-pupils").wait_for()
        page.goto("/accessibility/")
        page.go_back()
        page.locator("th[aria-sort=ascending] #sort-pupils").wait_for()
        assert page.locator(".lu-top").count() == 1
        page.go_back()
        page.locator("th[aria-sort=ascending] #sort-name").wait_for()
        assert page.locator(".lu-top").count() == 1


class TestAForm:
    def test_a_counter_counts_down_and_cuts_nothing(self, opens: Opens) -> None:
        page = opens()
        counter = page.locator("#good_note-count")
        page.fill("#good_note", "x" * 150)
        assert counter.inner_text() == "50 characters left"
        page.fill("#good_note", "x" * 203)
        assert counter.inner_text() == "3 characters too many"
        assert len(page.input_value("#good_note")) == 203

    def test_without_scripts_the_limit_is_told(self, opens: Opens) -> None:
        page = opens(java_script_enabled=False)
        assert page.locator("#good_note-count").inner_text() == "At most 200 characters"

    def test_an_error_in_the_summary_leads_to_its_field(self, opens: Opens) -> None:
        page = opens()
        page.click(".lu-error-summary a[href='#bad_begins']")
        assert focused(page) == "bad_begins"

    def test_a_deed_is_done_only_after_yes(self, opens: Opens) -> None:
        page = opens()
        page.click("[data-confirm] button")
        assert page.locator("#confirm").inner_text().startswith("The invitation stops working at once.")
        page.keyboard.press("Escape")
        assert "#forms" not in page.url
        page.click("[data-confirm] button")
        page.click("#confirm [value=yes]")
        page.wait_for_url("**/sheet/?#forms")


class TestADrawer:
    def test_it_opens_and_closes_by_keyboard_and_gives_the_keyboard_back(self, opens: Opens) -> None:
        page = opens()
        page.focus("[data-open=records]")
        page.keyboard.press("Enter")
        page.locator("#records[open]").wait_for()
        page.keyboard.press("Escape")
        page.locator("#records").wait_for(state="hidden")
        assert page.evaluate("document.activeElement.dataset.open") == "records"
