"""Files that users send in: their size and true type are settled here, from the content, before anybody opens them.

A workbook is a zip archive, so an archive that would swell beyond reason is turned away: first by what its
directory promises, then by unpacking it once, in small pieces that are thrown away.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from luotsi.base.errors import Refused

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

CSV = "csv"
XLSX = "xlsx"
DOCX = "docx"
PDF = "pdf"
IMAGE = "image"
OTHER = "other"

MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
# Deflate cannot do better than about 1:1030; honest sheets stay below 1:100, small parts may be anything.
MOST_SWELLING = 250
SMALL_PART = 1024 * 1024
PIECE = 64 * 1024

# What an archive of a stranger raises when it is opened and its parts are read: cut short, damaged, or packed in a way
# that nobody reads.
BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError)

_MAGIC = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF8", IMAGE),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_ENCRYPTED = 0x1
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


class UploadRefused(Refused):
    """A file that is empty, too large, locked, harmful or of another type than was asked for."""


@dataclass(frozen=True)
class Upload:
    """A file whose type has been found out from its content; `filename` is safe to show and to keep."""

    kind: str
    filename: str
    data: bytes
    sha256: str


def read(file: UploadedFile[bytes], *, kinds: frozenset[str]) -> Upload:
    """Return the uploaded file when it is of one of the kinds (`CSV`, `XLSX`, `DOCX`, `PDF`, `IMAGE`).

    Raises:
        UploadRefused: with a sentence fit for the user.
    """
    if (file.size or 0) > settings.UPLOAD_LIMIT:
        raise UploadRefused(_too_large())
    data = file.read(settings.UPLOAD_LIMIT + 1)
    if len(data) > settings.UPLOAD_LIMIT:
        raise UploadRefused(_too_large())
    if not data.strip(b"\x00\t\n\r ") or data in {b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"}:
        raise UploadRefused(_("The file is empty."))
    kind = kind_of(data)
    if kind not in kinds:
        raise UploadRefused(_("The file is of a type that cannot be read here. Send one of these: %(kinds)s.") % {
            "kinds": ", ".join(sorted(known.upper() for known in kinds))
        })  # fmt: skip
    return Upload(kind, clean_name(file.name or ""), data, hashlib.sha256(data).hexdigest())


def _too_large() -> str:
    return _("The file is larger than %(limit)s MB.") % {"limit": settings.UPLOAD_LIMIT // (1024 * 1024)}


def clean_name(name: str) -> str:
    """Return the last part of a file name without control characters, at most 200 characters long."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()
    return plain[-200:] or "file"


def kind_of(data: bytes) -> str:
    """Return the type of the content. Raises UploadRefused for locked and harmful files."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(_OLE):
        if _LOCKED in data:
            raise UploadRefused(_("The file is protected with a password. Remove the password and send it again."))
        raise UploadRefused(_("This is an old Excel file. Save it as an .xlsx file and send it again."))
    if data.startswith(_ZIP):
        return _kind_of_archive(data)
    return CSV if _is_text(data) else OTHER


def _is_text(data: bytes) -> bool:
    """Return True for text: a UTF-16 mark, or no NUL and no control characters at the beginning."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    start = data[:PIECE]
    marks = start[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return not (b"\x00" in data or any(byte in _CONTROLS for byte in start) or marks.startswith((b"<", b"{\\rtf")))


def _kind_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _refuse_bombs(archive, parts)
            names = {part.filename for part in parts}
    except BROKEN_ARCHIVE:
        raise UploadRefused(_("The file is broken and cannot be opened.")) from None
    if "[Content_Types].xml" not in names:
        return OTHER
    return XLSX if "xl/workbook.xml" in names else DOCX if "word/document.xml" in names else OTHER


def _refuse_bombs(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive that promises, or in truth gives, more than an honest file of its size."""
    swollen = _("The file would unpack to far more than a list needs. Save the list alone and send it again.")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise UploadRefused(_("The file is protected with a password. Remove the password and send it again."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UploadRefused(swollen)
    for part in parts:
        if part.file_size > SMALL_PART and part.file_size > MOST_SWELLING * max(part.compress_size, 1):
            raise UploadRefused(swollen)
    unpacked = 0
    for part in parts:
        with archive.open(part) as stream:
            while piece := stream.read(PIECE):
                unpacked += len(piece)
                if unpacked > MOST_UNPACKED:
                    raise UploadRefused(swollen)
