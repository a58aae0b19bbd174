"""Every page of questionnaires, surveys, rounds and networks by keyboard: nothing is missed, hidden or a trap."""

from __future__ import annotations

from itertools import groupby

import pytest

from luotsi.people.tests.cast import Cast
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.keyboard import walked
from luotsi.workspace.tests.browser.pages import Line, Stage, lines

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE, PHONE = (1280, 900), (360, 740)
OF_PROGRAMME = ("round", "network", "member", "concept")


def is_walked(line: Line) -> bool:
    """Return True for the pages of questionnaires, rounds and networks that answer."""
    room, _colon, name = line.name.partition(":")
    networks = room == "programme" and any(word in name for word in OF_PROGRAMME)
    return line.status == 200 and (room == "questionnaires" or networks)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return Stage(cast)


class TestEveryPage:
    @pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
    def test_tab_reaches_everything_in_order_and_shows_where_it_is(
        self, stage: Stage, open_as: OpenAs, size: tuple[int, int]
    ) -> None:
        wrong: list[str] = []
        viewport = dict(zip(("width", "height"), size, strict=True))
        for who, theirs in groupby(filter(is_walked, lines()), key=lambda line: line.who):
            page = open_as(stage.person(who), viewport=viewport)
            for line in theirs:
                page.goto(stage.path(line), wait_until="load")
                wrong += [f"{line}: {what}" for what in walked(page)]
        assert not wrong, "\n".join(["", *wrong])


class TestTheWalk:
    """The walk itself, on pages made for it."""

    @pytest.mark.parametrize(
        ("body", "told"),
        [
            ("<a href='#a'>A</a><button>B</button><input aria-label='C'><details><summary>D</summary></details>", ""),
            ("<button></button><a href='#a'>A</a>", "has no name"),
            ("<button tabindex='2'>B</button><button tabindex='1'>A</button>", "comes after"),
            ("<a href='#a'>A</a><button class='far'>B</button>", "outside"),
            ("<a href='#a'>A</a><button class='bare'>B</button>", "looks the same"),
            ("<a href='#a'>A</a><button class='under'>B</button><div class='over'></div>", "hidden behind"),
            ("<a href='#a'>A</a><button id='trap'>B</button><button>C</button>", "not reached"),
        ],
    )
    def test_it_tells_what_is_in_the_way(self, open_as: OpenAs, body: str, told: str) -> None:
        page = open_as()
        style = (
            ".far {position: fixed; left: -500px} .bare {outline: none} .under {position: fixed; top: 90px; left: 9px}"
            ".over {position: fixed; top: 60px; left: 0; width: 400px; height: 90px; background: white}"
        )
        script = "document.getElementById('trap')?.addEventListener('keydown', e => e.preventDefault())"
        page.set_content(f"<style>{style}</style><main>{body}</main>")
        page.evaluate(script)
        found = walked(page)
        assert found == [] if not told else any(told in what for what in found), found


class TestWhatOpensAndChanges:
    def test_a_question_before_a_deed_closes_by_escape_and_gives_the_keyboard_back(
        self, stage: Stage, open_as: OpenAs
    ) -> None:
        page = open_as(stage.cast.aino)
        page.goto(f"/u/tampere/questionnaires/forms/{stage.values['form']}/draft/")
        button = page.get_by_role("button", name="Discard the draft")
        button.focus()
        page.keyboard.press("Enter")
        page.locator("#confirm[open]").wait_for()
        for _press in range(6):
            page.keyboard.press("Tab")
            inside = "() => document.activeElement === document.body || !!document.activeElement.closest('#confirm')"
            assert page.evaluate(inside)
        page.keyboard.press("Escape")
        page.locator("#confirm").wait_for(state="hidden")
        assert button.evaluate("e => e === document.activeElement")

    @pytest.mark.parametrize(
        "path",
        [
            "/u/tampere/questionnaires/forms/new/",
            "/u/tampere/questionnaires/forms/{form}/file/",
            "/u/tampere/questionnaires/forms/{form}/draft/publish/",
            "/u/tampere/questionnaires/open/{small_version}/",
            "/u/tampere/questionnaires/survey/{survey_version}/",
            "/u/{region}/programme/{programme}/networks/found/",
            "/u/{region}/programme/{programme}/networks/{network}/schools/{applied}/",
            "/u/{region}/programme/{programme}/rounds/open/",
        ],
    )
    def test_errors_take_the_keyboard_to_their_list_and_each_leads_to_its_field(
        self, stage: Stage, open_as: OpenAs, path: str
    ) -> None:
        page = open_as(stage.cast.aino)
        page.goto(path.format(region=stage.cast.region.key, **stage.values))
        for field in page.locator("main form input[type=text], main form textarea").all():
            field.fill("")
        page.locator("main form button.hds-button--primary").last.press("Enter")
        summary = page.locator("main [data-focus]").first
        summary.wait_for()
        assert summary.evaluate("e => e === document.activeElement")
        link = summary.locator("a").first
        link.press("Enter")
        target = str(link.get_attribute("href")).removeprefix("#")
        assert page.evaluate("id => !!document.activeElement.closest(`[id='${id}']`)", target) or page.evaluate(
            "id => document.getElementById(id)?.contains(document.activeElement)", target
        )

    def test_an_expression_that_is_looked_at_while_it_is_written_keeps_the_keyboard(
        self, stage: Stage, open_as: OpenAs
    ) -> None:
        page = open_as(stage.cast.aino)
        page.goto(f"/u/tampere/questionnaires/forms/{stage.values['form']}/draft/element/?at=/pages/0/elements/3")
        field = page.locator("#id_visibleIf")
        field.focus()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("{title} =")
        page.locator("#check-visibleIf .lu-field-error").wait_for()
        assert field.evaluate("e => e === document.activeElement && e.selectionStart === e.value.length")

    def test_a_list_that_is_sorted_keeps_the_keyboard_where_it_was(self, stage: Stage, open_as: OpenAs) -> None:
        page = open_as(stage.cast.aino)
        page.goto("/u/tampere/questionnaires/forms/")
        link = page.locator("#list thead a").first
        words = link.inner_text().strip()
        link.focus()
        with page.expect_response("**/forms/**"):
            page.keyboard.press("Enter")
        page.wait_for_url("**sort=**")
        page.wait_for_function("() => document.activeElement !== document.body")
        assert words in page.evaluate("() => document.activeElement.textContent")
