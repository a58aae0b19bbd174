"""A coordinator opens a round, a principal grades by keyboard on a phone, the coordinator sees where they part."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from luotsi.base import clock
from luotsi.people.tests.cast import Cast
from luotsi.programme.models import Programme, Round
from luotsi.programme.tests.programmes import region_programme
from luotsi.questionnaires.models import Submission
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.eyes import faults, too_wide
from luotsi.workspace.tests.browser.keyboard import tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


def press(page: Page, target: str, words: str) -> None:
    """Go to a link or button by keyboard and press it; another page comes."""
    tab_to(page, target, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def grade(page: Page, code: str, step: int) -> None:
    """Choose a grade with the arrow keys and give the reason, by keyboard alone."""
    tab_to(page, f"input[name='a:grade_{code}']")
    page.keyboard.press("Space")
    for _turn in range(10):
        if page.evaluate("() => document.activeElement.value") == str(step):
            break
        page.keyboard.press("ArrowRight")
    tab_to(page, f"[name='a:words_{code}']")
    page.keyboard.type(f"Settled since last year, {code}.")


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return region_programme(cast)


class TestARound:
    def test_it_is_opened_answered_and_seen_beside_the_evidence(
        self, cast: Cast, programme: Programme, open_as: OpenAs
    ) -> None:
        page = open_as(cast.aino)
        page.goto(f"/u/{cast.region.key}/programme/{programme.slug}/rounds/")
        page.get_by_role("link", name="Open a round").click()
        page.get_by_label("Name in English").fill("Grades of the autumn")
        for section in ("PP2", "PP3", "PP4"):
            page.locator(f'input[name="sections"][value="{section}"]').uncheck(force=True)
        day = clock.today() + timedelta(days=9)
        page.get_by_label("Closes on").fill(f"{day.day}.{day.month}.{day.year}")
        assert faults(page) == []
        page.get_by_role("button", name="Open the round").click()
        page.get_by_role("link", name="Grades of the autumn").click()
        assert "0 / 2" in page.inner_text("main")

        phone = open_as(cast.bilal, viewport=PHONE)
        phone.goto("/")
        press(phone, "main a", "Answer: Grades of the autumn")
        press(phone, "main button", "Begin to answer")
        for code in Round.objects.get().measures:
            grade(phone, code, 4)
        assert not too_wide(phone)
        press(phone, "main button", "Save and go to the summary")
        press(phone, "main form button", "Hand in")
        phone.get_by_text("Receipt").first.wait_for()
        assert Submission.objects.get().response.unit_id == cast.school.pk

        page.reload()
        assert "1 / 2" in page.inner_text("main")
        row = page.locator("#list tbody tr").first
        assert "Own grade higher" in row.inner_text()
        assert "late" in row.inner_text()
        row.get_by_role("link", name=cast.school.name_fi).first.click()
        page.get_by_text("Settled since last year, M11.").wait_for()
        assert faults(page) == []
        assert not too_wide(page)
