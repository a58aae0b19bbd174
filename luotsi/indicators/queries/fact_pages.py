"""The tables that rooms offer, as a page: what one row is and what each column means."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from luotsi.indicators.queries.definitions import kind_words
from luotsi.indicators.queries.offered import is_row_by_row, tables_offered


@dataclass(frozen=True)
class ColumnWords:
    """One column in the data dictionary."""

    name: str
    kind: str
    about: str


@dataclass(frozen=True)
class TableWords:
    """One table; `open` tells whether its rows leave as they are; others leave as protected counts."""

    key: str
    title: str
    about: str
    columns: tuple[ColumnWords, ...]
    open: bool


def tables_told() -> list[TableWords]:
    """Return every table that a room offers, with its data dictionary."""
    return [
        TableWords(
            key=table.key,
            title=_(table.title),
            about=_(table.about),
            columns=tuple(ColumnWords(one.name, kind_words(one.kind), _(one.about)) for one in table.columns),
            open=is_row_by_row(table),
        )
        for table in tables_offered().values()
    ]
