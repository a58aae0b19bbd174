"""Reports at a browser: a coordinator freezes one with a reason, a member of the board reads what was frozen."""

from __future__ import annotations

import pytest

from luotsi.people.models import Account
from luotsi.people.rules import Role
from luotsi.people.tests.cast import Cast, make_member
from luotsi.programme.models import Finding
from luotsi.reports.tests.making import Reported, make_reported
from luotsi.workspace.tests.browser.conftest import OpenAs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reported(cast: Cast) -> Reported:
    made = make_reported(cast)
    Finding.objects.create(programme=made.programme, code="K99", text={"fi": "Tuki ruuhkautuu", "en": "Support jams"})
    return made


@pytest.fixture
def kaarina(cast: Cast) -> Account:
    return make_member(cast.tampere, Role.BOARD, "Kaarina", "Luonnosmäki")


class TestFreezing:
    @pytest.mark.parametrize("scripts", [True, False])
    def test_a_coordinator_freezes_only_with_a_reason(
        self, cast: Cast, reported: Reported, open_as: OpenAs, scripts: bool
    ) -> None:
        page = open_as(cast.aino, java_script_enabled=scripts)
        page.goto(f"/u/{cast.tampere.key}/reports/{reported.draft.pk}/")
        page.get_by_text("K99 has no corrective action").first.wait_for()
        page.get_by_role("link", name="Freeze", exact=True).click()
        page.get_by_role("button", name="Freeze", exact=True).click()
        page.get_by_text("Tell why the report is frozen all the same.").first.wait_for()
        page.get_by_label("K99 has no corrective action").fill("Tukea lisätään tammikuussa.")
        page.get_by_role("button", name="Freeze", exact=True).click()
        page.get_by_text("The report is frozen. Its figures and texts").wait_for()
        page.get_by_text("Tukea lisätään tammikuussa.").first.wait_for()
        reported.draft.refresh_from_db()
        assert reported.draft.state == "frozen"


class TestReading:
    def test_the_board_reads_a_frozen_report_and_finds_what_a_figure_is_made_of(
        self, cast: Cast, reported: Reported, kaarina: Account, open_as: OpenAs
    ) -> None:
        page = open_as(kaarina)
        page.goto(f"/u/{cast.tampere.key}/reports/")
        page.get_by_role("link", name="Ohjelma").first.click()
        page.get_by_role("heading", level=1, name="2025-26").wait_for()
        page.locator("article .lu-ref").first.click()
        assert page.url.partition("#")[2].startswith("figure-")
        page.get_by_role("link", name="Prove it").click()
        page.get_by_text("Proves").wait_for()

    def test_a_text_is_saved_without_scripts(self, cast: Cast, reported: Reported, open_as: OpenAs) -> None:
        page = open_as(cast.aino, java_script_enabled=False)
        page.goto(f"/u/{cast.tampere.key}/reports/{reported.draft.pk}/")
        page.locator("#risks + details summary").click()
        page.fill("#risks-fi", "Riskejä on vähän.")
        page.locator("#risks + details button").click()
        page.get_by_text("The text has been saved.").wait_for()
        page.get_by_text("Riskejä on vähän.").first.wait_for()
