"""Reading a table of observations out of a file, with what a workbook hides: formulas and merged cells."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.base.sheets import column_name
from luotsi.base.uploads import BROKEN_ARCHIVE, XLSX
from luotsi.indicators.queries.observation_sheet.columns import NEEDED, field_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from luotsi.base.sheets import Table
    from luotsi.base.uploads import Upload

MOST_MARKS = 20_000
_SHEET = re.compile(rb"<sheet\b[^<>]*?>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"'<]*)["']""")
_RELATION = re.compile(rb"<Relationship\b[^<>]*?>")
_FORMULA = re.compile(rb"""<c\b([^<>]*?)>\s*<f\b""")
_MERGED = re.compile(rb"""<mergeCell\b[^<>]*?ref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']""")


@dataclass(frozen=True)
class Line:
    """One row: its number in the file, and by field the letters of the column and the text of the cell."""

    number: int
    cells: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """What was read: the name of the sheet, its rows, columns that mean nothing, and marked cells ("C7")."""

    name: str
    lines: tuple[Line, ...]
    unknown: tuple[str, ...] = ()
    formulas: frozenset[str] = frozenset()
    merged: frozenset[str] = frozenset()


def reasons_to_refuse(table: Table) -> list[str]:
    """Return why no observation can be read from the table at all."""
    meanings = {heading: field_of(heading) for heading in table.headers}
    reasons = []
    for field in sorted(set(meanings.values()) - {""}):
        columns = [table.headers[heading] for heading, meant in meanings.items() if meant == field]
        if len(columns) > 1:
            reasons.append(
                _("The columns %(columns)s mean the same thing. Keep one of them.") % {"columns": ", ".join(columns)}
            )
    known = set(meanings.values())
    if not set(NEEDED) <= known or not ({"period"} <= known or {"first_day", "last_day"} <= known):
        reasons.append(
            _("There are no columns for the indicator, the unit and the period. Take the headings from the template.")
        )
    if not {"numerator", "value"} & known:
        reasons.append(_("There is no column for a number. Take the headings from the template."))
    if not table.rows:
        reasons.append(_("There are headings but no rows under them."))
    return reasons


def sheet_of(table: Table, upload: Upload) -> Sheet:
    """Return the table with its columns recognised and its formulas and merged cells marked."""
    meanings = {heading: field_of(heading) for heading in table.headers}
    lines = tuple(
        Line(
            row.number,
            {meanings[heading]: (cell.column, cell.text) for heading, cell in row.cells.items() if meanings[heading]},
        )
        for row in table.rows
    )
    formulas, merged = _marks(upload.data, table.sheet) if upload.kind == XLSX else (frozenset(), frozenset())
    return Sheet(
        table.sheet,
        tuple(line for line in lines if line.cells),
        tuple(heading for heading, field in meanings.items() if not field),
        formulas,
        merged,
    )


def _marks(data: bytes, name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the addresses of cells with a formula, and of those merged with others, of one sheet of a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = _part_of(archive, name)
            xml = archive.read(part) if part else b""
    except (*BROKEN_ARCHIVE, KeyError):
        return frozenset(), frozenset()
    formulas = set()
    for found in _FORMULA.finditer(xml):
        if address := dict(_ATTRIBUTE.findall(found[1])).get(b"r"):
            formulas.add(address.decode())
    return frozenset(formulas), frozenset(_merged(xml))


def _part_of(archive: zipfile.ZipFile, name: str) -> str:
    """Return the part of the archive that holds a sheet."""
    relations = {}
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        about = dict(_ATTRIBUTE.findall(tag))
        relations[about.get(b"Id", b"")] = about.get(b"Target", b"").decode()
    wanted = name.encode("ascii", "xmlcharrefreplace"), name.encode()
    for tag in _SHEET.findall(archive.read("xl/workbook.xml")):
        about = dict(_ATTRIBUTE.findall(tag))
        if about.get(b"name") in wanted:
            target = relations.get(about.get(b"r:id", b""), "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _merged(xml: bytes) -> Iterator[str]:
    """Yield the addresses of merged cells, up to a limit that no honest list comes near."""
    left = MOST_MARKS
    for first, top, last, bottom in _MERGED.findall(xml):
        for row in range(int(top), int(bottom) + 1):
            for place in range(_place(first), _place(last) + 1):
                if left <= 0:
                    return
                left -= 1
                yield f"{column_name(place)}{row}"


def _place(letters: bytes) -> int:
    number = 0
    for letter in letters[:3]:
        number = number * 26 + letter - 64
    return number - 1


def to_json(sheet: Sheet) -> dict[str, Any]:
    """Return the sheet as it is kept with the import."""
    return {
        "name": sheet.name,
        "unknown": list(sheet.unknown),
        "formulas": sorted(sheet.formulas),
        "merged": sorted(sheet.merged),
        "lines": [[line.number, {field: list(cell) for field, cell in line.cells.items()}] for line in sheet.lines],
    }


def from_json(kept: Mapping[str, Any]) -> Sheet:
    """Return the sheet that `to_json` wrote."""
    return Sheet(
        name=kept["name"],
        unknown=tuple(kept["unknown"]),
        formulas=frozenset(kept["formulas"]),
        merged=frozenset(kept["merged"]),
        lines=tuple(
            Line(number, {field: (cell[0], cell[1]) for field, cell in cells.items()})
            for number, cells in kept["lines"]
        ),
    )
