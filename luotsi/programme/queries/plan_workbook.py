"""A plan as a workbook and back, for those who live in spreadsheets."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.base import workbooks
from luotsi.base.sheets import column_name
from luotsi.programme.queries import tree
from luotsi.programme.queries.plan_columns import FIRST_SHEET, IN, Key, Sheet, sheets
from luotsi.programme.queries.plan_files import PlanFile, plan_in
from luotsi.programme.queries.tree import Listing, Node, Problem, Scalar
from luotsi.programme.queries.tree import Mapping as Branch
from luotsi.programme.rules.documents import to_json
from luotsi.programme.rules.values import LANGUAGES

if TYPE_CHECKING:
    from luotsi.base.sheets import Grid
    from luotsi.programme.rules.plan import Plan

COMMA, LINE = ", ", "\n"
MOST_ROWS = 20_000
HEADINGS_WITHIN = 20


def workbook_of(plan: Plan) -> bytes:
    """Return the workbook of a plan: a sheet for each list, every value as text, so that no digit is lost."""
    import xlsxwriter

    found: dict[str, list[list[str]]] = {name: [] for name in sheets()}
    _fill(found, FIRST_SHEET, "", to_json(plan))
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@", "text_wrap": 1})
        for name, sheet in sheets().items():
            page = book.add_worksheet(name)
            page.set_column(0, len(sheet.headers) - 1, 22, text)
            page.write_row(0, 0, sheet.headers, head)
            for number, row in enumerate(found[name], start=1):
                for column, value in enumerate(row):
                    if value:
                        page.write_string(number, column, value, text)
            page.freeze_panes(1, 0)
    return buffer.getvalue()


def _fill(found: dict[str, list[list[str]]], name: str, holder: str, item: Mapping[str, Any]) -> None:
    sheet = sheets()[name]
    own = [value for key in sheet.keys for value in _cells(key, item)]
    found[name].append(own if name == FIRST_SHEET else [holder, *own])
    for inner in sheet.inner:
        for part in item.get(inner, ()):
            _fill(found, inner, str(item.get("code", "")), part)


def _cells(key: Key, item: Mapping[str, Any]) -> list[str]:
    value: Any = item
    for name in key.path:
        value = (value or {}).get(name)
    if key.is_text and key.many:
        return [_lines(value or [], code) for code in LANGUAGES]
    if key.is_text:
        return [(value or {}).get(code, "") for code in LANGUAGES]
    if key.many:
        return [COMMA.join(value or [])]
    return ["" if value is None else str(value).lower() if isinstance(value, bool) else str(value)]


def _lines(texts: list[Mapping[str, str]], code: str) -> str:
    if not any(code in text for text in texts):
        return ""
    return LINE.join(" ".join(text.get(code, "").split()) for text in texts)


class Book:
    """A workbook while it is read: `places` tells for each line of the tree in which cell it stood.

    `problems` are headings that are not known and rows that belong to nothing; reading goes on past them.
    """

    def __init__(self, data: bytes) -> None:
        """Open the workbook; raises `workbooks.Unreadable` and its kin."""
        self.grids = dict(workbooks.grids(data, most_rows=MOST_ROWS))
        self.places: list[str] = [""]
        self.problems: list[Problem] = []

    def place(self, sheet: str, row: int, column: int) -> int:
        """Return a new line for a cell."""
        self.places.append(f"{sheet}!{column_name(column)}{row + 1}")
        return len(self.places) - 1

    def tree(self) -> Node:
        """Return the tree of the plan. Raises `tree.Unreadable` when it has no plan."""
        rows = list(self._rows(sheets()[FIRST_SHEET]))
        if len(rows) != 1:
            raise tree.Unreadable(0, 0, _("The workbook needs a sheet “plan” with one row below its headings."))
        used: set[int] = set()
        items = {name: list(self._rows(sheet)) for name, sheet in sheets().items() if name != FIRST_SHEET}
        root: Node = self._item(sheets()[FIRST_SHEET], rows[0], items, used)
        for rows_of_sheet in items.values():
            for row in rows_of_sheet:
                if id(row) not in used:
                    words = {"code": row.get(IN, Scalar(0, 0, "")).text or "–"}
                    message = _("The row belongs to %(code)s, which is not in the workbook.") % words
                    self.problems.append(Problem(row[""].line, 1, message))
        return root

    def _rows(self, sheet: Sheet) -> Iterator[dict[str, Scalar]]:
        grid: Grid = self.grids.get(sheet.name, [])
        if not grid:
            return
        known = set(sheet.headers)
        top = _heading(grid, known)
        headers = [str(value).strip() for value in grid[top]]
        for column, header in enumerate(headers):
            if header and header not in known:
                self._wrong(sheet.name, top, column, _unknown(header, sheet.headers))
            elif header and header in headers[:column]:
                first = column_name(headers.index(header))
                words = {"heading": header, "first": first, "second": column_name(column)}
                message = _("The heading “%(heading)s” is there twice, in the columns %(first)s and %(second)s.")
                self._wrong(sheet.name, top, column, message % words)
        for number, values in enumerate(grid[top + 1 :], start=top + 1):
            row = {
                header: Scalar(self.place(sheet.name, number, column), 1, text)
                for column, (header, value) in enumerate(zip(headers, values, strict=False))
                if header in known and (text := _text(value))
            }
            if row:
                yield {"": Scalar(self.place(sheet.name, number, 0), 1, None), **row}

    def _wrong(self, sheet: str, row: int, column: int, message: str) -> None:
        self.problems.append(Problem(self.place(sheet, row, column), 1, message))

    def _item(
        self, sheet: Sheet, row: dict[str, Scalar], items: dict[str, list[dict[str, Scalar]]], used: set[int]
    ) -> Branch:
        line = row[""].line
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key in sheet.keys:
            if (node := _node(key, row)) is not None:
                _put(entries, key.path, node, line)
        code = row["code"].text if "code" in row else ""
        holder = "" if sheet.name == FIRST_SHEET else code
        for name in sheet.inner:
            mine = [part for part in items[name] if _held_by(part) == holder and (holder or sheet.name == FIRST_SHEET)]
            used |= {id(part) for part in mine}
            if mine:
                nodes = tuple(self._item(sheets()[name], part, items, used) for part in mine)
                _put(entries, (name,), Listing(line, 1, nodes), line)
        return Branch(line, 1, entries)


def _heading(grid: Grid, known: set[str]) -> int:
    """Return the number of the row with the most known headings, of the first twenty: a title may stand above it."""
    scores = [sum(str(value).strip() in known for value in row) for row in grid[:HEADINGS_WITHIN]]
    return scores.index(max(scores))


def _unknown(header: str, headers: tuple[str, ...]) -> str:
    words = {"key": header[:60], "known": ", ".join(headers)}
    return _("The key “%(key)s” is not known here. Known are: %(known)s.") % words


def _held_by(row: dict[str, Scalar]) -> str | None:
    return row[IN].text if IN in row else ""


def _node(key: Key, row: dict[str, Scalar]) -> Node | None:
    cells = [(column, row[column]) for column in key.columns if column in row]
    if not cells:
        return None
    line = cells[0][1].line
    if key.is_text and key.many:
        split = {column.rpartition(".")[2]: (cell, (cell.text or "").split(LINE)) for column, cell in cells}
        count = max(len(lines) for _cell, lines in split.values())
        return Listing(line, 1, tuple(_text_at(split, number, line) for number in range(count)))
    if key.is_text:
        given: dict[str, tuple[Scalar, Node]] = {
            column.rpartition(".")[2]: (Scalar(cell.line, 1, column), cell) for column, cell in cells
        }
        return Branch(line, 1, given)
    if key.many:
        parts = [part.strip() for part in (cells[0][1].text or "").split(",")]
        return Listing(line, 1, tuple(Scalar(line, 1, part or None) for part in parts))
    return cells[0][1]


def _text_at(split: dict[str, tuple[Scalar, list[str]]], number: int, line: int) -> Branch:
    given: dict[str, tuple[Scalar, Node]] = {
        code: (Scalar(cell.line, 1, code), Scalar(cell.line, 1, lines[number]))
        for code, (cell, lines) in split.items()
        if number < len(lines) and lines[number].strip()
    }
    return Branch(line, 1, given)


def _put(entries: dict[str, tuple[Scalar, Node]], path: tuple[str, ...], node: Node, line: int) -> None:
    first, *rest = path
    if not rest:
        entries[first] = Scalar(node.line, 1, first), node
        return
    if first not in entries:
        entries[first] = Scalar(line, 1, first), Branch(line, 1, {})
    inner = entries[first][1]
    if isinstance(inner, Branch):
        _put(inner.entries, tuple(rest), node, line)


def _text(value: object) -> str:
    """Return what stands in a cell as a plan file would have it; numbers and days that Excel made of texts too."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float():
            exact = Decimal(str(value))
            return format(exact.to_integral_value() if exact == exact.to_integral_value() else exact, "f")
    return str(value).strip()


def read_workbook(data: bytes, name: str = "") -> tuple[PlanFile, list[str]]:
    """Read a workbook as a plan; returns with it the cell of each line that problems and faults name."""
    try:
        book = Book(data)
    except workbooks.Unreadable:
        return PlanFile(name, None, (Problem(0, 0, _("The file is broken and cannot be opened.")),)), [""]
    except (workbooks.TooManyRows, workbooks.TooManyCells):
        return PlanFile(name, None, (Problem(0, 0, _("The workbook is larger than any plan.")),)), [""]
    try:
        node = book.tree()
    except tree.Unreadable as error:
        return PlanFile(name, None, (error.problem,)), book.places
    file = plan_in(node, name)
    if book.problems:
        found = sorted((*book.problems, *file.problems), key=lambda problem: problem.line)
        file = PlanFile(name, None, tuple(found))
    return file, book.places
