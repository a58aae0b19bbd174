"""Reads the rows of a ledger export: entries, and for each row that cannot be read the reason and its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.ledger_reading.cells import Bad, amount_in, day_in, mark_of
from luotsi.funding.rules.ledger_reading.columns import Column, Columns, columns_of
from luotsi.funding.rules.spending.entries import EURO, NOTHING, Entry

MOST_FAULTS = 5_000
LONGEST_TEXT = 500
LONGEST_KEY = 60
_TOTALS = ("yhteensä", "summa yhteensä", "totalt", "summa totalt", "total", "loppusaldo", "alkusaldo", "saldo")
_CURRENCIES = {"": EURO, "€": EURO, "EURO": EURO, "EUROA": EURO, "EUR": EURO}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a person has said of a ledger.

    Args:
        classes: cost classes by the beginning of the account's number; the longest beginning that fits counts.
        columns: headings that say what column is which, before those known: {"Saaja": Column.TEXT}.
        named: cost classes by what the ledger calls them, in small letters.
        is_turned: whether costs are below zero in this ledger.
        hide: makes of a person's name what is kept of it; None keeps it as it is.
        first_row: the number of the first row after the header, as a spreadsheet shows it.
    """

    classes: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    is_turned: bool = False
    hide: Callable[[str], str] | None = None
    first_row: int = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """What is wrong with a row.

    Args:
        row: as a spreadsheet shows it.
        code: `no_day`, `bad_day`, `no_amount`, `bad_amount`, `ambiguous_amount`, `amount_cents`, `amount_too_large`,
            `bad_currency` and `bad_vat` when the row could not be taken; `no_voucher`, `no_class`, `repeated` (other:
            the first of its like) when it is only told; `total_row`, which is not taken.
        value: the cell, shortened.
        is_taken: whether the row became an entry all the same.
    """

    row: int
    code: str
    value: str = ""
    other: int | None = None
    is_taken: bool = False


@dataclass(frozen=True, kw_only=True)
class LedgerReading:
    """What was read.

    Args:
        columns: which column is which; when it cannot be read, nothing else was.
        entries: in the order of the rows.
        faults: at most 5,000, in the order of the rows; `by_code` counts all of them.
        corrections: rows below zero, with the row they take back; None when that is not in the file.
        rows: how many rows there were that hold something.
        total: the sum of entries in euros.
    """

    columns: Columns
    entries: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()
    by_code: Mapping[str, int] = field(default_factory=dict)
    corrections: tuple[tuple[int, int | None], ...] = ()
    rows: int = 0
    total: Decimal = NOTHING
    reasons: tuple[Because, ...] = ()


def read_rows(header: Sequence[str], rows: Iterable[Sequence[str]], settings: Settings | None = None) -> LedgerReading:
    """Return the entries of a ledger and the faults of its rows.

    Nothing is dropped without a word: each row that holds something is an entry or has a fault, or both.

    Args:
        header: the headings.
        rows: cells as text, row by row; short rows are filled with empty cells.
        settings: what a person has said of this ledger.
    """
    said = settings or Settings()
    columns = _columns(header, said)
    if not columns.can_be_read:
        return LedgerReading(columns=columns, reasons=columns.reasons)
    listed = [(number, row) for number, row in enumerate(rows, said.first_row) if any(cell.strip() for cell in row)]
    reader = _Reader(columns.places, said, [row for _number, row in listed])
    entries = [entry for number, row in listed if (entry := reader.read(number, row)) is not None]
    reader.tell_repeated(entries)
    reasons = (*columns.reasons, *([because("mixed_marks")] if reader.is_mixed else []))
    return LedgerReading(
        columns=columns,
        entries=tuple(entries),
        faults=tuple(sorted(reader.faults, key=lambda one: one.row)),
        by_code=reader.by_code,
        corrections=_corrections(entries),
        rows=len(listed),
        total=sum((one.amount for one in entries if one.currency == EURO), NOTHING),
        reasons=reasons,
    )


def _columns(header: Sequence[str], said: Settings) -> Columns:
    found = columns_of(["" if heading in said.columns else heading for heading in header])
    told = {said.columns[heading]: place for place, heading in enumerate(header) if heading in said.columns}
    places = {kind: place for kind, place in found.places.items() if kind not in told} | told
    solved = {f"no_{kind}_column" for kind in told}
    whole = Columns(places=places)
    reasons = [
        one
        for one in found.reasons
        if one.code not in solved and not (one.code == "no_amount_column" and whole.can_be_read)
    ]
    return Columns(places=places, reasons=tuple(reasons))


class _Reader:
    """Reads rows of one ledger. Days and sums come again and again, so each is read once."""

    def __init__(self, places: Mapping[Column, int], said: Settings, rows: Sequence[Sequence[str]]) -> None:
        self._places, self._said = places, said
        money = [places[one] for one in (Column.AMOUNT, Column.DEBIT, Column.CREDIT) if one in places]
        self._mark, self.is_mixed = mark_of(row[place] for row in rows for place in money if place < len(row))
        self._amounts: dict[str, Decimal | Bad] = {}
        self._days: dict[str, date | Bad] = {}
        self._classes: dict[str, str] = {}
        self._persons: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.by_code: dict[str, int] = {}

    def read(self, number: int, row: Sequence[str]) -> Entry | None:
        """Return the entry of a row; None when it has none, and then there is a fault."""
        width = len(row)
        cells = {kind: row[place] for kind, place in self._places.items() if place < width}
        cell = cells.get
        amount, day = self._sum(cells), self._day(cell(Column.DAY, ""))
        if day is Bad.EMPTY and any(one.strip().lower().rstrip(": ") in _TOTALS for one in row):
            return self._refuse(number, "total_row", self._money(cells))
        if isinstance(day, Bad):
            return self._refuse(number, "no_day" if day == Bad.EMPTY else "bad_day", cell(Column.DAY, ""))
        if isinstance(amount, Bad):
            return self._refuse(number, _AMOUNT_CODES[amount], self._money(cells))
        currency = cell(Column.CURRENCY, "").strip().upper()
        currency = _CURRENCIES.get(currency, currency)
        if len(currency) != 3 or not currency.isalpha():
            return self._refuse(number, "bad_currency", currency)
        vat = self._amount(cell(Column.VAT, ""))
        if isinstance(vat, Bad) and vat != Bad.EMPTY:
            return self._refuse(number, "bad_vat", cell(Column.VAT, ""))
        account, voucher = _key(cell(Column.ACCOUNT, "")), _key(cell(Column.VOUCHER, ""))
        told = _key(cell(Column.COST_CLASS, ""))
        cost_class = self._said.named.get(told.casefold(), told) if told else self._class(account)
        self._tell_gaps(number, voucher, cost_class)
        return Entry(
            row=number,
            voucher=voucher,
            booked_on=day,
            amount=NOTHING - amount if self._said.is_turned else amount,
            cost_class=cost_class,
            account=account,
            cost_centre=_key(cell(Column.COST_CENTRE, "")),
            project=_key(cell(Column.PROJECT, "")),
            person=self._person(cell(Column.PERSON, "")),
            device=_key(cell(Column.DEVICE, "")),
            currency=currency,
            vat=None if isinstance(vat, Bad) else NOTHING - vat if self._said.is_turned else vat,
            text=" ".join(cell(Column.TEXT, "")[:LONGEST_TEXT].split()),
        )

    def _refuse(self, number: int, code: str, value: str) -> Entry | None:
        self._fault(number, code, value)
        return None

    def tell_repeated(self, entries: Iterable[Entry]) -> None:
        """Tell of rows that repeat an earlier one with voucher, day, account, sum and words; all are kept."""
        first: dict[tuple[object, ...], int] = {}
        for one in entries:
            if not one.voucher:
                continue
            key = (
                one.voucher,
                one.booked_on,
                one.account,
                one.amount,
                one.text,
                one.person,
                one.device,
                one.cost_class,
            )
            if key in first:
                self._fault(one.row, "repeated", one.voucher, other=first[key], is_taken=True)
            else:
                first[key] = one.row

    def _tell_gaps(self, number: int, voucher: str, cost_class: str) -> None:
        if not voucher and Column.VOUCHER in self._places:
            self._fault(number, "no_voucher", is_taken=True)
        if not cost_class and (self._said.classes or Column.COST_CLASS in self._places):
            self._fault(number, "no_class", is_taken=True)

    def _fault(
        self, row: int, code: str, value: str = "", *, other: int | None = None, is_taken: bool = False
    ) -> None:
        self.by_code[code] = self.by_code.get(code, 0) + 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(row=row, code=code, value=value[:LONGEST_KEY], other=other, is_taken=is_taken))

    def _sum(self, cells: Mapping[Column, str]) -> Decimal | Bad:
        """Return the sum of a row: of its own column, or debit less credit."""
        if Column.AMOUNT in self._places:
            return self._amount(cells.get(Column.AMOUNT, ""))
        sides = [self._amount(cells.get(Column.DEBIT, "")), self._amount(cells.get(Column.CREDIT, ""))]
        bad = [one for one in sides if isinstance(one, Bad) and one != Bad.EMPTY]
        if bad or sides == [Bad.EMPTY, Bad.EMPTY]:
            return bad[0] if bad else Bad.EMPTY
        debit, credit = (NOTHING if isinstance(one, Bad) else one for one in sides)
        return debit - credit

    @staticmethod
    def _money(cells: Mapping[Column, str]) -> str:
        sides = f"{cells.get(Column.DEBIT, '')} {cells.get(Column.CREDIT, '')}"
        return cells.get(Column.AMOUNT, "") or sides.strip()

    def _amount(self, cell: str) -> Decimal | Bad:
        if cell not in self._amounts:
            self._amounts[cell] = amount_in(cell, self._mark)
        return self._amounts[cell]

    def _day(self, cell: str) -> date | Bad:
        if cell not in self._days:
            self._days[cell] = day_in(cell)
        return self._days[cell]

    def _person(self, cell: str) -> str:
        if cell not in self._persons:
            key, hide = _key(cell), self._said.hide
            self._persons[cell] = hide(key) if hide and key else key
        return self._persons[cell]

    def _class(self, account: str) -> str:
        if account not in self._classes:
            fits = [start for start in self._said.classes if account.startswith(start)] if account else []
            self._classes[account] = self._said.classes[max(fits, key=len)] if fits else ""
        return self._classes[account]


_AMOUNT_CODES = {
    Bad.EMPTY: "no_amount",
    Bad.UNREADABLE: "bad_amount",
    Bad.AMBIGUOUS: "ambiguous_amount",
    Bad.CENTS: "amount_cents",
    Bad.TOO_LARGE: "amount_too_large",
}


def _key(cell: str) -> str:
    """Return a cell as a key: without blanks around it, whole numbers without the decimals a workbook adds."""
    if not cell:
        return ""
    bare = cell.strip()[:LONGEST_KEY]
    return bare[:-2] if bare.endswith(".0") and bare[:-2].isdigit() else bare


def _corrections(entries: Iterable[Entry]) -> tuple[tuple[int, int | None], ...]:
    """Return rows below zero with the row they take back: the latest open one of the same account and sum.

    One of the same voucher goes first; then any, for corrections that are booked with a voucher of their own.
    """
    open_by_voucher: dict[tuple[str, str, Decimal], list[int]] = {}
    open_by_account: dict[tuple[str, Decimal], list[int]] = {}
    taken: set[int] = set()
    listed = list(entries)
    for one in listed:
        if one.amount > 0:
            open_by_voucher.setdefault((one.voucher, one.account, one.amount), []).append(one.row)
            open_by_account.setdefault((one.account, one.amount), []).append(one.row)
    found: list[tuple[int, int | None]] = []
    for one in listed:
        if one.amount < 0:
            same = open_by_voucher.get((one.voucher, one.account, -one.amount), [])
            row = _last_open(same, taken) or _last_open(open_by_account.get((one.account, -one.amount), []), taken)
            found.append((one.row, row))
            if row is not None:
                taken.add(row)
    return tuple(found)


def _last_open(rows: list[int], taken: set[int]) -> int | None:
    while rows and rows[-1] in taken:
        rows.pop()
    return rows[-1] if rows else None
