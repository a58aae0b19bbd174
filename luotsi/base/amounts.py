"""Sums of money as people type them, with reasons in words fit for them when one cannot be read."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from luotsi.base.errors import Reason, Refused
from luotsi.base.money import CENT, DECIMAL_PLACES, MAX_DIGITS

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_CURRENCY = re.compile(r"^(?:€|EUR|euroa?)?(.*?)(?:€|EUR|euroa?|euros?)?$", re.IGNORECASE | re.DOTALL)
_PLAIN = re.compile(r"([+-]?)(\d+)(?:[.,](\d*))?", re.ASCII)
# 1.234.567,89 and 1,234,567.89: the groups of three and the decimals have different marks.
_GROUPED = re.compile(r"([+-]?)(\d{1,3}(?:([.,])\d{3})(?:\3\d{3})*)(?!\3)([.,])(\d*)", re.ASCII)
_GROUPED_TWICE = re.compile(r"([+-]?)(\d{1,3}(?:([.,])\d{3})(?:\3\d{3})+)", re.ASCII)


class NotMoney(Refused):
    """A text that is not an amount of money, with the reason in words for the person who typed it."""


def parse(text: str, *, negative: bool = False, field: str = "") -> Decimal | None:
    """Return the amount that a person typed, in euros; None when nothing was typed.

    Understands "1 234,50", "1234.5", "1 234 €", "1.234,50" and "1,234.50", with any kind of space.
    `negative` says whether sums below zero are fine; `field` is the form field named in the reason.

    Raises:
        NotMoney: letters, more than two decimals, too large, or below zero where that makes no sense.
    """
    bare = _SPACES.sub("", text).replace("\u2212", "-").replace("\u2013", "-")
    if not bare:
        return None
    matched = _CURRENCY.match(bare)
    sign, whole, decimals = _parts(matched[1] if matched else bare, field)
    if len(decimals) == 3 and len(whole) <= 3:
        raise NotMoney(
            Reason(_("It is not clear whether this means thousands. Write it without a point or comma."), field)
        )
    if len(decimals) > DECIMAL_PLACES:
        raise NotMoney(Reason(_("Give at most two decimals: cents are the smallest unit."), field))
    if len(whole.lstrip("0")) > MAX_DIGITS - DECIMAL_PLACES:
        raise NotMoney(Reason(_("This sum is too large."), field))
    amount = Decimal(f"{sign}{whole}.{decimals or '0'}").quantize(CENT)
    if amount < 0 and not negative:
        raise NotMoney(Reason(_("The sum cannot be negative."), field))
    return amount + Decimal("0.00")


def _parts(text: str, field: str) -> tuple[str, str, str]:
    """Return sign, whole digits and decimal digits."""
    if plain := _PLAIN.fullmatch(text):
        return plain[1], plain[2], plain[3] or ""
    if grouped := _GROUPED.fullmatch(text):
        return grouped[1], re.sub(r"\D", "", grouped[2]), grouped[5]
    if grouped := _GROUPED_TWICE.fullmatch(text):
        return grouped[1], re.sub(r"\D", "", grouped[2]), ""
    raise NotMoney(Reason(_("Write the sum in euros with digits, for example 1 234,50."), field))
