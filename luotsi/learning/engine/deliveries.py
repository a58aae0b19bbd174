"""What was sent in: documents of study data and sheets beside them, plain or in an archive; how documents are kept.

Documents are read one by one (`engine.documents`); a page that a service gives, {"data": [...]}, is taken apart.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any, BinaryIO, cast

from luotsi.learning.engine.archives import ZIP, refused
from luotsi.learning.engine.documents import ARCHIVE, DAMAGED, UNOPENED, Broken, Document, Place, documents_in
from luotsi.learning.engine.koski_tables import TABLE, Transfer, table_of

__all__ = ["Broken", "Content", "Document", "Place", "Sheet", "canonical", "contents_of", "packed", "unpacked"]

ENVELOPES = ("data", "result")
ENCRYPTED = 1


@dataclass(frozen=True)
class Sheet:
    """A file with a table of groups or of hours away."""

    file: str
    data: bytes


type Content = Document | Broken | Sheet


def contents_of(filename: str, data: bytes) -> Iterator[Content]:
    """Yield what a file holds, of an archive what each of its files holds."""
    if not data.startswith(ZIP):
        transfer = Transfer()
        yield from _of_file(filename, io.BytesIO(data), transfer)
        yield from transfer.documents()
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UNOPENED:
        yield Broken(Place(filename), "not_zip")
        return
    with archive:
        yield from _of_archive(filename, archive)


def _of_archive(filename: str, archive: zipfile.ZipFile) -> Iterator[Content]:
    parts = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith(("__MACOSX/", "."))]
    if why := refused(parts):
        yield Broken(Place(filename), why)
        return
    transfer = Transfer()
    for part in parts:
        if PurePath(part.filename).suffix.lower() == ARCHIVE:
            yield Broken(Place(part.filename), "unknown_file")
        elif part.flag_bits & ENCRYPTED:
            yield Broken(Place(part.filename), "locked")
        else:
            yield from _of_part(archive, part, transfer)
    yield from transfer.documents()


def _of_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, transfer: Transfer) -> Iterator[Content]:
    try:
        stream = archive.open(part)
    except UNOPENED:
        yield Broken(Place(part.filename), "not_zip")
        return
    try:
        with stream:
            yield from _of_file(part.filename, stream, transfer)
    except DAMAGED:
        yield Broken(Place(part.filename), "not_zip")


def _of_file(filename: str, file: IO[bytes], transfer: Transfer) -> Iterator[Content]:
    stream = cast(BinaryIO, file)
    if PurePath(filename).suffix.lower() == TABLE:
        line = stream.readline()
        if table_of(line):
            yield from transfer.take(filename, stream, line)
        else:
            yield Sheet(filename, line + stream.read())
        return
    for one in documents_in(filename, stream):
        yield from _taken_apart(one) if isinstance(one, Document) else (one,)


def _taken_apart(one: Document) -> Iterator[Document]:
    """Yield a document, or those of a page of a service."""
    value = one.value
    name = next((name for name in ENVELOPES if isinstance(value, dict) and isinstance(value.get(name), list)), "")
    if not isinstance(value, dict) or not name:
        yield one
        return
    for number, inner in enumerate(value[name]):
        yield Document(Place(one.place.file, one.place.line, f"{one.place.at}/{name}/{number}"), inner, "")


def packed(data: object) -> bytes:
    """Return a document as packed canonical JSON: two documents that say the same are the same bytes."""
    return zlib.compress(canonical(data), 3)


def canonical(data: object) -> bytes:
    """Return a document as JSON in which the order of names and spaces does not count."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def unpacked(data: bytes) -> Any:
    """Return the document that was packed."""
    return json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
