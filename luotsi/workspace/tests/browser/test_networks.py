"""A pilot network from its call to its spread: schools plan, the coordinator chooses, others follow."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from luotsi.base import clock
from luotsi.people.rules import Kind, Role
from luotsi.people.tests.cast import Cast, make_member, make_unit
from luotsi.programme.actions.publicity import open_to_public
from luotsi.programme.models import Network, Programme
from luotsi.programme.tests.programmes import region_programme
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.eyes import faults, too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from luotsi.people.models import Account, Unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
NAME = "Pilot schools"


def principal_of(unit: Unit, given_name: str) -> Account:
    """Return a new principal of a school."""
    return make_member(unit, Role.PRINCIPAL, given_name, "Mallikas")


def day(ahead: int = 0) -> str:
    """Return a day as it is typed."""
    on = clock.today() + timedelta(days=ahead)
    return f"{on.day}.{on.month}.{on.year}"


def hand_in_plan(page: Page, title: str) -> None:
    """Write a project plan from what waits on the home page, and hand it in."""
    page.goto("/")
    page.get_by_role("link", name=f"Answer: {NAME}").first.click()
    page.get_by_role("button", name=re.compile("Begin to answer")).first.click()
    page.locator("[name='a:title']").fill(title)
    page.get_by_label("Portfolio", exact=True).check(force=True)
    page.locator("[name='a:goals']").fill("Every pupil can tell what was learned.")
    page.locator("[name='a:measures[0].what']").fill("We agree on what is collected.")
    page.locator("[name='a:evaluation']").fill("A survey of the pupils.")
    assert [*faults(page), *too_wide(page)] == []
    page.get_by_role("button", name="Save and go to the summary").click()
    page.get_by_role("button", name="Hand in").first.click()
    page.get_by_text("Receipt").first.wait_for()


class TestANetwork:
    @pytest.fixture
    def programme(self, cast: Cast) -> Programme:
        return open_to_public(programme=region_programme(cast), is_public=True, by=cast.aino)

    def test_it_goes_from_the_call_to_a_school_outside(
        self, cast: Cast, programme: Programme, open_as: OpenAs
    ) -> None:
        saukko = principal_of(cast.other_school, "Sanna")
        outside = make_unit(Kind.INSTITUTION, cast.nokia, "Kuikan esimerkkikoulu")
        kuikka = principal_of(outside, "Kirsi")
        home = f"/u/{cast.region.key}/programme/{programme.slug}/networks/"

        page = open_as(cast.aino)
        page.goto(home)
        self.found(page)
        hand_in_plan(open_as(cast.bilal, viewport=PHONE), "Portfolios for every grade")
        hand_in_plan(open_as(saukko, viewport=PHONE), "A portfolio for the ninth grade")

        page.goto(f"/u/{cast.region.key}/")
        page.get_by_role("link", name="Decide on 2 project plans").first.click()
        self.decide(page, cast.school, "yes", "A clear aim and a way to tell whether it was reached.")
        self.decide(page, cast.other_school, "no", "It does not say yet how it is evaluated.")
        schools = page.locator("section[aria-labelledby=schools]").inner_text()
        assert "Chosen" in schools
        assert "Not chosen" in schools
        page.goto(f"/u/{cast.region.key}/")
        assert "project plan" not in page.inner_text("main")

        page.goto(home)
        page.get_by_role("link", name=NAME).first.click()
        page.get_by_role("link", name="Ask the members").click()
        page.get_by_label("Autumn term").check(force=True)
        page.get_by_label("Closes at the end of").fill(day(20))
        page.get_by_role("button", name="Ask them").click()
        page.get_by_text("Every member is asked.").first.wait_for()

        self.evaluate_itself(open_as(cast.bilal, viewport=PHONE))
        page.reload()
        reviews = page.locator("section[aria-labelledby=reviews]").inner_text()
        assert "Handed in" in reviews
        assert "4" in reviews

        self.publish(page)
        network = Network.objects.get()
        self.adopt(open_as(kuikka, viewport=PHONE), f"/u/{outside.key}/programme/{programme.slug}/networks/")
        self.read_as_anybody(open_as(), programme)

        page.goto(f"{home}{network.slug}/")
        assert "Kuikan esimerkkikoulu" in page.locator("section[aria-labelledby=spread]").inner_text()
        assert [*faults(page), *too_wide(page)] == []
        page.get_by_role("link", name="Spread as an indicator").click()
        page.locator("h1", has_text="Spread outside the network").wait_for()
        assert "1" in page.locator("main .lu-figure, main .lu-big, main dd").first.inner_text()

    @staticmethod
    def found(page: Page) -> None:
        page.get_by_role("link", name="Found a network").first.click()
        page.get_by_label("Name in Finnish").fill("Kokeilukoulut")
        page.get_by_label("Name in English").fill(NAME)
        page.get_by_label("Purpose in Finnish").fill("Kokeillaan yhdessä")
        page.get_by_label("Purpose in English").fill("We try things out together")
        page.get_by_label("Development areas").fill("Portfolio\nTekoäly; AI; Artificial intelligence")
        page.get_by_label("The call closes at the end of").fill(day(20))
        page.get_by_role("button", name="Open the call").click()
        page.get_by_role("link", name=NAME).first.wait_for()

    @staticmethod
    def decide(page: Page, school: Unit, decision: str, reason: str) -> None:
        page.get_by_role("link", name=re.compile(f"^Decide.*{school.name_fi}")).click()
        page.locator(f"input[name=is_chosen][value={decision}]").check(force=True)
        page.get_by_label("Decided on").fill(day())
        page.get_by_label("Reason").fill(reason)
        page.get_by_role("button", name="Record the decision").click()
        page.get_by_text("The decision has been recorded.").first.wait_for()

    @staticmethod
    def evaluate_itself(page: Page) -> None:
        page.goto("/")
        page.get_by_role("link", name=re.compile("autumn")).first.click()
        page.get_by_role("button", name=re.compile("Begin to answer")).first.click()
        page.locator("[name='a:progress']").nth(3).check(force=True)
        page.locator("[name='a:worked']").fill("Pupils choose their own works.")
        assert [*faults(page), *too_wide(page)] == []
        page.get_by_role("button", name="Save and go to the summary").click()
        page.get_by_role("button", name="Hand in").first.click()
        page.get_by_text("Receipt").first.wait_for()

    @staticmethod
    def publish(page: Page) -> None:
        page.get_by_role("link", name="The concept").click()
        page.get_by_label("Concept in Finnish").fill("Portfolio kootaan joka kuukausi.")
        page.get_by_label("Concept in English").fill("A portfolio is collected every month.")
        page.get_by_label("Everybody may read it").check(force=True)
        page.get_by_role("button", name="Publish the concept").click()
        page.get_by_text("The concept is published to all schools.").first.wait_for()

    @staticmethod
    def adopt(page: Page, home: str) -> None:
        page.goto(home)
        page.get_by_role("link", name=NAME).first.click()
        assert "A portfolio is collected every month." in page.inner_text("main")
        page.get_by_role("link", name="We have taken this into use").first.click()
        page.get_by_label("Taken into use on").fill(day())
        page.get_by_label("How it is used").fill("Grades 3 to 6")
        assert [*faults(page), *too_wide(page)] == []
        page.get_by_role("button", name="Tell it").click()
        page.get_by_text("The spread of the concept counts your school too.").first.wait_for()

    @staticmethod
    def read_as_anybody(page: Page, programme: Programme) -> None:
        page.goto(f"/p/{programme.slug}/")
        page.locator("section[aria-labelledby=concepts]").get_by_role("link", name=NAME).click()
        assert "A portfolio is collected every month." in page.inner_text("main")
        assert "1 school outside" in page.inner_text("main")
        assert [*faults(page), *too_wide(page)] == []
