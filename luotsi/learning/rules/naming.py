"""What a learner is called: by name, or by OID where no register has told one (tables of a transfer tell none)."""

from __future__ import annotations


def called(given: str, family: str, oid: str) -> str:
    """Return the name as one is spoken to, else the OID."""
    return f"{given} {family}".strip() or oid


def listed(given: str, family: str, oid: str) -> str:
    """Return the name as it stands in a list, the family name first, else the OID."""
    return f"{family} {given}".strip() or oid
