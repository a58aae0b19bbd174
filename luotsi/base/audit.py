"""The audit log: every write of every room adds one row here, in its own transaction, chained by hashes.

Each row's hash is SHA-256 over the hash of the row before and a canonical JSON of its own content, so a row
that was altered, removed or moved is found by `luotsi audit verify` (see `luotsi.base.chain`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.functional import Promise

from luotsi.base import clock, requests
from luotsi.base.models import AuditEntry, AuditHead

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Model

# The fields that a hash covers, besides the hash of the row before.
CONTENT = (
    "seq",
    "at",
    "actor_id",
    "actor_label",
    "verb",
    "target_type",
    "target_id",
    "target_label",
    "unit_id",
    "before",
    "after",
    "request_id",
    "reason",
)


def record(
    *,
    by: AbstractBaseUser | None,
    verb: str,
    target: Model,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    unit_id: UUID | None = None,
    reason: str = "",
) -> AuditEntry:
    """Add a row to the log and return it; `by` None means the system itself.

    Must run inside the transaction of the change that it tells about: both are kept or neither is.
    The head row is locked until that transaction ends, so that writers take their numbers one by one.

    Raises:
        TransactionManagementError: there is no transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An audit row needs the transaction of its change.")
    head, _ = AuditHead.objects.select_for_update().get_or_create(pk=1)
    entry = AuditEntry(
        seq=head.seq + 1,
        at=clock.now(),
        actor_id=by.pk if by is not None else None,
        actor_label=_text(str(getattr(by, "label", by)) if by is not None else "", 254),
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=_text(str(getattr(target, "audit_label", target)), 300),
        unit_id=unit_id,
        before=safe(before or {}),
        after=safe(after or {}),
        request_id=requests.request_id(),
        reason=_text(reason),
        prev_hash=head.hash,
    )
    entry.hash = link(entry.prev_hash, {name: getattr(entry, name) for name in CONTENT})
    entry.save(force_insert=True)
    head.seq, head.hash = entry.seq, entry.hash
    head.save(update_fields=["seq", "hash"])
    return entry


def head() -> tuple[int, str]:
    """Return number and hash of the last row of the log, (0, "") before the first: what was found then still holds."""
    found = AuditHead.objects.filter(pk=1).values_list("seq", "hash").first()
    return found or (0, "")


def snapshot(instance: Model, *fields: str) -> dict[str, object]:
    """Return the named fields (default: all stored ones), safe for JSON; relations as id strings."""
    chosen = [
        field
        for field in instance._meta.concrete_fields
        if not fields or field.name in fields or field.attname in fields
    ]
    if missing := set(fields) - {name for field in chosen for name in (field.name, field.attname)}:
        raise ValueError(f"{instance._meta.label} has no stored field {', '.join(sorted(missing))}.")
    return {field.name: safe(field.value_from_object(instance)) for field in chosen}


def link(prev_hash: str, content: Mapping[str, Any]) -> str:
    """Return the hash of a row: SHA-256, in hexadecimal, over the hash before it and the canonical JSON."""
    return hashlib.sha256(f"{prev_hash}\n{canonical(content)}".encode()).hexdigest()


def canonical(content: Mapping[str, Any]) -> str:
    """Return JSON that is the same whichever database the row came from: keys sorted, moments in UTC."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def safe(value: Any) -> Any:
    """Return the value as JSON that both databases give back unchanged.

    Decimals and floats become strings, because PostgreSQL rewrites numbers with exponents; unknown things
    (files, lazy translations) become their text.
    """
    match value:
        case None | bool() | int():
            return value
        case str():
            return _text(value)
        case Mapping():
            return {_text(str(key)): safe(item) for key, item in value.items()}
        case list() | tuple():
            return [safe(item) for item in value]
        case set() | frozenset():
            return sorted((safe(item) for item in value), key=str)
        case _:
            return _text(_plain(value))


def _plain(value: object) -> str:
    match value:
        case datetime():
            return (value.astimezone(UTC) if value.tzinfo else value).isoformat(timespec="microseconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return f"{value.total_seconds():.6f} s"
        case Decimal():
            return format(value, "f")
        case bytes() | bytearray() | memoryview():
            return f"sha256:{hashlib.sha256(value).hexdigest()}"
        case Promise():
            return str(value)
        case float():
            return repr(value)
        case _:
            return str(value)


def _text(value: str, longest: int | None = None) -> str:
    """Return the text as PostgreSQL can keep it: no NUL, no half characters, not longer than the column."""
    kept = str(value).replace("\x00", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return kept[:longest]
