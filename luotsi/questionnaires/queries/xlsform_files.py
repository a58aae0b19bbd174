"""Forms in a spreadsheet as files: read with the guards of every workbook, written with every cell as text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.base import uploads, workbooks
from luotsi.base.errors import Refused
from luotsi.base.sheets import Cell
from luotsi.questionnaires.rules.convert import XlsForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.base.sheets import Grid, Value

MOST_ROWS = 20_000
MOST_COLUMNS = 200
SHEETS = ("survey", "choices", "settings")


class FormRefused(Refused):
    """A workbook that is no form."""


def form_in(data: bytes) -> XlsForm:
    """Return the form that a workbook holds.

    Raises:
        Refused: It is no workbook, past all measure, or has no sheet called survey.
    """
    if uploads.kind_of(data) != uploads.XLSX:
        raise FormRefused(_("This is no workbook (.xlsx)."))
    try:
        found = {name.strip().lower(): grid for name, grid in workbooks.grids(data, most_rows=MOST_ROWS)}
    except (workbooks.TooManyRows, workbooks.TooManyCells):
        raise FormRefused(_("The workbook is larger than any form.")) from None
    except workbooks.Unreadable:
        raise FormRefused(_("The workbook cannot be read.")) from None
    if "survey" not in found:
        raise FormRefused(_("The workbook has no sheet called survey."))
    survey, numbers = _rows(found["survey"])
    choices, _numbers = _rows(found.get("choices", []))
    settings, _numbers = _rows(found.get("settings", []))
    return XlsForm(tuple(survey), tuple(choices), settings[0] if settings else {}, tuple(numbers))


def _rows(grid: Grid) -> tuple[list[dict[str, str]], list[int]]:
    """Return the rows of a sheet by their headings, and their numbers."""
    if not grid:
        return [], []
    headings = [_text(value).strip() for value in grid[0][:MOST_COLUMNS]]
    rows, numbers = [], []
    for number, cells in enumerate(grid[1:], start=2):
        row = _row(headings, cells)
        if row:
            rows.append(row)
            numbers.append(number)
    return rows, numbers


def _row(headings: Sequence[str], cells: Sequence[Value]) -> dict[str, str]:
    told = zip(headings, cells, strict=False)
    return {heading: text for heading, value in told if heading and (text := _text(value).strip())}


def _text(value: Value) -> str:
    """Return a cell as text; line breaks of a text are kept."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return Cell("", value).text


def workbook_of(form: XlsForm) -> bytes:
    """Return the workbook of a form: every cell is text, so that none is taken for a formula or a link."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    sheets = form.sheets()
    with xlsxwriter.Workbook(buffer, options) as book:
        head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@", "text_wrap": 1})
        for name in SHEETS:
            page = book.add_worksheet(name)
            columns = sheets[name][0]
            page.set_column(0, max(len(columns) - 1, 0), 24, text)
            for number, row in enumerate(sheets[name]):
                for column, value in enumerate(row):
                    if value:
                        page.write_string(number, column, value, head if number == 0 else text)
            page.freeze_panes(1, 0)
    return buffer.getvalue()
