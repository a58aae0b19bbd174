"""Uploads: the type is found in the content; what is empty, too large, locked or harmful is turned away."""

import io
import zipfile
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from luotsi.base import uploads
from luotsi.base.tests.workbook import altered, workbook
from luotsi.base.uploads import CSV, OTHER, PDF, XLSX, Upload, UploadRefused

TABLES = frozenset({CSV, XLSX})


def read(data: bytes, name: str = "units.csv") -> Upload:
    return uploads.read(SimpleUploadedFile(name, data), kinds=TABLES)


class TestReadingAnUpload:
    def test_it_tells_the_type_by_the_content_and_not_by_the_name(self) -> None:
        assert read(b"name;kind\n", "units.xlsx").kind == CSV
        assert read(workbook(("A", [["name"]])), "units.csv").kind == XLSX

    def test_it_keeps_a_digest(self) -> None:
        assert len(read(b"a;b\n").sha256) == 64

    @pytest.mark.parametrize("data", [b"", b"  \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00"])
    def test_it_refuses_an_empty_file(self, data: bytes) -> None:
        with pytest.raises(UploadRefused, match="empty"):
            read(data)

    def test_it_refuses_a_file_over_the_limit(self, settings: Settings) -> None:
        settings.UPLOAD_LIMIT = 1024 * 1024
        with pytest.raises(UploadRefused, match="larger than 1 MB"):
            read(b"a" * (1024 * 1024 + 1))

    @pytest.mark.parametrize(
        "data",
        [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"<html><table>", b"\x00\x01\x02\x03", b"{\\rtf1", b"MZ\x90\x00\x03"],
    )
    def test_it_refuses_other_types_whatever_their_name(self, data: bytes) -> None:
        with pytest.raises(UploadRefused, match="CSV, XLSX"):
            read(data, "units.csv")

    def test_it_takes_other_types_where_they_are_asked_for(self) -> None:
        upload = uploads.read(SimpleUploadedFile("a.pdf", b"%PDF-1.7\n"), kinds=frozenset({PDF}))
        assert upload.kind == PDF


class TestWorkbooks:
    def test_one_with_a_password_is_refused_with_that_reason(self) -> None:
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500
        with pytest.raises(UploadRefused, match="password"):
            read(ole + "EncryptedPackage".encode("utf-16-le"))
        with pytest.raises(UploadRefused, match="old Excel"):
            read(ole + "Workbook".encode("utf-16-le"))

    def test_one_cut_short_is_refused_as_broken(self) -> None:
        data = workbook(("A", [["name"]]))
        with pytest.raises(UploadRefused, match="broken"):
            read(data[: len(data) // 2])

    def test_one_with_a_damaged_part_is_refused_as_broken(self) -> None:
        data = bytearray(workbook(("A", [["name"]] * 50)))
        middle = data.find(b"xl/worksheets/sheet1.xml") + 60
        data[middle : middle + 40] = b"\xff" * 40
        with pytest.raises(UploadRefused, match="broken"):
            read(bytes(data))

    def test_another_archive_is_not_one(self) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("word/document.xml", "<w/>")
        assert uploads.kind_of(buffer.getvalue()) == OTHER


class TestArchivesThatSwell:
    def test_one_that_promises_too_much_is_refused_before_it_is_unpacked(self) -> None:
        bomb = altered(workbook(("A", [["name"]])), "xl/media/zeros.bin", b"\x00" * 30_000_000)
        assert len(bomb) < 100_000
        with pytest.raises(UploadRefused, match="unpack"):
            read(bomb)

    def test_one_with_too_many_parts_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(uploads, "MOST_PARTS", 5)
        with pytest.raises(UploadRefused, match="unpack"):
            read(workbook(("A", [["name"]])))

    def test_one_that_lies_about_its_size_is_refused(self) -> None:
        data = bytearray(altered(workbook(("A", [["name"]])), "xl/lie.bin", b"\x00" * 500_000))
        directory = data.rfind(b"xl/lie.bin") - 46
        assert data[directory : directory + 4] == b"PK\x01\x02"
        data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
        with pytest.raises(UploadRefused, match="broken"):
            read(bytes(data))

    def test_one_with_locked_parts_is_refused(self) -> None:
        data = bytearray(workbook(("A", [["name"]])))
        at = 0
        while (at := data.find(b"PK\x01\x02", at)) >= 0:
            data[at + 8] |= 1
            at += 4
        with pytest.raises(UploadRefused, match="password"):
            read(bytes(data))


class TestNamesOfFiles:
    @pytest.mark.parametrize(
        ("given_name", "kept"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\x\\units.csv", "units.csv"),
            ("uni\x00ts\u202e.csv", "units.csv"),
            ("", "file"),
            ("..", ".."),
        ],
    )
    def test_they_lose_folders_and_signs_that_cannot_be_seen(self, given_name: str, kept: str) -> None:
        assert uploads.clean_name(given_name) == kept

    @given(st.text(max_size=400))
    def test_they_are_never_empty_long_or_with_a_slash(self, name: str) -> None:
        kept = uploads.clean_name(name)
        assert 0 < len(kept) <= 200
        assert "/" not in kept


class TestAnyBytes:
    @given(st.binary(min_size=1, max_size=300))
    def test_they_are_a_known_type_or_refused(self, data: bytes) -> None:
        with suppress(UploadRefused):
            assert uploads.kind_of(data) in {CSV, XLSX, PDF, uploads.IMAGE, OTHER}
