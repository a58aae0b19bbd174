"""A list by keyboard: narrowing, sorting, turning pages and going back; its files have the rows."""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from luotsi.people.rules import Kind
from luotsi.people.tests.cast import Cast, make_unit
from luotsi.workspace.tests.browser.conftest import OpenAs

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCHOOLS = 55


@pytest.fixture
def listed(cast: Cast, open_as: OpenAs) -> Page:
    """Aino's list of the schools of Tampere: two pages of it. The mark on the document goes when it is loaded anew."""
    for number in range(SCHOOLS):
        make_unit(Kind.INSTITUTION, cast.tampere, f"Koekoulu {number:02}")
    page = open_as(cast.aino)
    page.goto(f"/u/{cast.tampere.key}/units/")
    page.evaluate("document.documentElement.dataset.same = 'yes'")
    return page


def first_name(page: Page) -> str:
    """Return the name in the first row."""
    return page.locator("tbody th").first.inner_text()


def press(page: Page, selector: str) -> None:
    """Put the keyboard on the element and press Enter."""
    page.locator(selector).first.focus()
    page.keyboard.press("Enter")


def sort_down(page: Page) -> None:
    """Sort by name, then the other way round."""
    for order, wanted in (("ascending", "name"), ("descending", "-name")):
        press(page, "th a[hx-get]")
        page.wait_for_url(f"**sort={wanted}**")
        page.locator(f"th[aria-sort={order}]").wait_for()


class TestAListByKeyboard:
    def test_it_is_narrowed_sorted_and_goes_back_without_a_new_page(self, listed: Page) -> None:
        listed.get_by_label("Name or code").focus()
        listed.keyboard.type("Koekoulu")
        listed.keyboard.press("Enter")
        listed.wait_for_url("**q=Koekoulu**")
        listed.get_by_text("55 rows", exact=True).wait_for()
        assert first_name(listed) == "Koekoulu 00"

        sort_down(listed)
        assert first_name(listed) == "Koekoulu 54"

        press(listed, "a[rel=next]")
        listed.locator("a[rel=prev]").wait_for()
        assert listed.locator("tbody tr").count() == SCHOOLS - 50

        listed.go_back()
        listed.locator("a[rel=next]").wait_for()
        assert first_name(listed) == "Koekoulu 54"
        assert "q=Koekoulu" in listed.url
        assert listed.get_by_label("Name or code").input_value() == "Koekoulu"

    def test_filters_and_sorting_do_not_load_the_page_anew(self, listed: Page) -> None:
        sort_down(listed)
        assert listed.evaluate("document.documentElement.dataset.same") == "yes"

    def test_its_address_shows_the_same_to_somebody_else(self, cast: Cast, listed: Page, open_as: OpenAs) -> None:
        other = open_as(cast.daniel)
        other.goto(f"/u/{cast.tampere.key}/units/?q=Koekoulu&sort=-name")
        assert first_name(other) == "Koekoulu 54"


class TestItsFiles:
    def test_they_open_and_have_every_row_of_the_filter(self, listed: Page, tmp_path: Path) -> None:
        from python_calamine import CalamineWorkbook

        listed.goto(f"{listed.url}?q=Koekoulu")
        files = {}
        for kind in ("CSV", "XLSX"):
            with listed.expect_download() as download:
                listed.get_by_role("link", name=kind, exact=True).click()
            files[kind] = tmp_path / kind
            download.value.save_as(files[kind])
            assert download.value.suggested_filename.endswith(f".{kind.lower()}")
        text = files["CSV"].read_text(encoding="utf-8-sig")
        rows = list(csv.reader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ","))
        cells = CalamineWorkbook.from_filelike(BytesIO(files["XLSX"].read_bytes())).get_sheet_by_index(0).to_python()
        for table in (rows, cells):
            names = [str(row[0]) for row in table if str(row[0]).startswith("Koekoulu")]
            assert sorted(names) == [f"Koekoulu {number:02}" for number in range(SCHOOLS)]
