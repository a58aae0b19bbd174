"""Findings in words: what was found, what was expected and what is suggested, in the active language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from luotsi.funding.queries.day_words import DAYS
from luotsi.funding.queries.label_words import path, word
from luotsi.funding.queries.money_words import MONEY
from luotsi.funding.queries.text_words import TEXTS
from luotsi.funding.rules.checks import Difference, Finding, Named, Percent, Plain, Sum, Value
from luotsi.ui import formatting

WORDS = MONEY | DAYS | TEXTS


def message(finding: Finding) -> str:
    """Return what a finding says."""
    return str(WORDS[finding.code].sentence) % _params(finding)


def fix(finding: Finding) -> str:
    """Return what is suggested against it."""
    return str(WORDS[finding.code].fix) % _params(finding)


def _params(finding: Finding) -> dict[str, str]:
    return {name: shown(value) for name, value in finding.params.items()}


def shown(value: Value) -> str:
    """Return a value as it is written in the active language; none is a dash."""
    match value:
        case Decimal() | Difference() | Sum() | Percent():
            return _sum(value)
        case Plain():
            # Years are written without a space between thousands.
            return str(value.value) if isinstance(value.value, int) else formatting.number(value.value)
        case Named():
            return ", ".join(path(names) for names in value.each)
        case tuple():
            return path(value)
        case str():
            return word(value)
        case date():
            return formatting.day(value)
        case _:
            return formatting.number(value)


def _sum(value: Decimal | Difference | Sum | Percent) -> str:
    match value:
        case Percent():
            gap = "" if formatting.language() == "en" else formatting.NBSP
            return f"{formatting.number(value.value, value.places)}{gap}%"
        case Difference():
            sign = "+" if value.value > 0 else ""
            return f"{sign}{formatting.euros(value.value)}"
        case Sum():
            whole = sum(value.parts, Decimal(0))
            parts = " + ".join(formatting.euros(part) for part in value.parts)
            return f"{parts} = {formatting.euros(whole)}"
        case _:
            return formatting.euros(value)


def plain(value: Value) -> str | Decimal | int | None:
    """Return a value as programs read it: sums and percentages as numbers, days as in ISO 8601, words in English."""
    match value:
        case Percent() | Difference() | Plain():
            return value.value
        case Sum():
            return sum(value.parts, Decimal(0))
        case Named() | tuple():
            return shown(value)
        case date():
            return value.isoformat()
        case str():
            return value.removeprefix("@")
        case _:
            return value
