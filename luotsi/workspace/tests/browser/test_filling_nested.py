"""Repetitions within repetitions, and all pages on one: as people fill them in, with and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from luotsi.people.tests.cast import Cast
from luotsi.questionnaires.models import Response, Submission
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.tests.answered import Asked, make_asked
from luotsi.questionnaires.tests.nested import ANSWERS, NESTED
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.eyes import COLOURS, faults, too_wide
from luotsi.workspace.tests.browser.test_filling import saved, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def nested(cast: Cast) -> Asked:
    """The questionnaire of goals with steps and costs, with an empty draft of Bilal's school."""
    return make_asked(cast, NESTED)


def press(page: Page, deed: str, *, scripted: bool) -> None:
    """Press a button that adds or removes a row, and wait until the page has it."""
    path = deed.partition(":")[2]
    path = path.rpartition(":")[0] if deed.startswith("remove") else path
    count = page.locator(f"input[name='n:{path}']")
    wanted = int(count.input_value()) + (1 if deed.startswith("add") else -1)
    page.locator(f"button[value='{deed}']").click()
    if scripted:
        until(page, f"() => document.querySelector(\"input[name='n:{path}']\").value === '{wanted}'")
    else:
        assert count.input_value() == str(wanted)


def fill(page: Page, path: str, text: str) -> None:
    """Write into a field."""
    page.fill(f"[name='a:{path}']", text)


def fill_goals(page: Page, *, scripted: bool) -> None:
    """Add, fill in and remove goals, steps and costs until they are those of the answers."""
    fill(page, "goals[0].goal", "To be removed")
    press(page, "add:goals", scripted=scripted)
    press(page, "add:goals[1].steps", scripted=scripted)
    fill(page, "goals[1].goal", "Read more")
    fill(page, "goals[1].steps[0].what", "A step too many")
    press(page, "add:goals[1].steps", scripted=scripted)
    fill(page, "goals[1].steps[1].what", "Buy books")
    fill(page, "goals[1].steps[1].how", "Together")
    press(page, "add:goals[1].steps", scripted=scripted)
    fill(page, "goals[1].steps[2].what", "Read aloud")
    press(page, "remove:goals[1].steps:0", scripted=scripted)
    assert page.input_value("[name='a:goals[1].steps[0].what']") == "Buy books"
    fill(page, "goals[1].costs[0].item", "Books")
    fill(page, "goals[1].costs[0].sum", "120")
    press(page, "add:goals[1].costs", scripted=scripted)
    fill(page, "goals[1].costs[1].item", "Shelves")
    fill(page, "goals[1].costs[1].sum", "80")
    press(page, "remove:goals:0", scripted=scripted)
    assert page.input_value("[name='a:goals[0].goal']") == "Read more"
    press(page, "add:goals", scripted=scripted)
    fill(page, "goals[1].goal", "Count more")
    press(page, "add:goals[1].steps", scripted=scripted)
    fill(page, "goals[1].steps[0].what", "Play with numbers")
    fill(page, "goals[1].costs[0].item", "Dice")
    fill(page, "goals[1].costs[0].sum", "12")


def handed_in(page: Page) -> Any:
    """Hand in from the summary, and return the goals that were handed in."""
    assert "1.2. Steps: What is done Read aloud" in page.inner_text("main")
    page.locator("form[action$='/submit/'] button").click()
    page.wait_for_url("**/versions/1/")
    link = page.locator("a[href$='summary-en.pdf']").get_attribute("href")
    told = page.request.get(str(link))
    assert (told.status, told.body()[:4]) == (200, b"%PDF")
    return Submission.objects.get().content["answers"]["goals"]


class TestRepetitionWithinRepetition:
    def test_it_is_filled_in_saves_itself_comes_back_and_is_handed_in(
        self, cast: Cast, nested: Asked, open_as: OpenAs
    ) -> None:
        page = open_as(cast.bilal, viewport=PHONE)
        page.goto(f"/q/{nested.response.pk}/1/")
        fill_goals(page, scripted=True)
        page.locator("output", has_text="200").first.wait_for()
        saved(page, nested, "goals", ANSWERS)
        page.reload()
        assert page.input_value("[name='a:goals[0].steps[1].what']") == "Read aloud"
        assert page.input_value("[name='a:goals[1].costs[0].sum']") == "12"
        assert [*faults(page), *too_wide(page)] == []
        page.emulate_media(color_scheme="dark")
        assert faults(page, COLOURS) == []
        page.locator("button[value=check]").click()
        page.wait_for_url("**/summary/")
        assert values.same(handed_in(page), ANSWERS)

    def test_the_keyboard_goes_to_the_row_that_was_added_inside(
        self, cast: Cast, nested: Asked, open_as: OpenAs
    ) -> None:
        page = open_as(cast.bilal)
        page.goto(f"/q/{nested.response.pk}/1/")
        page.locator("button[value='add:goals[0].steps']").click()
        until(page, "() => document.activeElement.name === 'a:goals[0].steps[0].what'")
        page.locator("button[value='add:goals[0].costs']").click()
        until(page, "() => document.activeElement.name === 'a:goals[0].costs[1].item'")

    def test_it_works_by_buttons_alone(self, cast: Cast, nested: Asked, open_as: OpenAs) -> None:
        page = open_as(cast.bilal, viewport=PHONE, java_script_enabled=False)
        page.goto(f"/q/{nested.response.pk}/1/")
        fill_goals(page, scripted=False)
        page.locator("button[value=save]").click()
        assert Response.objects.get(pk=nested.response.pk).values["goals"] == ANSWERS
        page.get_by_role("button", name="Summary", exact=True).click()
        page.wait_for_url("**/summary/")
        assert values.same(handed_in(page), ANSWERS)


class TestAllPagesOnOne:
    def test_it_is_chosen_saves_itself_and_is_left_again(self, cast: Cast, nested: Asked, open_as: OpenAs) -> None:
        page = open_as(cast.bilal, viewport=PHONE)
        page.goto(f"/q/{nested.response.pk}/1/")
        page.fill("[name='a:goals[0].goal']", "Read more")
        page.get_by_role("button", name="Show all pages on one").click()
        page.wait_for_url("**/all/")
        assert page.input_value("[name='a:goals[0].goal']") == "Read more"
        page.fill("#q-end", "Thanks")
        saved(page, nested, "end", "Thanks")
        press(page, "add:goals[0].steps", scripted=True)
        assert [*faults(page), *too_wide(page)] == []
        page.get_by_role("link", name="Last").click()
        until(page, "() => document.activeElement.id === 'page-2'")
        page.goto(f"/q/{nested.response.pk}/1/?check#q-end")
        page.wait_for_url("**/all/?check#q-end")
        until(page, "() => document.activeElement.id === 'q-end'")
        page.get_by_role("button", name="Go page by page").click()
        page.locator("#q-end").wait_for(state="detached")
        assert page.locator("[name='a:goals[0].goal']").input_value() == "Read more"

    def test_what_could_not_be_sent_from_a_page_comes_back_among_all(
        self, cast: Cast, nested: Asked, open_as: OpenAs
    ) -> None:
        page = open_as(cast.bilal)
        page.goto(f"/q/{nested.response.pk}/2/")
        page.context.set_offline(True)
        page.fill("#q-end", "Typed in a tunnel")
        page.locator("#fill-state", has_text="No connection").wait_for()
        page.goto("about:blank")
        page.context.set_offline(False)
        page.goto(f"/q/{nested.response.pk}/all/")
        assert page.input_value("#q-end") == "Typed in a tunnel"
        saved(page, nested, "end", "Typed in a tunnel")

    def test_two_tabs_one_of_them_with_all_pages_write_over_nothing(
        self, cast: Cast, nested: Asked, open_as: OpenAs
    ) -> None:
        one, two = open_as(cast.bilal), open_as(cast.bilal)
        one.goto(f"/q/{nested.response.pk}/2/")
        two.goto(f"/q/{nested.response.pk}/all/")
        one.fill("#q-end", "From the page")
        saved(one, nested, "end", "From the page")
        two.fill("#q-end", "From all pages")
        two.locator("text=Two versions have been written").first.wait_for()
        two.locator(".lu-version", has_text="From all pages").locator("label").click()
        two.get_by_role("button", name="Let the chosen one stand").click()
        two.locator("input#q-end").wait_for()
        saved(two, nested, "end", "From all pages")

    def test_it_works_by_buttons_alone(self, cast: Cast, nested: Asked, open_as: OpenAs) -> None:
        page = open_as(cast.bilal, java_script_enabled=False)
        page.goto(f"/q/{nested.response.pk}/1/")
        page.fill("[name='a:goals[0].goal']", "Read more")
        page.get_by_role("button", name="Show all pages on one").click()
        page.fill("#q-end", "Thanks")
        page.locator("button[value='add:goals']").click()
        assert page.input_value("[name='n:goals']") == "2"
        page.get_by_role("button", name="Go page by page").click()
        assert page.locator("#q-end").count() == 0
        kept = Response.objects.get(pk=nested.response.pk).values
        assert (kept["end"], kept["goals"]) == ("Thanks", [{"goal": "Read more"}, {}])
