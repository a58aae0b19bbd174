"""Whoever presses again while the answer is on its way sends once; after going back the form can be sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from luotsi.people.models import Unit
from luotsi.people.tests.cast import Cast
from luotsi.workspace.tests.browser.conftest import OpenAs

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def slow_down(page: Page) -> None:
    """Let every answer take as long as on a bad line."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", slow)


class TestPressingAgain:
    def test_it_sends_once(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino)
        page.goto(f"/u/{cast.school.key}/unit/edit/")
        sent: list[str] = []
        page.on("request", lambda one: sent.append(one.method) if one.is_navigation_request() else None)
        page.get_by_label("Name in English").fill("Example School of Pines")
        slow_down(page)
        save = page.get_by_role("button", name="Save").first
        save.scroll_into_view_if_needed()
        box = save.bounding_box()
        assert box
        for _press in range(2):
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            page.wait_for_timeout(300)
        page.wait_for_url(lambda url: "edit" not in url)
        assert sent.count("POST") == 1
        assert Unit.objects.get(pk=cast.school.pk).name_en == "Example School of Pines"

    def test_after_going_back_it_can_be_sent_again(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino)
        for name in ("Example School of Pines", "Example School of Spruces"):
            page.goto(f"/u/{cast.school.key}/unit/edit/") if "Pines" in name else page.go_back()
            page.get_by_label("Name in English").fill(name)
            page.get_by_role("button", name="Save").first.click()
            page.wait_for_url(lambda url: "edit" not in url)
        assert Unit.objects.get(pk=cast.school.pk).name_en == "Example School of Spruces"
