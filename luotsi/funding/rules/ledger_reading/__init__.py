"""Reading the rows of a ledger export into entries, with every fault at its row."""

from luotsi.funding.rules.ledger_reading.columns import Column, Columns, columns_of, known_heading
from luotsi.funding.rules.ledger_reading.fingerprints import fingerprints
from luotsi.funding.rules.ledger_reading.reading import Fault, LedgerReading, Settings, read_rows

__all__ = [
    "Column",
    "Columns",
    "Fault",
    "LedgerReading",
    "Settings",
    "columns_of",
    "fingerprints",
    "known_heading",
    "read_rows",
]
