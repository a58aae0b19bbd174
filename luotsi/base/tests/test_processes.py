"""The commands that stay: web server, worker, and both together."""

from __future__ import annotations

import signal
import socket
import subprocess
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from django.contrib.staticfiles.finders import get_finder
from django.db import OperationalError

from luotsi.base import server, supervise
from luotsi.base.management.commands import prepare, run, worker
from luotsi.base.tests.house import Builder, House

LONG_ENOUGH = 60

pytestmark = pytest.mark.processes


@pytest.fixture
def port() -> int:
    """Return a port at which nothing listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
        return free


@pytest.fixture
def opened() -> Iterator[Callable[[subprocess.Popen[str]], subprocess.Popen[str]]]:
    """Yield a function that sees to it that a process ends with the test."""
    processes: list[subprocess.Popen[str]] = []

    def keep(process: subprocess.Popen[str]) -> subprocess.Popen[str]:
        processes.append(process)
        return process

    yield keep
    for process in processes:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=LONG_ENOUGH)


class TestTheAddress:
    def test_it_is_one_that_a_person_can_open(self) -> None:
        assert server.address_of("0.0.0.0", 8000) == "http://127.0.0.1:8000"  # noqa: S104
        assert server.address_of("::1", 80) == "http://[::1]:80"

    def test_a_taken_port_is_named_with_what_to_do(self, port: int) -> None:
        with closing(socket.socket()) as taken:
            taken.bind(("127.0.0.1", port))
            taken.listen()
            assert "choose another port: PORT=8001" in server.reason_not_to_listen("127.0.0.1", port)
        assert server.reason_not_to_listen("127.0.0.1", port) == ""

    def test_a_port_that_does_not_exist_is_refused(self) -> None:
        assert "between 1 and 65535" in server.reason_not_to_listen("127.0.0.1", 70000)


class TestTheBanner:
    def test_it_lists_the_people_of_the_demo(self, settings: Any) -> None:
        settings.DEMO, settings.LUOTSI_DEMO_PEOPLE = True, f"{__name__}.two_people"
        told = run.banner("127.0.0.1", 8000).splitlines()
        assert told[0] == "http://127.0.0.1:8000"
        assert [line.split() for line in told[-2:]] == [
            ["Aino", "aino@example.org", "coordinator"],
            ["Bilal", "bilal@example.org", "principal"],
        ]

    def test_outside_the_demo_it_is_the_address(self, settings: Any) -> None:
        settings.DEMO = False
        assert run.banner("127.0.0.1", 8000) == "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Somebody:
    """A person of a demo."""

    name: str
    role: str
    email: str


def two_people() -> list[Somebody]:
    """Return people of a demo."""
    return [
        Somebody("Aino", "coordinator", "aino@example.org"),
        Somebody("Bilal", "principal", "bilal@example.org"),
    ]


class TestTheHousehold:
    """Two processes that end together; sleep stands for them."""

    def test_when_one_dies_the_other_is_stopped_and_the_failure_is_told(self) -> None:
        household = supervise.Household([["sleep", "600"], ["false"]])
        assert household.wait() == 15
        assert all(member.poll() is not None for member in household.members)

    def test_when_it_is_asked_to_stop_all_is_well(self) -> None:
        household = supervise.Household([["sleep", "600"], ["sleep", "600"]])
        threading.Timer(0.05, household.ask).start()
        assert household.wait() == 0


class TestTheWorker:
    def test_it_runs_what_waits_and_ends_when_asked(
        self, house: House, opened: Callable[[subprocess.Popen[str]], subprocess.Popen[str]]
    ) -> None:
        house.python('from luotsi.base import outbox; outbox.post(to="a@example.org", subject="S", body="B")')
        process = opened(house.open("worker"))
        arrived = threading.Event()
        for _ in range(LONG_ENOUGH * 10):
            if list((house.data / "mail").glob("*")) or arrived.wait(0.1):
                break
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(LONG_ENOUGH) == 0
        assert len(list((house.data / "mail").glob("*"))) == 1

    @pytest.mark.django_db
    def test_its_sweep_keeps_house_and_survives_a_lost_database(self) -> None:
        stop, rounds = threading.Event(), []

        def work() -> None:
            rounds.append(1)
            stop.set()
            raise OperationalError("away")

        worker.sweep_until(stop, work, rest=lambda: None)
        assert rounds == [1]


class TestPreparing:
    def test_it_makes_an_empty_database_ready_and_has_nothing_to_do_the_second_time(self, builder: Builder) -> None:
        house = builder.build(empty=True)
        assert "Migrated the database" in house.run("prepare").stdout
        assert house.run("prepare").stdout == ""
        assert house.run("audit", "verify").stderr == ""

    def test_it_puts_back_a_guard_that_was_lost(self, house: House) -> None:
        house.python("from luotsi.base import guards; from django.db import connection; guards.remove(connection)")
        assert "refuses changes to the audit log again" in house.run("prepare").stdout

    def test_static_files_are_collected_when_one_of_them_changes(self, settings: Any, tmp_path: Path) -> None:
        one = tmp_path / "own" / "one.txt"
        settings.STATIC_ROOT = tmp_path / "static"
        (tmp_path / "own").mkdir()
        settings.STATICFILES_DIRS = [tmp_path / "own"]
        one.write_text("1")
        cast("Any", get_finder).cache_clear()
        assert [prepare.collect_static(), prepare.collect_static()] == [True, False]
        one.write_text("22")
        assert [prepare.collect_static(), prepare.collect_static()] == [True, False]
        one.unlink()
        assert prepare.collect_static() is True
        cast("Any", get_finder).cache_clear()


class TestEverythingTogether:
    def test_run_serves_pages_and_stops_both_processes(
        self,
        house: House,
        port: int,
        opened: Callable[[subprocess.Popen[str]], subprocess.Popen[str]],
    ) -> None:
        process = opened(house.open("run", "--port", str(port), "--verbosity=0"))
        assert process.stdout is not None
        told = process.stdout.readline().strip()
        assert told == f"http://127.0.0.1:{port}", process.communicate(timeout=LONG_ENOUGH)
        with urllib.request.urlopen(f"{told}/account/login/", timeout=LONG_ENOUGH) as response:  # noqa: S310
            assert response.status == 200
            assert response.headers["X-Request-ID"]
        process.send_signal(signal.SIGINT)
        assert process.wait(LONG_ENOUGH) == 0
        assert server.reason_not_to_listen("127.0.0.1", port) == ""
