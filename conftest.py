"""What every test of every room stands on: the cast, a database to empty, hypothesis profiles, the browser."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from tools.need_chromium import FLAGS, MISSING, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["luotsi.base.tests.house", "luotsi.people.tests.cast"]

# At hand, examples are new with every run and look for faults; a build machine has the same ones every time: it is red
# because something was changed (docs/decisions/0035).
settings.register_profile("fast", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "ci", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("ci" if os.environ.get("CI") else "fast")


DATABASE = {"db", "transactional_db", "django_db_setup", "live_server", "builder"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give browser tests a second try; on PostgreSQL, leave out what asks no database.

    A page is watched from outside, and a machine under load is late: what fails twice is broken, what failed once is
    told in the summary as rerun, and mended (docs/decisions/0032). Other tests have one try.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    asking = [item for item in items if item.get_closest_marker("django_db") or DATABASE & set(fixtures_of(item))]
    if left := [item for item in items if item not in set(asking)]:
        config.hook.pytest_deselected(items=left)
        items[:] = asking


def fixtures_of(item: pytest.Item) -> list[str]:
    """Return the names of all fixtures that a test stands on."""
    return list(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let the tests that commit empty SQLite's tables afterwards, for which Django uses DELETE.

    The audit log refuses that, so its trigger stands only in the tests that prove it. PostgreSQL's tables are
    emptied by TRUNCATE, which no row trigger sees: there it stands in every test.
    """
    from django.db import connection

    from luotsi.base import guards

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            guards.remove(connection, "DELETE")


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """Begin every test in the language of the source, in which tests are written; pages choose their own."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Yield a Chromium for this test process; each test opens a context or page of its own and closes it.

    Playwright keeps an event loop running in the test's thread, which Django would take for asynchronous code.
    """
    from playwright.sync_api import sync_playwright

    if not (path := chromium()):
        pytest.fail(MISSING)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        opened.close()
