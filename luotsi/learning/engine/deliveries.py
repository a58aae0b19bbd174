"""Files of study data, document by document: JSON objects, arrays and lines, sheets beside them, all in zip archives.

A file is held whole, its documents never all at once. What cannot be read is told with the file and the number of the
document in it; whatever stood before it has been given already, so that whoever reads decides about the whole.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError, RuntimeError)
MOST_UNPACKED = 2 * 1024**3
MOST_FILES = 200_000
MOST_SWELLING = 250
SMALL = 1024 * 1024
PIECE = 1024 * 1024
SPACE = " \t\r\n"
SHEETS = frozenset({".csv", ".txt"})
HIDDEN = ("__MACOSX/", ".")
# Envelopes in which services give a page of documents.
ENVELOPES = ("data", "result")


@dataclass(frozen=True)
class Document:
    """A document: its file, its number in the file (None when it is alone there), what it holds.

    `fault` tells why it cannot be read: `empty`, `not_utf8`, `broken`, `too_deep`, `archive`, `swollen`, `not_study`.
    """

    file: str
    number: int | None
    data: Any = None
    fault: str = ""
    found: str = ""


@dataclass(frozen=True)
class Sheet:
    """A file with a table."""

    file: str
    data: bytes


def contents_of(filename: str, data: bytes) -> Iterator[Document | Sheet]:
    """Yield what a file holds, of an archive what each of its files holds."""
    if not data.startswith(b"PK\x03\x04"):
        yield from _of_file(filename, data)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _of_archive(filename, archive)
    except BROKEN_ARCHIVE:
        yield Document(filename, None, fault="archive")


def _of_archive(filename: str, archive: zipfile.ZipFile) -> Iterator[Document | Sheet]:
    parts = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith(HIDDEN)]
    promised = sum(one.file_size for one in parts)
    swells = any(one.file_size > SMALL and one.file_size > MOST_SWELLING * max(one.compress_size, 1) for one in parts)
    if swells or promised > MOST_UNPACKED or len(parts) > MOST_FILES:
        yield Document(filename, None, fault="swollen")
        return
    left = MOST_UNPACKED
    for part in parts:
        unpacked = bytearray()
        with archive.open(part) as stream:
            while (piece := stream.read(PIECE)) and len(unpacked) <= left:
                unpacked += piece
        left -= len(unpacked)
        if left < 0:
            yield Document(filename, None, fault="swollen")
            return
        yield from _of_file(part.filename, bytes(unpacked))


def _of_file(filename: str, data: bytes) -> Iterator[Document | Sheet]:
    if PurePosixPath(filename).suffix.lower() in SHEETS:
        yield Sheet(filename, data)
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield Document(filename, None, fault="not_utf8")
        return
    if not text.strip(SPACE):
        yield Document(filename, None, fault="empty")
        return
    yield from _values(filename, text)


def _values(filename: str, text: str) -> Iterator[Document]:
    """Yield the values of a text: the elements of one array, or objects that follow each other."""
    decoder, place = json.JSONDecoder(), _after(text, 0)
    is_array = text.startswith("[", place)
    place = _after(text, place + 1) if is_array else place
    number = 0
    while place < len(text):
        if is_array and text.startswith("]", place):
            place = _after(text, place + 1)
            if place < len(text):
                yield Document(filename, number + 1, fault="broken", found=_line(text, place))
            return
        number += 1
        try:
            value, end = decoder.raw_decode(text, place)
        except RecursionError:
            yield Document(filename, number, fault="too_deep")
            return
        except ValueError as error:
            yield Document(filename, number, fault="broken", found=_line(text, getattr(error, "pos", place)))
            return
        place = _after(text, end)
        alone = number == 1 and not is_array and place >= len(text)
        yield from _unwrapped(filename, None if alone else number, value)
        if is_array and not text.startswith("]", place):
            if not text.startswith(",", place):
                yield Document(filename, number + 1, fault="broken", found=_line(text, place))
                return
            place = _after(text, place + 1)
    if is_array:
        yield Document(filename, number + 1, fault="broken", found=_line(text, len(text)))


def _unwrapped(filename: str, number: int | None, value: object) -> Iterator[Document]:
    """Yield a value, or what a list or an envelope of a service holds."""
    inner: object = value
    if isinstance(value, dict):
        inner = next((value[name] for name in ENVELOPES if isinstance(value.get(name), list)), value)
    if isinstance(inner, list) and number is None:
        for place, one in enumerate(inner, start=1):
            yield Document(filename, place, one)
    else:
        yield Document(filename, number, value)


def _after(text: str, place: int) -> int:
    """Return the place of the next sign that is no space."""
    while place < len(text) and text[place] in SPACE:
        place += 1
    return place


def _line(text: str, place: int) -> str:
    """Return the line and column of a place, both from one."""
    before = text.count("\n", 0, place)
    return f"{before + 1}:{place - (text.rfind(chr(10), 0, place) + 1) + 1}"


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
