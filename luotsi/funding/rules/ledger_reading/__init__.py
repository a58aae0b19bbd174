"""Reading the rows of a ledger export into entries, with every fault at its row."""

from luotsi.funding.rules.ledger_reading.columns import Column, Columns, columns_of
from luotsi.funding.rules.ledger_reading.reading import Fault, LedgerReading, Settings, read_rows

__all__ = ["Column", "Columns", "Fault", "LedgerReading", "Settings", "columns_of", "read_rows"]
