"""Proves the audit log: walks the whole chain and names the first row that was altered, removed or moved.

Heads that were proved once are noted in DATA/audit-heads.log, outside the database, so that a cut tail is
found even when the head row was altered to fit. Copies of that file kept elsewhere make the proof as strong
as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from luotsi.base import audit, clock
from luotsi.base.models import AuditEntry, AuditHead

_FIELDS = (*audit.CONTENT, "prev_hash", "hash")
_CHUNK = 2000


@dataclass(frozen=True)
class Verdict:
    """What the proof found: rows that hold, the last of them, and the first bad sequence number if any."""

    rows: int
    seq: int
    hash: str
    broken_at: int | None = None
    why: str = ""

    @property
    def sound(self) -> bool:
        """True when every row, the head and every head noted earlier fit together."""
        return self.broken_at is None

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict for JSON."""
        return {"sound": self.sound, **asdict(self)}


class _Broken(Exception):
    """The walk has come to a row that does not hold."""

    def __init__(self, seq: int, why: str) -> None:
        super().__init__(why)
        self.seq = seq
        self.why = why


class _Walk:
    """Follows the chain row by row; memory stays the same however long the log is."""

    def __init__(self, noted: Mapping[int, str]) -> None:
        self.noted = noted
        self.seq = 0
        self.hash = ""

    def over(self) -> None:
        """Walk from where the last walk ended to the end of the log."""
        for row in self._rows():
            self._step(row)
            self.seq, self.hash = row["seq"], row["hash"]

    def _rows(self) -> Iterator[dict[str, Any]]:
        rows = AuditEntry.objects.filter(seq__gt=self.seq).order_by("seq").values_list(*_FIELDS)
        try:
            for row in rows.iterator(chunk_size=_CHUNK):
                yield dict(zip(_FIELDS, row, strict=True))
        except (ValueError, TypeError, OverflowError) as error:
            raise _Broken(self.seq + 1, f"The row cannot be read: {error}") from None

    def _step(self, row: dict[str, Any]) -> None:
        seq, prev_hash, kept = row["seq"], row.pop("prev_hash"), row["hash"]
        content = {name: row[name] for name in audit.CONTENT}
        if seq != self.seq + 1:
            raise _Broken(self.seq + 1, "The row is missing.")
        if audit.link(prev_hash, content) != kept:
            raise _Broken(seq, "The content of the row does not fit its hash.")
        if prev_hash != self.hash:
            raise _Broken(max(self.seq, 1), "The next row was chained to another row than this.")
        if self.noted.get(seq, kept) != kept:
            raise _Broken(seq, "The hash differs from the one noted when the log was proved earlier.")


def verify(noted: Mapping[int, str] | None = None) -> Verdict:
    """Walk the whole log and return the verdict; `noted` are hashes by sequence number, known from elsewhere.

    Rows written meanwhile are fine: the last stretch is walked while the head is locked.
    """
    walk = _Walk(noted or {})
    try:
        walk.over()
        with transaction.atomic():
            head = AuditHead.objects.select_for_update().first() or AuditHead(seq=0, hash="")
            walk.over()
        _compare(walk, head)
    except _Broken as broken:
        return Verdict(walk.seq, walk.seq, walk.hash, broken.seq, broken.why)
    return Verdict(walk.seq, walk.seq, walk.hash)


def _compare(walk: _Walk, head: AuditHead) -> None:
    known = max(walk.noted, default=0)
    if walk.seq < max(head.seq, known):
        raise _Broken(walk.seq + 1, f"The log has been cut off: it went on to row {max(head.seq, known)}.")
    if head.seq < walk.seq:
        raise _Broken(head.seq + 1, f"The head says that the log ends at row {head.seq}.")
    if head.hash != walk.hash:
        raise _Broken(walk.seq, "The head has another hash than the last row.")


def heads_file() -> Path:
    """Return the file of proved heads: one line each with moment, sequence number and hash."""
    return Path(settings.DATA) / "audit-heads.log"


def noted_heads(file: Path) -> dict[int, str]:
    """Return the hashes noted in a file, by sequence number. Raises ValueError for a line of another form."""
    if not file.exists():
        return {}
    found = {}
    for line in file.read_text(encoding="ascii").splitlines():
        _moment, seq, kept = line.split()
        found[int(seq)] = kept
    return found


def note_head(file: Path, verdict: Verdict) -> None:
    """Add the head of a sound log to the file, once per head."""
    if verdict.sound and verdict.seq and verdict.seq not in noted_heads(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="ascii") as notes:
            notes.write(f"{clock.now().isoformat(timespec='seconds')} {verdict.seq} {verdict.hash}\n")
