"""Every page, in three languages, light and dark, wide and narrow: accessible, in shape, without complaints."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import pytest
from django.urls import get_resolver

from luotsi.people.tests.cast import Cast
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.eyes import COLOURS, RULES, faults, misshapen, too_wide
from luotsi.workspace.tests.browser.learning_pages import NO_LEARNING_PAGES
from luotsi.workspace.tests.browser.money_pages import FUNDERS, NO_MONEY_PAGES
from luotsi.workspace.tests.browser.no_pages import NO_PAGES
from luotsi.workspace.tests.browser.pages import Line, Stage, addresses, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

type Look = tuple[int, str, tuple[str, ...]]
# What a look costs is the rules, so each is asked once: all of them wide and narrow, those of colours in the dark too.
LOOKS: list[Look] = [(1280, "light", RULES), (1280, "dark", COLOURS), (360, "light", RULES)]
ROOMS = [
    "people",
    "indicators",
    "questionnaires",
    "programme",
    "funding",
    "funder",
    "learning",
    "reports",
    "workspace",
]
FIRST = "people"  # the pages of sign-in, which belong to no room, are looked at with this one


def room_of(line: Line) -> str:
    """Return the room that a line is looked at with; the pages of funders are as many as those of applicants."""
    if line.name in FUNDERS:
        return "funder"
    space = line.name.partition(":")[0]
    return space if space in ROOMS else FIRST


def look(page: Page, width: int, scheme: str, rules: tuple[str, ...]) -> list[str]:
    """Return what is wrong with the page as it stands, at a width and in a colour scheme."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    return [f"{width} px {scheme}: {fault}" for fault in faults(page, rules)]


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return Stage(cast)


class TestTheList:
    def test_it_names_every_address_once_as_a_page_or_as_none(self) -> None:
        pages = {line.name for line in lines()}
        others = {*NO_PAGES.split(), *NO_MONEY_PAGES.split(), *NO_LEARNING_PAGES.split()}
        assert pages | others == set(addresses(get_resolver().url_patterns))
        assert not pages & others


class TestEveryPage:
    @pytest.mark.parametrize("room", ROOMS)
    def test_it_is_accessible_light_and_dark_wide_and_narrow(self, stage: Stage, open_as: OpenAs, room: str) -> None:
        wrong: list[str] = []
        for line, page, status in self.opened(stage, open_as, "fi", room):
            found = self.shape(line, page, status, "fi")
            for width, scheme, rules in LOOKS:
                found += look(page, width, scheme, rules)
            wrong += [f"{line}: {fault}" for fault in found]
        assert not wrong, "\n".join(["", *wrong])

    @pytest.mark.parametrize("room", ROOMS)
    @pytest.mark.parametrize("language", ["sv", "en"])
    def test_it_is_in_shape_in_the_other_languages(
        self, stage: Stage, open_as: OpenAs, language: str, room: str
    ) -> None:
        wrong: list[str] = []
        for line, page, status in self.opened(stage, open_as, language, room):
            wrong += [f"{line}: {fault}" for fault in self.shape(line, page, status, language)]
        assert not wrong, "\n".join(["", *wrong])

    @staticmethod
    def shape(line: Line, page: Page, status: int, language: str) -> list[str]:
        """Return what is wrong with an answer and the shape of its page."""
        found = [] if status == line.status else [f"answered {status}"]
        return found + misshapen(page, language) + too_wide(page)

    @staticmethod
    def opened(stage: Stage, open_as: OpenAs, language: str, room: str) -> Iterator[tuple[Line, Page, int]]:
        """Open page after page of the room, in one browser a person."""
        wanted = sorted((line for line in lines() if room_of(line) == room), key=attrgetter("who"))
        for who, theirs in groupby(wanted, key=attrgetter("who")):
            page = open_as(stage.person(who), language=language)
            for line in theirs:
                answer = page.goto(stage.path(line), wait_until="load")
                assert answer
                yield line, page, answer.status


class TestWhatOpens:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_menus_are_accessible_wide_and_narrow(self, stage: Stage, open_as: OpenAs, scheme: str) -> None:
        page = open_as(stage.cast.aino, color_scheme=scheme)
        page.goto(f"/u/{stage.cast.region.key}/")
        wrong = []
        for button in ("units", "me"):
            page.click(f"button.lu-scope[popovertarget={button}], .lu-top [popovertarget={button}]")
            page.wait_for_selector(f"#{button}:popover-open")
            wrong += faults(page)
            page.keyboard.press("Escape")
        page.set_viewport_size({"width": 360, "height": 800})
        for button in ("units", "menu"):
            page.click(f".lu-top [popovertarget={button}]")
            page.wait_for_selector(f"#{button}:popover-open")
            wrong += [*faults(page), *too_wide(page)]
            page.keyboard.press("Escape")
        assert wrong == []

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_the_drawer_of_records_is_accessible(self, stage: Stage, open_as: OpenAs, scheme: str) -> None:
        page = open_as(stage.cast.aino, color_scheme=scheme)
        page.goto("/demo/components/")
        page.click("[data-open=records]")
        page.wait_for_selector("#records[open]")
        assert faults(page) == []
        page.keyboard.press("Escape")
        assert page.locator("#records[open]").count() == 0
