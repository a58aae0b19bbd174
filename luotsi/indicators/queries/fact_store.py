"""The fact store: the tables of all rooms as Parquet files, written anew as soon as what they tell of has changed.

Whether it has, the audit log says: every write of every room adds a row there, and each table names the records whose
rows concern it. A file remembers the last row it has seen by number and hash, so that neither another database nor one
that was set back is taken for the same. There is no nightly job: whoever reads first after a change writes the file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q

from luotsi.base import audit, clock, ids
from luotsi.base.facts import ColumnKind, FactTable
from luotsi.base.models import AuditEntry
from luotsi.indicators.queries.offered import tables_offered

if TYPE_CHECKING:
    import pyarrow as pa

SHAPE = 2  # of the files; counts up when they are written otherwise
BATCH = 20_000
KEPT_SECONDS = 3600
# Columns that the engine knows by the name of their kind; others keep their own.
NAMED_BY_KIND = frozenset({ColumnKind.RECORD, ColumnKind.UNIT, ColumnKind.FROM, ColumnKind.TO, ColumnKind.DAY})


@dataclass(frozen=True)
class Stamp:
    """The last row of the audit log that something has seen."""

    seq: int = 0
    hash: str = ""

    @property
    def text(self) -> str:
        """The stamp in one word."""
        return f"{self.seq}-{self.hash}"


@dataclass(frozen=True)
class Stored:
    """A table in the store: where it lies, how many rows it has, what it was made of, and up to where it is known."""

    table: FactTable
    path: Path
    rows: int
    stamp: Stamp
    seen: Stamp


def folder() -> Path:
    """Return where the files lie."""
    return Path(settings.DATA) / "facts"


def log_now() -> Stamp:
    """Return the head of the audit log; one query."""
    return Stamp(*audit.head())


def stored(key: str, now: Stamp | None = None) -> Stored:
    """Return a table of the store, written anew if it has changed.

    One query for the head of the log (none where `now` is given), and one more where the log has grown. A stamp that
    comes back is the same as before as long as the table is.

    Raises:
        KeyError: no room offers such a table.
    """
    table = tables_offered()[key]
    head = now or log_now()
    kept = _kept(table)
    if kept is not None and head.seq and kept.seen == head:
        return kept
    if kept is not None and head.seq and _unchanged_since(kept.seen, table):
        _tell(table, replace(kept, seen=head))
        return kept
    return _written(table, head)


def _kept(table: FactTable) -> Stored | None:
    """Return the table as it lies there; None where there is no file of this form."""
    try:
        told = json.loads(_about(table).read_text("utf-8"))
        path = folder() / told["file"]
        if told["form"] != _form(table) or not path.exists():
            return None
        return Stored(table, path, told["rows"], Stamp(*told["stamp"]), Stamp(*told["seen"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _about(table: FactTable) -> Path:
    return folder() / f"{table.key}.json"


def _unchanged_since(stamp: Stamp, table: FactTable) -> bool:
    """Return True when the log still holds the row of the stamp, and none after it is about the table."""
    concerned = Q(seq__gt=stamp.seq, target_type__in=table.written_by)
    rows = AuditEntry.objects.filter(concerned | Q(seq=stamp.seq)).order_by("seq").values_list("seq", "hash")[:2]
    return [tuple(row) for row in rows] == [(stamp.seq, stamp.hash)]


def _form(table: FactTable) -> str:
    columns = [(column.name, str(column.kind)) for column in table.columns]
    return hashlib.sha256(json.dumps([SHAPE, table.key, columns, list(table.written_by)]).encode()).hexdigest()


def _written(table: FactTable, head: Stamp) -> Stored:
    """Write the table into a file of its own, then say that this one holds; readers of the old file go on with it."""
    import pyarrow.parquet as pq

    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    schema, count = schema_of(table), 0
    path = folder() / f"{table.key}-{ids.new_id().hex}.parquet"
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(table, schema):
            writer.write_table(batch)
            count += len(batch)
    found = Stored(table, path, count, head, head)
    _tell(table, found)
    _sweep(table, path)
    return found


def _tell(table: FactTable, found: Stored) -> None:
    """Say which file holds, and up to which row of the log that is known: whoever asks next need not look again."""
    told = {
        "form": _form(table),
        "file": found.path.name,
        "rows": found.rows,
        "stamp": [found.stamp.seq, found.stamp.hash],
        "seen": [found.seen.seq, found.seen.hash],
    }
    fresh = folder() / f"{table.key}-{ids.new_id().hex}.json"
    fresh.write_text(json.dumps(told), "utf-8")
    fresh.replace(_about(table))


def _sweep(table: FactTable, present: Path) -> None:
    """Remove files of a table that nobody reads any more: an hour is longer than any reading."""
    limit = clock.now().timestamp() - KEPT_SECONDS
    for old in folder().glob(f"{table.key}-*"):
        if old != present and old.stat().st_mtime < limit:
            old.unlink(missing_ok=True)


def schema_of(table: FactTable) -> pa.Schema:
    """Return the columns of a table as they are stored: keys as text of 32 hex digits, numbers as DECIMAL(18, 4)."""
    import pyarrow as pa

    kinds = {
        ColumnKind.FROM: pa.date32(),
        ColumnKind.TO: pa.date32(),
        ColumnKind.DAY: pa.date32(),
        ColumnKind.FLAG: pa.bool_(),
        ColumnKind.NUMBER: pa.decimal128(18, 4),
    }
    return pa.schema([(column.name, kinds.get(column.kind, pa.string())) for column in table.columns])


def _batches(table: FactTable, schema: pa.Schema) -> Any:
    import pyarrow as pa

    keys = {ColumnKind.RECORD, ColumnKind.UNIT, ColumnKind.PERSON}
    as_text = [place for place, column in enumerate(table.columns) if column.kind in keys]
    rows: list[list[object]] = []

    def batch() -> pa.Table:
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
        return pa.table(
            [pa.array(list(values), field.type) for values, field in zip(columns, schema, strict=True)], schema=schema
        )

    for row in table.rows():
        values = list(row)
        for place in as_text:
            values[place] = getattr(values[place], "hex", values[place])
        rows.append(values)
        if len(rows) >= BATCH:
            yield batch()
            rows = []
    yield batch()
