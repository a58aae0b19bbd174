"""Reading a ledger export: its rows as entries without names of persons, its faults with row and column.

What can become entries is packed for the time between the dry run and the import; the file itself is not kept.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.crypto import salted_hmac

from luotsi.base import sheets
from luotsi.funding.queries.cost_classes import by_any_name
from luotsi.funding.rules.ledger_reading import Column, LedgerReading, Settings, fingerprints, known_heading, read_rows

if TYPE_CHECKING:
    from luotsi.base.uploads import Upload
    from luotsi.funding.models import Application, LedgerImport
    from luotsi.funding.rules.because import Because
    from luotsi.funding.rules.spending import Entry

MOST_ROWS = 200_000
MOST_PAIRS = 5_000
OF_CODE = {
    "no_day": Column.DAY,
    "bad_day": Column.DAY,
    "no_amount": Column.AMOUNT,
    "bad_amount": Column.AMOUNT,
    "ambiguous_amount": Column.AMOUNT,
    "amount_cents": Column.AMOUNT,
    "amount_too_large": Column.AMOUNT,
    "total_row": Column.AMOUNT,
    "bad_currency": Column.CURRENCY,
    "bad_vat": Column.VAT,
    "no_voucher": Column.VOUCHER,
    "repeated": Column.VOUCHER,
    "no_class": Column.ACCOUNT,
}


class Row(NamedTuple):
    """A row that can become an entry, as it waits in an import; day and sums are text."""

    fingerprint: str
    row: int
    voucher: str
    booked_on: str
    amount: str
    cost_class: str
    account: str
    cost_centre: str
    project: str
    person: str
    device: str
    currency: str
    vat: str | None
    text: str


@dataclass(frozen=True)
class Planned:
    """What an import would do now: rows that are new, and how many are there already.

    `gone` are entries of the days of the file that are in Luotsi and not in the file: their number and sum.
    """

    new: tuple[Row, ...]
    same: int
    gone: int
    gone_sum: Decimal


def read_ledger(upload: Upload, application: Application, settings: Mapping[str, Any]) -> tuple[LedgerReading, str]:
    """Return what stands in a ledger export, and the name of its sheet. Raises SheetRefused."""
    plain = sheets.read_plain(upload, knows=known_heading, most_rows=MOST_ROWS)
    said = Settings(
        classes=settings.get("classes", {}),
        named=by_any_name(application.call),
        is_turned=bool(settings.get("is_turned")),
        hide=person_token,
        first_row=plain.first_row,
    )
    return read_rows(plain.header, plain.rows, said), plain.sheet


def person_token(name: str) -> str:
    """Return what a person is called in the ledger of Luotsi: the same for the same one, and nobody's name."""
    plain = " ".join(name.casefold().split())
    return "H-" + salted_hmac("funding.ledger.person", plain, algorithm="sha256").hexdigest()[:10]


def told_of(reading: LedgerReading, sheet: str) -> dict[str, Any]:
    """Return what a dry run found, as JSON: all but the entries."""
    places = reading.columns.places
    width = {kind: sheets.column_name(place) for kind, place in places.items()}
    if Column.AMOUNT not in width and Column.DEBIT in width:
        width[Column.AMOUNT] = width[Column.DEBIT]
    return {
        "sheet": sheet,
        "rows": reading.rows,
        "refused": reading.rows - len(reading.entries),
        "total": str(reading.total),
        "by_code": dict(reading.by_code),
        "faults": [
            [one.row, width.get(OF_CODE.get(one.code, Column.TEXT), ""), one.code, one.value, one.other, one.is_taken]
            for one in reading.faults
        ],
        "corrections": [list(pair) for pair in reading.corrections[:MOST_PAIRS]],
        "corrected": len(reading.corrections),
        "reasons": [_plain(one) for one in reading.reasons],
        "columns": {str(kind): sheets.column_name(place) for kind, place in places.items()},
    }


def _plain(reason: Because) -> list[Any]:
    return [reason.code, reason.about, {name: str(value) for name, value in reason.params.items()}]


def packed(entries: Sequence[Entry]) -> bytes:
    """Return entries as few bytes."""
    rows = [
        (
            mark, one.row, one.voucher, one.booked_on.isoformat() if one.booked_on else "", str(one.amount),
            one.cost_class, one.account, one.cost_centre, one.project, one.person, one.device, one.currency,
            None if one.vat is None else str(one.vat), one.text,
        )
        for mark, one in zip(fingerprints(entries), entries, strict=True)
    ]  # fmt: skip
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpacked(data: bytes) -> list[Row]:
    """Return the rows that `packed` made bytes of."""
    return [Row._make(row) for row in json.loads(zlib.decompress(data))] if data else []


def planned(found: LedgerImport) -> Planned:
    """Return what an import would do now. One query."""
    rows = unpacked(bytes(found.data))
    there = _there(found.application, rows)
    new = tuple(row for row in rows if row.fingerprint not in there)
    missing = there.keys() - {row.fingerprint for row in rows} if there else set()
    return Planned(
        new=new,
        same=len(rows) - len(new),
        gone=len(missing),
        gone_sum=sum((there[mark] for mark in missing), Decimal("0.00")),
    )


def _there(application: Application, rows: Sequence[Row]) -> dict[str, Decimal]:
    """Return the fingerprints and sums of entries that are kept of the days of the file."""
    if not rows:
        return {}
    days = {row.booked_on for row in rows}
    kept = application.ledger_entries.filter(booked_on__range=(min(days), max(days)))
    return dict(kept.order_by().values_list("fingerprint", "amount"))
