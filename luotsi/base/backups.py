"""Making a backup of everything (database and files), and putting it back with proof that it is whole."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from luotsi.base import archive, audit, chain, clock, stores
from luotsi.base.archive import ArchiveRefused, Manifest
from luotsi.base.models import AuditEntry, AuditHead

# These change by themselves between the copy and the look at it.
_RESTLESS = frozenset({"base_cache"})


@dataclass(frozen=True)
class Restored:
    """What a restore found: the manifest of the backup, and the verdict on its audit log."""

    manifest: Manifest
    verdict: chain.Verdict


def own_version() -> str:
    """Return the version of the installed package; 0 in a source tree that was never installed."""
    try:
        return version("luotsi")
    except PackageNotFoundError:
        return "0"


def files_folder() -> Path:
    """Return the folder of uploaded files."""
    return Path(settings.DATA) / "files"


def back_up(path: Path) -> Manifest:
    """Write a backup of database and files to `path`; return its manifest. Raises ArchiveRefused."""
    with tempfile.TemporaryDirectory(prefix="luotsi-backup-", dir=_room_for_temporary(path)) as folder:
        copy = Path(folder) / archive.DATABASE
        head = AuditHead.objects.first() or AuditHead(seq=0, hash="")
        rows = stores.store().copy_to(copy)
        manifest = Manifest(
            version=own_version(),
            made_at=clock.now().isoformat(timespec="seconds"),
            engine=connection.vendor,
            migrations=sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations()),
            rows=rows,
            head={"seq": head.seq, "hash": head.hash},
        )
        archive.write(path, manifest, copy, files_folder())
    return manifest


def _room_for_temporary(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.parent


def is_empty() -> bool:
    """Return True when nobody has an account here and nothing was ever done."""
    try:
        return not (get_user_model()._default_manager.exists() or AuditEntry.objects.exists())
    except DatabaseError:
        return True


def restore(path: Path, *, anyway: bool = False) -> Restored:
    """Put the backup in the place of database and files; return what was found.

    Everything is checked before anything is touched. A backup of an older version is migrated afterwards.
    `anyway` says that whatever is here now may be lost.

    Raises:
        ArchiveRefused: it is damaged, newer than this version, of another database, or something is here already.
    """
    with archive.opened(path) as (packed, manifest):
        _refuse_unfit(manifest)
        if not anyway and not is_empty():
            raise ArchiveRefused("There are data here already. Add --yes to replace them by the backup.")
        Path(settings.DATA).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.DATA) as folder:
            unpacked = Path(folder)
            archive.unpack(packed, manifest, unpacked)
            stores.store().replace_by(unpacked / archive.DATABASE)
            _replace_files(unpacked)
    _compare_rows(manifest)
    call_command("prepare", verbosity=0)
    verdict = chain.verify({manifest.head["seq"]: manifest.head["hash"]} if manifest.head["seq"] else {})
    if verdict.sound:
        _set_noted_heads_aside()
        _note(path, manifest)
    return Restored(manifest, verdict)


def _refuse_unfit(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise ArchiveRefused(
            f"The backup is of {manifest.engine}, and the database here is {connection.vendor}. "
            "Set DATABASE_URL to a database of the same kind."
        )
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.keys()
    newer = [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]
    if _numbers(manifest.version) > _numbers(own_version()) or newer:
        raise ArchiveRefused(
            f"The backup was made by a newer version ({manifest.version}"
            f"{', ' + newer[0] if newer else ''}). Install that version first."
        )


def _numbers(told: str) -> tuple[int, ...]:
    return tuple(int(part) for part in told.split(".") if part.isdecimal())


def _replace_files(unpacked: Path) -> None:
    files, fresh = files_folder(), unpacked / archive.FILES.rstrip("/")
    fresh.mkdir(exist_ok=True)
    if files.exists():
        files.rename(unpacked / "files-before")
    shutil.move(fresh, files)


def _compare_rows(manifest: Manifest) -> None:
    found = stores.row_counts(connection)
    for table, count in manifest.rows.items():
        if table not in _RESTLESS and found.get(table) != count:
            raise ArchiveRefused(f"Table {table} has {found.get(table)} rows after the restore, not {count}.")


def _set_noted_heads_aside() -> None:
    """The heads noted here belong to what was here before."""
    noted = chain.heads_file()
    if noted.exists():
        noted.rename(noted.with_suffix(f".{clock.now():%Y%m%dT%H%M%S}.log"))


@transaction.atomic
def _note(path: Path, manifest: Manifest) -> None:
    head, _ = AuditHead.objects.get_or_create(pk=1)
    told = {"file": path.name, "made_at": manifest.made_at, "version": manifest.version}
    audit.record(by=None, verb="base.backup.restored", target=head, after=told)
