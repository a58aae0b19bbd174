"""Keeps the web server and the worker together: starts both, and stops both when one ends. Free of Django.

Usage: python -m luotsi.base.supervise --app MODULE:NAME [--host HOST] [--port PORT] [--banner TEXT]
"""

from __future__ import annotations

import argparse
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from types import FrameType

from luotsi.base import server

PATIENCE_SECONDS = 15
_POLL_SECONDS = 0.05


class Household:
    """The two processes, and the one way in which they end."""

    def __init__(self, commands: Sequence[Sequence[str]]) -> None:
        environment = server.environment()
        self.ending = threading.Event()
        self.members = [subprocess.Popen(command, env=environment) for command in commands]  # noqa: S603

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Ask every process to end; usable as a signal handler."""
        self.ending.set()
        for member in self.members:
            if member.poll() is None:
                member.terminate()

    def wait(self) -> int:
        """Wait until one process ends, end the other, and return the exit code: 0 when we were asked to stop."""
        while not self.ending.is_set() and all(member.poll() is None for member in self.members):
            self.ending.wait(_POLL_SECONDS * 4)
        asked = self.ending.is_set()
        self.stop()
        codes = [self._outcome(member) for member in self.members]
        return 0 if asked else max(1, *(abs(code) for code in codes))

    def _outcome(self, member: subprocess.Popen[bytes]) -> int:
        try:
            return member.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            member.kill()
            return member.wait()


def tell_when_open(household: Household, host: str, port: int, banner: str) -> None:
    """Print the banner as soon as the server takes connections, not before."""
    name = {"0.0.0.0": server.DEFAULT_HOST, "::": "::1"}.get(host, host)  # noqa: S104
    while not household.ending.wait(_POLL_SECONDS):
        if any(member.poll() is not None for member in household.members):
            return
        try:
            socket.create_connection((name, port), timeout=1).close()
        except OSError:
            continue
        print(banner, flush=True)  # noqa: T201
        return


def command(app: str, host: str, port: int, threads: int, banner: str) -> list[str]:
    """Return the command line of a supervisor."""
    here = server.command(app, host, port, threads)
    here[2] = "luotsi.base.supervise"
    return [*here, "--banner", banner]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run both until one ends or a signal comes."""
    parser = argparse.ArgumentParser(prog="luotsi.base.supervise", description="Runs web server and worker.")
    parser.add_argument("--app", required=True)
    parser.add_argument("--banner", default="")
    server.add_arguments(parser)
    chosen = parser.parse_args(arguments)
    worker = [sys.executable, "-m", "django", "worker"]
    household = Household([server.command(chosen.app, chosen.host, chosen.port, chosen.threads), worker])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, household.stop)
    banner = chosen.banner or server.address_of(chosen.host, chosen.port)
    telling = (household, chosen.host, chosen.port, banner)
    threading.Thread(target=tell_when_open, args=telling, daemon=True).start()
    sys.exit(household.wait())


if __name__ == "__main__":
    main()
