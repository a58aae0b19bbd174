"""What is read out of files: documents, each with its place, and what cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

MOST_TEXT = 16 * 2**20
"""The longest document, in characters: a thousand times what one right takes."""


@dataclass(frozen=True)
class Place:
    """Where a document stands: its file, its line (None but in files of lines), its JSON Pointer in the file."""

    file: str
    line: int | None = None
    at: str = ""


@dataclass(frozen=True)
class Document:
    """One value of JSON and the text it was read from."""

    place: Place
    value: object
    text: str


@dataclass(frozen=True)
class Broken:
    """What could not be read.

    Codes: `not_utf8`, `not_json`, `not_signs`, `named_twice`, `too_deep`, `too_large`, `empty`, `not_zip`, `locked`,
    `swells`, `unknown_file`, `renamed` (an archive under another ending), `workbook`, `more` (something stands after
    the end of the document), `not_table`, `table_alone` (a table of a transfer that lacks its fellows).
    """

    place: Place
    code: str
    line: int | None = None
    column: int | None = None
