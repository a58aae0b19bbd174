"""System checks: unsafe settings are named at the start, with what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage

from luotsi.base import checks
from luotsi.base.tests.house import ROOT


def ids_of(found: list[CheckMessage]) -> list[str]:
    """Return the ids, after making sure that each message says what to do."""
    assert all(message.hint for message in found)
    return [str(message.id) for message in found]


@pytest.fixture
def site(settings: Any) -> Any:
    """Return settings of a site in production."""
    settings.DEMO = settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["luotsi.example"]
    settings.SITE_URL = "https://luotsi.example"
    settings.MAIL_HOST = "mail.luotsi.example"
    return settings


def found_now() -> list[str]:
    """Return the ids of what the checks find with the settings as they are."""
    found = [*checks.check_exposure(None), *checks.check_site_url(None), *checks.check_mail(None)]
    return ids_of(found)


class TestAHost:
    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "::1", "luotsi.localhost", "testserver"])
    def test_this_machine_is_not_public(self, host: str) -> None:
        assert not checks.is_public(host)

    @pytest.mark.parametrize("host", ["*", ".luotsi.example", "luotsi.example", "192.168.1.7", "10.0.0.1"])
    def test_all_others_are(self, host: str) -> None:
        assert checks.is_public(host)


class TestTheSettings:
    def test_a_site_in_production_passes(self, site: Any) -> None:
        assert found_now() == []

    def test_the_demo_must_not_be_public(self, site: Any) -> None:
        site.DEMO = True
        assert found_now() == ["luotsi.E001"]

    def test_the_demo_on_this_machine_passes(self, site: Any) -> None:
        site.DEMO, site.ALLOWED_HOSTS, site.SITE_URL = True, ["127.0.0.1"], "http://127.0.0.1:8000"
        assert found_now() == []

    def test_an_address_alone_makes_the_demo_public(self, site: Any) -> None:
        site.DEMO, site.ALLOWED_HOSTS = True, ["127.0.0.1"]
        assert "luotsi.E001" in found_now()

    def test_debug_pages_must_not_be_public(self, site: Any) -> None:
        site.DEBUG = True
        assert found_now() == ["luotsi.E002"]

    @pytest.mark.parametrize("address", ["luotsi.example", "ftp://luotsi.example", "https://"])
    def test_the_address_must_be_whole(self, site: Any, address: str) -> None:
        site.SITE_URL = address
        assert found_now() == ["luotsi.E003"]

    def test_a_public_address_needs_https(self, site: Any) -> None:
        site.SITE_URL = "http://luotsi.example"
        assert found_now() == ["luotsi.E004"]

    def test_the_address_must_be_among_the_allowed_hosts(self, site: Any) -> None:
        site.ALLOWED_HOSTS = ["other.example", ".another.example"]
        assert found_now() == ["luotsi.W001"]

    def test_mails_need_a_way_out(self, site: Any) -> None:
        site.MAIL_HOST = ""
        assert found_now() == ["luotsi.W002"]


class TestAnInstallation:
    """`check --deploy` in a process of its own, with the settings that docs/operations.md asks for."""

    def check(self, folder: Path, **also: str) -> subprocess.CompletedProcess[str]:
        bare = {name: value for name, value in os.environ.items() if not name.startswith(("LUOTSI_", "DJANGO_"))}
        environment = bare | {
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "luotsi.config.settings",
            "LUOTSI_DATA": str(folder),
            "LUOTSI_SECRET_KEY": "m" + "8u2Zk5vQx0-p3Lr7Tn1Wc9Yb4Hd6Jf_sGaEiOoUyRtKlXzVqNwMh" * 2,
            "LUOTSI_SITE_URL": "https://luotsi.example",
            "LUOTSI_HOSTS": "luotsi.example",
            "LUOTSI_MAIL_HOST": "mail.luotsi.example",
        }
        command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level=WARNING"]
        return subprocess.run(  # noqa: S603  (our own command)
            command, env=environment | also, capture_output=True, text=True, check=False
        )

    def test_it_is_clean_in_production(self, tmp_path: Path) -> None:
        done = self.check(tmp_path)
        assert (done.returncode, done.stderr) == (0, "")

    def test_it_refuses_a_public_demo(self, tmp_path: Path) -> None:
        done = self.check(tmp_path, LUOTSI_DEMO="1")
        assert done.returncode == 1
        assert "luotsi.E001" in done.stderr

    def test_it_wants_a_secret_key(self, tmp_path: Path) -> None:
        done = self.check(tmp_path, LUOTSI_SECRET_KEY="")
        assert done.returncode == 1
        assert "Set LUOTSI_SECRET_KEY" in done.stderr
