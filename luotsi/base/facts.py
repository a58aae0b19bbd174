"""The form in which a room offers facts: tidy tables with a declared schema; free of Django, so that rules can use it.

A row is one thing that can be counted. It belongs to a unit and lives in time: from a day to a day (a role, a device)
or on one day (a milestone that was reached, a training). No figure in it is summed up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID


class ColumnKind(StrEnum):
    """What a column holds; RECORD and UNIT stand once in every table."""

    RECORD = "record"
    UNIT = "unit"
    PERSON = "person"
    FROM = "valid_from"
    TO = "valid_to"
    DAY = "day"
    DIMENSION = "dimension"
    FLAG = "flag"
    NUMBER = "number"


@dataclass(frozen=True)
class FactColumn:
    """One column: its name in files and definitions, its kind, and what it means (marked for translation)."""

    name: str
    kind: ColumnKind
    about: str


@dataclass(frozen=True)
class FactTable:
    """A table that a room offers.

    Args:
        key: its name in definitions, files and addresses; never changes.
        title: what it is called (marked for translation).
        about: what one row is (marked for translation).
        columns: in the order of `rows`.
        rows: yields every row, values in the order of the columns: UUID for records, units and persons, date, str,
            bool, Decimal or None. Ended things are in it too: time is asked by whoever counts.
        written_by: labels of the models ("people.roleassignment") whose audit rows tell that the table has changed.
        policy: name of the loosest policy of disclosure under which figures of it may leave ("open", "threshold" …).
        record_url: the page of a record for a reader, by its key; empty where there is none.
        persons_seen: returns the persons of the table whom a visitor may see at a unit and below it, by their keys in
            hex, with their pages; without it they are those of the list of people. Only their records are shown.
    """

    key: str
    title: str
    about: str
    columns: tuple[FactColumn, ...]
    rows: Callable[[], Iterable[tuple[object, ...]]]
    written_by: tuple[str, ...]
    policy: str = "threshold"
    record_url: Callable[[UUID], str] | None = None
    persons_seen: Callable[[Any, Any], Mapping[str, str]] | None = None

    def column_of(self, kind: ColumnKind) -> str:
        """Return the name of the first column of a kind, empty when there is none."""
        return next((column.name for column in self.columns if column.kind == kind), "")
