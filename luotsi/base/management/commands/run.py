"""`luotsi run`: everything at once, as `make run` calls it: prepare, demo, web server and worker."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.module_loading import import_string

from luotsi.base import server, supervise
from luotsi.base.management.commands.serve import application


class Command(BaseCommand):
    """Becomes the supervisor of both processes once everything is in place."""

    help = "Prepares the database, loads the demo when it is on, and runs the web server and the worker."
    requires_system_checks = [Tags.security]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take host, port and threads."""
        server.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, then replace this process with the small supervisor."""
        host, port = options["host"], options["port"]
        if reason := server.reason_not_to_listen(host, port):
            raise CommandError(reason)
        call_command("prepare", verbosity=options["verbosity"])
        if settings.DEMO:
            call_command("demo", verbosity=0, stdout=StringIO())
        command = supervise.command(application(), host, port, options["threads"], banner(host, port))
        self.stdout.flush()
        os.execve(sys.executable, command, server.environment())  # noqa: S606


def banner(host: str, port: int) -> str:
    """Return what is printed when the server is open: the address, and in the demo whom to sign in as."""
    lines = [server.address_of(host, port)]
    if settings.DEMO and (path := getattr(settings, "LUOTSI_DEMO_PEOPLE", "")):
        people = list(import_string(path)())
        width = max((len(person.name) for person in people), default=0)
        lines += ["", "Demo people (choose one on the sign-in page; browsers make passkeys at localhost only):"]
        with translation.override("en"):  # as the rest of what is printed
            lines += [f"  {person.name:<{width}}  {person.email}  {person.role}" for person in people]
    return "\n".join(lines)
