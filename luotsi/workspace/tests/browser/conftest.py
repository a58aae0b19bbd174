"""Persons at their browsers: whoever opens one is signed in at once, and nobody's browser may complain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from luotsi.workspace.tests.browser.eyes import is_complaint

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    from luotsi.people.models import Account

LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
PATIENCE_MS = 60_000  # the first page with figures loads the engine, on a busy machine slowly


class OpenAs(Protocol):
    """Opens a browser of its own for a person."""

    def __call__(self, who: Account | Client | None = None, *, language: str = "en", **options: Any) -> Page:
        """Open it, with options of Playwright's context; a Client lends its session."""


def session_of(who: Account | Client | None) -> str:
    """Return the session of a person who has just signed in, empty for nobody."""
    if who is None:
        return ""
    if not isinstance(who, Client):
        email, who = who.email, Client()
        who.post(reverse("people:sign-in-as"), {"email": email})
        if settings.SESSION_COOKIE_NAME not in who.cookies:
            who.force_login(get_account(email))
    return who.cookies[settings.SESSION_COOKIE_NAME].value


def get_account(email: str) -> Account:
    """Return the account of an address that is none of the cast's."""
    from luotsi.people.models import Account

    return Account.objects.get(email=email)


@pytest.fixture
def open_as(browser: Browser, live_server: LiveServer, transactional_db: None) -> Iterator[OpenAs]:
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_as(who: Account | Client | None = None, *, language: str = "en", **options: Any) -> Page:
        options = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options}
        context = browser.new_context(base_url=live_server.url, locale=LOCALES[language], **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language, settings.SESSION_COOKIE_NAME: session_of(who)}
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items() if value]
        )
        page = context.new_page()
        page.on("console", lambda said: complaints.append(f"{page.url}: {said.text}") if is_complaint(said) else None)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert complaints == []
