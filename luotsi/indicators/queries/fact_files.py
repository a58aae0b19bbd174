"""Tables as files for other programs: CSV, JSON, Parquet, and a workbook with its data dictionary."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from luotsi.ui.exports import XLSX, guarded

if TYPE_CHECKING:
    from luotsi.indicators.queries.fact_export import Column, Export

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": XLSX,
}
# A sheet of a workbook ends there.
MOST_IN_A_WORKBOOK = 1_000_000


def file_of(export: Export, kind: str) -> bytes:
    """Return a table as a file.

    CSV is as RFC 4180 has it, in UTF-8, with points in numbers and days as 2026-11-23.

    Raises:
        KeyError: there is no such kind of file.
    """
    makers = {"csv": _csv, "json": _json, "parquet": _parquet, "xlsx": _xlsx}
    return makers[kind](export.columns, export.rows, export.table.key)


def _csv(columns: Sequence[Column], rows: Sequence[Sequence[Any]], key: str) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([[_plain(value) for value in row] for row in rows])
    return buffer.getvalue().encode()


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case Decimal():
            return format(value.normalize() if value else Decimal(0), "f")
        case str():
            return guarded(value)
    return str(value)


def _json(columns: Sequence[Column], rows: Sequence[Sequence[Any]], key: str) -> bytes:
    names = [column.name for column in columns]
    told = [dict(zip(names, map(_value, row), strict=True)) for row in rows]
    about = [{"name": column.name, "kind": column.kind, "about": column.about} for column in columns]
    return json.dumps({"table": key, "columns": about, "rows": told}, ensure_ascii=False).encode()


def _value(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
    return value


def _parquet(columns: Sequence[Column], rows: Sequence[Sequence[Any]], key: str) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {
        "valid_from": pa.date32(),
        "valid_to": pa.date32(),
        "day": pa.date32(),
        "date": pa.date32(),
        "flag": pa.bool_(),
        "number": pa.decimal128(18, 4),
    }
    fields = [
        pa.field(column.name, kinds.get(column.kind, pa.string()), metadata={"about": column.about})
        for column in columns
    ]
    values: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    arrays = [pa.array(_cast(list(own), field.type), field.type) for own, field in zip(values, fields, strict=True)]
    buffer = io.BytesIO()
    pq.write_table(pa.table(arrays, schema=pa.schema(fields)), buffer, compression="zstd")
    return buffer.getvalue()


def _cast(values: list[Any], kind: Any) -> list[Any]:
    """Return numbers with the four decimals of their column; others as they are."""
    if str(kind).startswith("decimal"):
        return [None if value is None else Decimal(value).quantize(Decimal("0.0001")) for value in values]
    return values


def _xlsx(columns: Sequence[Column], rows: Sequence[Sequence[Any]], key: str) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        head, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "d.m.yyyy"})
        sheet = book.add_worksheet(key[:31])
        sheet.write_row(0, 0, [column.name for column in columns], head)
        for line, row in enumerate(rows[:MOST_IN_A_WORKBOOK], start=1):
            for place, value in enumerate(row):
                match value:
                    case None:
                        continue
                    case date():
                        sheet.write_datetime(line, place, value, day)
                    case bool():
                        sheet.write_boolean(line, place, value)
                    case int() | float() | Decimal():
                        sheet.write_number(line, place, value)
                    case _:
                        sheet.write_string(line, place, str(value))
        sheet.freeze_panes(1, 0)
        about = book.add_worksheet("dictionary")
        about.write_row(0, 0, ["column", "kind", "about"], head)
        for line, column in enumerate(columns, start=1):
            about.write_row(line, 0, [column.name, column.kind, column.about])
        about.autofit()
    return buffer.getvalue()
