"""`luotsi serve`: the web server, in the foreground."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError

from luotsi.base import server


def application() -> str:
    """Return the WSGI application of the settings as "module:name"."""
    return ":".join(str(settings.WSGI_APPLICATION).rsplit(".", 1))


class Command(BaseCommand):
    """Becomes the server process once the settings have been checked."""

    help = "Serves the pages at --host and --port until stopped."
    requires_system_checks = [Tags.security]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take host, port and threads."""
        server.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace this process with the server, which does not carry Django twice."""
        if reason := server.reason_not_to_listen(options["host"], options["port"]):
            raise CommandError(reason)
        command = server.command(application(), options["host"], options["port"], options["threads"])
        self.stdout.write(server.address_of(options["host"], options["port"]))
        self.stdout.flush()
        os.execve(sys.executable, command, server.environment())  # noqa: S606
