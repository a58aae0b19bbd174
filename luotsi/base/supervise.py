"""Keeps the web server and the worker together: starts both, and stops both when one ends. Free of Django.

Usage: python -m luotsi.base.supervise --app MODULE:NAME [--host HOST] [--port PORT] [--banner TEXT]
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from types import FrameType

from luotsi.base import server

PATIENCE_SECONDS = 15
_POLL_SECONDS = 0.1


class Household:
    """The two processes, and the one way in which they end.

    Each leads a process group of its own: Ctrl+C in a terminal reaches this process only, and each process is
    asked to end exactly once. A second signal, coming while Granian handles the first, would lock it up.
    """

    def __init__(self, commands: Sequence[Sequence[str]]) -> None:
        environment = server.environment()
        self.asked = False
        self.members = [
            subprocess.Popen(command, env=environment, process_group=0)  # noqa: S603  (our own commands)
            for command in commands
        ]

    def ask(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Note that everything shall end; a signal handler, so it touches no lock."""
        self.asked = True

    @property
    def whole(self) -> bool:
        """True while all processes run and nobody has asked them to end."""
        return not self.asked and all(member.poll() is None for member in self.members)

    def wait(self) -> int:
        """Wait until one process ends, end the other, and return the exit code: 0 when we were asked to stop."""
        while self.whole:
            threading.Event().wait(_POLL_SECONDS)
        asked = self.asked
        for member in self.members:
            if member.poll() is None:
                member.terminate()
        codes = [self._outcome(member) for member in self.members]
        return 0 if asked else max(1, *(abs(code) for code in codes))

    def _outcome(self, member: subprocess.Popen[bytes]) -> int:
        try:
            return member.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(member.pid, signal.SIGKILL)
            return member.wait()


def tell_when_open(household: Household, host: str, port: int, banner: str) -> None:
    """Print the banner as soon as the server takes connections, not before."""
    name = {"0.0.0.0": server.DEFAULT_HOST, "::": "::1"}.get(host, host)  # noqa: S104
    while household.whole:
        threading.Event().wait(_POLL_SECONDS)
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
        signal.signal(number, household.ask)
    banner = chosen.banner or server.address_of(chosen.host, chosen.port)
    telling = (household, chosen.host, chosen.port, banner)
    threading.Thread(target=tell_when_open, args=telling, daemon=True).start()
    sys.exit(household.wait())


if __name__ == "__main__":
    main()
