"""From a figure that somebody enters to the same figure at the region, and down again to where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.tests.telling import make_indicator, tell
from luotsi.people.tests.cast import Cast
from luotsi.workspace.tests.browser.eyes import faults

if TYPE_CHECKING:
    from luotsi.workspace.tests.browser.conftest import OpenAs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def begun(cast: Cast) -> None:
    """Follow an indicator with one figure; the engine is loaded before anybody waits for it."""
    indicator = make_indicator("signing-in", cast.region)
    tell(indicator, cast.school, "2025", 40, 80)
    figures_of([indicator], cast.region)


class TestAFigureOnItsWay:
    def test_it_is_entered_approved_and_seen_at_the_region_at_once(self, cast: Cast, open_as: OpenAs) -> None:
        begun(cast)
        page = open_as(cast.aino)
        page.goto(f"/u/{cast.region.key}/indicators/signing-in/")
        assert "50%" in page.locator(".lu-facts").first.inner_text()

        page.goto(f"/u/{cast.school.key}/indicators/signing-in/")
        page.click("text=Enter a figure")
        page.fill("[name=numerator]", "60")
        page.fill("[name=denominator]", "80")
        page.fill("[name=source]", "Lomake")
        page.click("text=Save and hand over for approval")
        page.click("text=Approve the figure")
        assert "It counts on every page from now on." in page.locator("main").inner_text()

        page.goto(f"/u/{cast.region.key}/indicators/signing-in/")
        facts = page.locator(".lu-facts").first
        assert "75%" in facts.inner_text()
        facts.locator("a[data-drawer]").first.click()
        page.wait_for_selector("#drawer[open] .lu-path")
        assert "60" in page.locator("#drawer .lu-path").inner_text()
        assert faults(page) == []
        page.locator("#drawer >> text=Count it again").click()
        page.wait_for_selector("#drawer [role=status]")
        assert "75%, the same." in page.locator("#drawer [role=status]").inner_text()
        page.locator("#drawer >> text=Käpytikan esimerkkikoulu").first.wait_for()
        page.keyboard.press("Escape")
        assert page.locator("#drawer[open]").count() == 0

    def test_what_is_behind_it_is_a_page_without_scripts(self, cast: Cast, open_as: OpenAs) -> None:
        begun(cast)
        page = open_as(cast.aino, java_script_enabled=False)
        page.goto(f"/u/{cast.region.key}/indicators/signing-in/")
        page.locator(".lu-facts a[data-drawer]").first.click()
        assert page.locator("h1").inner_text().startswith("Behind the figure")
        assert "÷" in page.locator(".lu-path").inner_text()
