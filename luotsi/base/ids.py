"""Identifiers: UUIDv7, so that rows sort by the time they were made."""

import uuid

from uuid6 import uuid7


def new_id() -> uuid.UUID:
    """Return a new UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then random bits."""
    return uuid.UUID(int=uuid7().int)
