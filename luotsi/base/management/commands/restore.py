"""`luotsi restore FILE`: puts a backup back and proves that it is whole."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from luotsi.base import backups
from luotsi.base.archive import ArchiveRefused


class Command(BaseCommand):
    """Restores one backup. Stop the web server and the worker first."""

    help = "Replaces database and files by the backup in FILE. Stop the web server and the worker first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and leave to replace what is here."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="Replace the data that are here now.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, then tell whether the audit log holds; exit code 1 when it does not."""
        try:
            restored = backups.restore(options["file"], anyway=options["yes"])
        except ArchiveRefused as refused:
            raise CommandError(str(refused)) from None
        manifest, verdict = restored.manifest, restored.verdict
        self.stdout.write(f"Restored {sum(manifest.rows.values())} rows of {manifest.made_at}.")
        if not verdict.sound:
            raise CommandError(f"The audit log in the backup does not hold at row {verdict.broken_at}. {verdict.why}")
        self.stdout.write(f"The audit log holds: {verdict.rows} rows.")
