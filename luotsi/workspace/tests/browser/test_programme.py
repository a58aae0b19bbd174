"""A coordinator tells a state with its evidence and sees it in the grid; a citizen opens the public page."""

from __future__ import annotations

from pathlib import Path

import pytest

from luotsi.people.tests.cast import Cast
from luotsi.programme.models import MilestoneState
from luotsi.programme.tests.making import Staged, make_staged
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.eyes import faults, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATIENCE = 60_000  # ms; the first page with figures opens the store of facts


@pytest.fixture
def staged(cast: Cast) -> Staged:
    return make_staged(cast)


class TestTellingAState:
    def test_a_coordinator_tells_it_in_the_grid_and_sees_it_there(
        self, cast: Cast, staged: Staged, open_as: OpenAs
    ) -> None:
        page = open_as(cast.aino)
        page.set_default_timeout(PATIENCE)
        page.goto(f"/u/{cast.tampere.key}/programme/{staged.programme.slug}/")
        assert page.get_by_role("link", name="Tampere", exact=True).get_attribute("aria-current") == "true"
        page.locator('[href$="/milestones/M12/2024-25/"]').first.click()
        page.get_by_label("Done").check(force=True)
        page.get_by_label("Evidence in words").fill("Turvatulostus on käytössä.")
        page.get_by_role("button", name="Save the state").click()
        page.get_by_text("Tell on which day the milestone was reached.").first.wait_for()
        assert faults(page) == []
        page.get_by_label("Reached on").fill("30.5.2025")
        page.get_by_role("button", name="Save the state").click()
        page.wait_for_url("**/measures/M12/")
        page.get_by_text("Turvatulostus on käytössä.").wait_for()
        assert MilestoneState.objects.get(measure="M12").words == "Turvatulostus on käytössä."
        page.goto(f"/u/{cast.tampere.key}/programme/{staged.programme.slug}/")
        cell = page.locator('td:has([href$="/milestones/M12/2024-25/"])').first
        assert "Done" in cell.inner_text()
        assert faults(page) == []


class TestThePublicPage:
    def test_a_citizen_reads_it_and_takes_its_data_along(self, staged: Staged, open_as: OpenAs) -> None:
        page = open_as()
        page.set_default_timeout(PATIENCE)
        page.goto(f"/p/{staged.programme.slug}/")
        assert "39 milestones in all" in page.inner_text("main")
        assert faults(page) == []
        assert not too_wide(page)
        with page.expect_download() as taken:
            page.get_by_role("link", name="YAML").click()
        assert Path(taken.value.path()).read_text(encoding="utf-8").startswith("key: TRE-SEUTU-DIGI-2024-2027")
        with page.expect_download() as taken:
            page.get_by_role("link", name="CSV").click()
        assert "milestone;M11" in Path(taken.value.path()).read_text(encoding="utf-8-sig")
