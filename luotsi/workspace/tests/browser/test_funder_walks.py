"""An own call on the funder's side, walked by principal, officer and scorer: from the public page to the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from luotsi.funding.actions.deciding.going_on import go_on
from luotsi.funding.models import Application, DecisionBatch
from luotsi.funding.tests.calling import make_open_call
from luotsi.funding.tests.making import make_officer
from luotsi.funding.tests.officiating import close
from luotsi.people.tests.cast import Cast
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.eyes import faults, too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from luotsi.funding.models import Call

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


def sound(page: Page) -> bool:
    """Return True when the page as it stands is accessible and no wider than the screen."""
    return [*faults(page), *too_wide(page)] == []


class TestTheFundersSide:
    def test_a_call_is_applied_to_scored_and_decided(self, cast: Cast, open_as: OpenAs) -> None:
        ossi = make_officer(cast.tampere)
        call = make_open_call(cast, ossi)
        principal, officer = open_as(cast.bilal, viewport=PHONE), open_as(ossi)
        home = f"/u/{cast.tampere.key}/funding/own-calls/{call.slug}/"
        self.apply(principal, call)
        self.receive(officer, home)
        self.name_a_scorer(officer, home)
        close(call)
        self.score(open_as(cast.daniel, viewport=PHONE), cast)
        self.propose(officer, home)
        self.decide(officer, home)
        self.read_the_letter(principal, cast)

    @staticmethod
    def apply(page: Page, call: Call) -> None:
        page.goto(f"/calls/{call.owner.key}/{call.slug}/")
        assert sound(page)
        page.get_by_role("link", name="Apply", exact=True).click()
        page.locator("[name=name_fi]").fill("Lukemisen kokeilu")
        page.get_by_role("button", name="Begin the application").click()
        page.get_by_role("link", name="Write on the form").click()
        page.locator("[name='a:what']").fill("Luetaan yhdessä.")
        page.locator("[name='a:costs[0].amount']").fill("10000")
        page.locator("[name='a:funding[0].amount']").fill("8000")
        page.locator("[name='a:funding[1].amount']").fill("2000")
        page.locator("[name='a:starts']").fill("2027-01-01")
        page.locator("[name='a:ends']").fill("2027-12-31")
        page.get_by_role("button", name="Save and go to the summary").click()
        page.goto(page.url)  # what is handed in with an application is handed in from there
        assert page.get_by_role("button", name="Hand in", exact=True).count() == 0
        application = Application.objects.get()
        page.goto(f"/u/{application.unit.key}/funding/applications/{application.pk}/submit/")
        assert sound(page)
        page.get_by_role("button", name="Hand in the application").click()
        page.locator(".lu-head__meta", has_text="Handed in").wait_for()

    @staticmethod
    def receive(page: Page, home: str) -> None:
        page.goto(f"{home}received/")
        assert sound(page)
        page.locator("main tbody a").first.click()
        page.get_by_text("Luetaan yhdessä.").first.wait_for()
        assert sound(page)

    @staticmethod
    def name_a_scorer(page: Page, home: str) -> None:
        page.goto(f"{home}scoring/")
        page.get_by_role("link", name="Name a scorer").click()
        page.locator("[name=q]").last.fill("Daniel")
        page.locator("[name=q]").last.press("Enter")
        page.get_by_label("Daniel").first.check(force=True)
        page.get_by_role("button", name="Name to score").click()
        page.get_by_text("The person scores the call now.").wait_for()

    @staticmethod
    def score(page: Page, cast: Cast) -> None:
        page.goto(f"/u/{cast.tampere.key}/funding/scoring/")
        page.locator("main tbody a").first.click()
        page.get_by_label("I have no interest in it").check(force=True)
        assert sound(page)
        page.get_by_role("button", name="Declare").click()
        page.get_by_text("Luetaan yhdessä.").first.wait_for()
        for field in page.locator("[name^=points_]").all():
            field.fill("4")
        assert sound(page)
        page.get_by_role("button", name="Hand in the points").click()
        page.get_by_text("4.00").first.wait_for()

    @staticmethod
    def propose(page: Page, home: str) -> None:
        page.goto(f"{home}scoring/")
        page.get_by_role("link", name="Close scoring").click()
        page.get_by_role("button", name="Close scoring").click()
        page.goto(f"{home}proposal/")
        page.get_by_role("link", name="Make the proposal by the rule").click()
        page.get_by_role("button", name="Make the proposal").click()
        assert sound(page)
        page.get_by_role("link", name="Fix the proposals").click()
        page.get_by_role("button", name="Fix the proposals").click()
        page.get_by_text("The proposals are fixed").wait_for()

    @staticmethod
    def decide(page: Page, home: str) -> None:
        page.goto(f"{home}decisions/decide/")
        page.locator("[name=law]").first.check(force=True)
        page.locator("[name=signer_fi]").fill("kehittämispäällikkö Ossi Avustaja")
        page.locator("[name=percent_1]").fill("100")
        assert sound(page)
        page.get_by_role("button", name="Decide 1 application").click()
        page.locator(".lu-error-summary", has_text="final report").wait_for()
        page.locator("[name=final_on]").fill("31.3.2028")
        page.get_by_role("button", name="Decide 1 application").click()
        page.get_by_text("Decided. The letters are being printed").wait_for()
        go_on(DecisionBatch.objects.get().pk)  # the worker's part
        page.goto(f"{home}decisions/")
        page.get_by_role("button", name="Send the letters").click()
        page.locator("#confirm").get_by_role("button", name="Send the letters").click()
        page.get_by_text("The letters are being sent.").wait_for()
        go_on(DecisionBatch.objects.get().pk)
        page.goto(f"{home}decisions/")
        page.get_by_text("Letters sent").first.wait_for()
        assert sound(page)

    @staticmethod
    def read_the_letter(page: Page, cast: Cast) -> None:
        application = Application.objects.get()
        assert application.state == Application.State.GRANTED
        page.goto(f"/u/{cast.school.key}/funding/applications/{application.pk}/decision/")
        assert sound(page)
        with page.expect_download() as taken:
            page.locator("main a[href$='fi.pdf']").first.click()
        assert taken.value.suggested_filename.endswith(".pdf")
