"""How the database at hand is copied out and put back whole: SQLite's online backup, PostgreSQL's own programs."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from luotsi.base.archive import ArchiveRefused


class Store(Protocol):
    """A database that can be copied and replaced."""

    def copy_to(self, target: Path) -> dict[str, int]:
        """Write a consistent copy while others go on working; return the row count of each table in it."""

    def replace_by(self, source: Path) -> None:
        """Replace everything by the copy, or nothing when it fails."""


def store() -> Store:
    """Return the store of the default database."""
    return PostgreSQL(connection) if connection.vendor == "postgresql" else SQLite(connection)


def row_counts(database: BaseDatabaseWrapper) -> dict[str, int]:
    """Return how many rows each table has now."""
    with database.cursor() as cursor:
        tables = sorted(database.introspection.table_names(cursor))
        return {table: _count(cursor, database.ops.quote_name(table)) for table in tables}


def _count(cursor: object, quoted: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {quoted}")  # type: ignore[attr-defined]  # noqa: S608  (a name from the catalogue, quoted)
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]


class SQLite:
    """Copies through SQLite's online backup: writers wait for moments only, and readers not at all."""

    def __init__(self, database: BaseDatabaseWrapper) -> None:
        self.database = database

    def copy_to(self, target: Path) -> dict[str, int]:
        """Write a copy as one database file."""
        with closing(sqlite3.connect(target)) as copy:
            self._live().backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            names = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            return {name: _count_in(copy, name) for (name,) in sorted(names.fetchall())}

    def replace_by(self, source: Path) -> None:
        """Put the copy in the place of the database, under the lock that other connections respect."""
        try:
            with closing(sqlite3.connect(source)) as copy:
                (said,) = copy.execute("PRAGMA quick_check").fetchone()
                if said != "ok":
                    raise ArchiveRefused(f"The database in the backup is damaged: {said}")
                copy.backup(self._live())
        except sqlite3.DatabaseError as error:
            raise ArchiveRefused(f"The database could not be replaced: {error}") from None

    def _live(self) -> sqlite3.Connection:
        self.database.ensure_connection()
        live: sqlite3.Connection = self.database.connection
        return live


def _count_in(copy: sqlite3.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    (count,) = copy.execute(f'SELECT COUNT(*) FROM "{quoted}"').fetchone()  # noqa: S608  (likewise)
    return int(count)


class PostgreSQL:
    """Copies with pg_dump in its custom format, and puts back with pg_restore and psql in one transaction."""

    # What is not in the backup must go too, or later migrations would meet it.
    EMPTY = """DO $$ DECLARE gone record; BEGIN
        FOR gone IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
            EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', gone.tablename);
        END LOOP;
        FOR gone IN SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = current_schema() AND NOT EXISTS
                (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
            EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', gone.name);
        END LOOP; END $$"""

    def __init__(self, database: BaseDatabaseWrapper) -> None:
        self.database = database

    def copy_to(self, target: Path) -> dict[str, int]:
        """Write a dump; the counts are taken in the same snapshot."""
        with self._snapshot() as snapshot:
            options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
            self._run("pg_dump", [*options, f"--file={target}"])
            return row_counts(self.database)

    def replace_by(self, source: Path) -> None:
        """Put the dump in the place of everything in the schema."""
        script = source.with_suffix(".sql")
        self._run("pg_restore", ["--no-owner", "--no-privileges", f"--file={script}", str(source)], connect=False)
        self.database.close()
        quietly = ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--single-transaction", "--output=/dev/null"]
        self._run("psql", [*quietly, f"--command={self.EMPTY}", f"--file={script}", "--command=ANALYZE"])

    @contextmanager
    def _snapshot(self) -> Iterator[str]:
        with transaction.atomic(), self.database.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor.fetchone()[0]

    def _run(self, program: str, arguments: Sequence[str], *, connect: bool = True) -> None:
        where = self.database.settings_dict
        given = {"PGHOST": where["HOST"], "PGPORT": where["PORT"], "PGUSER": where["USER"]}
        given |= {"PGPASSWORD": where["PASSWORD"], "PGDATABASE": where["NAME"]}
        given |= {f"PG{name.upper()}": value for name, value in where["OPTIONS"].items() if name.startswith("ssl")}
        environment = os.environ | {name: str(value) for name, value in given.items() if value and connect}
        command = [str(_found(program, self._server_version())), *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise ArchiveRefused(f"{program} failed: {done.stderr.strip()}")

    def _server_version(self) -> int:
        with self.database.cursor():
            return int(self.database.pg_version) // 10000  # type: ignore[attr-defined]


def _found(program: str, least: int) -> Path:
    """Return the oldest fitting program: in PATH or in Debian's folders, not older than the server."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    candidates = [Path(found)] if (found := shutil.which(program)) else []
    candidates += [folder / program for folder in folders if (folder / program).exists()]
    for candidate in candidates:
        told = subprocess.run([candidate, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
        version = re.search(r"\d+", told.stdout)
        if version and int(version[0]) >= least:
            return candidate
    raise ArchiveRefused(f"Install PostgreSQL's {program}, version {least} or newer (Debian: postgresql-client).")
