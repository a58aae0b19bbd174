"""All tables of a report as one workbook: a sheet each, and the list of its figures with their sources."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.reports.queries.shown import Cell, ShownReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_NAME = 31


def workbook(report: ShownReport, about: Sequence[tuple[str, str]]) -> bytes:
    """Return the XLSX file of a report; numbers are numbers. `about` are rows of the first sheet."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with translation.override(report.language), xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": report.title})
        book.set_size(2400, 1400)
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for name, title, headers, rows in _sheets(report, about):
            sheet = book.add_worksheet(name)
            sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 13}))
            sheet.write_row(2, 0, list(headers), head)
            for place, row in enumerate(rows, start=3):
                for column, value in enumerate(row):
                    _write(sheet, place, column, value, wrapped)
            sheet.freeze_panes(3, 1)
            sheet.set_column(0, 0, 44)
            sheet.set_column(1, max(len(headers) - 1, 1), 20)
    return buffer.getvalue()


def _sheets(
    report: ShownReport, about: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, str, Sequence[str], list[Sequence[Any]]]]:
    """Yield name, title, headings and rows of each sheet; names are short and unlike each other."""
    yield _("Report"), report.title, (_("What"), _("Value")), list(about)
    number = 0
    for section in report.sections:
        for block in section.blocks:
            if block.kind == "table":
                number += 1
                name = re.sub(r"[\[\]:*?/\\']", " ", f"{section.number}.{number} {section.heading}")[:LONGEST_NAME]
                headers = [label for label, _numeric in block.columns]
                yield name.strip(), block.title, headers, [[_value(cell) for cell in row] for row in block.rows]
    headers = [_("Ref."), _("What"), _("Figure"), _("Value"), _("Unit"), _("Numerator"), _("Denominator"),
               _("How it was made"), _("Of what"), _("When"), _("Definition"), _("Source")]  # fmt: skip
    rows: list[Sequence[Any]] = [
        (
            figure.number,
            figure.label.text,
            figure.value,
            figure.amount,
            figure.unit,
            figure.numerator,
            figure.denominator,
            figure.made,
            figure.place.text,
            figure.period,
            figure.definition,
            figure.source,
        )
        for figure in report.figures
    ]
    yield _("Figures and sources"), _("Figures and sources"), headers, rows


def _value(cell: Cell) -> Any:
    if cell.value is not None:
        return cell.value
    return "".join(span.text for span in cell.spans)


def _write(sheet: Any, row: int, column: int, value: Any, wrapped: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value, wrapped)
    else:
        sheet.write_number(row, column, value)
