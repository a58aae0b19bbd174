"""`luotsi forget`: deletes what need not be kept of persons, as the worker does once a day, and tells how much."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from luotsi.base import clock
from luotsi.people.actions.forgetting import forget

WORDS = {
    "invitations": "invitations that ended long ago",
    "accounts": "accounts of persons without a role",
    "names": "persons without a role whose names were taken away",
    "roles": "roles that ended long ago",
    "persons": "persons of whom nothing else was left",
}


class Command(BaseCommand):
    """Prints a count for each kind of record, and no name."""

    help = "Deletes invitations, accounts, persons and roles whose retention has ended, and tells how many."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to try only, and whether to answer in JSON."""
        parser.add_argument("--dry-run", action="store_true", help="Tell what would be forgotten; change nothing.")
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget and tell."""
        counts = forget(today=clock.today(), dry_run=options["dry_run"]).counts
        if options["json"]:
            self.stdout.write(json.dumps({"dry_run": options["dry_run"], **counts}))
            return
        self.stdout.write("Would be forgotten today:" if options["dry_run"] else "Forgotten:")
        for kind, count in counts.items():
            self.stdout.write(f"  {WORDS[kind]}: {count}")
