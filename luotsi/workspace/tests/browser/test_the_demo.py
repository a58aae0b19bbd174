"""The demo as its people walk through it: coordinators, principal, digital team, board and citizen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from luotsi.people.actions.demo import load_demo
from luotsi.people.models import Account
from luotsi.people.queries.demo import REGION, SCHOOL
from luotsi.reports.models import Report
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.eyes import faults, too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATIENCE = 60_000  # ms; the first page with figures opens the store of facts
PLAN, CITY = "tre-seutu-digi-2024-2027", "hki-digi-2016-2019"


@contextmanager
def at_the_desk_of(open_as: OpenAs, name: str = "", **options: object) -> Iterator[Page]:
    """Open the browser of one of the demo's people; afterwards nothing on the page may be at fault."""
    account = Account.objects.get(email=f"{name}@luotsi.example") if name else None
    page = open_as(account, **options)  # type: ignore[arg-type]
    page.set_default_timeout(PATIENCE)
    yield page
    assert faults(page) == []
    assert not too_wide(page)


class TestWalkingThroughTheDemo:
    def test_everybody_finds_what_they_came_for_and_nobody_sees_more(self, open_as: OpenAs) -> None:
        load_demo()
        self.the_coordinator_opens_a_figure_down_to_its_schools(open_as)
        self.the_principal_sees_what_the_plan_asks_of_the_school(open_as)
        self.the_digital_team_compares_only_who_agreed(open_as)
        self.the_board_reads_the_frozen_report(open_as)
        self.the_coordinator_of_the_city_cannot_freeze_what_is_unanswered(open_as)
        self.a_citizen_reads_the_public_page(open_as)

    def the_coordinator_opens_a_figure_down_to_its_schools(self, open_as: OpenAs) -> None:
        with at_the_desk_of(open_as, "aino") as page:
            page.goto(f"/u/{REGION}/")
            page.get_by_role("heading", name="Key indicators").wait_for()
            page.get_by_role("link", name="Programme").first.click()
            page.get_by_role("link", name="Plan for digital skills in basic education").first.click()
            assert "39" in page.locator("#state").inner_text()
            page.get_by_role("link", name="MFA used by teaching staff").first.click()
            page.locator(".lu-facts a[data-drawer]").first.click()
            page.wait_for_selector("#drawer[open] .lu-path")
            assert "÷" in page.locator("#drawer .lu-path").inner_text()
            page.keyboard.press("Escape")

    def the_principal_sees_what_the_plan_asks_of_the_school(self, open_as: OpenAs) -> None:
        with at_the_desk_of(open_as, "bilal", viewport={"width": 360, "height": 780}) as page:
            page.goto(f"/u/{SCHOOL}/programme/my-unit/")
            assert "Our figures" in page.locator("main").inner_text()
            answer = page.request.get(f"/u/nokia/programme/{PLAN}/")
            assert answer.status == 404
            page.goto(f"/u/{SCHOOL}/indicators/tre-mfa/")
            assert "hidden" in page.locator("main").inner_text()

    def the_digital_team_compares_only_who_agreed(self, open_as: OpenAs) -> None:
        with at_the_desk_of(open_as, "gunilla", language="sv") as page:
            page.goto(f"/u/{REGION}/programme/{PLAN}/compare/")
            heads = page.locator("thead").first.inner_text()
            assert "Tammerfors" in heads
            assert "Orivesi" not in heads
            assert page.request.get(f"/u/tampere/programme/{PLAN}/").status == 404

    def the_board_reads_the_frozen_report(self, open_as: OpenAs) -> None:
        report = Report.objects.published().get()
        with at_the_desk_of(open_as, "kaarina") as page:
            page.goto(f"/r/{report.pk}/")
            assert report.sha256 in page.locator("main").inner_text()
            with page.expect_download() as taken:
                page.locator("main a[href$='report-sv.pdf']").first.click()
            assert Path(taken.value.path()).read_bytes().startswith(b"%PDF-")

    def the_coordinator_of_the_city_cannot_freeze_what_is_unanswered(self, open_as: OpenAs) -> None:
        draft = Report.objects.get(state=Report.State.DRAFT)
        with at_the_desk_of(open_as, "pihla") as page:
            page.goto(f"/u/helsinki/reports/{draft.pk}/")
            told = page.locator("main").inner_text()
            assert all(code in told for code in ("K04", "K05", "K07", "K17", "Appendix 1"))
            assert "about 9.4%" in told
            assert "about 1.9%" in told

    def a_citizen_reads_the_public_page(self, open_as: OpenAs) -> None:
        with at_the_desk_of(open_as, viewport={"width": 360, "height": 780}) as page:
            page.goto(f"/p/{CITY}/")
            assert "9.4%" in page.locator("main").inner_text()
            with page.expect_download() as taken:
                page.get_by_role("link", name="CSV").first.click()
            assert b"384" in Path(taken.value.path()).read_bytes()
