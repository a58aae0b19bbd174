"""A survey in a browser, from invitations to results: a coordinator asks, teachers answer on their phones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from luotsi.base.models import OutboxMail
from luotsi.people.tests.cast import Cast
from luotsi.questionnaires.actions.demo.surveys import SKILLS
from luotsi.questionnaires.models import Collection, Sheet
from luotsi.questionnaires.queries.authoring.packaged import packaged
from luotsi.questionnaires.tests.answered import make_version
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.eyes import faults, too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
TEACHERS = [f"opettaja{number}@luotsi.example" for number in range(6)]


def link_to(email: str) -> str:
    """Return the path of the personal link in the mail to an address."""
    body = OutboxMail.objects.get(to=email).body
    link = next(word for word in body.split() if "/s/" in word)
    return "/s/" + link.split("/s/")[1]


def answer(page: Page, path: str) -> None:
    """Answer every page, the third option of each statement."""
    page.goto(path)
    assert "anonymous" in page.locator("main").inner_text()
    page.get_by_role("button", name="Begin").click()
    for _area in range(3):
        for choice in page.locator("input[type=radio][value='2']").all():
            choice.check(force=True)
        page.get_by_role("button", name="Next").click()
    page.locator("input[type=radio]").first.check(force=True)
    page.get_by_role("button", name="Send the answers").click()
    assert page.locator("h1").inner_text() == "Thank you"


class TestASurvey:
    def test_it_goes_from_invitations_to_results(self, cast: Cast, open_as: OpenAs) -> None:
        version = make_version(cast.tampere, packaged(SKILLS), cast.aino)
        page = open_as(cast.aino)
        page.goto(f"/u/tampere/questionnaires/survey/{version.pk}/")
        page.locator("input[name=roles][value=teacher]").uncheck(force=True)
        page.get_by_label("E-mail addresses").fill("\n".join(TEACHERS))
        page.get_by_label("Language of the message").select_option("en")
        page.get_by_label("Closes on").fill("31.12.2099")
        page.get_by_role("button", name="Count whom").click()
        assert "6 persons would be asked" in page.locator("main").inner_text()
        page.get_by_role("button", name="Open and invite").click()
        survey = Collection.objects.surveys().get()

        phone = open_as(None, viewport=PHONE)
        for email in TEACHERS:
            answer(phone, link_to(email))
        assert Sheet.objects.filter(collection=survey).count() == len(TEACHERS)
        assert not faults(phone)
        assert not too_wide(phone)

        page.reload()
        assert "100%" in page.locator("main").inner_text()
        page.get_by_role("button", name="Close and work out").click()
        page.locator("#confirm button[value=yes]").click()
        page.wait_for_url("**/results/**")
        words = page.locator("main").inner_text()
        assert "6 persons answered" in words
        assert "3 ± 0" in words or "3.00 ± 0.00" in words
        assert "Answers in words are shown of ten or more." in words
        assert not faults(page)
