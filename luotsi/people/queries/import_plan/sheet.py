"""The table of a file as an import sees it: which column is which, and the cells row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.people.queries.import_plan.columns import field_of, national_field_of

if TYPE_CHECKING:
    from luotsi.base.sheets import Cell, Table

NATIONAL_NEEDS = {"name_fi", "institution_number", "provider_name"}
TELLS_WHICH = {"name_fi", "name_sv", "name_en", "oid", "institution_number", "municipality_number", "key"}


@dataclass(frozen=True)
class Entry:
    """One filled cell: the letters of its column and its text."""

    column: str
    text: str


@dataclass(frozen=True)
class Line:
    """One row of the file: its number there, its cells by field, the columns filled without a heading."""

    number: int
    cells: dict[str, Entry]
    loose: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Heading:
    """One heading of the file, the field it means ("" = not recognised) and the first value under it."""

    text: str
    column: str
    field: str
    example: str


@dataclass(frozen=True)
class Sheet:
    """What was read; `repeated` rows told of the same school in an earlier school year and are left out."""

    name: str
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    national: bool = False
    repeated: int = 0


def _meanings(table: Table) -> tuple[dict[str, str], bool]:
    """Return the field of every heading, and whether the table is the national list."""
    national = {heading: national_field_of(heading) for heading in table.headers}
    if set(national.values()) >= NATIONAL_NEEDS:
        return national, True
    return {heading: field_of(heading) for heading in table.headers}, False


def reasons_to_refuse(table: Table) -> list[str]:
    """Return why no unit can be read from the table at all."""
    meanings, _national = _meanings(table)
    reasons = []
    for name in sorted(set(meanings.values()) - {""}):
        columns = [table.headers[heading] for heading, meant in meanings.items() if meant == name]
        if len(columns) > 1:
            reasons.append(
                _("The columns %(columns)s mean the same thing. Keep one of them.") % {"columns": ", ".join(columns)}
            )
    if not TELLS_WHICH & set(meanings.values()):
        reasons.append(_("There is no column for the name or for a code. Take the headings from the template."))
    if not table.rows:
        reasons.append(_("There are headings but no rows under them."))
    return reasons


def sheet_of(table: Table) -> Sheet:
    """Return the table with its columns recognised; of the national list, the newest row of each school."""
    meanings, national = _meanings(table)
    lines = [
        Line(
            row.number,
            {meanings[heading]: _entry(cell) for heading, cell in row.cells.items() if meanings[heading]},
            tuple(_entry(cell) for cell in row.loose),
        )
        for row in table.rows
    ]
    kept = _newest(lines) if national else lines
    headings = tuple(
        Heading(text, column, meanings[text], _first(table, text)) for text, column in table.headers.items()
    )
    return Sheet(table.sheet, headings, tuple(kept), national, len(lines) - len(kept))


def _entry(cell: Cell) -> Entry:
    return Entry(cell.column, cell.text)


def _first(table: Table, heading: str) -> str:
    return next((row.cells[heading].text for row in table.rows if heading in row.cells), "")


def _newest(lines: list[Line]) -> list[Line]:
    """Keep the row of the last school year of every school; the others tell of earlier years."""
    best: dict[str, Line] = {}
    for line in lines:
        school = line.cells.get("institution_number")
        code = school.text if school else f"row {line.number}"
        earlier = best.get(code)
        if earlier is None or _year(line) >= _year(earlier):
            best[code] = line
    return sorted(best.values(), key=lambda line: line.number)


def _year(line: Line) -> str:
    entry = line.cells.get("school_year")
    return entry.text if entry else ""


def to_json(sheet: Sheet) -> dict[str, Any]:
    """Return the sheet as it is kept with the import."""
    return {
        "name": sheet.name,
        "national": sheet.national,
        "repeated": sheet.repeated,
        "headings": [[head.text, head.column, head.field, head.example] for head in sheet.headings],
        "lines": [
            [
                line.number,
                {name: [entry.column, entry.text] for name, entry in line.cells.items()},
                [[entry.column, entry.text] for entry in line.loose],
            ]
            for line in sheet.lines
        ],
    }


def from_json(kept: Mapping[str, Any]) -> Sheet:
    """Return the sheet that `to_json` wrote."""
    return Sheet(
        name=kept["name"],
        national=kept["national"],
        repeated=kept["repeated"],
        headings=tuple(Heading(*head) for head in kept["headings"]),
        lines=tuple(
            Line(
                number,
                {name: Entry(*entry) for name, entry in cells.items()},
                tuple(Entry(*entry) for entry in loose),
            )
            for number, cells, loose in kept["lines"]
        ),
    )


def with_lines(sheet: Sheet, lines: tuple[Line, ...]) -> Sheet:
    """Return the sheet with other lines."""
    return replace(sheet, lines=lines)
