"""Files to keep: CSV and XLSX of a table, safe to open in a spreadsheet program, and whatever a room has made."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(value: str) -> str:
    """Return words that a spreadsheet program will not take for a formula (OWASP: CSV injection)."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def csv_response(filename: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return a CSV file as Excel opens it in Finland: UTF-8 with a mark, semicolons, decimal commas."""
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(header) for header in headers])
    writer.writerows([[_plain(value) for value in row] for row in rows])
    return attached(buffer.getvalue().encode(), "text/csv; charset=utf-8", f"{filename}.csv")


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case datetime():
            return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
        case date():
            return value.isoformat()
        case Decimal() | float():
            return str(value).replace(".", ",")
        case int():
            return str(value)
        case _:
            return guarded(str(value))


def xlsx_response(filename: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return an XLSX file with typed numbers, dates and moments, a frozen heading and a filter on it."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "day": book.add_format({"num_format": "d.m.yyyy"}),
            "moment": book.add_format({"num_format": "d.m.yyyy hh:mm"}),
        }
        sheet = book.add_worksheet(filename[:31])
        sheet.write_row(0, 0, list(headers), formats["head"])
        count = 0
        for count, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, count, column, value, formats)
        sheet.freeze_panes(1, 0)
        if headers:
            sheet.autofilter(0, 0, count, len(headers) - 1)
            sheet.autofit()
    return attached(buffer.getvalue(), XLSX, f"{filename}.xlsx")


def _write(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    match value:
        case None:
            return
        case datetime():
            sheet.write_datetime(row, column, timezone.localtime(value).replace(tzinfo=None), formats["moment"])
        case date():
            sheet.write_datetime(row, column, value, formats["day"])
        case bool() | int() | float() | Decimal():
            sheet.write_number(row, column, value)
        case _:
            sheet.write_string(row, column, str(value))


def attached(data: bytes | str, kind: str, filename: str) -> HttpResponse:
    """Return a file to keep, of a media type; nothing between the server and the reader stores it."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    return response
