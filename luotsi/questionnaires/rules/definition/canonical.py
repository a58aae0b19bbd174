"""The one text of a definition that is hashed: keys in order, numbers as plain digits, UTF-8."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from luotsi.questionnaires.rules import values


def canonical(data: Mapping[str, Any]) -> bytes:
    """Return the canonical JSON of a definition or of answers; equal data give equal bytes, whatever their order.

    Raises:
        NotAValue: Something in it is no JSON, or it is nested deeper than a definition may be.
    """
    return values.dumps(_ordered(values.checked(data, depth=values.DEEPEST))).encode()


def sha256_of(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(data)).hexdigest()


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    return value
