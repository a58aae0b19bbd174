"""Reads JSON documents out of files one by one, however many there are: plain, a line each, or in an archive.

Nothing is kept but the document at hand. What cannot be read is told with its place, and reading goes on where that is
possible: at the next line of a file of lines, at the next file of an archive.
"""

from __future__ import annotations

import codecs
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO, cast

from luotsi.learning.engine.archives import ZIP, refused
from luotsi.learning.engine.koski_tables import TABLE, Transfer
from luotsi.learning.engine.pieces import MOST_TEXT, Broken, Document, Place
from luotsi.learning.engine.unfit import NamedTwice, once, twice_in, unfit_in

__all__ = ["ARCHIVE", "DAMAGED", "READ", "UNOPENED", "Broken", "Document", "Place", "documents_in"]

CHUNK = 2**20
LINES = frozenset({".jsonl", ".ndjson"})
PLAIN = frozenset({".json", "", ".txt"})
ARCHIVE = ".zip"
READ = {".json", ARCHIVE, TABLE} | LINES
MARK = "\ufeff"
SPACES = re.compile(r"[ \t\r\n]*")
DIGITS = 300
"""The longest whole number that is read as one; a longer one is no number of anything."""
# What zipfile raises where an archive is damaged or packed in a way that it does not read; it has no base of its own.
# Opening one may raise ValueError besides: a name or an offset in the directory that cannot be.
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError)
UNOPENED = (*DAMAGED, ValueError)


def _whole(text: str) -> int | float:
    return int(text) if len(text) <= DIGITS else float(text)


DECODER = json.JSONDecoder(parse_int=_whole)
STRICT = json.JSONDecoder(parse_int=_whole, object_pairs_hook=once)
TWICE = object()
"""Stands for a document in which an object has a name twice."""


def _decoded(text: str, place: int) -> tuple[object, int]:
    """Return the value that begins at a place, or `TWICE`, with where it ends. Raises ValueError where none does."""
    try:
        return STRICT.raw_decode(text, place)
    except NamedTwice:
        return TWICE, DECODER.raw_decode(text, place)[1]


class _Stopped(Exception):
    """Reading of a text cannot go on."""

    def __init__(self, code: str, at: int | None = None) -> None:
        super().__init__(code)
        self.code, self.at = code, at


class _Text:
    """A text that is read piece by piece; knows at which line and column it is."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self.rest, self.place, self.line, self.column = "", 0, 1, 1
        self.is_whole = False
        self.head = b""

    def more(self) -> bool:
        """Read on; False at the end."""
        if self.is_whole:
            return False
        data = self.file.read(max(CHUNK, len(self.rest) - self.place))
        self.head = self.head or data[: len(ZIP)]
        self._pass(self.rest[: self.place])
        self.is_whole = not data
        self.rest, self.place = self.rest[self.place :] + self.decoder.decode(data, final=self.is_whole), 0
        return not self.is_whole

    def _pass(self, text: str) -> None:
        if lines := text.count("\n"):
            self.line += lines
            self.column = len(text) - text.rfind("\n")
        else:
            self.column += len(text)

    def sign(self) -> str:
        """Return the next sign that is no space, without taking it; "" at the end."""
        while True:
            if found := SPACES.match(self.rest, self.place):
                self.place = found.end()
            if self.place < len(self.rest):
                return self.rest[self.place]
            if not self.more():
                return ""

    def value(self) -> tuple[object, str]:
        """Take the value that begins here; return it with its text."""
        while True:
            try:
                found, end = _decoded(self.rest, self.place)
            except RecursionError:
                raise _Stopped("too_deep", self.place) from None
            except ValueError as error:
                if len(self.rest) - self.place > MOST_TEXT:
                    raise _Stopped("too_large", self.place) from None
                inner = getattr(error, "pos", self.place) - self.place
                if not self.more():
                    raise _Stopped("not_json", self.place + inner) from None
                continue
            if end == len(self.rest) and self.more():
                continue  # a number may go on
            text, self.place = self.rest[self.place : end], end
            return found, text

    def where(self, at: int | None) -> tuple[int, int]:
        """Return line and column of a place in what is at hand."""
        self._pass(self.rest[: self.place if at is None else at])
        return self.line, self.column


def documents_in(name: str, file: BinaryIO) -> Iterator[Document | Broken]:
    """Yield the documents of a file, by its ending: JSON (one value or a list of them), JSON lines, or a ZIP of such.

    Tables of a mass transfer are put together to documents when all of an archive have been read.

    Args:
        name: how the file is called; places begin with it.
        file: its content; of an archive one that can be sought in.
    """
    kind = PurePath(name).suffix.lower()
    if kind == ARCHIVE:
        yield from _archive(name, file)
    elif kind in LINES:
        yield from _lines(name, file)
    elif kind in PLAIN:
        yield from _plain(name, file)
    elif kind == TABLE:
        transfer = Transfer()
        yield from transfer.take(name, file)
        yield from transfer.documents()
    else:
        yield Broken(Place(name), "unknown_file")


def _plain(name: str, file: BinaryIO) -> Iterator[Document | Broken]:
    text = _Text(file)
    try:
        yield from _values(name, text)
    except _Stopped as stopped:
        yield Broken(Place(name), stopped.code, *text.where(stopped.at))
    except UnicodeDecodeError:
        yield Broken(Place(name), "renamed" if text.head == ZIP else "not_utf8")


def _read(place: Place, value: object, text: str) -> Document | Broken:
    """Return a document, or why nobody could keep it."""
    if value is TWICE:
        return Broken(Place(place.file, place.line, place.at + twice_in(text)), "named_twice")
    if why := unfit_in(value, text):
        return Broken(Place(place.file, place.line, place.at + why[1]), why[0])
    return Document(place, value, text)


def _values(name: str, text: _Text) -> Iterator[Document | Broken]:
    first = text.sign()
    if not first:
        yield Broken(Place(name), "empty")
        return
    if first != "[":
        yield _read(Place(name), *text.value())
    else:
        text.place += 1
        number = 0
        while text.sign() not in {"]", ""}:
            yield _read(Place(name, at=f"/{number}"), *text.value())
            number += 1
            if text.sign() == ",":
                text.place += 1
                if text.sign() == "]":
                    raise _Stopped("not_json")
            elif text.sign() != "]":
                raise _Stopped("not_json")
        if not text.sign():
            raise _Stopped("not_json")
        text.place += 1
    if text.sign():
        raise _Stopped("more")


def _lines(name: str, file: BinaryIO) -> Iterator[Document | Broken]:
    number, is_empty = 0, True
    while line := file.readline(MOST_TEXT + 1):
        number += 1
        place = Place(name, number)
        if len(line) > MOST_TEXT:
            yield Broken(place, "too_large", number)
            while line and not line.endswith(b"\n"):
                line = file.readline(MOST_TEXT)
            continue
        try:
            text = line.decode().removeprefix(MARK).strip()
            if text:
                is_empty = False
                value, end = _decoded(text, 0)
                if end != len(text):
                    raise json.JSONDecodeError("More", text, end)
                yield _read(place, value, text)
        except UnicodeDecodeError:
            yield Broken(place, "not_utf8", number)
        except RecursionError:
            yield Broken(place, "too_deep", number)
        except ValueError as error:
            yield Broken(place, "not_json", number, getattr(error, "pos", 0) + 1)
    if not number or is_empty:
        yield Broken(Place(name), "empty")


def _archive(name: str, file: BinaryIO) -> Iterator[Document | Broken]:
    try:
        archive = zipfile.ZipFile(file)
        members = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
    except UNOPENED:
        yield Broken(Place(name), "not_zip")
        return
    if why := refused(members):
        yield Broken(Place(name), why)
        return
    transfer = Transfer()
    for member in members:
        inner = f"{name}/{member.filename}"
        if PurePath(inner).suffix.lower() not in LINES | PLAIN | {TABLE}:
            yield Broken(Place(inner), "unknown_file")
            continue
        if member.flag_bits & 1:
            yield Broken(Place(inner), "locked")
            continue
        try:
            opened = archive.open(member)
        except UNOPENED:
            yield Broken(Place(inner), "not_zip")
            continue
        try:
            with opened:
                stream = cast(BinaryIO, opened)  # read and readline are what is used
                is_table = PurePath(inner).suffix.lower() == TABLE
                yield from transfer.take(inner, stream) if is_table else documents_in(inner, stream)
        except DAMAGED:
            yield Broken(Place(inner), "not_zip")
    yield from transfer.documents()
