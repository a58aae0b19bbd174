"""Reads a table out of a CSV file or a workbook: headings, rows and cells that know their own address."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.base import workbooks
from luotsi.base.errors import Refused
from luotsi.base.uploads import XLSX

if TYPE_CHECKING:
    from luotsi.base.uploads import Upload

type Value = str | int | float | bool | date | datetime | time | timedelta
type Grid = Sequence[Sequence[Value]]

MOST_ROWS = 1_000_000
HEADINGS_WITHIN = 20
SEPARATORS = ";,\t"


class SheetRefused(Refused):
    """A file in which no table can be read."""


@dataclass(frozen=True)
class Cell:
    """One cell that is not empty: the letters of its column and what it holds."""

    column: str
    value: Value

    @property
    def text(self) -> str:
        """The content as text: whole numbers without decimals, days as 2026-08-01, runs of blanks as one."""
        match self.value:
            case datetime() as moment if moment.time() == time():
                return moment.date().isoformat()
            case float() as number if number.is_integer():
                return str(int(number))
            case str() as text:
                return " ".join(text.split())
            case value:
                return str(value)


@dataclass(frozen=True)
class Row:
    """One row with something in it: its number as a spreadsheet shows it, its cells by heading.

    `loose` are the cells in columns that have no heading.
    """

    number: int
    cells: dict[str, Cell]
    loose: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: the name of its sheet ("" for text files), its headings with their columns, its rows."""

    sheet: str
    headers: dict[str, str]
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Plain:
    """A table as nothing but text, for lists of a hundred thousand rows: the name of its sheet, headings, rows.

    `first_row` is the number of the first row under the headings, as a spreadsheet shows it.
    """

    sheet: str
    header: list[str]
    rows: list[Sequence[str]]
    first_row: int


def read_plain(upload: Upload, *, knows: Callable[[str], object], most_rows: int = MOST_ROWS) -> Plain:
    """Read the table of an upload as `read_table` does, but every cell as its text and empty rows too.

    A heading may be there twice; whoever reads the rows decides what to make of it.

    Raises:
        SheetRefused: nothing can be read, or there are too many rows.
    """
    place, name, grid = _best(_sheets(upload, most_rows), knows)
    header = [Cell("", value).text for value in grid[place]]
    below = grid[place + 1 :]
    rows = below if upload.kind != XLSX else [[_plain(value) for value in row] for row in below]
    return Plain(name, header, list(rows), place + 2)  # type: ignore[arg-type]  # cells of text files are text


def _plain(value: Value) -> str:
    return value if isinstance(value, str) else Cell("", value).text


def read_table(upload: Upload, *, knows: Callable[[str], object] | None = None, most_rows: int = MOST_ROWS) -> Table:
    """Read the table of an upload of kind `CSV` or `XLSX`.

    With `knows` the sheet and the row with the most known headings are chosen (of the first 20 rows of each sheet);
    without it, the first row that holds anything. Formulas count by their kept values, merged cells repeat theirs.

    Raises:
        SheetRefused: nothing can be read, there are too many rows, or a heading is there twice.
    """
    place, name, grid = _best(_sheets(upload, most_rows), knows)
    headers = _headers(grid[place])
    return Table(name, headers, list(_rows(grid, place, headers)))


def _best(grids: list[tuple[str, Grid]], knows: Callable[[str], object] | None) -> tuple[int, str, Grid]:
    """Return the place of the headings, the name of their sheet and its cells. Raises SheetRefused."""
    best: tuple[int, int, str, Grid] | None = None
    for name, grid in grids:
        for place, cells in enumerate(grid[:HEADINGS_WITHIN]):
            score = _score(cells, knows)
            if score and (best is None or score > best[0]):
                best = score, place, name, grid
                if knows is None:
                    break
    if best is None and not any(grid for _name, grid in grids):
        raise SheetRefused(_("The file is empty."))
    if best is None:
        raise SheetRefused(_("No known heading was found. Take the headings from the template."))
    return best[1:]


def _score(cells: Sequence[Value], knows: Callable[[str], object] | None) -> int:
    texts = [Cell("", value).text for value in cells if value != ""]
    return sum(1 for text in texts if text and (knows is None or knows(text)))


def column_name(place: int) -> str:
    """Return the letters of a column, counted from 0: A, B … Z, AA, AB."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _headers(cells: Sequence[Value]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for place, value in enumerate(cells):
        if text := Cell("", value).text:
            if text in headers:
                raise SheetRefused(
                    _("The heading “%(heading)s” is there twice, in the columns %(first)s and %(second)s.")
                    % {"heading": text, "first": headers[text], "second": column_name(place)}
                )
            headers[text] = column_name(place)
    return headers


def _rows(grid: Grid, heading: int, headers: dict[str, str]) -> Iterator[Row]:
    by_column = {column: text for text, column in headers.items()}
    for number, values in enumerate(grid[heading + 1 :], start=heading + 2):
        cells = [Cell(column_name(place), value) for place, value in enumerate(values) if value != ""]
        filled = [cell for cell in cells if cell.text]
        if filled:
            known = {by_column[cell.column]: cell for cell in filled if cell.column in by_column}
            loose = tuple(cell for cell in filled if cell.column not in by_column)
            yield Row(number, known, loose)


def _sheets(upload: Upload, most_rows: int) -> list[tuple[str, Grid]]:
    try:
        if upload.kind == XLSX:
            return workbooks.grids(upload.data, most_rows=most_rows)
        return [("", _text_grid(upload.data, most_rows))]
    except workbooks.TooManyRows:
        raise SheetRefused(
            _("The file has more than %(count)s rows. Send it in parts.") % {"count": most_rows}
        ) from None
    except workbooks.TooManyCells:
        raise SheetRefused(
            _("A sheet has more cells than can be read. Remove what does not belong to the list.")
        ) from None
    except workbooks.Unreadable:
        raise SheetRefused(_("The file is broken and cannot be opened.")) from None


def _text_grid(data: bytes, most_rows: int) -> list[list[Value]]:
    """Return the rows of a CSV file in any of the usual encodings, with any of the usual separators."""
    text = _decoded(data)
    separator = _separator(text)
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    grid: list[list[Value]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for record in reader:
            grid.append([value.strip() for value in record])
            if len(grid) > most_rows + HEADINGS_WITHIN:
                raise workbooks.TooManyRows
    except csv.Error:
        raise SheetRefused(
            _("Line %(line)s of the file cannot be read: a quotation mark is missing or too much.")
            % {"line": reader.line_num}
        ) from None
    return grid


def _decoded(data: bytes) -> str:
    """Return the text of UTF-8 or UTF-16 (by their marks), plain UTF-8, or Windows-1252, which Excel writes."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16").replace("\x00", "")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("cp1252")
    except UnicodeDecodeError:
        raise SheetRefused(
            _("The letters of the file cannot be read. Save it as CSV UTF-8 and send it again.")
        ) from None


def _separator(text: str) -> str:
    """Return the separator that the first lines use most outside quotation marks."""
    if text[:4].lower() == "sep=" and text[4:5] in tuple(SEPARATORS):
        return text[4]
    head = "\n".join(text.splitlines()[:HEADINGS_WITHIN])
    outside = "".join(head.split('"')[::2])
    return max(SEPARATORS, key=outside.count)
