"""`luotsi backup FILE`: database and files in one file, while everything goes on running."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from luotsi.base import backups
from luotsi.base.archive import ArchiveRefused


class Command(BaseCommand):
    """Writes one backup."""

    help = "Writes a backup of database and files to FILE."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it and tell how much there is."""
        try:
            manifest = backups.back_up(options["file"])
        except ArchiveRefused as refused:
            raise CommandError(str(refused)) from None
        size = options["file"].stat().st_size / 1_000_000
        self.stdout.write(
            f"{options['file']}: {sum(manifest.rows.values())} rows, {size:.1f} MB, "
            f"audit log at row {manifest.head['seq']}"
        )
