"""`luotsi forget`: deletes what need not be kept of persons, as the worker does once a day, and tells how much."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from luotsi.base.housekeeping import forget_persons


class Command(BaseCommand):
    """Prints a count for each kind of record, and no name."""

    help = "Deletes what need not be kept of persons in any room any more, and tells how many of each kind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to try only, and whether to answer in JSON."""
        parser.add_argument("--dry-run", action="store_true", help="Tell what would be forgotten; change nothing.")
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget and tell."""
        found = forget_persons(dry_run=options["dry_run"])
        if options["json"]:
            self.stdout.write(json.dumps({"dry_run": options["dry_run"], **{one.key: one.count for one in found}}))
            return
        self.stdout.write("Would be forgotten today:" if options["dry_run"] else "Forgotten:")
        for one in found:
            self.stdout.write(f"  {one.words}: {one.count}")
