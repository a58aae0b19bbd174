"""A score: what it was counted from, by what, and how it is counted again to the last bit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from luotsi.learning.rules.index import VERSION, Band, index_of
from luotsi.learning.rules.kept import Seen, seen_from

BY_RULES = f"rules {VERSION}"


@dataclass(frozen=True)
class Scored:
    """A score before it is kept: inputs as JSON, its digest with that of what counted it, value, band, reasons."""

    inputs: Mapping[str, Any]
    sha256: str
    value: float
    band: Band
    reasons: tuple[Mapping[str, Any], ...]


def by_rules(seen: Seen) -> Scored:
    """Return the score by the rules."""
    found = index_of(seen)
    inputs = {"seen": seen.kept()}
    reasons = tuple(one.kept() for one in found.told)
    return Scored(inputs, digest_of(inputs, BY_RULES), float(found.points), found.band, reasons)


def by_rules_again(inputs: Mapping[str, Any]) -> Scored:
    """Return the score by the rules from inputs as they were kept."""
    return by_rules(seen_from(inputs["seen"]))


def digest_of(inputs: Mapping[str, Any], by: str) -> str:
    """Return the digest of inputs together with what counted with them; the order of keys says nothing."""
    told = json.dumps([by, inputs], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(told.encode()).hexdigest()
