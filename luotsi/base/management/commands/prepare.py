"""`luotsi prepare`: brings database, static files and reference data up to date; quick when nothing changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

from luotsi.base import guards


class Command(BaseCommand):
    """Runs before each start; every step first looks whether there is anything to do."""

    help = "Migrates, makes the cache table, collects static files and loads reference data."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the steps in order, telling only those that did something."""
        Path(settings.DATA).mkdir(parents=True, exist_ok=True)
        tell = self.stdout.write if options["verbosity"] else (lambda text: None)
        if count := migrate():
            tell(f"Migrated the database: {count} steps.")
        call_command("createcachetable", verbosity=0)
        if guards.standing(connection) != guards.NAMES.keys():
            guards.install(connection)
            tell("The database refuses changes to the audit log again.")
        if not settings.DEBUG and collect_static():
            tell("Collected the static files.")
        for path in settings.LUOTSI_REFERENCE:
            import_string(path)()


def migrate() -> int:
    """Apply the migrations that are missing; return how many there were."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", verbosity=0, interactive=False)
    return len(plan)


def collect_static() -> bool:
    """Collect the static files when any of them was added, changed or removed since; return whether it was done."""
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    wanted = _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(wanted)
    return True


def _fingerprint() -> str:
    """Return a hash over path, size and time of every source of a static file."""
    return hashlib.sha256("\n".join(sorted(_sources())).encode()).hexdigest()


def _sources() -> Iterator[str]:
    yield str(settings.STORAGES)
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            yield f"{path} {state.st_size} {state.st_mtime_ns}"
