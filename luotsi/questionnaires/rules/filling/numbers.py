"""Numbers as people type them: spaces in thousands, a decimal comma or point; and as fields show them again."""

from __future__ import annotations

import re
from decimal import Decimal

from luotsi.questionnaires.rules import values

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f']")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_ENGLISH = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d*")


def typed(text: str) -> values.Value:
    """Return the number that was typed, exactly; the text itself where it is none, so that nothing is lost."""
    plain = _SPACES.sub("", text).replace("\u2212", "-").removesuffix("€")
    plain = plain.replace(",", "") if _ENGLISH.fullmatch(plain) else plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain) or len(plain) > values.DIGITS:
        return text
    number = Decimal(plain)
    return int(number) if number == number.to_integral_value() else number


def shown(value: values.Value, language: str) -> str:
    """Return a number for a field: no-break spaces in thousands, decimals as they are, comma except in English."""
    if not values.is_number(value):
        return "" if value is None else str(value)
    whole, _point, part = values.plain(value).partition(".")
    sign, digits = ("\u2212", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits or 0):,}".replace(",", "\u00a0")
    return sign + grouped + (("." if language == "en" else ",") + part if part else "")
