"""Backup and restore, with the real commands on the database at hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from luotsi.base import archive
from luotsi.base.tests.house import Builder, House

DOES_SOMETHING = """
from django.contrib.auth import get_user_model
from django.db import transaction
from luotsi.base import audit, outbox
account = get_user_model()(email="aino@example.org")
with transaction.atomic():
    account.save(force_insert=True)
    for number in range(5):
        audit.record(by=account, verb="x.y.z", target=account, after={"number": number})
    outbox.post(to="aino@example.org", subject="Ä", body="B")
"""
TELLS = """
import json
from django.contrib.auth import get_user_model
from luotsi.base.models import AuditEntry, OutboxMail
done = [AuditEntry.objects.filter(verb=verb).count() for verb in ("x.y.z", "base.backup.restored")]
print(json.dumps([get_user_model().objects.count(), OutboxMail.objects.count(), *done]))
"""

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def full(builder: Builder) -> House:
    """Return a house in which something was done."""
    house = builder.build()
    house.python(DOES_SOMETHING)
    (house.data / "files" / "a").mkdir(parents=True)
    (house.data / "files" / "a" / "ä.txt").write_text("file")
    return house


@pytest.fixture(scope="module")
def backup(full: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a backup of it."""
    file = tmp_path_factory.mktemp("backups") / "luotsi.backup"
    full.run("backup", file)
    return file


def altered(backup: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Return a copy of the backup with changed members."""
    with ZipFile(backup) as source:
        members = {name: source.read(name) for name in source.namelist()}
    change(members)
    with ZipFile(target, "w") as copy:
        for name, data in members.items():
            copy.writestr(name, data)
    return target


def with_manifest(**changes: object) -> Callable[[dict[str, bytes]], None]:
    """Return a change of the manifest."""

    def change(members: dict[str, bytes]) -> None:
        told = json.loads(members[archive.MANIFEST]) | changes
        members[archive.MANIFEST] = json.dumps(told).encode()

    return change


class TestABackup:
    def test_it_tells_what_is_in_it(self, backup: Path) -> None:
        with archive.opened(backup) as (_packed, manifest):
            assert manifest.rows["base_auditentry"] == 5
            assert manifest.head["seq"] == 5
            assert ["base", "0001_initial"] in manifest.migrations
            assert set(manifest.members) == {"database", "files/a/ä.txt"}

    def test_only_its_owner_may_read_it(self, backup: Path) -> None:
        assert backup.stat().st_mode & 0o777 == 0o600
        assert [file.name for file in backup.parent.iterdir()] == [backup.name]


class TestRestoring:
    @pytest.mark.parametrize("empty", [True, False], ids=["without_tables", "migrated"])
    def test_it_brings_everything_back_and_proves_it(self, builder: Builder, backup: Path, empty: bool) -> None:
        house = builder.build(empty=empty)
        said = house.run("restore", backup).stdout
        assert "The audit log holds" in said
        assert json.loads(house.python(TELLS).stdout) == [1, 1, 5, 1]
        assert (house.data / "files" / "a" / "ä.txt").read_text() == "file"
        assert "holds" in house.run("audit", "verify").stdout

    def test_it_replaces_data_only_when_told_so(self, builder: Builder, full: House, backup: Path) -> None:
        house = builder.build()
        house.python(DOES_SOMETHING)
        house.python(DOES_SOMETHING.replace("aino@", "bilal@"))
        (house.data / "files").mkdir()
        (house.data / "files" / "newer.txt").write_text("newer")
        house.run("audit", "verify")
        refused = house.run("restore", backup, check=False)
        assert (refused.returncode, "Add --yes" in refused.stderr) == (1, True)
        assert json.loads(house.python(TELLS).stdout) == [2, 2, 10, 0]
        house.run("restore", backup, "--yes")
        assert json.loads(house.python(TELLS).stdout) == [1, 1, 5, 1]
        assert not (house.data / "files" / "newer.txt").exists()
        assert "holds" in house.run("audit", "verify").stdout


class TestRefusingToRestore:
    """Nothing is touched: the database stays without tables."""

    def refusal(self, builder: Builder, file: Path) -> str:
        house = builder.build(empty=True)
        done = house.run("restore", file, check=False)
        assert done.returncode == 1
        asks = "from django.db import connection; print(connection.introspection.table_names())"
        assert house.python(asks).stdout.strip() == "[]"
        return done.stderr

    def test_it_refuses_what_is_no_backup(self, builder: Builder, tmp_path: Path) -> None:
        (tmp_path / "x").write_text("x")
        assert "not a whole backup" in self.refusal(builder, tmp_path / "x")
        assert "no file" in self.refusal(builder, tmp_path / "y")

    def test_it_refuses_a_damaged_database(self, builder: Builder, backup: Path, tmp_path: Path) -> None:
        def damage(members: dict[str, bytes]) -> None:
            members["database"] = members["database"][:-1] + b"x"

        file = altered(backup, tmp_path / "b", damage)
        assert "altered or damaged: database" in self.refusal(builder, file)

    def test_it_refuses_a_missing_or_added_file(self, builder: Builder, backup: Path, tmp_path: Path) -> None:
        def lose(members: dict[str, bytes]) -> None:
            del members["files/a/ä.txt"]

        missing = altered(backup, tmp_path / "b", lose)
        assert "do not fit together" in self.refusal(builder, missing)

    def test_it_refuses_a_file_that_would_leave_its_folder(
        self, builder: Builder, backup: Path, tmp_path: Path
    ) -> None:
        def escape(members: dict[str, bytes]) -> None:
            members["../evil"] = b""
            told = json.loads(members[archive.MANIFEST])
            told["members"]["../evil"] = ""
            members[archive.MANIFEST] = json.dumps(told).encode()

        assert "outside its folder" in self.refusal(builder, altered(backup, tmp_path / "b", escape))

    @pytest.mark.parametrize(
        "changes",
        [{"format": 99}, {"migrations": [["base", "9999_from_the_future"]]}],
        ids=["format", "migration"],
    )
    def test_it_refuses_what_a_newer_version_made(
        self, builder: Builder, backup: Path, tmp_path: Path, changes: dict[str, object]
    ) -> None:
        file = altered(backup, tmp_path / "b", with_manifest(**changes))
        assert "newer version" in self.refusal(builder, file)

    def test_it_refuses_a_backup_of_another_kind_of_database(
        self, builder: Builder, backup: Path, tmp_path: Path
    ) -> None:
        file = altered(backup, tmp_path / "b", with_manifest(engine="oracle"))
        assert "Set DATABASE_URL" in self.refusal(builder, file)
