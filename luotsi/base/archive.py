"""The form of a backup: a zip with a manifest that tells version, migrations, row counts and a SHA-256 per member."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, Self
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from luotsi.base.errors import Refused

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database"
FILES = "files/"
_CHUNK = 1024 * 1024


class ArchiveRefused(Refused):
    """A backup that cannot be made or used."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. `members` holds a SHA-256 by name; `rows` a count by table."""

    version: str
    made_at: str
    engine: str
    migrations: list[list[str]]
    rows: dict[str, int]
    head: dict[str, Any]
    members: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @classmethod
    def read(cls, text: bytes) -> Self:
        """Return the manifest. Raises ArchiveRefused for one that this version cannot read."""
        try:
            told = json.loads(text)
            if told["format"] > FORMAT:
                raise ArchiveRefused("The backup was made by a newer version. Install that version first.")
            return cls(**told)
        except (ValueError, KeyError, TypeError) as error:
            raise ArchiveRefused(f"The manifest of the backup cannot be read ({error}).") from None


class _Digesting:
    """Passes bytes on to a file and keeps their SHA-256."""

    def __init__(self, target: IO[bytes]) -> None:
        self.target = target
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self.target.write(data)


def write(path: Path, manifest: Manifest, database: Path, files: Path) -> None:
    """Write the backup; it appears under its name only when it is whole, and only its owner may read it."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with ZipFile(unfinished, "w", ZIP_DEFLATED, compresslevel=3) as archive:
            members = {DATABASE: _add(archive, DATABASE, database)}
            for file in sorted(part for part in files.rglob("*") if part.is_file()):
                name = FILES + file.relative_to(files).as_posix()
                members[name] = _add(archive, name, file)
            told = asdict(manifest) | {"members": members}
            archive.writestr(MANIFEST, json.dumps(told, indent=1, ensure_ascii=False))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _add(archive: ZipFile, name: str, source: Path) -> str:
    with source.open("rb") as opened, archive.open(name, "w", force_zip64=True) as member:
        digesting = _Digesting(member)
        shutil.copyfileobj(opened, digesting, _CHUNK)
    return digesting.digest.hexdigest()


@contextmanager
def opened(path: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """Yield the archive and its manifest. Raises ArchiveRefused when the file is not a backup."""
    try:
        with ZipFile(path) as archive:
            yield archive, Manifest.read(archive.read(MANIFEST))
    except (BadZipFile, KeyError):
        raise ArchiveRefused(f"{path} is not a whole backup made by Luotsi.") from None
    except FileNotFoundError:
        raise ArchiveRefused(f"There is no file {path}.") from None


def unpack(archive: ZipFile, manifest: Manifest, folder: Path) -> None:
    """Unpack every member into the folder, checked against the manifest.

    Raises:
        ArchiveRefused: a member is missing, was altered, was added, or would land outside the folder.
    """
    held = {name for name in archive.namelist() if not name.endswith("/")} - {MANIFEST}
    if odd := sorted(held ^ manifest.members.keys()):
        raise ArchiveRefused(f"The backup and its manifest do not fit together: {odd[0]}")
    if DATABASE not in held:
        raise ArchiveRefused("The backup has no database in it.")
    for name, expected in manifest.members.items():
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts:
            raise ArchiveRefused(f"The backup has a file outside its folder: {name}")
        target = folder / parts
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as member, target.open("wb") as unpacked:
            digesting = _Digesting(unpacked)
            shutil.copyfileobj(member, digesting, _CHUNK)
        if digesting.digest.hexdigest() != expected:
            raise ArchiveRefused(f"The backup was altered or damaged: {name}")
