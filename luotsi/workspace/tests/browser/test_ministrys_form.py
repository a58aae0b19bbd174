"""The ministry's form, from the choice of areas to the receipt, on a phone: its branches, limits, sums and checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from luotsi.people.tests.cast import Cast
from luotsi.questionnaires.actions.demo.load import MINISTRY
from luotsi.questionnaires.actions.responses import begin_response
from luotsi.questionnaires.actions.versions import publish_version
from luotsi.questionnaires.models import Response, Submission
from luotsi.questionnaires.queries.authoring.packaged import packaged
from luotsi.questionnaires.tests.answered import make_collection
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.eyes import too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
# Each area's costs (staff, premises, services, other) and financing (grant, own, public, private); None is left blank.
MONEY = {
    "quality": ((1_400_000, 0, 50_000, 0), (1_319_500, 130_500, 0, 0)),
    "environments": ((400_000, 0, 50_000, 180_000), (573_300, 56_700, 0, 0)),
    "data": ((800_000, None, 680_000, 85_000), (1_424_150, 140_850, None, None)),
}
TEXTS = {
    "quality": {"measures": 2_474, "results": 1_018, "earlier": 829, "cooperation": 830},
    "environments": {"measures": 2_469, "results": 476, "earlier": 92},
    "data": {"measures": 2_492, "results": 1_983, "cooperation": 1_186},
}


@pytest.fixture
def begun(cast: Cast) -> Response:
    """An empty response of Bilal's school to the form with its checks."""
    rules = packaged(f"{MINISTRY}.rules")
    version = publish_version(owner=cast.tampere, definition=packaged(MINISTRY), rule_set=rules, by=cast.aino)
    collection = make_collection(version, cast.tampere)
    return begin_response(collection=collection, unit=cast.school, by=cast.bilal)


def text_of(name: str, length: int) -> str:
    """Return words of a length, other words for each field."""
    return (f"{name}. " + "Sanoja suunnitelmasta. " * 200)[: length - 1] + "."


def fill_sums(page: Page, table: str, sums: tuple[int | None, ...]) -> None:
    """Fill in the rows of a table of money."""
    for row, amount in enumerate(sums):
        if amount is not None:
            page.fill(f"[name='a:{table}[{row}].amount']", str(amount))


def go_on(page: Page, name: str) -> None:
    """Save the page and come to the one that asks this."""
    page.click("button[value=next]")
    page.locator(f"[name='a:{name}']").wait_for()
    assert too_wide(page) == []


def fill_area(page: Page, area: str) -> None:
    """Fill in everything that an area asks."""
    for name, length in TEXTS[area].items():
        page.fill(f"[name='a:{area}_{name}']", text_of(f"{area} {name}", length))
    costs, financing = MONEY[area]
    fill_sums(page, f"{area}_costs", costs)
    fill_sums(page, f"{area}_funding", financing)
    if area != "data":
        page.fill(f"[name='a:{area}_starts']", "2021-06-01")
        page.fill(f"[name='a:{area}_ends']", "2022-12-31")


class TestTheMinistrysForm:
    def test_it_is_filled_in_with_three_areas_checked_and_handed_in(
        self, cast: Cast, begun: Response, open_as: OpenAs
    ) -> None:
        page = open_as(cast.bilal, viewport=PHONE)
        page.goto(f"/q/{begun.pk}/1/")
        page.fill("[name='a:provider']", "Esimerkkiopisto")
        for name, value in (("name", "Testaaja"), ("job_title", "Suunnittelija"), ("phone", "000 000")):
            page.fill(f"[name='a:contact_{name}']", value)
        page.fill("[name='a:contact_email']", "hakemus@luotsi.example")
        for number in range(len(MONEY)):
            page.check(f"#q-areas-{number}")
        go_on(page, "quality_measures")
        fill_area(page, "quality")
        too_long = text_of("quality measures", 2_510)
        page.fill("[name='a:quality_measures']", too_long)
        page.fill("[name='a:quality_partners[0].organisation']", "Esimerkkiverkosto")
        go_on(page, "environments_measures")
        fill_area(page, "environments")
        go_on(page, "data_measures")
        fill_area(page, "data")
        page.click("button[value=next]")
        while not page.locator("[name='a:grant_summary[0].amount']").count():
            page.click("button[value=next]")
            page.wait_for_load_state()
        fill_sums(page, "grant_summary", (1_424_150, 573_300, 1_319_500))
        page.click("button[value=next]")
        page.wait_for_url("**/summary/")

        told = page.locator("main").inner_text()
        assert "10 too many" in told
        assert "swapped" in told
        assert Response.objects.get(pk=begun.pk).values["quality_measures"] == too_long
        page.click("form[action$='/submit/'] button")
        page.wait_for_load_state()
        assert not Submission.objects.exists()

        page.goto(f"/q/{begun.pk}/2/")
        page.fill("[name='a:quality_measures']", text_of("quality measures", 2_474))
        page.click("button[value=next]")
        page.locator("[name='a:environments_measures']").wait_for()
        page.goto(f"/q/{begun.pk}/summary/")
        page.locator("main").get_by_role("link", name="Edit this page").last.click()
        page.locator("[name='a:grant_summary[0].amount']").wait_for()
        fill_sums(page, "grant_summary", (1_319_500, 573_300, 1_424_150))
        page.click("button[value=next]")
        page.wait_for_url("**/summary/")
        page.click("form[action$='/submit/'] button")
        page.wait_for_url("**/versions/1/")

        handed = Submission.objects.get()
        answers = handed.content["answers"]
        assert answers["areas"] == ["quality", "environments", "data"]
        assert sum(row["amount"] for row in answers["grant_summary"].values()) == 3_316_950
        assert "premises" not in answers["data_costs"]
        assert answers["quality_costs"]["premises"] == {"amount": 0}
        assert not [name for name in answers if name.startswith(("mergers", "competitions"))]
        assert handed.sha256[:12] in page.locator("main").inner_text()
