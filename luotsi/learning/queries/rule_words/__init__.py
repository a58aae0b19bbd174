"""The words of every rule of the validator, in the active language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation

from luotsi.learning.queries.rule_words import plans, preparatory, rights, together
from luotsi.learning.queries.rule_words.words import Words
from luotsi.ui import formatting

__all__ = ["WORDS", "Words", "fix", "message", "shown"]

WORDS: dict[str, Words] = rights.WORDS | preparatory.WORDS | plans.WORDS | together.WORDS
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
COUNTED = frozenset({"average", "count", "days", "least", "most", "parts", "points", "share", "weeks"})


def message(code: str, params: Mapping[str, object]) -> str:
    """Return what a finding says; a value that is not told is a dash."""
    return str(WORDS[code].message) % _params(params)


def fix(code: str) -> str:
    """Return how findings of a rule are mended."""
    return str(WORDS[code].fix)


def shown(name: str, value: object) -> str:
    """Return a value of a finding as it is written: found just now, or as text from what is stored."""
    if value in (None, ""):
        return formatting.MISSING
    with suppress(ValueError, InvalidOperation):  # a code of a document may look like anything
        if isinstance(value, date) or DAY.fullmatch(str(value)):
            return formatting.day(date.fromisoformat(str(value)))
        if name in COUNTED:
            return _number(Decimal(str(value)))
    return str(value)


def _number(value: Decimal) -> str:
    exponent = value.normalize().as_tuple().exponent
    return formatting.number(value, max(0, -exponent) if isinstance(exponent, int) else None)


def _params(params: Mapping[str, object]) -> dict[str, str]:
    return {name: shown(name, value) for name, value in params.items()}
