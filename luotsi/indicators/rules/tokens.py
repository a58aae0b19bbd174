"""Keys of programs: what they open, and how a secret is recognised without being kept."""

from __future__ import annotations

import hashlib
from enum import StrEnum

PREFIX = "luotsi_"


class TokenScope(StrEnum):
    """What a key opens."""

    FACTS = "facts"
    FIGURES = "figures"


def hash_of(secret: str) -> str:
    """Return what is kept of a secret. It has 256 random bits, so that one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
