"""A questionnaire is made, filled with questions and published without a script, with the keyboard, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from luotsi.people.tests.cast import Cast
from luotsi.questionnaires.models import QuestionnaireVersion
from luotsi.workspace.tests.browser.conftest import OpenAs

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def write(page: Page, label: str, text: str) -> None:
    """Write into a field, reached as a keyboard reaches it."""
    page.get_by_label(label, exact=True).focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def press(page: Page, name: str) -> None:
    """Press a button or follow a link with the keyboard."""
    found = page.locator("main button, main a").filter(has_text=name).last
    found.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


class TestWithoutAScript:
    def test_it_is_made_filled_put_in_order_and_published(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino, java_script_enabled=False, viewport={"width": 360, "height": 740})
        page.goto(f"/u/{cast.tampere.key}/questionnaires/forms/new/")
        write(page, "Name in English", "Feedback")
        page.locator("#id_key").focus()
        page.keyboard.type("feedback")
        press(page, "Go on")
        for name, title in (("later", "How was it?"), ("first", "Where were you?")):
            press(page, "Add: page1")
            write(page, "Title in English", title)
            write(page, "Name in expressions", name)
            press(page, "Add")
            press(page, "Save")
        press(page, "Move up: first")
        draft = QuestionnaireVersion.objects.drafts().get(version="draft-4")
        assert [one["name"] for one in draft.definition["pages"][0]["elements"]] == ["first", "later"]
        press(page, "Remove: later")
        press(page, "Undo the latest change")
        press(page, "Publish")
        press(page, "Publish the version")
        version = QuestionnaireVersion.objects.published().get()
        assert version.version == "1.0.0"
        assert [one["name"] for one in version.definition["pages"][0]["elements"]] == ["first", "later"]
