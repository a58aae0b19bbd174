"""What stands around every page: languages, colours, search, units, keyboard, signing out, and what is not there."""

from __future__ import annotations

import re

import pytest

from luotsi.people.tests.cast import Cast
from luotsi.workspace.tests.browser.conftest import OpenAs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUS_RING = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle + style.boxShadow;
}"""


class TestLanguages:
    def test_changing_it_keeps_the_page_and_its_filters(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino)
        path = f"/u/{cast.tampere.key}/units/?q=koulu"
        page.goto(path)
        page.locator(".lu-top .lu-languages button[value=sv]").click()
        page.wait_for_function("document.documentElement.lang === 'sv'")
        assert page.url.endswith(path)
        page.goto("/me/")
        assert page.get_attribute("html", "lang") == "sv"


class TestColours:
    def test_the_choice_is_kept_on_the_next_page(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino, color_scheme="light")
        path = f"/u/{cast.school.key}/unit/"
        page.goto(path)
        page.click(".lu-top [popovertarget=me]")
        page.locator("#me").get_by_role("button", name="Dark").click()
        page.wait_for_selector("html[data-scheme=dark]")
        assert page.url.endswith(path)
        page.goto("/me/")
        assert page.get_attribute("html", "data-scheme") == "dark"
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


class TestSearch:
    def test_it_finds_units_and_persons_and_opens_them(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino)
        page.goto("/")
        page.locator(".lu-top [type=search]").fill("Celia")
        page.keyboard.press("Enter")
        page.locator("main").get_by_role("link", name=re.compile("Celia")).click()
        page.wait_for_url(f"**/persons/{cast.celia.person.pk}/")
        assert "Celia Kuvitelma" in page.inner_text("h1")


class TestTheUnitSwitcher:
    def test_it_narrows_as_one_types_and_leads_to_the_unit(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino)
        page.goto("/")
        page.click("button.lu-scope")
        units = page.locator("#unit-list li:visible")
        before = units.count()
        page.get_by_role("searchbox", name="Find a unit").press_sequentially("nokia")
        assert before > units.count() == 1
        units.get_by_role("link").click()
        page.wait_for_url(f"**/u/{cast.nokia.key}/**")
        assert "Nokia" in page.inner_text(".lu-scope__name")


class TestTheKeyboard:
    def test_the_first_stop_skips_to_the_content(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino)
        page.goto("/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "lu-skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"

    def test_every_stop_shows_where_it_is(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino)
        page.goto(f"/u/{cast.school.key}/persons/")
        hidden = []
        for _stop in range(40):
            page.keyboard.press("Tab")
            tag = page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
            if tag.startswith("<body"):
                break
            if page.evaluate(FOCUS_RING) == "nonenone":
                hidden.append(tag)
        assert hidden == []

    @pytest.mark.parametrize("button", ["units", "me"])
    def test_escape_closes_what_a_button_opened_and_returns_to_it(
        self, cast: Cast, open_as: OpenAs, button: str
    ) -> None:
        page = open_as(cast.aino)
        page.goto("/")
        page.locator(f"header [popovertarget={button}]").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#{button}:popover-open")
        page.keyboard.press("Escape")
        assert page.locator(f"#{button}:popover-open").count() == 0
        assert page.evaluate("document.activeElement.getAttribute('popovertarget')") == button


class TestSigningOut:
    def test_it_closes_the_pages_behind(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino)
        page.goto("/")
        page.click(".lu-top [popovertarget=me]")
        page.locator("#me").get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/account/login/**")
        page.goto(f"/u/{cast.region.key}/")
        assert "/account/login/" in page.url


class TestWhatIsNotThere:
    @pytest.mark.parametrize(("path", "status"), [("/nowhere/", 404), ("/u/nowhere/", 404), ("edit", 403)])
    def test_the_answer_looks_like_the_product_and_leads_home(
        self, cast: Cast, open_as: OpenAs, path: str, status: int
    ) -> None:
        page = open_as(cast.bilal)
        answer = page.goto(f"/u/{cast.school.key}/unit/edit/" if path == "edit" else path)
        assert answer
        assert answer.status == status
        assert page.locator("header.lu-top .lu-logo").count() == 1
        page.locator("main .lu-empty").get_by_role("link").click()
        page.wait_for_url(f"**/u/{cast.school.key}/")
