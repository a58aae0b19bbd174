"""Opens workbooks for `luotsi.base.sheets`: measured first, because the reader sets out every cell of the area.

Two cells in opposite corners of a sheet make a file of some kilobytes and an area of 17 thousand million cells; one
long text that a million cells point to is no better. Both are counted in the XML before the reader is called.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from luotsi.base.uploads import BROKEN_ARCHIVE

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    from luotsi.base.sheets import Grid, Value

MOST_CELLS = 3_000_000
MOST_CHARACTERS = 300_000_000
MOST_MERGED = 100_000

_CELL = re.compile(rb"""<(?:[\w.-]+:)?(c|row)\b((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(/?)>""")
_ADDRESS = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_STRING = re.compile(rb"<(?:[\w.-]+:)?si\b")


class Unreadable(Exception):
    """The reader cannot make anything of the file."""


class TooManyRows(Exception):
    """A sheet has more rows than the caller wants."""


class TooManyCells(Exception):
    """A sheet is wider and longer, or wordier, than any list."""


@dataclass
class Extent:
    """How far the filled cells of a sheet reach, and how many they are."""

    rows: int = 0
    columns: int = 0
    cells: int = 0


def grids(data: bytes, *, most_rows: int) -> list[tuple[str, Grid]]:
    """Return the visible sheets of a workbook from their first row and column on, each with its name."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    _measure(data, most_rows)
    found: list[tuple[str, Grid]] = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for place, about in enumerate(book.sheets_metadata):
                if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible:
                    found.append((about.name, _grid(book.get_sheet_by_index(place), most_rows)))
    except (CalamineError, OSError, ValueError):
        raise Unreadable from None
    return found


def _grid(sheet: CalamineSheet, most_rows: int) -> Grid:
    """Return the cells of a sheet from A1 on; cells that are merged all hold the value of the first."""
    if sheet.start is None or sheet.end is None:
        return []
    # A title and empty rows may stand above the headings.
    if sheet.end[0] > most_rows + 20:
        raise TooManyRows
    if (sheet.end[0] + 1) * (sheet.end[1] + 1) > MOST_CELLS:
        raise TooManyCells
    grid = sheet.to_python(skip_empty_area=False)
    _spread(grid, sheet.merged_cell_ranges or ())
    return grid


def _spread(grid: list[list[Value]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Repeat the value of merged cells downwards; across, the first alone keeps it, as headings are merged."""
    left = MOST_MERGED
    for (top, first), (bottom, _last) in merged:
        if top < len(grid) and first < len(grid[top]) and grid[top][first] != "":
            for row in range(top + 1, min(bottom + 1, len(grid), top + left)):
                grid[row][first] = grid[top][first]
                left -= 1


def _measure(data: bytes, most_rows: int) -> None:
    """Raise TooManyRows or TooManyCells for a workbook that would take too much memory to open."""
    longest, extents = 0, []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # A workbook may keep its sheets anywhere, so every part is looked at.
            for name in archive.namelist():
                xml = archive.read(name)
                if b"sheetData" in xml:
                    extents.append(_extent(xml))
                longest = max(longest, _longest(xml))
    except BROKEN_ARCHIVE:
        raise Unreadable from None
    for extent in extents:
        if extent.rows > most_rows + 20:
            raise TooManyRows
        area = max(extent.rows * extent.columns, extent.cells)
        if area > MOST_CELLS or (longest > 1_000 and extent.cells * longest > MOST_CHARACTERS):
            raise TooManyCells


def _longest(xml: bytes) -> int:
    """Return the length of the longest shared text, its markup included."""
    starts = [found.start() for found in _STRING.finditer(xml)]
    return max((end - start for start, end in pairwise([*starts, len(xml)])), default=0)


def _extent(xml: bytes) -> Extent:
    """Return how far the cells with content reach; cells that are only formatted do not count."""
    extent = Extent()
    row = column = 0
    for found in _CELL.finditer(xml):
        tag, attributes, is_empty = found.groups()
        address = _ADDRESS.search(attributes)
        if tag == b"row":
            row, column = (int(address[2]) if address else row + 1), 0
            continue
        if address and address[1]:
            column, at = _number(address[1]), int(address[2])
        else:
            column, at = column + 1, max(row, 1)
        if not is_empty:
            extent.rows, extent.columns = max(extent.rows, at), max(extent.columns, column)
            extent.cells += 1
    return extent


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number
