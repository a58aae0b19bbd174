"""A grant on the applicant's side, walked by those who carry it, from the call to the first obligation done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from luotsi.funding.models import Application, Commitment, GrantDecision, Obligation
from luotsi.people.rules import Role
from luotsi.people.tests.cast import Cast, make_member
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.eyes import faults, too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from luotsi.people.models import Account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
DECISION = """Päätös valtionavustuksesta
Diaarinumero: OPH-4711-2026
Opetushallitus on päättänyt myöntää hankkeelle valtionavustusta enintään 45 000 euroa.
Valtionavustusprosentti on 90 %.
Avustuksen käyttöaika on 1.8.2026–31.12.2027.
Loppuselvitys on annettava viimeistään 28.2.2028.
Päätös 15.6.2026
"""


def sound(page: Page) -> bool:
    """Return True when the page as it stands is accessible and no wider than the screen."""
    return [*faults(page), *too_wide(page)] == []


def board_of(cast: Cast) -> Account:
    """Return somebody who takes matters to the board of Tampere and may change none."""
    return make_member(cast.tampere, Role.BOARD, "Sirkka")


class TestTheApplicantsSide:
    def test_a_grant_is_carried_from_the_call_to_its_obligations(self, cast: Cast, open_as: OpenAs) -> None:
        finance = open_as(cast.eeva)
        self.watch(finance, cast)
        self.prepare(open_as(cast.eeva, viewport=PHONE), cast)
        application = Application.objects.get()
        home = f"/u/{cast.tampere.key}/funding/applications/{application.pk}/"
        self.bring_to_the_board(finance, home)
        self.take_the_matter(open_as(board_of(cast), viewport=PHONE), home)
        self.record_the_outcome(finance, home)
        self.read_the_decision(finance, home)
        self.do_an_obligation(open_as(cast.eeva, viewport=PHONE), cast)
        stranger = open_as(cast.bilal)  # the principal of a school below sees no application of the municipality
        assert (answer := stranger.goto(home))
        assert answer.status == 404

    @staticmethod
    def watch(page: Page, cast: Cast) -> None:
        page.goto(f"/u/{cast.tampere.key}/")
        page.get_by_role("link", name="Funding", exact=True).first.click()
        page.get_by_role("link", name="Calls", exact=True).click()
        page.get_by_role("link", name="Add a call").first.click()
        page.locator("[name=name_fi]").fill("Oppimisympäristöt")
        page.get_by_label("Grant at most, %").fill("90")
        page.get_by_role("button", name="Watch the call").click()
        page.locator(".lu-error-summary").wait_for()  # neither the funder nor the base of the percentage is told
        assert sound(page)
        page.locator("[name=funder]").fill("Esimerkkivirasto")
        page.locator("[name=share_base]").select_option("total_cost")
        page.locator("[name=share_source]").fill("Call, section 3")
        page.get_by_role("button", name="Watch the call").click()
        page.locator("h1", has_text="Oppimisympäristöt").wait_for()  # beside it: beginning an application

    @staticmethod
    def prepare(page: Page, cast: Cast) -> None:
        page.goto(f"/u/{cast.tampere.key}/funding/calls/")
        page.get_by_role("link", name="Oppimisympäristöt").click()
        page.get_by_role("link", name="Begin an application").click()
        page.locator("[name=name_fi]").fill("Digipolku")
        page.locator("[name=applied]").fill("45000")
        page.locator("[name=own_share]").fill("4500")  # a tenth of the grant, not of the total cost
        page.locator("[name=total]").fill("49500")
        assert sound(page)
        page.get_by_role("button", name="Begin the application").click()
        page.locator("h1", has_text="Digipolku").wait_for()
        page.locator(".lu-tabs").get_by_role("link", name="Checks").click()
        page.get_by_text("450", exact=False).first.wait_for()
        assert sound(page)
        page.locator(".lu-tabs").get_by_role("link", name="Overview").click()
        page.get_by_role("link", name="Edit", exact=True).click()
        page.locator("[name=own_share]").fill("5000")
        page.locator("[name=total]").fill("50000")
        page.get_by_role("button", name="Save the application").click()
        page.get_by_role("link", name="Hand in the application").click()
        page.get_by_role("button", name="Save as handed in").click()
        page.locator(".lu-head__meta", has_text="Handed in").wait_for()

    @staticmethod
    def bring_to_the_board(page: Page, home: str) -> None:
        page.goto(f"{home}board/")
        page.get_by_role("link", name="Begin a matter").click()
        page.get_by_label("To apply and to pay the own share").check(force=True)
        page.get_by_label("A body", exact=True).check(force=True)
        page.locator("[name=body_fi]").fill("Sivistyslautakunta")
        page.locator("[name=body_sv]").fill("Bildningsnämnden")
        page.get_by_role("button", name="Make the text").click()
        page.get_by_role("button", name="Fix the text").click()
        page.get_by_role("link", name="Record the outcome").wait_for()
        assert sound(page)

    @staticmethod
    def take_the_matter(page: Page, home: str) -> None:
        page.goto(f"{home}board/")
        page.locator("main table a").first.click()
        assert sound(page)
        with page.expect_download() as taken:
            page.get_by_role("link", name="Swedish, DOCX").click()
        assert taken.value.suggested_filename.endswith(".docx")
        assert page.get_by_role("link", name="Record the outcome").count() == 0

    @staticmethod
    def record_the_outcome(page: Page, home: str) -> None:
        page.goto(f"{home}board/")
        page.locator("main table a").first.click()
        page.get_by_role("link", name="Record the outcome").click()
        page.get_by_label("Decided as proposed").check(force=True)
        page.locator("[name=decided_on]").fill("12.5.2026")
        page.locator("[name=section]").fill("§ 45")
        page.get_by_role("button", name="Record the outcome").click()
        page.get_by_text("The own share is committed by this decision.").wait_for()
        assert str(Commitment.objects.get().amount) == "5000.00"

    @staticmethod
    def read_the_decision(page: Page, home: str) -> None:
        page.goto(f"{home}decision/")
        page.get_by_role("link", name="Read it from a text").first.click()
        page.locator("[name=text]").fill(DECISION)
        page.get_by_role("button", name="Read it").click()
        page.get_by_text("Nothing is stored yet.").wait_for()
        assert not GrantDecision.objects.exists()
        assert sound(page)
        page.get_by_role("button", name="Record the decision").click()
        page.locator("h1").wait_for()
        decision = GrantDecision.objects.get()
        assert str(decision.granted) == "45000.00"
        assert str(decision.ends_on) == "2027-12-31"

    @staticmethod
    def do_an_obligation(page: Page, cast: Cast) -> None:
        page.goto(f"/u/{cast.tampere.key}/funding/obligations/")
        assert sound(page)
        page.goto(f"/u/{cast.tampere.key}/funding/applications/{Application.objects.get().pk}/obligations/")
        page.locator("main form button").first.click()
        page.wait_for_load_state()
        assert Obligation.objects.exclude(done_at=None).count() == 1
