"""Secrets of links and pseudonyms of persons, made from a secret that stands outside the database."""

from __future__ import annotations

import base64
import hashlib
import hmac


def _keyed(secret: str, purpose: str, *parts: str) -> bytes:
    key = hashlib.sha256(f"luotsi.surveys.{purpose}\n{secret}".encode()).digest()
    return hmac.digest(key, "\n".join(parts).encode(), "sha256")


def _readable(value: bytes) -> str:
    return base64.urlsafe_b64encode(value[:24]).decode()


def personal_token(secret: str, invitation: str) -> str:
    """Return the secret of a personal link; with the invitation gone it opens nothing."""
    return _readable(_keyed(secret, "invitation", invitation))


def common_token(secret: str, collection: str, unit: str) -> str:
    """Return the secret of the common link of a unit."""
    return _readable(_keyed(secret, "unit", collection, unit))


def same(one: str, other: str) -> bool:
    """Compare two secrets in a time that tells nothing about them."""
    return hmac.compare_digest(one.encode(), other.encode())


def digest_of(token: str) -> str:
    """Return what is kept of the secret of a personal link."""
    return hashlib.sha256(token.encode()).hexdigest()


def pseudonym(secret: str, questionnaire: str, person: str) -> str:
    """Return the name under which a person answers all waves of one questionnaire, and no other questionnaire."""
    return _keyed(secret, "person", questionnaire, person).hex()


def sheet_id(nonce: str) -> int:
    """Return the key of an answer: random as the nonce of its page, so that a double click is one answer."""
    return int.from_bytes(hashlib.sha256(f"luotsi.sheet\n{nonce}".encode()).digest()[:8]) >> 2 or 1
